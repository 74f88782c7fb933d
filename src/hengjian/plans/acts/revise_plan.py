"""A change after filing makes a new version that is reviewed again; the old values stay in the ledger (R40, R44)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.arguments import Reason
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.plans import policies, readings, rules
from hengjian.plans.acts.batches import in_zone
from hengjian.plans.acts.draft_plan import BY_INSTITUTION, changed, check_dates, held_path
from hengjian.plans.acts.submit_plan import submitted
from hengjian.plans.facts import PlanRevised, SittingMoved
from hengjian.plans.models import Plan, Sitting
from hengjian.plans.states import PlanState

CLAUSE = "《技能等级认定试点企业监管服务措施研究》第 3.2.1 节：严格审核管控"


@dataclass(frozen=True)
class SittingChange:
    """Another room, time, number of seats or of staff for one sitting; empty means as before."""

    sitting_id: int
    room: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    seats: int | None = None
    staff: int | None = None


@act(
    "plans.revise_plan",
    Plan,
    by=BY_INSTITUTION,
    step=Step(PlanState.FILED, to=PlanState.SUBMITTED),
    requires=[rules.the_exam_has_not_begun],
    ensures=rules.OF_SUBMISSION,
    cites=[policies.REVIEW_WORKING_DAYS],
    clause=CLAUSE,
    danger=True,
)
def revise_plan(
    doing: Doing[Plan],
    *,
    reason: Reason,
    title: str | None = None,
    venue: str | None = None,
    held_on: date | None = None,
    ends_on: date | None = None,
    held_area_code: str | None = None,
    bank: str | None = None,
    process: str | None = None,
    timetable: str | None = None,
    publicity: str | None = None,
    sittings: tuple[SittingChange, ...] = (),
) -> PlanRevised:
    """变更已备案计划。

    When only the date moves, every sitting moves by the same number of days. The number stays, the version goes up and
    the plan is reviewed again under the same rules as at first.
    """
    plan = doing.subject
    before = plan.held_on
    if held_on is not None and ends_on is None:
        ends_on = plan.ends_on + (held_on - plan.held_on)
    changes = changed(
        plan,
        {
            "title": title,
            "venue": venue,
            "held_on": held_on,
            "ends_on": ends_on,
            "held_path": held_path(held_area_code) if held_area_code else None,
            "bank": bank,
            "process": process,
            "timetable": timetable,
            "publicity": publicity,
        },
    )
    check_dates(plan.held_on, plan.ends_on, doing.today)
    moved = _move(doing, plan, plan.held_on - before, sittings)
    if not changes and not moved:
        raise refuse(
            "plans.nothing_revised",
            "没有任何变更。",
            field="reason",
            clause=CLAUSE,
            remedy="请改动至少一项，或返回不作变更。",
        )
    old_version, plan.version = plan.version, plan.version + 1
    submitted(doing)
    return PlanRevised(plan.number or "", old_version, plan.version, reason, changes, moved)


def _move(
    doing: Doing[Plan], plan: Plan, days: timedelta, asked: tuple[SittingChange, ...]
) -> tuple[SittingMoved, ...]:
    own = {sitting.pk: sitting for sitting in readings.sittings_of(plan)}
    wanted = {change.sitting_id: change for change in asked}
    if not wanted.keys() <= own.keys():
        raise refuse(
            "plans.sitting_unknown",
            "这个计划中没有该场次。",
            field="sittings",
            remedy="请刷新页面，从计划的场次中选择。",
            clause=PRODUCT,
        )
    moved: list[SittingMoved] = []
    for pk, sitting in own.items():
        change = wanted.get(pk)
        if change is None and not days:
            continue
        room, starts, seats = sitting.room, sitting.starts_at, sitting.seats
        _apply(sitting, days, change)
        if (room, starts, seats) == (sitting.room, sitting.starts_at, sitting.seats) and change is None:
            continue
        if sitting.ends_at <= sitting.starts_at:
            raise refuse(
                "plans.sitting_times",
                "结束时间须晚于开始时间。",
                field="sittings",
                remedy="请核对开始和结束的时间。",
                clause=PRODUCT,
            )
        doing.save(sitting)
        moved.append(SittingMoved(pk, room, sitting.room, starts, sitting.starts_at))
    return tuple(moved)


def _apply(sitting: Sitting, days: timedelta, change: SittingChange | None) -> None:
    starts, ends = sitting.starts_at + days, sitting.ends_at + days
    if change is not None:
        length = ends - starts
        starts = in_zone(change.starts_at) if change.starts_at else starts
        ends = in_zone(change.ends_at) if change.ends_at else starts + length
        sitting.room = change.room.strip() or sitting.room
        sitting.seats = change.seats or sitting.seats
        sitting.staff = change.staff or sitting.staff
    sitting.starts_at, sitting.ends_at = starts, ends
