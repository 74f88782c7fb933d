"""How often a seat may search: page and API count together, so that nobody reads the people out name by name."""

from __future__ import annotations

from hengjian.authorities.policies import SEARCHES_PER_HOUR
from hengjian.kernel.restraint import Read, Restraint

SEARCH = Read("accounts.search", "搜索", (Restraint("actor", SEARCHES_PER_HOUR),))
