"""Anybody objects to a row of a running notice, and follows the objection by the code that came with it (R58)."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from hengjian.kernel import codes
from hengjian.kernel.actor import PUBLIC
from hengjian.kernel.publication import NotSealed
from hengjian.kernel.refusal import Refused
from hengjian.results import public_queries
from hengjian.results.acts.object_to_result import LONGEST, object_to_result
from hengjian.results.models import Score
from hengjian.web.occupations.labels import level_title
from hengjian.web.pages import Answer, Desk, Page, crumbs, page
from hengjian.web.parts import day, facts, refusal_part
from hengjian.web.public.restraint import too_many

OBJECTIONS_AN_HOUR = 10


@page("notices/<int:pk>/rows/<int:score>/objection/", "notice_object", access="public")
def object_page(desk: Desk, pk: int, score: int) -> Answer:
    """提出异议: no name is asked; the tracking number is the only key to the answer."""
    found = public_queries.public_notice(pk)
    if found is None:
        raise Http404
    notice, lines = found
    line = next((each for each in lines if each.score == score), None)
    if line is None:
        raise Http404
    post = desk.request.POST
    values: dict[str, Any] = {
        "about": gettext("第 %(place)d 行 %(name)s") % {"place": line.place, "name": line.masked_name},
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
    code = codes.read(desk.request.POST.get("code", "")[:60])[:24]
    head = {"title": gettext("异议查询"), "lead": gettext("凭提出异议时得到的查询码看办理情况。")}
    values: dict[str, Any] = {"code": code, "found": None, "wrong": "", "facts": []}
    if not desk.post:
        return Page("public/objection.html", head, values)
    if too_many(desk.request, "track", 60):
        return Page("public/objection.html", head, {**values, "wrong": gettext("查询得太频繁，请一小时后再试。")}, 429)
    found = public_queries.track_objection(code)
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
        text = public_queries.objection_receipt(code)
    except NotSealed:
        text = None
    if text is None:
        raise Http404
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="objection.tlog-proof"'
    return response
