"""The batch of a plan for `hengjian roster check --plan`: its setting, what is known of its people, its record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from hengjian.cli.answer import WrongUsage
from hengjian.kernel.words import listed, say
from hengjian.rosters.checks.from_roster import Setting
from hengjian.rosters.checks.tables import occupation_code, occupation_number
from hengjian.rosters.sampling.switching import State

if TYPE_CHECKING:
    import pyarrow as pa


def _nothing(_keys: Iterable[int]) -> Mapping[str, pa.Table]:
    return {}


@dataclass(frozen=True)
class Planned:
    """`key` makes persons the same across rosters; `beside` gives what is known of them; `lots` and `state` are the
    institution's record of earlier spot checks."""

    setting: Setting
    key: bytes = b""
    beside: Callable[[Iterable[int]], Mapping[str, pa.Table]] = field(default=_nothing)
    entrusted: bool = False
    lots: int = 0
    state: State = State.NORMAL


def find(number: str, occupation: int, level: int, applied: date | None) -> Planned | None:
    """The one batch meant; None where no plan has the number."""
    from hengjian.cli.installation import start_with_database

    start_with_database()
    from hengjian.cli.day import today
    from hengjian.kernel.actor import OPERATOR
    from hengjian.kernel.asking import Asking
    from hengjian.kernel.clock import ZONE
    from hengjian.plans.models import Batch
    from hengjian.plans.states import BatchState
    from hengjian.rosters.drawing import record_of
    from hengjian.rosters.examining import setting_of
    from hengjian.rosters.history import known_beside, level_number
    from hengjian.rosters.identity import person_key

    standing = Batch.objects.filter(plan__number=number).exclude(state=BatchState.WITHDRAWN)
    batches = list(standing.select_related("plan__institution").order_by("pk"))
    if not batches:
        return None
    meant = [
        batch
        for batch in batches
        if occupation in (0, occupation_number(batch.occupation_code)) and level in (0, level_number(batch.level))
    ]
    if len(meant) != 1:
        there = listed(
            say(
                "{occupation_code} {level} 级",
                occupation_code=occupation_code(occupation_number(b.occupation_code)),
                level=b.level,
            )
            for b in batches
        )
        raise WrongUsage(
            say(
                "计划 {number} 的批次有：{there}；请用 --occupation、--level 指明其中一个。", number=number, there=there
            )
        )
    batch, on = meant[0], applied or today()
    asking = Asking(OPERATOR, batch, datetime.combine(on, time(), ZONE))
    lots, state = record_of(asking)
    return Planned(
        setting=setting_of(asking, on),
        key=person_key(),
        beside=lambda keys: known_beside(batch, keys),
        entrusted=bool(batch.plan.entrusted_by),
        lots=lots,
        state=state,
    )
