"""Where upper layers hand in what they know of the people of a roster. Light: it is filled at every start."""

from __future__ import annotations

from collections.abc import Callable

Rows = list[dict[str, int]]
# Name of a check table → its rows for these persons; a layer above registers its reading in its `ready`.
SOURCES: dict[str, Callable[[frozenset[int]], Rows]] = {}
