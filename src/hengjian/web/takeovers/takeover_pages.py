"""Taking over from a table (承接): the kinds, template, upload; and one takeover, what it brought, and its undoing."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse

from hengjian.institutions.models import Takeover
from hengjian.institutions.states import TakeoverState
from hengjian.institutions.undoing import brought
from hengjian.kernel.uploads import keep_upload
from hengjian.kernel.words import listed, say
from hengjian.tables.blank import blank
from hengjian.web.cases import case_page, course, course_card, tabs
from hengjian.web.components import Card, Cell, Chip, Drop, Empty, Head, Shown, Table, columns, crumbs, facts
from hengjian.web.institutions.parts import in_words
from hengjian.web.pages import Answer, Desk, Goto, Page, case_address, page, page_of
from hengjian.web.paging import part_of
from hengjian.web.parts import day, moment
from hengjian.web.performing import act_bar
from hengjian.web.room import case_pages
from hengjian.web.takeovers import runs
from hengjian.web.takeovers.kinds import BY_CODE, KINDS, TableKind

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ACCEPT = ".xlsx,.xls,.csv"
LIMIT = 20 * 1024 * 1024


def kind_open_to(desk: Desk, code: str) -> TableKind:
    """The kind, if this desk may ever take over such a table; else 404."""
    kind = BY_CODE.get(code)
    if kind is None or not kind.open_to(desk.actor):
        raise Http404
    return kind


@page("takeovers/", "takeovers", performs=[kind.act.header.code for kind in KINDS])
def takeovers_page(desk: Desk) -> Answer:
    """What was taken over, and where one begins: one tab for each kind."""
    mine = [kind for kind in KINDS if kind.open_to(desk.actor)]
    if not mine:
        raise Http404
    made = desk.visible(Takeover).select_related("office").order_by("-id")
    side, sides = tabs(desk, *((kind.code, kind.label, made.filter(kind=kind.code).count()) for kind in mine))
    kind = BY_CODE[side]
    part = part_of(desk, made.filter(kind=kind.code), kept=[("side", side)])
    rows: list[list[Shown]] = [
        [
            Cell(row.file_name, href=reverse("takeover", kwargs={"pk": row.pk}), note=row.office.name),
            Cell(chip=takeover_chip(row)),
            str(row.rows),
            moment(row.at),
        ]
        for row in part.rows
    ]
    values: dict[str, object] = {
        "upload": Drop(
            "table", "选择表格", accept=ACCEPT, limit=LIMIT, required=True, help="上传只作核查，不登记任何内容。"
        ),
        "kind": kind.code,
        "heading": say("上传{label}表", label=kind.label),
        "action": reverse("takeover_upload"),
        "template": reverse("takeover_template", kwargs={"kind": kind.code}),
        "table": Table(
            columns("文件", "状态", "承接", "承接时间"),
            rows,
            empty=Empty("还没有承接过", "此前已有的记录可以从表格整批承接。"),
        ),
        "pager": part.pager,
    }
    head = Head("承接", crumbs=crumbs(("承接",)), lead=kind.lead, tabs=sides)
    return Page("takeovers/takeovers.html", head, values)


def takeover_chip(row: Takeover) -> Chip:
    return Chip(str(row.get_state_display()), "good" if row.state == TakeoverState.TAKEN else "quiet")


@page("takeovers/<str:kind>.xlsx", "takeover_template")
def template_file(desk: Desk, kind: str) -> Answer:
    """An empty table to fill in."""
    found = kind_open_to(desk, kind)
    response = HttpResponse(blank(found.columns, found.title, found.words.name), content_type=SHEET_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{found.code}.xlsx"'
    return response


@page("takeovers/upload/", "takeover_upload")
def upload_page(desk: Desk) -> Answer:
    """Keep the file and begin the dry run; the page of the run shows how far it is."""
    if not desk.post:
        return Goto(reverse("takeovers"))
    kind = kind_open_to(desk, desk.request.POST.get("kind", "") or KINDS[0].code)
    back = f"{reverse('takeovers')}?side={kind.code}"
    given = desk.request.FILES.get("table")
    if given is None or desk.seat is None:
        return Goto(back, "请先选择表格。")
    if (given.size or 0) > LIMIT:
        return Goto(back, say("文件超过 {limit} MB，请分几个文件上传。", limit=LIMIT // 1048576))
    upload = keep_upload(given.name or kind.code, given.content_type or "", given.read(), desk.actor)
    return Goto(reverse("takeover_check", kwargs={"pk": runs.start(kind, upload, desk.seat).pk}))


@page_of(Takeover, "takeovers/<int:pk>/", "takeover", "office")
def takeover_page(desk: Desk, takeover: Takeover) -> Answer:
    """One takeover: what it brought, until when it may be undone."""
    head = Head(
        say("承接 · {name}", name=takeover.file_name),
        crumbs=crumbs(("承接", f"{reverse('takeovers')}?side={takeover.kind}"), (moment(takeover.at),)),
        chips=[takeover_chip(takeover)],
    )
    undone = (
        [("撤销日期", day(takeover.undone_on)), ("撤销理由", takeover.undo_reason)]
        if takeover.undone_on
        else [("可以整批撤销到", moment(takeover.until))]
    )
    parts = [("备案范围", str(takeover.parts))] if takeover.parts else []
    aside = [
        Card(
            "基本情况",
            facts=facts(
                ("种类", str(takeover.get_kind_display())),
                ("承接机关", takeover.office.name),
                ("承接", str(takeover.rows)),
                *parts,
                ("已登记，未承接", str(takeover.known)),
                ("文件摘要", Cell(takeover.sha256, mono=True)),
                *undone,
            ),
        ),
        course_card(course(takeover), detail=in_words),
    ]
    return case_page(head, [_rows_card(desk, takeover)], aside, acts=act_bar(desk, takeover))


def _rows_card(desk: Desk, takeover: Takeover) -> Card:
    """The rows it brought, each leading to its page where it has one; `told` of a row is what it says of itself."""
    model = next(model for model in brought() if model.takeover_kind == takeover.kind)
    part = part_of(desk, desk.visible(model).filter(takeover=takeover).order_by("pk"))
    paged = model in case_pages()
    rows: list[list[Shown]] = [
        [
            Cell(str(row), href=case_address(row) if paged else ""),
            Cell(listed(row.told(), " ")),
            str(row.get_state_display()),
        ]
        for row in part.rows
    ]
    return Card(
        say("承接的{label}", label=takeover.get_kind_display()),
        table=Table(columns("名称", "内容", "状态"), rows),
        pager=part.pager,
    )
