"""Result sheets: the list, and the page of one from the scores to the record online (R29, R30, R56–R63)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.urls import reverse

from hengjian.certificates.models import Certificate
from hengjian.kernel.actor import CLOCK
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.words import say
from hengjian.results import queries
from hengjian.results.acts.close_notice import close_notice
from hengjian.results.lists import SHEETS
from hengjian.results.models import Objection, ObjectionBurst, ResultSheet, Score
from hengjian.results.policies import NOTICE_WORKING_DAYS, OBJECTION_BURST_NUMBER
from hengjian.results.queries import SheetDetail, SheetRow
from hengjian.results.states import IN_TRIAGE, UNANSWERED, SheetState
from hengjian.rosters.models import Candidate
from hengjian.supervision.queries import Attendance, attendance
from hengjian.web.cases import case_page, course, course_card, tabs, turn, until_end_of
from hengjian.web.components import (
    Button,
    Card,
    Cell,
    Chip,
    Column,
    Empty,
    Go,
    Head,
    Hindrance,
    Link,
    Row,
    Shown,
    Table,
    Turn,
    crumbs,
    facts,
)
from hengjian.web.listing import show
from hengjian.web.occupations.labels import level_title
from hengjian.web.pages import Answer, Desk, page, page_of
from hengjian.web.parts import day, moment, policy_chip, refusal_part, remaining, strip
from hengjian.web.performing import act_bar, row_acts
from hengjian.web.results.objection_parts import MOST, objections_card
from hengjian.web.results.sheet_parts import in_words, lines_card, scores_card, sheet_chip, sheet_steps
from hengjian.web.work import Kind, Line


def _line(sheet: ResultSheet) -> Line:
    batch, plan = sheet.batch, sheet.batch.plan
    return Line(
        href=reverse("result_sheet", kwargs={"pk": sheet.pk}),
        title=say(
            "评价结果 · {occupation_name} {level_title}",
            occupation_name=batch.occupation_name,
            level_title=level_title(batch.level),
        ),
        under=say("计划 {number} · {held_on.month} 月 {held_on.day} 日考试", number=plan.number, held_on=plan.held_on),
        institution=plan.institution.short_name,
        institution_note=str(plan.institution.get_kind_display()),
        due_on=sheet.due_on,
        provisional=sheet.due_provisional,
    )


SHEET_QUEUE = Kind(
    _line,
    ("batch__plan__institution", "batch__plan__office"),
    "results",
    running=((~Q(state=SheetState.CERTIFIED), "due_on"),),
)


@page("results/", "results")
def results_page(desk: Desk) -> Answer:
    """结果与公示。"""
    calendar = stored_calendar()

    def cells(row: SheetRow) -> Row:
        href = reverse("result_sheet", kwargs={"pk": row.sheet})
        open_now = row.state == SheetState.ON_NOTICE
        due = row.notice_closes_on if open_now else row.due_on if row.state in DUE else None
        return Row(
            [
                Cell(row.title, href=href, note=say("计划 {number}", number=row.plan_number)),
                Cell(row.institution_short_name),
                Cell(day(row.held_on)),
                str(row.candidates),
                Cell(chip=sheet_chip(row.state)),
                Cell(chip=remaining(due, desk.today, calendar=calendar)) if due else "",
                Cell(chip=Chip(say("异议 {waiting} 件未办结", waiting=row.open_objections), "warn"))
                if row.open_objections
                else "",
            ],
        )

    return show(
        desk,
        SHEETS,
        cells,
        lead="每个批次一份成绩单：录入、确认、公示、备案、制证，一步一步往前走。",
        empty=Empty("还没有成绩单", "考试完成后，成绩单自动建立。"),
    )


# What the sheet's deadline is for, while it stands in that state.
DUE = {
    SheetState.ENTERING: "报送期限",
    SheetState.CONFIRMED: "报送期限",
    SheetState.NOTICE_CLOSED: "备案期限",
    SheetState.FILED: "发证期限",
}


@page_of(ResultSheet, "results/<int:pk>/", "result_sheet", "batch__plan__institution", "batch__plan__office")
def sheet_page(desk: Desk, sheet: ResultSheet) -> Answer:
    """One batch's results: steps, counted days, scores, objections, what stands in the way, what happened."""
    pk = sheet.pk
    detail = queries.sheet(desk.actor, pk)
    assert detail is not None
    batch, plan = sheet.batch, sheet.batch.plan
    told = queries.objections(desk.actor, sheet=pk, most=MOST)
    objections = desk.visible(Objection).filter(sheet=pk)
    total = objections.count()
    in_triage, unanswered = (objections.filter(state__in=states).count() for states in (IN_TRIAGE, UNANSWERED))
    told_by = course(sheet, batch, objections, desk.visible(Score).filter(objections__sheet=pk))
    records = [record for record in told_by if record.act.split(".")[0] in ("results", "certificates", "supervision")]
    attending = attendance(plan.pk)
    side, sides = tabs(
        desk,
        ("overview", "概况", 0),
        ("list", "名单", len(detail.lines)),
        ("objections", "异议", total),
        ("proofs", "存证", len(records)),
    )
    main: list[Card | None]
    if side == "list":
        main = [lines_card(desk, detail)]
    elif side == "objections":
        main = [_burst_card(desk, pk), objections_card(desk, told, total)]
    elif side == "proofs":
        main = [course_card(records, title="全部办理记录", limit=200, detail=in_words)]
    else:
        main = [
            _strip_card(desk, detail),
            scores_card(detail, desk.asking(sheet)),
            _burst_card(desk, pk),
            objections_card(desk, told, total, only_open=True),
        ]
    certificates = desk.visible(Certificate).filter(score__sheet=pk)
    issued, offline = certificates.count(), certificates.filter(online_on__isnull=True).count()
    on_notice = sheet.state == SheetState.ON_NOTICE
    due = sheet.notice_closes_on if on_notice else sheet.due_on
    head = Head(
        say("评价结果 · {lines} 人", lines=len(detail.lines)),
        crumbs=crumbs(
            ("结果与公示", reverse("results")),
            (say("认定计划 {number}", number=plan.number), reverse("plan", kwargs={"pk": plan.pk})),
            (
                say(
                    "{occupation_name}（{occupation_code}）",
                    occupation_name=batch.occupation_name,
                    occupation_code=batch.occupation_code,
                ),
            ),
            (level_title(batch.level),),
        ),
        chips=[sheet_chip(sheet.state), *_days_chip(desk, sheet)],
        turn=_public_turn(desk, sheet) if on_notice else turn(desk, sheet, due, provisional=sheet.due_provisional),
        steps=sheet_steps(
            detail,
            reported=attending.duties > 0 and attending.open == 0,
            online=issued > 0 and offline == 0,
        ),
        tabs=sides,
    )
    aside = [
        _facts_card(desk, sheet, detail, attending, issued, offline),
        None if side == "proofs" else course_card(records, detail=in_words, more="?side=proofs"),
    ]
    acts: list[Button | Go] | None = [*act_bar(desk, sheet)] if side == "overview" else None
    own = desk.actor.reach.get("institution") == plan.institution_id
    if acts is not None and own and sheet.state == SheetState.ENTERING:
        acts.append(Go("双人复核", href=reverse("double_entry", kwargs={"pk": pk})))
    if acts is not None and on_notice:
        acts.insert(0, _closing(sheet, in_triage, unanswered))
        acts.append(Go("看公示页面", href=reverse("notice", kwargs={"pk": pk})))
    return case_page(head, main, aside, acts=acts)


def _burst_card(desk: Desk, sheet: int) -> Card | None:
    """Bursts of objections to this notice and what the centre made of them."""
    bursts = list(desk.visible(ObjectionBurst).filter(sheet=sheet).order_by("-pk")[:5])
    if not bursts:
        return None
    rows: list[list[Shown]] = [
        [
            moment(burst.began_at),
            say("{number} 件", number=burst.number),
            Cell(chip=Chip(str(burst.get_state_display()), "seal" if not burst.note else "quiet")),
            Cell(burst.note, second=True, acts=row_acts(desk, burst)),
        ]
        for burst in bursts
    ]
    columns = [Column(label) for label in ("时间", "短时间内", "情况", "处置")]
    return Card(
        "异议集中",
        clause=policy_chip(OBJECTION_BURST_NUMBER.key),
        table=Table(columns=columns, rows=rows),
    )


def _closing(sheet: ResultSheet, in_triage: int, waiting: int) -> Button:
    """The clock's own step, shown like any other: what stands in its way and what follows."""
    refusal = close_notice.why_not(CLOCK, sheet)
    why = (
        refusal_part(refusal, lead="现在还不能结束公示", id="why-close")
        if refusal is not None
        else Hindrance("公示已满", "系统即将自动转为公示期满。", id="why-close")
    )
    more = say("另有 {in_triage} 件异议等待鉴定中心核对。", in_triage=in_triage) if in_triage else ""
    more += say("另有 {waiting} 件异议待答复，答复后该考生可以单独放行。", waiting=waiting) if waiting else ""
    return Button("公示期满（系统办理）", close_notice.header.code, refusal=replace(why, sentence=why.sentence + more))


def _strip_card(desk: Desk, detail: SheetDetail) -> Card | None:
    if detail.notice_opened_on is None or detail.head.notice_closes_on is None:
        return None
    return Card(
        "公示期限怎么算的",
        clause=policy_chip(NOTICE_WORKING_DAYS.key),
        strip=strip(
            detail.notice_opened_on,
            detail.head.notice_closes_on,
            today=desk.today,
            rule="自公布次日起算；国务院假期不计，调休上班日计入。",
            provisional=detail.head.notice_provisional,
        ),
    )


def _days_chip(desk: Desk, sheet: ResultSheet) -> list[Chip]:
    """Which working day of the notice today is."""
    if sheet.state != SheetState.ON_NOTICE or sheet.notice_opened_on is None:
        return []
    number = stored_calendar().working_days_between(sheet.notice_opened_on, desk.today)
    return [Chip(say("第 {number} 个工作日", number=number) if number > 0 else "公布当日", "quiet")]


def _public_turn(desk: Desk, sheet: ResultSheet) -> Turn:
    closes = sheet.notice_closes_on
    if closes is None:
        return Turn("社会公众")
    return Turn("社会公众", until_end_of(closes), remaining(closes, desk.today, provisional=sheet.notice_provisional))


def _facts_card(
    desk: Desk, sheet: ResultSheet, detail: SheetDetail, attending: Attendance, issued: int, offline: int
) -> Card:
    plan, batch = sheet.batch.plan, sheet.batch
    sampled = desk.visible(Candidate).filter(batch=batch, sampled=True)
    bad = sampled.filter(state=Candidate.State.EXCLUDED).count()
    drawn = say("{duties} 人", duties=attending.duties) if attending.duties else "尚未抽取"
    supervised = Cell(drawn)
    if attending.draw_code:
        supervised = Cell(
            say("{drawn}，抽取编号", drawn=drawn),
            link=Link(attending.draw_code, reverse("public_draw", kwargs={"code": attending.draw_code})),
        )
    pairs: list[tuple[str, Any]] = [
        (
            "机构",
            Cell(plan.institution.name, chip=Chip(str(plan.institution.get_kind_display()), "quiet")),
        ),
        ("考试日期", plan.held_on.isoformat()),
        ("考点", plan.venue),
        ("督导", supervised),
        ("抽样核查", say("{sampled} 份，{bad} 份不合格", sampled=sampled.count(), bad=bad)),
        ("合格", say("{passed} 人", passed=detail.totals.passed)),
    ]  # fmt: skip
    if sheet.due_on and sheet.state in DUE:
        pairs.append((DUE[SheetState(sheet.state)], Cell(day(sheet.due_on), chip=remaining(sheet.due_on, desk.today))))
    if detail.notice_place:
        pairs.append(("公示地点", detail.notice_place))
    if sheet.result_filed_on:
        pairs.append(("备案日期", sheet.result_filed_on.isoformat()))
    if issued:
        href = f"{reverse('certificates')}?sheet={sheet.pk}"
        told = say("{issued} 张", issued=issued) + (
            say("，{offline} 张待上网", offline=offline) if offline else "，全部上网"
        )
        pairs.append(("证书", Cell(told, href=href)))
    if detail.notice_root:
        pairs.append(("名单的根", Cell(detail.notice_root[:16] + "…", mono=True)))
    return Card("基本情况", facts=facts(*pairs))
