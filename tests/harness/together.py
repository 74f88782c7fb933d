"""Which tests share a process when several run: what is expensive to set up, or cannot stand twice on one machine.

The `xdist_group` mark would say it beside the tests, but xdist 3.8 notes it where pytest 9.2 no longer looks, and then
scatters the tests without a word. Its scheduler may be replaced, and that holds.
"""

from __future__ import annotations

from typing import Any

from xdist.scheduler import LoadGroupScheduling

TOGETHER = (
    "tests/production/test_behind_nginx.py",  # one installation
    "tests/house/test_new.py",  # one checkout, one thing after the other
    "tests/journeys/",  # one browser, one live server
    "tests/api/test_schema.py",
    "tests/pages/test_hostile_input.py",
)


def scope_of(nodeid: str) -> str:
    """Tests of one scope run in one process, in order; of all others each is a scope of its own."""
    return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)


class Together(LoadGroupScheduling):  # type: ignore[misc]
    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


def scheduler(config: Any, log: Any) -> Together:
    return Together(config, log)
