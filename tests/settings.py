"""The product's settings in test mode; pytest-django loads them before any conftest, so the mode is named here."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("HENGJIAN_MODE", "test")
os.environ["LC_ALL"] = "C.UTF-8"  # commands speak Chinese in tests, unless a test asks for English
_own = Path(tempfile.mkdtemp(prefix="hengjian-test-"))
atexit.register(shutil.rmtree, _own, ignore_errors=True)
os.environ.setdefault("HENGJIAN_VAR", str(_own))
# A file, not memory: the live server's threads then have connections of their own, as in production.
os.environ.setdefault("HENGJIAN_TEST_DATABASE", str(_own / "test.sqlite3"))
if os.environ.get("HENGJIAN_DATABASE_URL", "").startswith("postgres"):
    os.environ["HENGJIAN_TEST_DATABASE"] = ""

Path(os.environ["HENGJIAN_VAR"], "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a missing folder

from hengjian.settings import *  # noqa: E402,F403
