"""Rosters: the list, and the roster of one batch for the institution that uploads and the office that verifies (R23–R29)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from hengjian.authorities.roles import OFFICE_ROLES
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.rows import Rows
from hengjian.kernel.words import listed, say
from hengjian.plans.models import Batch
from hengjian.plans.states import BatchState
from hengjian.rosters import queries
from hengjian.rosters.help import FORMATS, help_rows
from hengjian.rosters.lists import ROSTERS
from hengjian.rosters.models import Candidate
from hengjian.rosters.queries import CandidateRow, RosterCheckRow, RosterRow
from hengjian.rosters.template import BatchHeading, template
from hengjian.web.cases import case_page, course, course_card, tabs, turn
from hengjian.web.components import (
    Button,
    Card,
    Cell,
    Chip,
    Clause,
    Column,
    Drop,
    Empty,
    Go,
    Head,
    Hidden,
    Row,
    Shown,
    Table,
    columns,
    crumbs,
    facts,
)
from hengjian.web.listing import show
from hengjian.web.occupations.labels import level_title
from hengjian.web.pages import Answer, Desk, Page, page
from hengjian.web.paging import part_of
from hengjian.web.parts import day, moment
from hengjian.web.performing import act_bar, row_acts
from hengjian.web.plans.parts import batch_chip
from hengjian.web.rosters import questions
from hengjian.web.rosters.roster_parts import candidate_chip, check_chip, in_words

FILING = ("rosters.file_roster", "rosters.replace_roster")
ON_ONE_PAGE = 100
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("rosters/", "rosters")
def rosters_page(desk: Desk) -> Answer:
    """考生核查: batches that wait for a roster, and those that have one."""

    def cells(row: RosterRow) -> Row:
        href = reverse("roster", kwargs={"pk": row.batch})
        told = (
            say("{roster_rows} 人", roster_rows=row.rows)
            if row.rows
            else say("计划 {headcount} 人", headcount=row.headcount)
        )
        under = (
            say("准予 {admitted} 人", admitted=row.admitted)
            if row.admitted
            else say("抽 {picked} 份", picked=row.sampled)
            if row.sampled
            else ""
        )
        return Row(
            [
                Cell(row.title, href=href, note=say("计划 {number}", number=row.plan_number or "尚未备案")),
                Cell(row.institution_short_name),
                Cell(day(row.held_on)),
                Cell(told, note=under),
                Cell(chip=batch_chip(row.state)),
                Cell(chip=Chip(say("提醒 {roster_warnings} 处", roster_warnings=row.warnings), "warn")) if row.warnings else "",
            ],
        )  # fmt: skip

    return show(
        desk,
        ROSTERS,
        cells,
        lead="机构按批次提交名册，先核查后提交；鉴定中心按规则定核查深度，抽取样本，核定考生。",
        empty=Empty("还没有批次", "认定计划中加入批次后列在这里。"),
        buttons=[Go("名册栏目说明", href=reverse("roster_columns"))],
    )


@page("rosters/<int:pk>/", "roster", performs=["rosters.file_roster", "rosters.replace_roster"])
def roster_page(desk: Desk, pk: int) -> Answer:
    """The roster of one batch: upload and dry run for the institution, depth and sample for the office, the candidates."""
    batch = desk.one(Batch, pk, "plan__institution", "plan__office")
    plan = batch.plan
    listed = queries.candidates(desk.actor, pk)
    runs = queries.checks(desk.actor, pk)
    records = [record for record in course(batch) if record.act.startswith("rosters.")]
    filing = _filing(desk, batch)
    sides = [("overview", "名册" if filing else "概况", 0), ("list", "考生", len(listed)), ("sample", "抽样", 0)]
    side, parts = tabs(desk, *(sides if listed else sides[:1]))
    main: list[Card | None] = []
    if side == "list":
        main.append(_list_card(desk, listed))
    elif side == "sample":
        main.append(_list_card(desk, queries.candidates(desk.actor, pk, sampled=True), sample=True))
    else:
        main.append(_depth_card(desk, batch))
        main.append(_runs_card(runs) if runs else None)
    head = Head(
        say(
            "名册 · {occupation_name} {level_title}",
            occupation_name=batch.occupation_name,
            level_title=level_title(batch.level),
        ),
        crumbs=crumbs(
            ("考生核查", reverse("rosters")),
            (say("计划 {number}", number=plan.number or plan.title), reverse("plan", kwargs={"pk": plan.pk})),
            (batch.occupation_code, reverse("batch", kwargs={"pk": pk})),
        ),
        chips=[batch_chip(batch.state)],
        turn=turn(desk, batch),
        tabs=parts if listed else (),
    )
    acts: list[Button | Go] = [
        button for button in act_bar(desk, batch, without=FILING if filing else ()) if button.act.startswith("rosters.")
    ]
    if batch.state in (BatchState.ADMITTED, BatchState.EXAMINED) and plan.institution_id == desk.actor.reach.get(
        "institution"
    ):
        acts.append(Go("打印准考证", href=reverse("tickets", kwargs={"pk": pk})))
    values = {
        "upload": Drop(
            "roster", "选择名册文件", accept=questions.ACCEPT, limit=questions.LIMIT,
            required=True, help="上传只作核查，不改动原文件；没有错误才能提交。",
        )
        if filing and side == "overview"
        else None,
        "check_action": reverse("roster_upload", kwargs={"pk": pk}),
        "template": reverse("roster_template", kwargs={"pk": pk}),
        "columns_href": reverse("roster_columns"),
    }  # fmt: skip
    aside = [_facts_card(batch, listed), course_card(records, detail=in_words)]
    shown = acts if side == "overview" and (acts or not filing) else None
    return case_page(head, main, aside, acts=shown, template="rosters/roster.html", values=values)


def _filing(desk: Desk, batch: Batch) -> bool:
    """May this seat file or replace the roster now?"""
    return any(catalogue()[code].why_not(desk.actor, batch) is None for code in FILING)  # type: ignore[arg-type]


def filing_act(desk: Desk, batch: Batch, upload: int) -> Button | None:
    """The button that files the checked upload; it carries the reason when the act is refused."""
    from hengjian.kernel.refusal import Kind
    from hengjian.web.parts import refusal_part

    for code in FILING:
        act = catalogue()[code]
        refusal = act.why_not(desk.actor, batch)  # type: ignore[arg-type]
        if refusal is not None and refusal.kind in (Kind.STATE, Kind.ROLE):
            continue
        title = act.header.title
        if refusal is not None:
            return Button(
                title,
                code,
                refusal=refusal_part(refusal, lead=say("现在还不能{title}", title=title), id="why"),
            )
        return Button(
            title,
            code,
            action=reverse("perform", kwargs={"code": code, "pk": batch.pk}),
            primary=True,
            hidden=[
                Hidden("key", secrets.token_hex(16)),
                Hidden("seen", batch.revision),
                Hidden("upload_id-kept", upload),
            ],
        )
    return None


def _facts_card(batch: Batch, listed: Rows[CandidateRow]) -> Card:
    plan = batch.plan
    admitted, excluded = (
        len(listed.narrowed(state=state)) for state in (Candidate.State.ADMITTED, Candidate.State.EXCLUDED)
    )
    return Card(
        "基本情况",
        facts=facts(
            ("机构", plan.institution.name),
            ("考试日期", day(plan.held_on)),
            ("计划人数", say("{headcount} 人", headcount=batch.headcount)),
            ("申报条件", Cell(batch.standard_title, note=say("条件 {conditions}", conditions=batch.conditions))),
            (
                "名册",
                Cell(
                    batch.roster_name or "尚未提交",
                    note=say("{roster_rows} 人", roster_rows=batch.roster_rows) if listed else "",
                ),
            ),
            *(
                [
                    ("准予参加", say("{admitted} 人", admitted=admitted)),
                    ("不予参加", say("{excluded} 人", excluded=excluded)),
                ]
                if admitted or excluded
                else []
            ),
            *([("文件摘要", Cell(batch.roster_sha256[:16] + "…", mono=True))] if batch.roster_sha256 else []),
        ),
    )


def _depth_card(desk: Desk, batch: Batch) -> Card | None:
    """How deep the roster is verified and why, drawn or as it would be drawn."""
    if not batch.roster_rows or not desk.visible(Candidate).filter(batch=batch).exists():
        return None
    try:
        found = queries.verification(desk.actor, batch.pk)
    except LookupError:
        return None
    if found is None:
        return None
    pairs: list[tuple[str, Any]] = [
        ("核查方式", Cell(found.mode_label, strong=True)),
        ("为什么", found.reason),
        ("核查份数", say("{files} 份", files=found.files)),
    ]
    if found.accept or found.mode == "sample":
        pairs.append(("接收数", say("{accept}：不合格不超过 {accept} 份的，整批接收", accept=found.accept)))
    if found.second_approver:
        pairs.append(("复核", "委托认定，抽取样本的人不能自己核定"))
    state = Chip("样本已抽取", "good") if found.drawn else Chip("尚未抽取", "warn")
    return Card("核查深度", clause=Clause(found.clause), chips=[state], facts=facts(*pairs))


def _runs_card(runs: list[RosterCheckRow]) -> Card:
    return Card(
        "核查记录",
        hint="关掉窗口不影响核查；结果保留在这里，只有您能看到。",
        table=Table(
            columns=[
                Column("核查"), Column("结果"), Column("行数", numeric=True), Column("错误", numeric=True),
                Column("提醒", numeric=True), Column("说明", numeric=True),
            ],
            rows=[
                [
                    Cell(moment(run.at), href=reverse("roster_check", kwargs={"pk": run.check})),
                    Cell(chip=check_chip(run)),
                    str(run.rows), str(run.errors), str(run.warnings), str(run.notes),
                ]
                for run in runs[:10]
            ],
        ),
    )  # fmt: skip


def _acts(desk: Desk, shown: Sequence[int]) -> dict[int, list[Button]]:
    """Candidate → what is done with one of a list; that the data of one is erased is decided on its own page."""
    exclude = catalogue()["rosters.exclude_candidate"]
    if not any(by.role_code == desk.actor.role_code for by in exclude.header.by):
        return {}
    rows = desk.visible(Candidate).filter(pk__in=shown).select_related("batch__plan__institution")
    return {row.pk: row_acts(desk, row, exclude) for row in rows.order_by("pk")}


def _list_card(desk: Desk, shown: Rows[CandidateRow], *, sample: bool = False) -> Card:
    """The candidates, a page at a time; the reviewer reaches the exclusion of each from here."""
    side = "sample" if sample else "list"
    part = part_of(desk, shown, size=ON_ONE_PAGE, kept=[("side", side)])
    acts = _acts(desk, [row.candidate for row in part.rows])
    doing = any(acts.values())
    office = desk.actor.role_code in OFFICE_ROLES
    rows: list[list[Shown]] = []
    for row in part.rows:
        rows.append(
            [
                Cell(
                    say("{row}\u3000{name}", row=row.row, name=row.name or row.masked_name),
                    href=reverse("candidate", kwargs={"pk": row.candidate}),
                    note=row.ticket,
                ),
                Cell(row.masked_number, mono=True),
                listed(filter(None, (row.sex, row.birth_year or "")), " "),
                Cell(row.entry_row, mono=True),
                Cell(
                    chip=Chip("抽中", "normal") if row.sampled else None,
                    note=say("提示 {flags} 处", flags=len(row.flags)) if row.flags else "",
                ),
                Cell(chip=candidate_chip(row.state), note=row.reason),
                *([Cell(acts=acts.get(row.candidate, ()))] if doing else []),
            ]
        )
    return Card(
        "抽中的考生" if sample else "考生",
        hint="姓名只显示部分；抽中的可以看申报材料。" if office else "完整姓名只有本机构能看到。",
        table=Table(
            columns=columns(
                "考生", "证件号码", "性别、出生年", "申报条件", "核查", "状态", *(["办理"] if doing else [])
            ),
            rows=rows,
            empty=Empty("没有考生"),
        ),
        pager=part.pager,
    )


@page("rosters/<int:pk>/template.xlsx", "roster_template")
def roster_template_file(desk: Desk, pk: int) -> Answer:
    """The template of this batch: its plan, occupation, level and entry conditions stand in it."""
    batch = desk.one(Batch, pk, "plan__institution")
    heading = BatchHeading(
        plan_number=batch.plan.number or "",
        institution=batch.plan.institution.name,
        occupation_name=batch.occupation_name,
        occupation_code=batch.occupation_code,
        level=level_title(batch.level),
        conditions=queries.conditions_of(batch, desk.today),
    )
    response = HttpResponse(template(heading), content_type=SHEET_TYPE)
    response["Content-Disposition"] = f'attachment; filename="roster-{batch.occupation_code}-{batch.level}.xlsx"'
    return response


@page("rosters/columns/", "roster_columns", access="signed_in")
def columns_page(desk: Desk) -> Answer:
    """名册栏目说明: the same as in the template."""
    rows: list[list[Shown]] = [
        [
            Cell(row.title, strong=True),
            row.required_when,
            Cell(row.type, note=row.help),
            listed(row.choices[:12]) + ("…" if len(row.choices) > 12 else ""),
            Cell(listed(row.synonyms), second=True),
            row.example,
        ]
        for row in help_rows()
    ]
    columns = ("栏目", "填写要求", "格式", "可填内容", "也认作本栏的表头", "示例")
    values = {"table": Table(columns=[Column(label) for label in columns], rows=rows), "formats": list(FORMATS)}
    head = Head("名册栏目说明", crumbs=crumbs(("考生核查", reverse("rosters")), ("栏目说明",)))
    return Page("rosters/columns.html", head, values)
