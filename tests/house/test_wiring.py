"""Nothing is wired by being imported: whoever asks first, before any page or operation was loaded, sees the whole house."""

from __future__ import annotations

import json
import subprocess
import sys

ASKED = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.listing_catalogue import listings
from hengjian.papers.kinds import kinds
def seen():
    from hengjian.kernel.clock_acts import DUE
    from hengjian.kernel.facts import REGISTRY
    from hengjian.kernel.header import HEADERS
    from hengjian.kernel.rule import RULES
    from hengjian.kernel.verification import COMPARISONS
    from hengjian.messages.declared import NOTIFIES
    asked = {"acts": catalogue(), "lists": listings(), "papers": kinds(), "clock": DUE, "facts": REGISTRY, "headers": HEADERS,
        "rules": RULES, "messages": NOTIFIES}
    return {name: sorted(map(str, found)) for name, found in asked.items()} | {"comparisons": len(COMPARISONS)}
before = seen()
import importlib, pkgutil, hengjian
for module in pkgutil.walk_packages(hengjian.__path__, "hengjian."):
    if not module.name.endswith(("__main__", ".wsgi")) and ".migrations." not in module.name:
        importlib.import_module(module.name)
from hengjian.api.listings import LISTINGS
print(json.dumps([before, seen(), sorted(each.name for each in LISTINGS)]))
"""


def test_what_is_declared_is_known_before_anything_else_was_imported() -> None:
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", ASKED], capture_output=True, text=True, check=True)
    before, after, operations = json.loads(run.stdout.splitlines()[-1])
    assert before == after
    assert before["lists"] == operations
    assert all(before.values())
