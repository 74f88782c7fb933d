"""Plans: the list, and the page of one with the blocks of 3.2.1, batches, sittings, findings and versions (R34–R44)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.asking import Asking
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.ledger import Recorded
from hengjian.kernel.words import listed, say
from hengjian.plans.acts.batches import remove_batch, remove_sitting
from hengjian.plans.lists import PLANS
from hengjian.plans.models import Batch, Plan, Sitting
from hengjian.plans.queries import PlanRow
from hengjian.plans.states import BatchState, PlanState
from hengjian.web.authorities.waiver_page import asking_address
from hengjian.web.cases import case_page, course, course_card, tabs, turn
from hengjian.web.components import (
    Card,
    Cell,
    Chip,
    Column,
    Empty,
    Head,
    Link,
    Row,
    Table,
    columns,
    crumbs,
    facts,
)
from hengjian.web.listing import show
from hengjian.web.occupations.labels import level_title
from hengjian.web.pages import Answer, Desk, page, page_of
from hengjian.web.paging import Part, part_of
from hengjian.web.parts import day, moment, policy_chip, remaining, strip
from hengjian.web.performing import act_bar, acts_of_rows, opening
from hengjian.web.plans.life import place_of, places, plan_steps, standing_chip, with_life
from hengjian.web.plans.parts import (
    Finding,
    batch_chip,
    changes,
    clashing,
    findings,
    in_words,
    plan_chip,
    span,
)
from hengjian.web.plans.related import related_card, with_related
from hengjian.web.plans.waiting import waits
from hengjian.web.room import sections_on


@page("plans/", "plans")
def plans_page(desk: Desk) -> Answer:
    """认定计划。"""
    calendar = stored_calendar()
    stages: dict[int, int] = {}

    def read(rows: Sequence[PlanRow]) -> None:
        stages.update(places(desk, [row.id for row in rows if row.state == PlanState.FILED]))

    def cells(row: PlanRow) -> Row:
        href = reverse("plan", kwargs={"pk": row.id})
        waiting = row.state == PlanState.SUBMITTED
        return Row(
            [
                Cell(row.name, href=href, note=row.number or "尚未备案"),
                Cell(row.institution_short_name, note=row.institution_kind),
                Cell(day(row.held_on), note=row.venue),
                Cell(f"{row.headcount}", note=say("{parts} 个批次", parts=row.batches)),
                Cell(chip=standing_chip(row.state, stages.get(row.id))),
                Cell(chip=remaining(row.due_on, desk.today, provisional=row.due_provisional, calendar=calendar))
                if waiting
                else "",
            ],
        )

    return show(
        desk,
        PLANS,
        cells,
        read=read,
        lead="所有认定必须备案：没有计划编号，不得组织考试、公示结果和发证。",
        empty=Empty("还没有认定计划", "机构填写并报送的计划会列在这里。"),
        buttons=opening(desk, "plans.draft_plan", "填写认定计划"),
    )


@page_of(Plan, "plans/<int:pk>/", "plan", "institution", "office")
def plan_page(desk: Desk, plan: Plan) -> Answer:
    """One plan: findings first, then its blocks, batches and sittings; what other domains add stands beneath."""
    shown = ("plan_id", "occupation_code", "occupation_name", "trade", "level", "standard_title", "headcount", "state")
    taking_place = Count("sittings", filter=Q(sittings__withdrawn=False))
    batches: list[Any] = list(
        with_life(desk, with_related(desk, desk.visible(Batch).filter(plan=plan)))
        .only(*shown)
        .annotate(taking_place=taking_place)
        .order_by("occupation_code", "-level")
    )
    sittings = (
        desk.visible(Sitting).filter(batch__plan=plan).select_related("batch").order_by("starts_at", "room", "pk")
    )
    records = course(plan, desk.visible(Batch).filter(plan=plan), desk.visible(Sitting).filter(batch__plan=plan))
    versions = [record for record in records if record.fact is not None and changes(record.fact)]
    live = [batch for batch in batches if batch.state != BatchState.WITHDRAWN]
    place = place_of(batches) if plan.state == PlanState.FILED else None
    side, sides = tabs(
        desk,
        ("overview", "概况", 0),
        ("checks", "自动检查", 0),
        ("batches", "批次", len(live)),
        ("sittings", "场次", sum(batch.taking_place for batch in batches)),
        ("versions", "版本", plan.version if len(versions) or plan.version > 1 else 0),
        ("proofs", "存证", len(records)),
    )
    main: list[Card | None]
    found = (
        findings(Asking(desk.actor, plan))
        if side in ("overview", "checks") and plan.state != PlanState.WITHDRAWN
        else []
    )
    if side == "checks":
        main = [_findings_card(desk, plan, found, whole=True)]
    elif side == "batches":
        main = [_batches_card(desk, plan, part_of(desk, batches))]
    elif side == "sittings":
        main = [_sittings_card(desk, plan, part_of(desk, sittings), clashing(sittings))]
    elif side == "versions":
        main = _version_cards(plan, versions)
    elif side == "proofs":
        main = [course_card(records, title="全部办理记录", limit=200, detail=in_words)]
    else:
        main = [
            _return_card(plan),
            _findings_card(desk, plan, found),
            _deadline_card(desk, plan),
            _batches_card(desk, plan, part_of(desk, batches, of="batches")),
            _blocks_card(plan),
            *(section(desk, plan) for section in sections_on(Plan)),
        ]
    head = Head(
        plan.title,
        crumbs=crumbs(("认定计划", reverse("plans")), (plan.number or "尚未备案",)),
        chips=[standing_chip(plan.state, place), *_marks(plan)],
        turn=turn(desk, plan, plan.due_on if plan.state == PlanState.SUBMITTED else None)
        if waits(desk, plan)
        else None,
        steps=plan_steps(plan, live, place),
        tabs=sides,
    )
    aside = [_facts_card(plan, live), related_card(plan, batches), None if side == "proofs" else _course(records)]
    acts = act_bar(desk, plan, without=OF_A_ROW) if side in ("overview", "batches", "sittings") else None
    return case_page(head, main, aside, acts=acts)


OF_A_ROW = (remove_batch.header.code, remove_sitting.header.code)  # they stand in the row they take down


def _course(records: list[Recorded]) -> Card:
    return course_card(records, detail=in_words, more="?side=proofs")


def _marks(plan: Plan) -> list[Chip]:
    marks = [Chip(say("第 {version} 版", version=plan.version), "quiet")] if plan.version > 1 else []
    if plan.entrusted_by:
        marks.append(Chip("委托认定", "warn", why=say("受{entrusted_by}委托", entrusted_by=plan.entrusted_by)))
    return marks


def _facts_card(plan: Plan, live: list[Batch]) -> Card:
    held = (
        day(plan.held_on)
        if plan.held_on == plan.ends_on
        else say("{held_on}至 {ends_on}", held_on=day(plan.held_on), ends_on=day(plan.ends_on))
    )
    return Card(
        "基本情况",
        facts=facts(
            (
                "机构",
                Cell(
                    plan.institution.name,
                    href=reverse("institution", kwargs={"pk": plan.institution_id}),
                    note=str(plan.institution.get_kind_display()),
                ),
            ),
            ("计划编号", Cell(plan.number or "备案后编号", mono=bool(plan.number))),
            ("认定日期", held),
            ("考点", plan.venue),
            (
                "人数",
                say("{headcount} 人，{live} 个批次", headcount=sum(batch.headcount for batch in live), live=len(live)),
            ),
            *((("委托单位", plan.entrusted_by),) if plan.entrusted_by else ()),
            ("备案机关", plan.office.name),
            *((("备案", Cell(plan.filed_by, note=day(plan.filed_on))),) if plan.filed_on else ()),
        ),
    )


def _findings_card(desk: Desk, plan: Plan, found: list[Finding], *, whole: bool = False) -> Card | None:
    """Automatic findings first: on the overview only what stands in the way, on their own side every sentence."""
    if not found:
        return Card("自动检查", empty=Empty("已撤回的计划不再检查")) if whole else None
    unmet = [item for item in found if item.refusal is not None]
    open_ones = [item for item in unmet if not item.waived]
    chip = (
        Chip(say("{open_ones} 项不符合", open_ones=len(open_ones)), "warn")
        if open_ones
        else Chip(say("{found} 项全部符合", found=len(found)), "good")
    )
    shown = found if whole else unmet
    rows = [
        [
            Cell(item.refusal.sentence, note=item.refusal.remedy) if item.refusal else Cell(item.rule.title),
            Cell(chip=item.chip, link=_waiving(desk, plan, item)),
            Cell(clause=item.clause) if item.clause else "",
        ]
        for item in shown
    ]
    return Card(
        "自动检查",
        chips=[chip],
        hint="" if shown else "职业、题库、流程、时间、场次与座位，已按第 3.2.1 节逐条检查。",
        link=None if whole else Link("逐条结果", "?side=checks"),
        table=Table(columns("检查", "结果", "依据"), rows) if shown else None,
    )


def _waiving(desk: Desk, plan: Plan, item: Finding) -> Link | None:
    """Where a waiver of this rule can be asked for, if the desk may ask."""
    act = catalogue()["authorities.ask_waiver"]
    unmet = item.refusal is not None and not item.waived
    if not unmet or not item.rule.waivable or act.why_not(desk.actor, None) is not None:
        return None
    return Link("申请豁免", asking_address(item.rule.code, plan))


def _deadline_card(desk: Desk, plan: Plan) -> Card | None:
    if plan.state != PlanState.SUBMITTED or plan.submitted_on is None or plan.due_on is None:
        return None
    return Card(
        "审核期限怎么算的",
        clause=policy_chip("plans.review_working_days"),
        strip=strip(
            plan.submitted_on,
            plan.due_on,
            today=desk.today,
            started="报送",
            rule=say("自报送次日起算 {due_days} 个工作日；国务院假期不计，调休上班日计入。", due_days=plan.due_days),
            provisional=plan.due_provisional,
        ),
    )


def _return_card(plan: Plan) -> Card | None:
    if plan.state != PlanState.RETURNED:
        return None
    return Card("退回修改", chips=[plan_chip(plan.state)], text=[plan.return_reason])


def _blocks_card(plan: Plan) -> Card:
    """The blocks the paper prescribes; what is not written yet says so."""
    return Card(
        "计划内容",
        clause=policy_chip("plans.required_blocks"),
        facts=facts(
            ("题（卷）库", plan.bank or "尚未写明"),
            ("评价流程", plan.process or "尚未写明"),
            ("时间安排", plan.timetable or "尚未写明"),
            ("公布情况", plan.publicity or "尚未写明"),
        ),
    )


def _batches_card(desk: Desk, plan: Plan, batches: Part[Batch]) -> Card:
    """Batches; in the row of each what its institution can do with it. The head of the column is there only where that is."""
    taking_down = acts_of_rows(desk, remove_batch, plan)
    acts = {batch.pk: taking_down(batch_id=batch.pk) for batch in batches.rows if batch.state == BatchState.OPEN}
    doing = any(acts.values())
    return Card(
        "批次",
        pager=batches.pager,
        table=Table(
            columns=[
                Column("职业"),
                Column("等级"),
                Column("人数", numeric=True),
                Column("执行标准"),
                Column("状态"),
                *([Column("办理")] if doing else []),
            ],
            rows=[
                Row(
                    struck=batch.state == BatchState.WITHDRAWN,
                    cells=[
                        Cell(
                            batch.occupation_name,
                            href=reverse("batch", kwargs={"pk": batch.pk}),
                            note=listed((batch.occupation_code, " · " + batch.trade if batch.trade else ""), ""),
                        ),
                        level_title(batch.level),
                        str(batch.headcount),
                        Cell(batch.standard_title, second=True),
                        Cell(chip=batch_chip(batch.state)),
                        *([Cell(acts=acts.get(batch.pk, ()))] if doing else []),
                    ],
                )
                for batch in batches.rows
            ],
            empty=Empty("还没有批次", "一个职业的一个等级是一个批次，报送以前至少填写一个。"),
        ),
    )


def _sittings_card(desk: Desk, plan: Plan, sittings: Part[Sitting], overlapping: set[int]) -> Card:
    taking_down = acts_of_rows(desk, remove_sitting, plan)
    acts = {item.pk: taking_down(sitting_id=item.pk) for item in sittings.rows if not item.withdrawn}
    doing = any(acts.values())
    return Card(
        "场次",
        pager=sittings.pager,
        hint="同一考场同一时间只安排一场；重叠的场次在这里标出。",
        table=Table(
            columns=[
                Column("时间"),
                Column("考场"),
                Column("科目"),
                Column("批次"),
                Column("座位", numeric=True),
                Column("监考、考评", numeric=True),
                Column("检查"),
                *([Column("办理")] if doing else []),
            ],
            rows=[
                Row(
                    struck=item.withdrawn,
                    cells=[
                        span(item),
                        item.room,
                        str(item.get_part_display()),
                        listed((item.batch.occupation_name, level_title(item.batch.level)), " "),
                        str(item.seats),
                        str(item.staff),
                        Cell(chip=Chip("时间重叠", "warn"))
                        if item.pk in overlapping
                        else Cell("撤下" if item.withdrawn else "无冲突", second=True),
                        *([Cell(acts=acts.get(item.pk, ()))] if doing else []),
                    ],
                )
                for item in sittings.rows
            ],
            empty=Empty("还没有场次", "每个批次的每个科目至少安排一场。"),
        ),
    )


def _version_cards(plan: Plan, versions: list[Recorded]) -> list[Card | None]:
    if not versions:
        return [Card("版本", empty=Empty("没有修改过", "备案后的变更另成一版，旧版仍可查验。"))]
    return [
        Card(
            listed((record.fact.title if record.fact else "", moment(record.at)), " · "),
            hint=in_words(record.fact) if record.fact else "",
            table=Table(
                columns=columns("内容", "原来", "现在"),
                rows=[list(row) for row in changes(record.fact)] if record.fact else [],
            ),
        )
        for record in versions
    ]
