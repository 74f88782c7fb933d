"""The dry run of a table that is to be taken over: progress, findings by row and cell, the marked copy, and the act."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from django.http import Http404, HttpResponse
from django.urls import reverse

from hengjian.institutions import checks
from hengjian.institutions.models import TakeoverCheck
from hengjian.kernel.asking import Asking
from hengjian.kernel.models import Upload
from hengjian.kernel.refusal import Refusal
from hengjian.kernel.uploads import contents
from hengjian.kernel.words import listed, say
from hengjian.tables.annotate import annotate
from hengjian.tables.findings import Finding, Severity
from hengjian.tables.grid import Watch
from hengjian.tables.limits import Unreadable
from hengjian.web.components import (
    Alert,
    Button,
    Cell,
    Chip,
    Clause,
    Empty,
    Figure,
    Go,
    Head,
    Hidden,
    Progress,
    Shown,
    Table,
    Tone,
    columns,
    crumbs,
)
from hengjian.web.pages import Answer, Desk, Goto, Page, page
from hengjian.web.paging import part_of
from hengjian.web.parts import moment, refusal_part
from hengjian.web.takeovers import runs
from hengjian.web.takeovers.kinds import BY_CODE, TableKind
from hengjian.web.takeovers.takeover_pages import SHEET_TYPE

TONES: Mapping[Severity, Tone] = {Severity.ERROR: "seal", Severity.WARNING: "warn", Severity.NOTE: "quiet"}
State = TakeoverCheck.State
BUSY = (State.RUNNING, State.TAKING)


def _own(desk: Desk, pk: int) -> TakeoverCheck:
    return desk.one(TakeoverCheck, pk)


@page("takeovers/checks/<int:pk>/", "takeover_check")
def check_page(desk: Desk, pk: int) -> Answer:
    """While it runs, how far it is; then the findings; once it was taken over, the takeover."""
    check = _own(desk, pk)
    if check.state == State.TAKEN and check.takeover_id is not None:
        return Goto(reverse("takeover", kwargs={"pk": check.takeover_id}))
    kind = BY_CODE[check.kind]
    upload = desk.visible(Upload).filter(pk=check.upload_id).order_by("pk").first()
    again = f"{reverse('takeovers')}?side={kind.code}"
    values: dict[str, object] = {
        "again": again,
        "alert": None,
        "table": None,
        "running": check.state in BUSY,
        "stoppable": check.state == State.RUNNING,
        "progress": _progress(check),
        "poll": reverse("takeover_check_progress", kwargs={"pk": pk}),
        "cancel": reverse("takeover_check_cancel", kwargs={"pk": pk}),
    }
    if check.state in (State.REFUSED, State.CANCELLED):
        title = "没有读取" if check.state == State.REFUSED else str(check.get_state_display())
        values["alert"] = Alert(title=title, text=check.sentence or "没有保存任何内容。", tone="warn")
    elif check.state == State.DONE:
        values |= _findings(desk, check, kind)
    head = Head(
        say("核查{label}表", label=kind.label),
        crumbs=crumbs(("承接", again), (moment(check.at),)),
        lead=upload.name if upload is not None else "",
    )
    return Page("takeovers/check.html", head, values)


def _progress(check: TakeoverCheck) -> Progress:
    return Progress(max(check.total, 1), check.done if check.total else None, check.sentence or "等待核查")


@page("takeovers/checks/<int:pk>/progress/", "takeover_check_progress")
def progress_page(desk: Desk, pk: int) -> Answer:
    """The part that is asked again and again; when the run is over the browser fetches the whole page."""
    check = _own(desk, pk)
    if check.state not in BUSY:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    values = {"progress": _progress(check), "poll": reverse("takeover_check_progress", kwargs={"pk": pk})}
    return Page("rosters/progress.html", Head(""), values)


@page("takeovers/checks/<int:pk>/cancel/", "takeover_check_cancel")
def cancel_page(desk: Desk, pk: int) -> Answer:
    check = _own(desk, pk)
    if desk.post:
        checks.cancel(check)
    return Goto(reverse("takeover_check", kwargs={"pk": pk}))


@page("takeovers/checks/<int:pk>/take/", "takeover_take")
def take_page(desk: Desk, pk: int) -> Answer:
    """A large table is taken over behind this page; it shows how far."""
    check = _own(desk, pk)
    if desk.post and _refusal(desk, check) is None:
        runs.perform(check, desk.request.POST.get("key", ""))
    return Goto(reverse("takeover_check", kwargs={"pk": pk}))


def _refusal(desk: Desk, check: TakeoverCheck) -> Refusal | None:
    return checks.refusal_in(check) or BY_CODE[check.kind].act.why_not(desk.actor)


def _findings(desk: Desk, check: TakeoverCheck, kind: TableKind) -> dict[str, object]:
    found = checks.findings_of(check)
    part = part_of(desk, found)
    parts = [Figure(check.parts, kind.parts)] if kind.parts else []
    more = check.errors + check.warnings > len(found)
    return {
        "kpis": [
            Figure(check.fresh, "可承接"),
            *parts,
            Figure(check.known, "已登记，不承接"),
            Figure(check.errors, "错误", tone="seal" if check.errors else "good"),
            Figure(check.warnings, "提醒", tone="warn" if check.warnings else ""),
        ],
        "acts": [
            _button(desk, check, kind),
            Go("下载标注的表格", href=reverse("takeover_copy", kwargs={"pk": check.pk}), file=True),
        ],
        "said": check.sentence,
        "more": say("只列出前 {kept} 条，标注的表格里有全部。", kept=len(found)) if more else "",
        "table": Table(
            columns("位置", "轻重", "核查意见", "依据", "原值与改正"),
            [_line(kind, each) for each in part.rows],
            empty=Empty("没有发现问题", "可以承接。"),
        ),
        "pager": part.pager,
    }


def _button(desk: Desk, check: TakeoverCheck, kind: TableKind) -> Button:
    header, refusal = kind.act.header, _refusal(desk, check)
    if refusal is not None:
        return Button(header.title, header.code, refusal=refusal_part(refusal, lead="现在还不能承接", id="why"))
    key = Hidden("key", secrets.token_hex(16))
    if check.fresh > runs.AT_ONCE:
        there = reverse("takeover_take", kwargs={"pk": check.pk})
        return Button(header.title, header.code, action=there, primary=True, hidden=[key])
    return Button(
        header.title,
        header.code,
        action=reverse("open_case", kwargs={"code": header.code}),
        primary=True,
        hidden=[key, Hidden("upload_id-kept", check.upload_id)],
    )


def _line(kind: TableKind, found: Finding) -> list[Shown]:
    place = say("第 {row} 行", row=found.row) if found.row else "整张表"
    title = kind.words.titles.get(found.column, "")
    change = f"{found.old} → {found.new}" if found.new else found.old
    return [
        Cell(listed(filter(None, (place, title)), " "), note=found.sheet),
        Cell(chip=Chip(found.severity.label, TONES[found.severity])),
        Cell(found.message, note=found.remedy),
        Cell(clause=Clause(found.clause)) if found.clause else "",
        Cell(change, mono=True) if change else "",
    ]


@page("takeovers/checks/<int:pk>/copy.xlsx", "takeover_copy")
def copy_file(desk: Desk, pk: int) -> Answer:
    """The office's own file with marked cells and one column of sentences; of a large table the copy was made with the check."""
    check = _own(desk, pk)
    if check.state != State.DONE:
        raise Http404
    kept = desk.visible(Upload).filter(pk=check.copy_id or check.upload_id).order_by("pk").first()
    if kept is None:
        raise Http404
    data = contents(kept)
    if check.copy_id is None:
        data = _marked(desk, BY_CODE[check.kind], data, kept.name)
    response = HttpResponse(data, content_type=SHEET_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{check.kind}-check-{pk}.xlsx"'
    return response


def _marked(desk: Desk, kind: TableKind, data: bytes, name: str) -> bytes:
    try:
        taking = kind.read(Asking(desk.actor, None), data, name, Watch())
    except Unreadable:
        raise Http404 from None
    return annotate(taking.opened, taking.findings)
