"""A declared list as somebody reads it: the first page, or the part the given words of an address ask for."""

from __future__ import annotations

from typing import TypeVar

from hengjian.kernel.actor import Actor
from hengjian.kernel.asking import Asking
from hengjian.kernel.listing import Listing, part_of, wanted

R = TypeVar("R")


def listed(listing: Listing[R], actor: Actor, **given: str) -> list[R]:
    wish, faults = wanted(listing, given)
    assert faults == []
    return part_of(listing, Asking(actor, None), wish).rows
