"""Notices of results in public (R56–R58, M10): masked rows, each person finds the own one in the own browser, anybody objects.

A notice that is over keeps its page: root, totals and what became of objections, no rows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext

from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.log_readings import last_entry_about
from hengjian.kernel.models import Entry
from hengjian.kernel.publication import NotSealed, receipt_of
from hengjian.kernel.words import in_words, listed, say
from hengjian.results import public_queries
from hengjian.results.models import ResultSheet
from hengjian.results.policies import NOTICE_WORKING_DAYS
from hengjian.results.public_queries import PublicLine, PublicNotice
from hengjian.web.components import (
    Cell,
    Chip,
    Column,
    Component,
    Empty,
    Fact,
    FilterField,
    Filters,
    Head,
    Shown,
    Tab,
    Table,
    Tone,
    Turn,
    crumbs,
    facts,
)
from hengjian.web.occupations.labels import level_title
from hengjian.web.pages import Answer, Desk, Page, page
from hengjian.web.paging import part_of
from hengjian.web.parts import day, policy_chip, proof_of, remaining, strip
from hengjian.web.public.restrained import FIND

OPENED = "results.open_notice"
ON_ONE_PAGE = 500
MOST_OVER = 500  # notices that are over, in one list; older ones are found by their number
TONES: Mapping[str, Tone] = {"异议核查中": "warn", "核对中": "warn", "已取消": "seal", "更正后不合格": "seal"}


@page("notices/", "notices", access="public")
def notices_page(desk: Desk) -> Answer:
    """结果公示: those running now, and by the tab those that are over."""
    over = desk.asked("side") == "over"
    words = desk.asked("q")[:40]
    found = [
        notice
        for notice in public_queries.public_notices(running=not over)
        if all(word in f"{notice.institution}{notice.occupation}{notice.plan_number}" for word in words.split())
    ][:MOST_OVER]
    calendar = stored_calendar()
    rows = [
        [
            Cell(
                listed((notice.occupation, level_title(notice.level)), " "),
                href=reverse("notice", kwargs={"pk": notice.sheet}),
                note=say("计划 {number}", number=notice.plan_number),
            ),
            Cell(notice.institution),
            Cell(say("合格 {passed} 人", passed=notice.totals.passed)),
            Cell(say("{opened_on:%m-%d} 至 {closes_on:%m-%d}", opened_on=notice.opened_on, closes_on=notice.closes_on)),
            Cell(gettext("已期满"), second=True)
            if over
            else Cell(chip=remaining(notice.closes_on, desk.today, provisional=notice.provisional, calendar=calendar)),
        ]
        for notice in found
    ]
    empty = (
        Empty(gettext("没有已经期满的公示"))
        if over
        else Empty(
            gettext("现在没有公示中的结果"),
            gettext("公示期满的结果已转入备案；持证人可以核验证书。"),
        )
    )
    labels = ("职业与等级", "评价机构", "人数", "公示期", "情况" if over else "还剩")
    values = {
        "table": Table(columns=[Column(gettext(label)) for label in labels], rows=rows, empty=empty),
        "filters": Filters(
            fields=[
                FilterField(name="q", label=gettext("机构、职业或计划编号"), kind="search", value=words, hint="钳工")
            ],
            clear="?" if words else "",
        ),
    }  # fmt: skip
    head = Head(
        gettext("结果公示"),
        lead=gettext("评价机构公示的评价结果。名单只显示姓氏；本人凭准考证上的查询码查到自己，任何人都可以提出异议。"),
        tabs=[
            Tab(gettext("公示中"), reverse("notices"), current=not over),
            Tab(gettext("已期满"), "?side=over", current=over),
        ],
    )  # fmt: skip
    return Page("public/notices.html", head, values)


@dataclass(frozen=True, slots=True)
class Told(Component):
    """What the finder found: a sentence, and the place in the list."""

    text: str
    tone: Tone
    place: int | None = None


@dataclass(frozen=True, slots=True)
class NoticeRow(Component):
    """A line of the list; `object` is where an objection to it is raised, `mine` the one the finder found."""

    place: int
    name: str
    status: Chip
    object: str
    mine: bool


@page("notices/<int:pk>/", "notice", access="public")
def notice_page(desk: Desk, pk: int) -> Answer:
    """One notice: running, with its rows and the finder; over, with its root, totals and what became of objections."""
    notice, lines = _noticed(pk)
    return _running(desk, notice, lines) if notice.running else _over(desk, notice)


@page("notices/<int:pk>/find/", "notice_find", access="public", sending=FIND)
def find_page(desk: Desk, pk: int) -> Answer:
    """查我自己的, for who has no ticket at hand: name and whole number travel in the body and are kept nowhere."""
    notice, lines = _noticed(pk)
    if not notice.running:
        return _over(desk, notice)
    if not desk.post:
        return _running(desk, notice, lines)
    line = public_queries.find_by_number(
        pk, desk.request.POST.get("name", "")[:60], desk.request.POST.get("number", "")[:40]
    )
    if line is None:
        said = gettext("名单中没有与您填写的姓名和证件号码相符的行。请核对；仍没有的，可以就名单遗漏提出异议。")
        return _running(desk, notice, lines, told=Told(said, "warn"), status=404)
    said = say("找到了：您在名单第 {place} 行，状态是“{status}”。", place=line.place, status=line.status)
    return _running(desk, notice, lines, told=Told(said, "good", line.place))


def _running(
    desk: Desk,
    notice: PublicNotice,
    lines: tuple[PublicLine, ...],
    *,
    told: Told | None = None,
    status: int = 200,
) -> Page:
    entry = _opening(notice.sheet)
    mine = told.place if told is not None else None
    part = part_of(desk, lines, size=ON_ONE_PAGE, kept=(), place=mine)
    values = {
        **_common(desk, notice, entry),
        "rows": [_row(notice.sheet, line, mine=line.place == mine) for line in part.rows],
        "everybody": reverse("notice_list", kwargs={"pk": notice.sheet}),
        "table_file": reverse("notice_table", kwargs={"pk": notice.sheet}),
        "find": reverse("notice_find", kwargs={"pk": notice.sheet}),
        "omission": reverse("notice_omission", kwargs={"pk": notice.sheet}),
        "told": told,
        "count": len(lines),
        "pager": part.pager,
    }
    head = replace(
        _head(notice),
        chips=[Chip(gettext("公示中"), "warn")],
        turn=Turn(
            gettext("社会公众"),
            until=say("至 {on.month} 月 {on.day} 日 24 时", on=notice.closes_on),
            chip=remaining(notice.closes_on, desk.today, provisional=notice.provisional),
        ),
    )
    return Page("public/notice.html", head, values, status)


def _over(desk: Desk, notice: PublicNotice) -> Page:
    met = public_queries.outcomes(notice.sheet)
    counted: list[tuple[str, int]] = [
        (gettext("收到"), met.received), (gettext("核对中"), met.in_triage), (gettext("不予受理"), met.refused),
        (gettext("核查中"), met.waiting), (gettext("成立"), met.upheld), (gettext("不成立"), met.dismissed),
    ]  # fmt: skip
    if met.overdue:
        counted.append((gettext("其中已逾期"), met.overdue))
    values = {
        **_common(desk, notice, _opening(notice.sheet)),
        "outcomes": facts(*((label, say("{n} 件", n=number)) for label, number in counted)),
        "met": met.received > 0,
    }
    head = replace(_head(notice), chips=[Chip(gettext("公示已期满"), "quiet")])
    return Page("public/notice_over.html", head, values)


def _common(desk: Desk, notice: PublicNotice, entry: Entry | None) -> dict[str, object]:
    return {
        "strip": strip(
            notice.opened_on,
            notice.closes_on,
            today=desk.today,
            started=gettext("公布"),
            rule=gettext("自公布次日起算；国务院假期不计，调休上班日计入。"),
            provisional=notice.provisional,
        ),
        "clause": policy_chip(NOTICE_WORKING_DAYS.key),
        "facts": _facts(notice, entry),
        "root": notice.root,
        "receipt": reverse("notice_receipt", kwargs={"pk": notice.sheet})
        if entry is not None and entry.idx is not None
        else "",
    }


def _head(notice: PublicNotice) -> Head:
    return Head(
        listed((notice.occupation, level_title(notice.level)), " "),
        crumbs=crumbs((gettext("结果公示"), reverse("notices")), (notice.institution,)),
    )


def _noticed(pk: int) -> tuple[PublicNotice, tuple[PublicLine, ...]]:
    found = public_queries.public_notice(pk)
    if found is None:
        raise Http404
    return found


def _opening(pk: int) -> Entry | None:
    """The entry by which this notice was opened."""
    return last_entry_about(ResultSheet._meta.db_table, pk, OPENED)


def _facts(notice: PublicNotice, entry: Entry | None) -> tuple[Fact, ...]:
    totals = notice.totals
    passed, rows = say("{n} 人", n=totals.passed), say("{n} 行", n=totals.listed)
    if totals.held:
        passed = say("{passed} 人，其中异议核查中 {n} 人", passed=totals.passed, n=totals.held)
    if totals.struck:
        rows = say("{listed} 行，其中取消或更正为不合格 {n} 行", listed=totals.listed, n=totals.struck)
    pairs: list[tuple[str, Shown]] = [
        (gettext("评价机构"), notice.institution),
        (gettext("认定计划"), Cell(notice.plan_number, mono=True)),
        (gettext("应考"), say("{n} 人", n=totals.registered)),
        (gettext("实考"), say("{n} 人", n=totals.sat)),
        (gettext("合格"), passed),
        (gettext("名单"), rows),
        (gettext("公示地点"), notice.place),
        (gettext("公布"), day(notice.opened_on)),
        (gettext("截止"), day(notice.closes_on)),
    ]
    if entry is not None and entry.idx is not None:
        pairs.append((gettext("存证"), Cell(proof=proof_of(entry.idx))))
    return facts(*pairs)


def _row(sheet: int, line: PublicLine, *, mine: bool) -> NoticeRow:
    return NoticeRow(
        line.place,
        line.masked_name,
        Chip(line.status, TONES.get(line.status, "normal")),
        reverse("notice_object", kwargs={"pk": sheet, "score": line.score}),
        mine,
    )


def _still_running(pk: int) -> tuple[PublicNotice, tuple[PublicLine, ...]]:
    notice, lines = _noticed(pk)
    if not notice.running:
        raise Http404
    return notice, lines


@page("notices/<int:pk>/list.json", "notice_list", access="public")
def notice_list_file(desk: Desk, pk: int) -> Answer:
    """The rows as the root commits them: place, masked name, digest. The finder and whoever checks the list read this."""
    notice, lines = _still_running(pk)
    rows = [[line.place, line.masked_name, line.digest] for line in lines]
    return JsonResponse({"root": notice.root, "rows": rows}, json_dumps_params={"ensure_ascii": False})


@page("notices/<int:pk>/list.csv", "notice_table", access="public")
def notice_table_file(desk: Desk, pk: int) -> Answer:
    """The same rows as a table, with their status of this moment."""
    _, lines = _still_running(pk)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([in_words(head) for head in ("序号", "姓名", "查询码摘要", "状态")])
    writer.writerows([line.place, line.masked_name, line.digest, in_words(line.status)] for line in lines)
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="notice-{pk}.csv"'
    return response


@page("notices/<int:pk>/receipt", "notice_receipt", access="public")
def notice_receipt_file(desk: Desk, pk: int) -> Answer:
    """The opened receipt of the notice: everything in it stands on the page already, so anybody compares the root."""
    _noticed(pk)
    entry = _opening(pk)
    try:
        text = receipt_of(entry, opened=True) if entry is not None else None
    except NotSealed:
        text = None
    if text is None:
        raise Http404
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="notice-{pk}.tlog-proof"'
    return response
