"""The ground of the demo province: what every installation starts from, for the whole of Hebei."""

from __future__ import annotations

from hengjian.authorities.seeds import supervised_areas
from hengjian.installing import ground


def lay() -> None:
    """Whatever of the ground is missing; a second time nothing is left to do."""
    ground.lay_areas(supervised_areas())
    ground.lay_tables()
