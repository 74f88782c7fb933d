"""Rules of plans, one per sentence (R34–R38, R40); they read and never write."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import islice

from hengjian.institutions.models import Institution
from hengjian.institutions.states import InstitutionState
from hengjian.kernel.asking import Asking
from hengjian.kernel.clock import ZONE
from hengjian.kernel.policy import Policy
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case
from hengjian.kernel.words import listed, say
from hengjian.plans import policies
from hengjian.plans.lead_time import it_is_early_enough
from hengjian.plans.models import Plan, Sitting
from hengjian.plans.readings import (
    an_exam_has_begun,
    batches_of,
    clashes,
    codes_in_force,
    own_institution,
    scope_of,
    sittings_beside,
    sittings_of,
)
from hengjian.plans.rule_samples import AHEAD, FOURTH, OTHER, WRITTEN, sitting_on
from hengjian.plans.staffing import sittings_are_staffed
from hengjian.plans.states import PlanState

PAPER = "《技能等级认定试点企业监管服务措施研究》"
AFTER_THE_BEGINNING = "请照已备案的计划考完；以后的考试另行申报计划。"
MINUTES: dict[str, Policy[int]] = {
    Sitting.Part.THEORY: policies.THEORY_MINUTES_MIN,
    Sitting.Part.PRACTICAL: policies.PRACTICAL_MINUTES_MIN,
    Sitting.Part.REVIEW: policies.REVIEW_MINUTES_MIN,
}


@rule("plans.planner_is_filed", clause=f"{PAPER}第 2.1 节")
def own_institution_is_filed(asking: Asking[None]) -> tuple[str, str] | None:
    """只有已备案的机构可以制定认定计划。"""
    institution = asking.consulting(own_institution)
    if institution is None or institution.state == InstitutionState.FILED:
        return None
    return say("本机构现在是“{state}”，不能制定认定计划。", state=institution.get_state_display()), "请先办理备案。"


own_institution_is_filed.shown_by(
    case("filed", read={own_institution: Institution(state="filed")}),
    case("suspended", read={own_institution: Institution(state="suspended")}, says="不能制定认定计划"),
)


@rule("plans.institution_is_filed", clause=f"{PAPER}第 2.1 节")
def its_institution_is_filed(asking: Asking[Plan]) -> tuple[str, str] | None:
    """开考当日机构的备案须在有效期内。"""
    plan = asking.subject
    institution = plan.institution
    if institution.state != InstitutionState.FILED:
        return say("机构现在是“{state}”。", state=institution.get_state_display()), "恢复认定或重新备案以后可以报送。"
    if institution.valid_until is not None and institution.valid_until < plan.ends_on:
        return say(
            "机构备案有效期至 {valid_until}，早于认定结束日期 {ends_on}。",
            valid_until=institution.valid_until,
            ends_on=plan.ends_on,
        ), "请先办理续期备案。"
    return None


its_institution_is_filed.shown_by(
    case(
        "valid to the last day",
        Plan(institution=Institution(state="filed", valid_until=date(2026, 5, 21)), ends_on=date(2026, 5, 21)),
    ),
    case(
        "one day short",
        Plan(institution=Institution(state="filed", valid_until=date(2026, 5, 20)), ends_on=date(2026, 5, 21)),
        says="早于认定结束日期",
    ),
    case(
        "suspended",
        Plan(institution=Institution(state="suspended", valid_until=date(2026, 5, 21)), ends_on=date(2026, 5, 21)),
        says="机构现在是",
    ),
)


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
    return say("计划缺少{value}。", value=listed(f"“{block}”" for block in missing)), "请补充以后报送。"


every_block_is_written.shown_by(
    case("all written", WRITTEN, read={batches_of: [FOURTH], sittings_of: [sitting_on()]}),
    case("no batch", WRITTEN, read={batches_of: [], sittings_of: []}, says="“职业（工种）”、“等级与人数”"),
    case(
        "no bank",
        Plan(process="考", timetable="上午", publicity="公示"),
        read={batches_of: [FOURTH], sittings_of: [sitting_on()]},
        says="计划缺少“考核题（卷）库”",
    ),
)


@rule("plans.occupation_in_catalogue", clause="《中华人民共和国职业分类大典（2022 年版）》")
def occupations_are_in_the_catalogue(asking: Asking[Plan]) -> tuple[str, str] | None:
    """开考当日职业须在职业分类大典之内。"""
    plan = asking.subject
    known = asking.consulting(codes_in_force)
    for batch in asking.reading(batches_of):
        if batch.occupation_code not in known:
            return say(
                "{held_on} 的职业分类大典中没有“{occupation_name}”（{occupation_code}）。",
                held_on=plan.held_on,
                occupation_name=batch.occupation_name,
                occupation_code=batch.occupation_code,
            ), "请改为开考当日在用的职业，或者改期。"
    return None


occupations_are_in_the_catalogue.shown_by(
    case("in force", AHEAD, read={batches_of: [FOURTH], codes_in_force: {"6-31-01-03"}}),
    case("not", AHEAD, read={batches_of: [FOURTH], codes_in_force: set()}, says="没有“电工”"),
)


@rule("plans.occupation_in_scope", clause=f"{PAPER}第 3.2.1 节：认定职业经过审批")
def occupations_are_in_scope(asking: Asking[Plan]) -> tuple[str, str] | None:
    """开考当日职业和等级须在机构的备案范围内。"""
    plan = asking.subject
    covered = asking.reading(scope_of)
    outside = [batch for batch in asking.reading(batches_of) if (batch.occupation_code, batch.level) not in covered]
    if not outside:
        return None
    named = listed(
        say("{occupation_name} {level} 级", occupation_name=batch.occupation_name, level=batch.level)
        for batch in outside
    )
    return say(
        "{named}在 {held_on} 不在机构的备案范围内。", named=named, held_on=plan.held_on
    ), "请撤下该批次，或先办理增项备案。"


occupations_are_in_scope.shown_by(
    case("in scope", AHEAD, read={batches_of: [FOURTH], scope_of: {("6-31-01-03", "4")}}),
    case(
        "another level",
        AHEAD,
        read={batches_of: [FOURTH], scope_of: {("6-31-01-03", "3")}},
        says="电工 4 级在 2026-05-20 不在",
    ),
)


@rule(
    "plans.parts_complete",
    clause=f"{PAPER}第 3.2.1 节：流程合规严谨",
    cites=[policies.PARTS_BY_LEVEL, policies.REVIEW_LEVELS],
)
def every_part_is_planned(asking: Asking[Plan]) -> tuple[str, str] | None:
    """每个批次须安排该等级的全部考核科目。"""
    parts, reviewed = asking.policy(policies.PARTS_BY_LEVEL), asking.policy(policies.REVIEW_LEVELS)
    planned: dict[int, set[str]] = defaultdict(set)
    for sitting in asking.reading(sittings_of):
        planned[sitting.batch_id].add(sitting.part)
    for batch in asking.reading(batches_of):
        wanted = dict.fromkeys(parts.get(batch.level, ()))
        if batch.level in reviewed:
            wanted[Sitting.Part.REVIEW] = None
        missing = [part for part in wanted if part not in planned[batch.pk]]
        if missing:
            names = listed(str(Sitting.Part(part).label) for part in missing)
            return say(
                "{occupation_name} {level} 级没有安排{names}。",
                occupation_name=batch.occupation_name,
                level=batch.level,
                names=names,
            ), "请补充场次。"
    return None


every_part_is_planned.shown_by(
    case("both parts", AHEAD, read={batches_of: [FOURTH], sittings_of: [sitting_on(), sitting_on("practical")]}),
    case("no practical part", AHEAD, read={batches_of: [FOURTH], sittings_of: [sitting_on()]}, says="没有安排技能"),
)


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
            label = say(
                "{occupation_name} {level} 级{label}",
                occupation_name=batch.occupation_name,
                level=batch.level,
                label=Sitting.Part(part).label,
            )
            return say(
                "{label}共 {number} 座，少于 {headcount} 人。", label=label, number=number, headcount=batch.headcount
            ), "请增加场次或座位。"
    return None


seats_hold_the_headcount.shown_by(
    case("thirty for thirty", AHEAD, read={batches_of: [FOURTH], sittings_of: [sitting_on(seats=30)]}),
    case(
        "one seat short",
        AHEAD,
        read={batches_of: [FOURTH], sittings_of: [sitting_on(seats=29)]},
        says="共 29 座，少于 30 人",
    ),
)


@rule("plans.sittings_within_dates", clause=f"{PAPER}第 3.2.1 节：时间安排合理")
def sittings_lie_within_the_plan(asking: Asking[Plan]) -> tuple[str, str] | None:
    """场次须在计划的起止日期之内。"""
    plan = asking.subject
    for sitting in asking.reading(sittings_of):
        start, end = (moment.astimezone(ZONE) for moment in (sitting.starts_at, sitting.ends_at))
        if start.date() < plan.held_on or end.date() > plan.ends_on:
            return say(
                "{room} {start:%Y-%m-%d %H:%M} 的场次不在 {held_on} 至 {ends_on} 之内。",
                room=sitting.room,
                start=start,
                held_on=plan.held_on,
                ends_on=plan.ends_on,
            ), "请改正场次的时间，或者改正计划的起止日期。"
    return None


sittings_lie_within_the_plan.shown_by(
    case("on the day", AHEAD, read={sittings_of: [sitting_on()]}),
    case("the day after", AHEAD, read={sittings_of: [sitting_on(day=21)]}, says="不在 2026-05-20 至 2026-05-20 之内"),
)


@rule("plans.minutes_enough", clause="《保育师国家职业标准》（2021 年版）鉴定时间", cites=[*MINUTES.values()])
def sittings_are_long_enough(asking: Asking[Plan]) -> tuple[str, str] | None:
    """每场考核不得短于规定时间。"""
    least = {part: asking.policy(handle) for part, handle in MINUTES.items()}
    for sitting in asking.reading(sittings_of):
        minutes = (sitting.ends_at - sitting.starts_at) // timedelta(minutes=1)
        if minutes < least[sitting.part]:
            label = Sitting.Part(sitting.part).label
            return (
                say(
                    "{room}的{label}只有 {minutes} 分钟，少于 {part} 分钟。",
                    room=sitting.room,
                    label=label,
                    minutes=minutes,
                    part=least[sitting.part],
                ),
                "请延长该场次；职业标准另有规定的，以标准为准。",
            )
    return None


sittings_are_long_enough.shown_by(
    case("ninety minutes of theory", AHEAD, read={sittings_of: [sitting_on(minutes=90)]}),
    case("a minute short", AHEAD, read={sittings_of: [sitting_on(minutes=89)]}, says="只有 89 分钟，少于 90 分钟"),
    case("an hour of practice", AHEAD, read={sittings_of: [sitting_on("practical", minutes=60)]}),
    case("a quarter of review", AHEAD, read={sittings_of: [sitting_on("review", minutes=15)]}),
)


@rule("plans.room_not_overfull", clause="理论考场设置", cites=[policies.THEORY_ROOM_SEATS_MAX], waivable=True)
def theory_rooms_are_not_overfull(asking: Asking[Plan]) -> tuple[str, str] | None:
    """理论考场的座位不得超过规定。"""
    most = asking.policy(policies.THEORY_ROOM_SEATS_MAX)
    for sitting in asking.reading(sittings_of):
        if sitting.part == Sitting.Part.THEORY and sitting.seats > most:
            return say(
                "{room}安排 {seats} 座，超过每个理论考场 {most} 座。", room=sitting.room, seats=sitting.seats, most=most
            ), "请分成几个考场。"
    return None


theory_rooms_are_not_overfull.shown_by(
    case("thirty seats", AHEAD, read={sittings_of: [sitting_on(seats=30)]}),
    case("thirty-one", AHEAD, read={sittings_of: [sitting_on(seats=31)]}, says="超过每个理论考场 30 座"),
    case("a workshop may hold more", AHEAD, read={sittings_of: [sitting_on("practical", seats=31)]}),
)


@rule("plans.rooms_do_not_overlap", clause=f"{PAPER}第 3.2.1 节：时间安排合理")
def rooms_do_not_overlap(asking: Asking[Plan]) -> tuple[str, str] | None:
    """同一考场同一时间只安排一场。"""
    own = asking.reading(sittings_of)
    if not own:
        return None
    by_room: dict[str, tuple[list[Sitting], list[Sitting]]] = defaultdict(lambda: ([], []))
    for place, sittings in enumerate((own, asking.consulting(sittings_beside))):
        for sitting in sittings:
            by_room[sitting.room][place].append(sitting)
    conflicts = list(islice((clash for room in by_room.values() for clash in clashes(*room)), 3))
    if not conflicts:
        return None
    return listed(conflicts, "；") + "。", "请调整时间或考场。"


rooms_do_not_overlap.shown_by(
    case(
        "one after the other",
        AHEAD,
        read={sittings_of: [sitting_on(minutes=60), sitting_on(hour=10)], sittings_beside: []},
    ),
    case(
        "a minute together",
        AHEAD,
        read={sittings_of: [sitting_on(minutes=61), sitting_on(hour=10)], sittings_beside: []},
        says="与本计划的另一场时间重叠",
    ),
    case(
        "another plan is there",
        AHEAD,
        read={sittings_of: [sitting_on()], sittings_beside: [sitting_on(plan=OTHER)]},
        says="与其他计划（2613000216010001）时间重叠",
    ),
)


@rule("plans.exam_not_begun", clause=f"{PAPER}第 3.2.1 节：严格审核管控")
def the_exam_has_not_begun(asking: Asking[Plan]) -> tuple[str, str] | None:
    """已备案的计划在开考以前才能变更或撤回。"""
    plan = asking.subject
    if plan.state != PlanState.FILED:
        return None
    if plan.held_on <= asking.today:
        return say("计划已于 {held_on} 开考，不能再变更或撤回。", held_on=plan.held_on), AFTER_THE_BEGINNING
    if asking.reading(an_exam_has_begun):
        return "计划中已有批次开考，不能再变更或撤回。", AFTER_THE_BEGINNING
    return None


the_exam_has_not_begun.shown_by(
    case("the day before", Plan(state="filed", held_on=date(2026, 5, 7)), read={an_exam_has_begun: False}),
    case("on the day", Plan(state="filed", held_on=date(2026, 5, 6)), says="已于 2026-05-06 开考"),
    case(
        "a batch has begun",
        Plan(state="filed", held_on=date(2026, 5, 7)),
        read={an_exam_has_begun: True},
        says="已有批次开考",
    ),
)


@rule("plans.held_on_past", clause=f"{PAPER}第 3.2.2 节（所有认定必需备案）")
def the_exam_lies_ahead(asking: Asking[Plan]) -> tuple[str, str] | None:
    """计划在开考以前备案。"""
    if asking.subject.held_on > asking.today:
        return None
    return "开考日期已到，不能再备案。", "请退回机构修改日期。"


the_exam_lies_ahead.shown_by(
    case("tomorrow", Plan(held_on=date(2026, 5, 7))), case("today", Plan(held_on=date(2026, 5, 6)), says="开考日期已到")
)

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
    sittings_are_staffed,
    rooms_do_not_overlap,
)
# A finding that stands against the plan is mended or waived before it is filed. The lead time is judged by the day of
# handing in: the office's own days of review do not count against the institution.
OF_FILING = OF_SUBMISSION
