"""Two persons, not two seats: whoever holds two seats is still one person when the law asks for a second."""

from __future__ import annotations

from collections.abc import Iterable

from hengjian.authorities.models import Seat


def same_person(actor_id: str, others: Iterable[str]) -> bool:
    """Whether the holder of the seat behind `actor_id` also stands behind one of the others."""
    others = set(others)
    if actor_id in others:
        return True
    seats = {actor: int(number) for actor in {actor_id, *others} if (number := actor.partition(":")[2]).isdecimal()}
    holders = dict(Seat.objects.filter(pk__in=seats.values()).order_by("id").values_list("id", "user_id"))
    own = holders.get(seats.get(actor_id, 0))
    return own is not None and any(holders.get(seats.get(other, 0)) == own for other in others)
