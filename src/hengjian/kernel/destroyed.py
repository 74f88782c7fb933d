"""What an act of erasure destroys is named in its own entry, so that an opening blanked by anybody else is found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary


@dataclass
class Destroyed:
    """Entries whose details, row commitments (entry, position) whose salts, and files (SHA-256) an act has destroyed."""

    entries: set[int] = field(default_factory=set)
    rows: set[tuple[int, int]] = field(default_factory=set)
    files: set[str] = field(default_factory=set)

    def plain(self) -> dict[str, Any]:
        """As the entry's details say it; only what there is."""
        said = {
            "entries": sorted(self.entries),
            "files": sorted(self.files),
            "rows": [list(place) for place in sorted(self.rows)],
        }
        return {name: items for name, items in said.items() if items}


_BY_ACT: WeakKeyDictionary[Any, Destroyed] = WeakKeyDictionary()


def by_act(writes: Any) -> Destroyed:
    """What the act with these writes (`doing.writes`) has destroyed so far."""
    return _BY_ACT.setdefault(writes, Destroyed())
