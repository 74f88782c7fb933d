"""Notices of results in public (R56–R58, M10): masked rows, each person finds the own one in the own browser, anybody objects."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from hengjian.kernel import typed
from hengjian.kernel.actor import PUBLIC
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.models import Entry
from hengjian.kernel.publication import NotSealed, receipt_of
from hengjian.kernel.refusal import Refused
from hengjian.results import queries
from hengjian.results.acts.object_to_result import LONGEST, object_to_result
from hengjian.results.models import ResultSheet, Score
from hengjian.results.notice import TAIL
from hengjian.results.policies import NOTICE_WORKING_DAYS
from hengjian.results.queries import PublicLine, PublicNotice
from hengjian.web.listing import _pages as page_numbers
from hengjian.web.occupations.labels import level_title
from hengjian.web.pages import Answer, Desk, Page, crumbs, page
from hengjian.web.parts import day, facts, policy_chip, refusal_part, remaining, strip
from hengjian.web.public.restraint import too_many

OPENED = "results.open_notice"
ON_ONE_PAGE = 500
OBJECTIONS_AN_HOUR = 10


@page("notices/", "notices", access="public")
def notices_page(desk: Desk) -> Answer:
    """结果公示。"""
    words = desk.asked("q")[:40]
    found = [
        notice
        for notice in queries.public_notices()
        if all(word in f"{notice.institution}{notice.occupation}{notice.plan_number}" for word in words.split())
    ]
    calendar = stored_calendar()
    rows = [
        [
            {
                "text": f"{notice.occupation} {level_title(notice.level)}",
                "href": reverse("notice", kwargs={"pk": notice.sheet}),
                "note": gettext("计划 %(number)s") % {"number": notice.plan_number},
            },
            {"text": notice.institution},
            {"text": gettext("合格 %(passed)d 人") % {"passed": notice.passed}},
            {"text": f"{notice.opened_on:%m-%d} 至 {notice.closes_on:%m-%d}"},
            {"chip": remaining(notice.closes_on, desk.today, provisional=notice.provisional, calendar=calendar)},
        ]
        for notice in found
    ]
    values = {
        "table": {
            "columns": [{"label": gettext(label)} for label in ("职业与等级", "评价机构", "人数", "公示期", "还剩")],
            "rows": rows,
            "empty": {"title": gettext("现在没有公示中的结果"), "text": gettext("公示期满的结果已转入备案；持证人可以核验证书。")},
        },
        "filters": {
            "fields": [
                {"name": "q", "label": gettext("机构、职业或计划编号"), "kind": "search", "value": words, "hint": "钳工"}
            ],
            "clear": "?" if words else "",
        },
    }  # fmt: skip
    lead = gettext("评价机构公示的评价结果。姓名和号码只显示部分，本人可以在浏览器里查到自己；任何人都可以提出异议。")
    return Page("public/notices.html", {"title": gettext("结果公示"), "lead": lead}, values)


@page("notices/<int:pk>/", "notice", access="public")
def notice_page(desk: Desk, pk: int) -> Answer:
    """One notice with its rows, the finder, the counted days, the root and its place in the log."""
    notice, lines = _open(pk)
    entry = _opening(pk)
    last = max(1, -(-len(lines) // ON_ONE_PAGE))
    place = typed.page_number(desk.asked("page"), last)
    first = (place - 1) * ON_ONE_PAGE
    shown = lines[first : first + ON_ONE_PAGE]
    values = {
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
        "rows": [_row(pk, line) for line in shown],
        "everybody": reverse("notice_list", kwargs={"pk": pk}),
        "tail": TAIL,
        "root": notice.root,
        "count": len(lines),
        "receipt": reverse("notice_receipt", kwargs={"pk": pk}) if entry is not None and entry.idx is not None else "",
        "pager": {
            "first": first + 1 if lines else 0,
            "last": first + len(shown),
            "total": len(lines),
            "pages": page_numbers(place, last, lambda page: f"?page={page}") if last > 1 else [],
            "previous": f"?page={place - 1}" if place > 1 else "",
            "following": f"?page={place + 1}" if place < last else "",
        },
    }
    head = {
        "title": f"{notice.occupation} {level_title(notice.level)}",
        "crumbs": crumbs((gettext("结果公示"), reverse("notices")), (notice.institution,)),
        "chips": [{"label": gettext("公示中"), "tone": "warn"}],
        "turn": {
            "who": gettext("社会公众"),
            "until": gettext("至 %(month)d 月 %(day)d 日 24 时")
            % {"month": notice.closes_on.month, "day": notice.closes_on.day},
            "chip": remaining(notice.closes_on, desk.today, provisional=notice.provisional),
        },
    }
    return Page("public/notice.html", head, values)


def _open(pk: int) -> tuple[PublicNotice, tuple[PublicLine, ...]]:
    found = queries.public_notice(pk)
    if found is None:
        raise Http404
    return found


def _opening(pk: int) -> Entry | None:
    """The entry by which this notice was opened."""
    entries = Entry.objects.filter(act=OPENED, subject_table=ResultSheet._meta.db_table, subject_id=pk)
    return entries.order_by("-id").first()


def _facts(notice: PublicNotice, entry: Entry | None) -> list[dict[str, Any]]:
    pairs: list[tuple[str, Any]] = [
        (gettext("评价机构"), notice.institution),
        (gettext("认定计划"), {"text": notice.plan_number, "mono": True}),
        (gettext("应考"), gettext("%(n)d 人") % {"n": notice.registered}),
        (gettext("合格"), gettext("%(n)d 人") % {"n": notice.passed}),
        (gettext("公示地点"), notice.place),
        (gettext("公布"), day(notice.opened_on)),
        (gettext("截止"), day(notice.closes_on)),
    ]
    if entry is not None and entry.idx is not None:
        proof = {"index": entry.idx, "href": reverse("log_entry", kwargs={"index": entry.idx}), "verified": True}
        pairs.append((gettext("存证"), {"proof": proof}))
    return facts(*pairs)


def _row(sheet: int, line: PublicLine) -> dict[str, Any]:
    tones = {"异议核查中": "warn", "已取消": "seal"}
    return {
        "place": line.place,
        "name": line.masked_name,
        "number": line.masked_number,
        "status": {"label": line.status, "tone": tones.get(line.status, "normal")},
        "object": reverse("notice_object", kwargs={"pk": sheet, "score": line.score}),
    }


@page("notices/<int:pk>/list.json", "notice_list", access="public")
def notice_list_file(desk: Desk, pk: int) -> Answer:
    """The rows as the root commits them: place, masks, salt, hash. The finder and whoever checks the list read this."""
    from django.http import JsonResponse

    notice, lines = _open(pk)
    rows = [[line.place, line.masked_name, line.masked_number, line.salt, line.find_hash] for line in lines]
    return JsonResponse({"root": notice.root, "rows": rows}, json_dumps_params={"ensure_ascii": False})


@page("notices/<int:pk>/receipt", "notice_receipt", access="public")
def notice_receipt_file(desk: Desk, pk: int) -> Answer:
    """The opened receipt of the notice: everything in it stands on the page already, so anybody compares the root."""
    _open(pk)
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


@page("notices/<int:pk>/rows/<int:score>/objection/", "notice_object", access="public")
def object_page(desk: Desk, pk: int, score: int) -> Answer:
    """提出异议: no name is asked; the tracking number is the only key to the answer."""
    notice, lines = _open(pk)
    line = next((each for each in lines if each.score == score), None)
    if line is None:
        raise Http404
    post = desk.request.POST
    values: dict[str, Any] = {
        "about": f"{line.masked_name} {line.masked_number}",
        "text": post.get("text", "")[: LONGEST + 1],
        "contact": post.get("contact", "")[:200],
        "key": post.get("key", "")[:64] or secrets.token_hex(16),
        "refusal": None,
        "error": "",
        "longest": LONGEST,
        "back": reverse("notice", kwargs={"pk": pk}),
    }
    head = {
        "title": gettext("提出异议"),
        "crumbs": crumbs(
            (gettext("结果公示"), reverse("notices")),
            (f"{notice.occupation} {level_title(notice.level)}", values["back"]),
            (gettext("提出异议"),),
        ),
    }
    if not desk.post:
        return Page("public/objection_form.html", head, values)
    if too_many(desk.request, "objection", OBJECTIONS_AN_HOUR):
        values["error"] = gettext("从这个网络提交得太频繁，请一小时后再试。您写的内容仍在本页。")
        return Page("public/objection_form.html", head, values, 429)
    try:
        fact = object_to_result.once(values["key"])(
            PUBLIC, Score.objects.get(pk=score), text=values["text"], contact=values["contact"]
        )
    except Refused as refused:
        if refused.refusal.field:
            values["error"] = refused.refusal.sentence
        else:
            values["refusal"] = refusal_part(refused.refusal, lead=gettext("没有收到这条异议"))
        return Page("public/objection_form.html", head, values, 422)
    given = {"code": fact.tracking, "due": day(fact.due_on), "about": values["about"], "status": reverse("objection")}
    return Page("public/objection_given.html", {"title": gettext("异议已收到"), "crumbs": head["crumbs"]}, given)


@page("objection/", "objection", access="public")
def objection_status_page(desk: Desk) -> Answer:
    """异议查询: the code travels in the body, so that it stays out of addresses and logs."""
    code = "".join(sign for sign in desk.request.POST.get("code", "").upper()[:40] if sign.isalnum())[:24]
    head = {"title": gettext("异议查询"), "lead": gettext("凭提出异议时得到的查询码看办理情况。")}
    values: dict[str, Any] = {"code": code, "found": None, "wrong": "", "facts": []}
    if not desk.post:
        return Page("public/objection.html", head, values)
    if too_many(desk.request, "track", 60):
        return Page("public/objection.html", head, {**values, "wrong": gettext("查询得太频繁，请一小时后再试。")}, 429)
    found = queries.track_objection(code)
    if found is None:
        wrong = gettext("没有这个查询码，请对照逐位核对；不含数字 0、1 和字母 I、L、O、U。")
        return Page("public/objection.html", head, {**values, "wrong": wrong}, 422)
    if "receipt" in desk.request.POST:
        return _objection_receipt(code)
    tone = {"received": "warn", "upheld": "good", "dismissed": "normal"}[found.state]
    values["found"] = {"label": found.state_label, "tone": tone}
    values["facts"] = facts(
        (gettext("状态"), {"chip": values["found"]}),
        (gettext("收到"), day(found.received_on)),
        (gettext("答复期限"), day(found.due_on)),
        (gettext("答复"), found.answer or gettext("评价机构还没有答复。")),
        *([(gettext("答复日期"), day(found.answered_on))] if found.answered_on else []),
    )
    return Page("public/objection.html", head, values)


def _objection_receipt(code: str) -> HttpResponse:
    try:
        text = queries.objection_receipt(code)
    except NotSealed:
        text = None
    if text is None:
        raise Http404
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="objection.tlog-proof"'
    return response
