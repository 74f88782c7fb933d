"""Gapless numbers: the counter's row is locked in the act's transaction, so a rolled-back act gives its numbers back."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from hengjian.kernel.doing import Doing
from hengjian.kernel.models import Sequence


def last_of(name: str) -> int:
    """The last number taken under `name`, 0 where none was: for a rule to know before; `take` alone decides."""
    last = Sequence._base_manager.filter(name=name).values_list("last", flat=True).first()
    return last or 0


def take(doing: Doing[Any], name: str, count: int = 1) -> range:
    """The next `count` numbers under `name`, the first being 1. Safe under parallel issue on both databases."""
    counter = Sequence._base_manager.select_for_update().filter(name=name).first()
    if counter is None:
        try:
            with transaction.atomic():
                doing.create(Sequence, name=name, last=0)
        except IntegrityError:  # another act opened the same counter; wait for it
            doing.writes.rows.get(Sequence, {}).pop(None, None)
        counter = Sequence._base_manager.select_for_update().get(name=name)
    first = counter.last + 1
    counter.last += count
    doing.save(counter)
    return range(first, first + count)
