"""Batches and sittings of a plan: added, taken down, never deleted; the standard a batch follows is pinned (R3, R34)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.arguments import Line
from hengjian.kernel.clock import ZONE
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.words import listed, say
from hengjian.occupations.policies import ASSESSABLE_LEVELS, BASIS_BY_CLASS
from hengjian.occupations.queries import StandardRow, occupation_on, standard_for, standards_of
from hengjian.plans import readings
from hengjian.plans.acts.draft_plan import BY_INSTITUTION, CLAUSE, OPEN
from hengjian.plans.facts import BatchAdded, BatchRemoved, SittingAdded, SittingRemoved
from hengjian.plans.models import Batch, Plan, Sitting
from hengjian.plans.states import BatchState


@act(
    "plans.add_batch",
    Plan,
    by=BY_INSTITUTION,
    step=Step(*OPEN),
    cites=[ASSESSABLE_LEVELS, BASIS_BY_CLASS],
    clause=CLAUSE,
)
def add_batch(
    doing: Doing[Plan],
    *,
    occupation_code: str,
    level: str,
    headcount: int,
    trade: str = "",
    standard_id: int | None = None,
) -> BatchAdded:
    """增加批次。

    Without `standard_id` the national standard that is in force on the day of the exam is pinned.
    """
    plan = doing.subject
    occupation = occupation_on(occupation_code, plan.held_on)
    if occupation is None:
        raise refuse(
            "plans.occupation_in_catalogue",
            say(
                "{held_on} 的职业分类大典中没有 {occupation_code}。",
                held_on=plan.held_on,
                occupation_code=occupation_code,
            ),
            field="occupation_code",
            clause="《中华人民共和国职业分类大典（2022 年版）》",
            remedy="请选择开考当日在职业分类大典之内的职业。",
        )
    if level not in doing.policy(ASSESSABLE_LEVELS):
        raise refuse(
            "plans.level_not_assessable",
            say("“{level}”不是可以评价的等级。", level=level),
            field="level",
            clause=ASSESSABLE_LEVELS.text.citation,
            policy=ASSESSABLE_LEVELS.key,
            remedy="请从所列等级中选择。",
        )
    if headcount < 1:
        raise refuse(
            "plans.headcount",
            "计划人数至少为 1 人。",
            field="headcount",
            clause=CLAUSE,
            remedy="请填写计划参加的人数。",
        )
    standard = _standard(plan, occupation_code, trade, level, standard_id)
    _may_be_followed(standard, doing.policy(BASIS_BY_CLASS).get(plan.institution.kind, ()))
    values = {
        "occupation_name": occupation.name,
        "standard_title": standard.citation,
        "conditions": standard.conditions,
        "headcount": headcount,
    }
    batch = plan.batches.filter(occupation_code=occupation_code, trade=trade, level=level).first()
    if batch is not None and batch.state != BatchState.WITHDRAWN:
        raise refuse(
            "plans.batch_twice",
            say("{occupation_name} {level} 级已在计划之中。", occupation_name=batch.occupation_name, level=level),
            field="occupation_code",
            remedy="请修改已有的批次，或选择另一等级。",
            clause=PRODUCT,
        )
    if batch is None:
        batch = doing.create(Batch, plan=plan, occupation_code=occupation_code, trade=trade, level=level, **values)
    else:
        batch.state, batch.withdrawn_on = BatchState.OPEN, None
        for name, value in values.items():
            setattr(batch, name, value)
        doing.save(batch)
    return BatchAdded(
        batch.pk,
        occupation_code,
        occupation.name,
        trade,
        level,
        headcount,
        standard.citation,
        standard.conditions,
    )


@act("plans.remove_batch", Plan, by=BY_INSTITUTION, step=Step(*OPEN), clause=CLAUSE)
def remove_batch(doing: Doing[Plan], *, batch_id: int) -> BatchRemoved:
    """撤下批次。"""
    batch = _batch(doing.subject, batch_id)
    if batch.state != BatchState.OPEN:
        raise refuse(
            "plans.batch_rostered",
            "批次已提交名册，不能撤下。",
            field="batch_id",
            clause=CLAUSE,
            remedy="请先撤回整个计划，或保留该批次。",
        )
    batch.state, batch.withdrawn_on = BatchState.WITHDRAWN, doing.today
    doing.save(batch)
    return BatchRemoved(batch.pk, batch.occupation_name, batch.level)


@act("plans.add_sitting", Plan, by=BY_INSTITUTION, step=Step(*OPEN), clause=CLAUSE)
def add_sitting(
    doing: Doing[Plan],
    *,
    batch_id: int,
    part: str,
    room: Line,
    starts_at: datetime,
    ends_at: datetime,
    seats: int,
    staff: int,
) -> SittingAdded:
    """安排场次。

    `staff` is how many invigilate the theory, assess the practical part or sit on the review; whether they are enough is
    judged when the plan is handed in.
    """
    batch = _batch(doing.subject, batch_id)
    if part not in Sitting.Part.values:
        raise refuse("plans.part", "请选择科目。", field="part", remedy="请从列出的选项中选择一项。", clause=PRODUCT)
    starts_at, ends_at = in_zone(starts_at), in_zone(ends_at)
    if ends_at <= starts_at:
        raise refuse(
            "plans.sitting_times",
            "结束时间须晚于开始时间。",
            field="ends_at",
            remedy="请核对开始和结束的时间。",
            clause=PRODUCT,
        )
    if seats < 1:
        raise refuse("plans.seats", "座位至少为 1 个。", field="seats", remedy="请填写考场的座位数。", clause=PRODUCT)
    if staff < 1:
        raise refuse(
            "plans.staff",
            "监考、考评或评审人员至少为 1 人。",
            field="staff",
            remedy="请填写监考、考评或评审的人数。",
            clause=PRODUCT,
        )
    sitting = doing.create(
        Sitting,
        batch=batch,
        part=part,
        room=room.strip(),
        starts_at=starts_at,
        ends_at=ends_at,
        seats=seats,
        staff=staff,
    )
    return SittingAdded(sitting.pk, batch.pk, part, sitting.room, starts_at, ends_at, seats, staff)


@act("plans.remove_sitting", Plan, by=BY_INSTITUTION, step=Step(*OPEN), clause=CLAUSE)
def remove_sitting(doing: Doing[Plan], *, sitting_id: int) -> SittingRemoved:
    """撤下场次。"""
    sitting = next((row for row in readings.sittings_of(doing.subject) if row.pk == sitting_id), None)
    if sitting is None:
        raise refuse(
            "plans.sitting_unknown",
            "这个计划中没有该场次。",
            field="sitting_id",
            remedy="请刷新页面，从计划的场次中选择。",
            clause=PRODUCT,
        )
    sitting.withdrawn = True
    doing.save(sitting)
    return SittingRemoved(sitting.pk, sitting.room, sitting.starts_at)


def in_zone(moment: datetime) -> datetime:
    """A time written without zone is Chinese standard time."""
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


def _batch(plan: Plan, batch_id: int) -> Batch:
    batch = next((row for row in readings.batches_of(plan) if row.pk == batch_id), None)
    if batch is None:
        raise refuse(
            "plans.batch_unknown",
            "这个计划中没有该批次。",
            field="batch_id",
            remedy="请刷新页面，从计划的批次中选择。",
            clause=PRODUCT,
        )
    return batch


def _standard(plan: Plan, occupation_code: str, trade: str, level: str, standard_id: int | None) -> StandardRow:
    """The version in force on the day of the exam."""
    if standard_id is None:
        found = standard_for(occupation_code, trade, level, plan.held_on)
    else:
        in_force = standards_of(occupation_code, on=plan.held_on)
        found = next((row for row in in_force if row.id == standard_id and level in row.levels), None)
    if found is None:
        raise refuse(
            "plans.no_standard",
            say("{held_on} 没有可用于这个职业（工种）和等级的国家职业标准或评价规范。", held_on=plan.held_on),
            field="standard_id",
            clause="《技能等级认定试点企业监管服务措施研究》第 3.2.2 节：按照标准和规范审核",
            remedy=_what_stands(plan, occupation_code, trade),
        )
    return found


def _may_be_followed(standard: StandardRow, bases: Sequence[str]) -> None:
    """Which kinds of standard an institution of this class may assess by; a norm is named by whose it is."""
    if any(base.endswith(standard.kind_label) for base in bases):
        return
    raise refuse(
        "plans.basis_of_class",
        say(
            "本类机构的评价依据是{bases}，不能按{kind}评价。",
            bases=listed(bases) if bases else "（未规定）",
            kind=standard.kind_label,
        ),
        field="standard_id",
        policy=BASIS_BY_CLASS.key,
        remedy="请选择本类机构可以采用的标准。",
    )


def _what_stands(plan: Plan, occupation_code: str, trade: str) -> str:
    """What may be chosen instead; only where nothing at all stands is it for the province."""
    standing = [row for row in standards_of(occupation_code, on=plan.held_on) if row.trade in (trade, "")]
    levels = sorted({level for row in standing for level in row.levels}, reverse=True)
    if levels:
        return say("该日有标准的是 {levels} 级，请核对等级、职业编码和考试日期。", levels="、".join(levels))
    if standards_of(occupation_code, on=plan.held_on):
        return "这个职业在该日有其他工种的标准，请核对工种。"
    return "请核对职业编码和考试日期；该职业确实没有标准的，请省级发布标准或备案评价规范。"
