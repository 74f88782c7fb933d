"""Rules of plans, one per sentence (R34–R38, R40); they read and never write."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from hengjian.institutions.models import Institution
from hengjian.institutions.queries import scope_on
from hengjian.institutions.states import InstitutionState
from hengjian.kernel.asking import Asking
from hengjian.kernel.clock import ZONE
from hengjian.kernel.policy import Policy
from hengjian.kernel.rule import rule
from hengjian.occupations.queries import occupations_on
from hengjian.plans import policies
from hengjian.plans.models import Batch, Plan, Sitting
from hengjian.plans.states import BatchState, PlanState

PAPER = "《技能等级认定试点企业监管服务措施研究》"
LIVE = (PlanState.SUBMITTED, PlanState.FILED)
MINUTES: dict[str, Policy[int]] = {
    Sitting.Part.THEORY: policies.THEORY_MINUTES_MIN,
    Sitting.Part.PRACTICAL: policies.PRACTICAL_MINUTES_MIN,
    Sitting.Part.REVIEW: policies.REVIEW_MINUTES_MIN,
}


def batches_of(plan: Plan) -> list[Batch]:
    return list(plan.batches.exclude(state=BatchState.WITHDRAWN).order_by("id"))


def sittings_of(plan: Plan) -> list[Sitting]:
    rows = Sitting.objects.filter(batch__plan=plan, withdrawn=False).exclude(batch__state=BatchState.WITHDRAWN)
    return list(rows.select_related("batch").order_by("starts_at", "id"))


@rule("plans.planner_is_filed", clause=f"{PAPER}第 2.1 节")
def own_institution_is_filed(asking: Asking[None]) -> tuple[str, str] | None:
    """只有已备案的机构可以制定认定计划。"""
    institution = Institution.objects.filter(pk=asking.actor.reach.get("institution") or 0).first()
    if institution is None or institution.state == InstitutionState.FILED:
        return None
    return f"本机构现在是“{institution.get_state_display()}”，不能制定认定计划。", "请先办理备案。"


@rule("plans.institution_is_filed", clause=f"{PAPER}第 2.1 节")
def its_institution_is_filed(asking: Asking[Plan]) -> tuple[str, str] | None:
    """开考当日机构的备案须在有效期内。"""
    plan = asking.subject
    institution = plan.institution
    if institution.state != InstitutionState.FILED:
        return f"机构现在是“{institution.get_state_display()}”。", "恢复认定或重新备案以后可以报送。"
    if institution.valid_until is not None and institution.valid_until < plan.ends_on:
        return f"机构备案有效期至 {institution.valid_until}，早于认定结束日期 {plan.ends_on}。", "请先办理续期备案。"
    return None


@rule("plans.blocks_complete", clause=f"{PAPER}第 3.2.1 节", cites=[policies.REQUIRED_BLOCKS])
def every_block_is_written(asking: Asking[Plan]) -> tuple[str, str] | None:
    """认定计划须写明规定的各项内容。"""
    plan = asking.subject
    batches = asking.reading(batches_of)
    written = {
        "职业（工种）": bool(batches),
        "等级与人数": bool(batches) and all(batch.headcount > 0 for batch in batches),
        "考核题（卷）库": bool(plan.bank.strip()),
        "评价流程": bool(plan.process.strip()),
        "时间安排": bool(plan.timetable.strip()) and bool(asking.reading(sittings_of)),
        "公布情况": bool(plan.publicity.strip()),
    }
    missing = [block for block in asking.policy(policies.REQUIRED_BLOCKS) if not written.get(block, False)]
    if not missing:
        return None
    return f"计划缺少{'、'.join(f'“{block}”' for block in missing)}。", "请补充以后报送。"


@rule("plans.occupation_in_catalogue", clause="《中华人民共和国职业分类大典（2022 年版）》")
def occupations_are_in_the_catalogue(asking: Asking[Plan]) -> str | None:
    """开考当日职业须在职业分类大典之内。"""
    plan = asking.subject
    batches = asking.reading(batches_of)
    known = occupations_on({batch.occupation_code for batch in batches}, plan.held_on)
    for batch in batches:
        if batch.occupation_code not in known:
            return f"{plan.held_on} 的职业分类大典中没有“{batch.occupation_name}”（{batch.occupation_code}）。"
    return None


@rule("plans.occupation_in_scope", clause=f"{PAPER}第 3.2.1 节：认定职业经过审批")
def occupations_are_in_scope(asking: Asking[Plan]) -> tuple[str, str] | None:
    """开考当日职业和等级须在机构的备案范围内。"""
    plan = asking.subject
    covered = scope_on(plan.institution_id, plan.held_on) & scope_on(plan.institution_id, plan.ends_on)
    outside = [batch for batch in asking.reading(batches_of) if (batch.occupation_code, batch.level) not in covered]
    if not outside:
        return None
    named = "、".join(f"{batch.occupation_name} {batch.level} 级" for batch in outside)
    return f"{named}在 {plan.held_on} 不在机构的备案范围内。", "请撤下该批次，或先办理增项备案。"


@rule("plans.lead_time", clause="计划申报至开考的提前时间", cites=[policies.LEAD_WORKING_DAYS], waivable=True)
def it_is_early_enough(asking: Asking[Plan]) -> tuple[str, str] | None:
    """认定计划须在开考以前按规定时间报送。"""
    plan = asking.subject
    days = asking.policy(policies.LEAD_WORKING_DAYS)
    earliest = asking.calendar.add_working_days(asking.today, days).on
    if plan.held_on >= earliest:
        return None
    return (
        f"今天报送，最早可在 {earliest} 开考（提前 {days} 个工作日），计划定在 {plan.held_on}。",
        f"请把开考日期改为 {earliest} 或以后。",
    )


@rule("plans.parts_complete", clause=f"{PAPER}第 3.2.1 节：流程合规严谨", cites=[policies.PARTS_BY_LEVEL])
def every_part_is_planned(asking: Asking[Plan]) -> tuple[str, str] | None:
    """每个批次须安排该等级的全部考核科目。"""
    parts = asking.policy(policies.PARTS_BY_LEVEL)
    planned: dict[int, set[str]] = defaultdict(set)
    for sitting in asking.reading(sittings_of):
        planned[sitting.batch_id].add(sitting.part)
    for batch in asking.reading(batches_of):
        missing = [part for part in parts.get(batch.level, ()) if part not in planned[batch.pk]]
        if missing:
            names = "、".join(str(Sitting.Part(part).label) for part in missing)
            return f"{batch.occupation_name} {batch.level} 级没有安排{names}。", "请补充场次。"
    return None


@rule("plans.seats_hold_headcount", clause=f"{PAPER}第 3.2.1 节：时间安排合理")
def seats_hold_the_headcount(asking: Asking[Plan]) -> tuple[str, str] | None:
    """各科目场次的座位须容得下批次人数。"""
    seats: dict[tuple[int, str], int] = defaultdict(int)
    for sitting in asking.reading(sittings_of):
        seats[sitting.batch_id, sitting.part] += sitting.seats
    heads = {batch.pk: batch for batch in asking.reading(batches_of)}
    for (batch_id, part), number in seats.items():
        batch = heads[batch_id]
        if number < batch.headcount:
            label = f"{batch.occupation_name} {batch.level} 级{Sitting.Part(part).label}"
            return f"{label}共 {number} 座，少于 {batch.headcount} 人。", "请增加场次或座位。"
    return None


@rule("plans.sittings_within_dates", clause=f"{PAPER}第 3.2.1 节：时间安排合理")
def sittings_lie_within_the_plan(asking: Asking[Plan]) -> str | None:
    """场次须在计划的起止日期之内。"""
    plan = asking.subject
    for sitting in asking.reading(sittings_of):
        start, end = (moment.astimezone(ZONE) for moment in (sitting.starts_at, sitting.ends_at))
        if start.date() < plan.held_on or end.date() > plan.ends_on:
            return f"{sitting.room} {start:%Y-%m-%d %H:%M} 的场次不在 {plan.held_on} 至 {plan.ends_on} 之内。"
    return None


@rule("plans.minutes_enough", clause="《保育师国家职业标准》（2021 年版）鉴定时间", cites=[*MINUTES.values()])
def sittings_are_long_enough(asking: Asking[Plan]) -> tuple[str, str] | None:
    """每场考核不得短于规定时间。"""
    least = {part: asking.policy(handle) for part, handle in MINUTES.items()}
    for sitting in asking.reading(sittings_of):
        minutes = (sitting.ends_at - sitting.starts_at) // timedelta(minutes=1)
        if minutes < least[sitting.part]:
            label = Sitting.Part(sitting.part).label
            return (
                f"{sitting.room}的{label}只有 {minutes} 分钟，少于 {least[sitting.part]} 分钟。",
                "请延长该场次；职业标准另有规定的，以标准为准。",
            )
    return None


@rule("plans.room_not_overfull", clause="理论考场设置", cites=[policies.THEORY_ROOM_SEATS_MAX], waivable=True)
def theory_rooms_are_not_overfull(asking: Asking[Plan]) -> tuple[str, str] | None:
    """理论考场的座位不得超过规定。"""
    most = asking.policy(policies.THEORY_ROOM_SEATS_MAX)
    for sitting in asking.reading(sittings_of):
        if sitting.part == Sitting.Part.THEORY and sitting.seats > most:
            return f"{sitting.room}安排 {sitting.seats} 座，超过每个理论考场 {most} 座。", "请分成几个考场。"
    return None


@rule("plans.rooms_do_not_overlap", clause=f"{PAPER}第 3.2.1 节：时间安排合理")
def rooms_do_not_overlap(asking: Asking[Plan]) -> tuple[str, str] | None:
    """同一考场同一时间只安排一场。"""
    plan = asking.subject
    own = asking.reading(sittings_of)
    if not own:
        return None
    others = (
        Sitting.objects.filter(
            batch__plan__venue=plan.venue,
            batch__plan__state__in=LIVE,
            withdrawn=False,
            starts_at__lt=max(sitting.ends_at for sitting in own),
            ends_at__gt=min(sitting.starts_at for sitting in own),
        )
        .exclude(batch__plan=plan)
        .exclude(batch__state=BatchState.WITHDRAWN)
        .select_related("batch__plan")
        .order_by("starts_at", "id")
    )
    by_room: dict[str, list[Sitting]] = defaultdict(list)
    for sitting in [*own, *others]:
        by_room[sitting.room].append(sitting)
    conflicts = [clash for room in by_room.values() for clash in _clashes(room, plan)]
    if not conflicts:
        return None
    return "；".join(conflicts[:3]) + "。", "请调整时间或考场。"


def _clashes(sittings: list[Sitting], plan: Plan) -> list[str]:
    found: list[str] = []
    ordered = sorted(sittings, key=lambda sitting: (sitting.starts_at, sitting.pk))
    for place, first in enumerate(ordered):
        for second in ordered[place + 1 :]:
            if second.starts_at >= first.ends_at:
                break
            if plan.pk not in (first.batch.plan_id, second.batch.plan_id):
                continue
            start = second.starts_at.astimezone(ZONE)
            stranger = next((one for one in (first, second) if one.batch.plan_id != plan.pk), None)
            against = f"与其他计划（{stranger.batch.plan.number or '审核中'}）" if stranger else "与本计划的另一场"
            found.append(f"{second.room} {start:%m-%d %H:%M} {against}时间重叠")
    return found


@rule(
    "plans.second_reviewed",
    clause=f"{PAPER}第 3.1 节：部分委托认定的批次单位，应加大检查审批力度",
    cites=[policies.ENTRUSTED_NEEDS_SECOND_APPROVER],
)
def an_entrusted_plan_was_reviewed_twice(asking: Asking[Plan]) -> tuple[str, str] | None:
    """委托认定的计划须经第二人复核。"""
    plan = asking.subject
    if not plan.entrusted_by or plan.second_reviewer:
        return None
    if not asking.policy(policies.ENTRUSTED_NEEDS_SECOND_APPROVER):
        return None
    return f"这是受{plan.entrusted_by}委托的认定，尚未经第二人复核。", "请中心负责人复核后备案。"


@rule("plans.exam_not_begun", clause=f"{PAPER}第 3.2.1 节：严格审核管控")
def the_exam_has_not_begun(asking: Asking[Plan]) -> str | None:
    """已备案的计划在开考以前才能变更或撤回。"""
    plan = asking.subject
    if plan.state != PlanState.FILED:
        return None
    if plan.held_on <= asking.today:
        return f"计划已于 {plan.held_on} 开考，不能再变更或撤回。"
    if plan.batches.filter(state__in=[BatchState.EXAMINING, BatchState.EXAMINED]).exists():
        return "计划中已有批次开考，不能再变更或撤回。"
    return None


OF_SUBMISSION = (
    its_institution_is_filed,
    every_block_is_written,
    occupations_are_in_the_catalogue,
    occupations_are_in_scope,
    it_is_early_enough,
    every_part_is_planned,
    seats_hold_the_headcount,
    sittings_lie_within_the_plan,
    sittings_are_long_enough,
    theory_rooms_are_not_overfull,
    rooms_do_not_overlap,
)
# At filing the lead time is not asked again: the office's own days of review must not count against the institution.
OF_FILING = tuple(one for one in OF_SUBMISSION if one is not it_is_early_enough)
