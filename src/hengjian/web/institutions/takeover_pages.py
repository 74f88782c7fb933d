"""Taking over institutions from a table (承接): template, upload, findings at cells, the marked copy, the act, and its undoing."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping

from django.http import Http404, HttpResponse
from django.urls import reverse

from hengjian.institutions.acts.take_over import refusal_of, take_over
from hengjian.institutions.models import Institution, Takeover
from hengjian.institutions.states import TakeoverState
from hengjian.institutions.takeover_columns import COLUMNS, WORDS
from hengjian.institutions.takeover_reading import Taking, read_institutions
from hengjian.kernel.models import Upload
from hengjian.kernel.refusal import Refusal
from hengjian.kernel.uploads import contents, keep_upload
from hengjian.kernel.words import listed, say
from hengjian.tables.annotate import annotate
from hengjian.tables.blank import blank
from hengjian.tables.findings import Finding, Severity
from hengjian.tables.limits import Unreadable
from hengjian.web.cases import case_page, course, course_card
from hengjian.web.components import (
    Alert,
    Button,
    Card,
    Cell,
    Chip,
    Clause,
    Drop,
    Empty,
    Figure,
    Head,
    Hidden,
    Shown,
    Table,
    Tone,
    columns,
    crumbs,
    facts,
)
from hengjian.web.institutions.parts import in_words, institution_chip
from hengjian.web.pages import Answer, Desk, Goto, Page, page, page_of
from hengjian.web.paging import part_of
from hengjian.web.parts import day, moment, refusal_part
from hengjian.web.performing import act_bar

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ACCEPT = ".xlsx,.xls,.csv"
LIMIT = 20 * 1024 * 1024
TONES: Mapping[Severity, Tone] = {Severity.ERROR: "seal", Severity.WARNING: "warn", Severity.NOTE: "quiet"}


def _only_who_may(desk: Desk) -> None:
    if not any(by.admits(desk.actor, None) for by in take_over.header.by):
        raise Http404


@page("institutions/takeovers/", "takeovers", performs=["institutions.take_over"])
def takeovers_page(desk: Desk) -> Answer:
    """What was taken over, and where one begins."""
    _only_who_may(desk)
    part = part_of(desk, desk.visible(Takeover).select_related("office").order_by("-id"))
    rows: list[list[Shown]] = [
        [
            Cell(row.file_name, href=reverse("takeover", kwargs={"pk": row.pk}), note=row.office.name),
            Cell(chip=_chip(row)),
            str(row.institutions),
            str(row.scope_items),
            moment(row.at),
        ]
        for row in part.rows
    ]
    values: dict[str, object] = {
        "upload": Drop(
            "table", "选择机构表", accept=ACCEPT, limit=LIMIT, required=True, help="上传只作核查，不登记任何机构。"
        ),
        "action": reverse("takeover_upload"),
        "template": reverse("takeover_template"),
        "table": Table(
            columns("文件", "状态", "机构", "备案范围", "承接时间"),
            rows,
            empty=Empty("还没有承接过", "此前已备案的机构可以从表格整批承接。"),
        ),
        "pager": part.pager,
    }
    head = Head(
        "承接已备案机构",
        crumbs=crumbs(("机构名录", reverse("institutions")), ("承接",)),
        lead="把此前已经备案的机构和备案范围从表格承接到平台；先核查，没有错误才能承接。",
    )
    return Page("institutions/takeovers.html", head, values)


def _chip(row: Takeover) -> Chip:
    return Chip(str(row.get_state_display()), "good" if row.state == TakeoverState.TAKEN else "quiet")


@page("institutions/takeovers/template.xlsx", "takeover_template")
def template_file(desk: Desk) -> Answer:
    """An empty table to fill in."""
    _only_who_may(desk)
    response = HttpResponse(blank(COLUMNS, "承接已备案机构", WORDS.name), content_type=SHEET_TYPE)
    response["Content-Disposition"] = 'attachment; filename="institutions.xlsx"'
    return response


@page("institutions/takeovers/upload/", "takeover_upload")
def upload_page(desk: Desk) -> Answer:
    """Keep the file; the page of the check reads it."""
    _only_who_may(desk)
    given = desk.request.FILES.get("table")
    if not desk.post or given is None:
        return Goto(reverse("takeovers"), "请先选择机构表。" if desk.post else "")
    if (given.size or 0) > LIMIT:
        return Goto(reverse("takeovers"), say("文件超过 {limit} MB，请分几个文件上传。", limit=LIMIT // 1048576))
    upload = keep_upload(given.name or "institutions", given.content_type or "", given.read(), desk.actor)
    return Goto(reverse("takeover_check", kwargs={"upload": upload.pk}))


def _own(desk: Desk, key: int) -> Upload:
    _only_who_may(desk)
    upload = desk.visible(Upload).filter(pk=key, owner=desk.actor.actor_id).order_by("pk").first()
    if upload is None:
        raise Http404
    return upload


@page("institutions/takeovers/checks/<int:upload>/", "takeover_check")
def check_page(desk: Desk, upload: int) -> Answer:
    """The dry run: the very reading the act makes, and what it would do."""
    kept = _own(desk, upload)
    head = Head(
        "核查机构表",
        crumbs=crumbs(("机构名录", reverse("institutions")), ("承接", reverse("takeovers")), ("核查",)),
        lead=kept.name,
    )
    values: dict[str, object] = {"again": reverse("takeovers"), "alert": None, "table": None}
    try:
        taking = read_institutions(desk.asking(None), contents(kept), kept.name)
    except Unreadable as unreadable:
        values["alert"] = Alert(title="没有读取", text=unreadable.sentence, tone="warn")
        return Page("institutions/takeover_check.html", head, values)
    refusal = refusal_of(taking) or take_over.why_not(desk.actor)
    count = Counter(found.severity for found in taking.findings)
    part = part_of(desk, sorted(taking.findings, key=lambda f: (f.severity.weight, f.sheet, f.row)))
    values |= {
        "kpis": [
            Figure(len(taking.fresh), "可承接的机构"),
            Figure(taking.scope_items, "备案范围"),
            Figure(taking.known, "已登记，不承接"),
            Figure(count[Severity.ERROR], "错误", tone="seal" if count[Severity.ERROR] else "good"),
            Figure(count[Severity.WARNING], "提醒", tone="warn" if count[Severity.WARNING] else ""),
        ],
        "acts": [
            _button(upload, refusal),
            Button("下载标注的表格", href=reverse("takeover_copy", kwargs={"upload": upload}), file=True),
        ],
        "table": Table(
            columns("位置", "轻重", "核查意见", "依据", "原值与改正"),
            [_line(taking, found) for found in part.rows],
            empty=Empty("没有发现问题", "可以承接。"),
        ),
        "pager": part.pager,
    }
    return Page("institutions/takeover_check.html", head, values)


def _button(upload: int, refusal: Refusal | None) -> Button:
    header = take_over.header
    if refusal is not None:
        return Button(header.title, header.code, refusal=refusal_part(refusal, lead="现在还不能承接", id="why"))
    return Button(
        header.title,
        header.code,
        action=reverse("open_case", kwargs={"code": header.code}),
        primary=True,
        hidden=[Hidden("key", secrets.token_hex(16)), Hidden("upload_id-kept", upload)],
    )


def _line(taking: Taking, found: Finding) -> list[Shown]:
    place = say("第 {row} 行", row=found.row) if found.row else "整张表"
    title = taking.opened.words.titles.get(found.column, "")
    change = f"{found.old} → {found.new}" if found.new else found.old
    return [
        Cell(listed(filter(None, (place, title)), " "), note=found.sheet),
        Cell(chip=Chip(found.severity.label, TONES[found.severity])),
        Cell(found.message, note=found.remedy),
        Cell(clause=Clause(found.clause)) if found.clause else "",
        Cell(change, mono=True) if change else "",
    ]


@page("institutions/takeovers/checks/<int:upload>/copy.xlsx", "takeover_copy")
def copy_file(desk: Desk, upload: int) -> Answer:
    """The office's own file with marked cells and one column of sentences."""
    kept = _own(desk, upload)
    try:
        taking = read_institutions(desk.asking(None), contents(kept), kept.name)
    except Unreadable:
        raise Http404 from None
    response = HttpResponse(annotate(taking.opened, taking.findings), content_type=SHEET_TYPE)
    response["Content-Disposition"] = f'attachment; filename="institutions-check-{upload}.xlsx"'
    return response


@page_of(Takeover, "institutions/takeovers/<int:pk>/", "takeover", "office")
def takeover_page(desk: Desk, takeover: Takeover) -> Answer:
    """One takeover: what it brought, until when it may be undone."""
    taken = desk.visible(Institution).filter(takeover=takeover).select_related("area").order_by("pk")
    part = part_of(desk, taken)
    rows: list[list[Shown]] = [
        [
            Cell(row.name, href=reverse("institution", kwargs={"pk": row.pk}), note=row.uscc),
            row.area.name,
            Cell(chip=institution_chip(row.state)),
            Cell(row.filing_number or "—", mono=True),
            day(row.valid_until),
        ]
        for row in part.rows
    ]
    head = Head(
        say("承接 · {name}", name=takeover.file_name),
        crumbs=crumbs(("机构名录", reverse("institutions")), ("承接", reverse("takeovers")), (moment(takeover.at),)),
        chips=[_chip(takeover)],
    )
    main = [
        Card(
            "承接的机构",
            table=Table(columns("机构", "所在地", "状态", "备案编号", "有效期至"), rows),
            pager=part.pager,
        )
    ]
    undone = (
        [("撤销日期", day(takeover.undone_on)), ("撤销理由", takeover.undo_reason)]
        if takeover.undone_on
        else [("可以整批撤销到", moment(takeover.until))]
    )
    aside = [
        Card(
            "基本情况",
            facts=facts(
                ("承接机关", takeover.office.name),
                ("机构", str(takeover.institutions)),
                ("备案范围", str(takeover.scope_items)),
                ("已登记，未承接", str(takeover.known)),
                ("文件摘要", Cell(takeover.sha256, mono=True)),
                *undone,
            ),
        ),
        course_card(course(takeover), detail=in_words),
    ]
    return case_page(head, main, aside, acts=act_bar(desk, takeover))
