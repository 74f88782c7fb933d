"""Where the shared vectors and data lie: beside the checkout, read by tests, absent on a user's machine."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def shared(name: str) -> Path:
    """The shared file `name`; the test is skipped, with a word, where it is absent."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"shared data absent: {name}")
    return path
