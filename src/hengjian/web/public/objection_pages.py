"""Anybody objects to a row of a running notice, or that it leaves somebody out, and follows the objection by its code (R58).

Facts are asked for, then shown again to be checked, then handed in. Nothing written is lost on the way.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from hengjian.kernel import codes
from hengjian.kernel.act import Act
from hengjian.kernel.actor import PUBLIC
from hengjian.kernel.publication import NotSealed
from hengjian.kernel.refusal import Kind, Refused
from hengjian.kernel.words import listed, say
from hengjian.results import public_queries
from hengjian.results.acts.object_to_result import check_day, object_to_omission, object_to_result
from hengjian.results.policies import OBJECTION_ANSWER_WORKING_DAYS, OBJECTION_TRIAGE_WORKING_DAYS
from hengjian.results.public_queries import PublicNotice, TrackedObjection
from hengjian.results.states import IN_TRIAGE, ObjectionState
from hengjian.web.components import (
    Alert,
    Button,
    Cell,
    Chip,
    Component,
    Drop,
    Field,
    FieldError,
    Head,
    Hidden,
    Rows,
    Shown,
    crumbs,
    facts,
)
from hengjian.web.entered import Filled, fill
from hengjian.web.forms import Asked, asked_by, shown
from hengjian.web.occupations.labels import level_title
from hengjian.web.pages import Answer, Desk, Page, page
from hengjian.web.parts import day, policy_chip, refusal_part, remaining
from hengjian.web.public.restrained import TRACK
from hengjian.web.results.objection_parts import objection_chip

Objecting = Act[Any, Any, Any]


@page("notices/<int:pk>/rows/<int:score>/objection/", "notice_object", access="public")
def object_page(desk: Desk, pk: int, score: int) -> Answer:
    """提出异议: no name is asked; the tracking number is the only key to the answer."""
    found = public_queries.public_notice(pk)
    if found is None:
        raise Http404
    notice, lines = found
    subject = public_queries.noticed_score(pk, score)
    line = next((each for each in lines if each.score == score), None)
    if subject is None:
        raise Http404
    about = say("第 {place} 行 {name}", place=line.place, name=line.masked_name) if line else ""
    return _objecting(desk, object_to_result, subject, notice, gettext("提出异议"), about)


@page("notices/<int:pk>/omission/", "notice_omission", access="public")
def omission_page(desk: Desk, pk: int) -> Answer:
    """就名单遗漏提出异议: for who sat and does not stand on the list."""
    found = public_queries.public_notice(pk)
    if found is None:
        raise Http404
    subject = public_queries.noticed_sheet(pk)
    return _objecting(
        desk, object_to_omission, subject, found[0], gettext("就名单遗漏提出异议"), gettext("名单遗漏了考生")
    )


def _objecting(desk: Desk, act: Objecting, subject: Any, notice: PublicNotice, title: str, about: str) -> Answer:
    """Form, check of the answers, receipt; which of them, the button says."""
    back = reverse("notice", kwargs={"pk": notice.sheet})
    what = listed((notice.occupation, level_title(notice.level)), " ")
    head = Head(title, crumbs=crumbs((gettext("结果公示"), reverse("notices")), (what, back), (title,)))
    key = desk.request.POST.get("key", "")[:64] or secrets.token_hex(16)
    values: dict[str, object] = {
        "about": about or what,
        "key": key,
        "back": back,
        "triage": policy_chip(OBJECTION_TRIAGE_WORKING_DAYS.key),
        "days": desk.asking(subject).policy(OBJECTION_TRIAGE_WORKING_DAYS),
        "answer_days": desk.asking(subject).policy(OBJECTION_ANSWER_WORKING_DAYS),
    }
    fields = asked_by(act)
    if not desk.post:
        return _form(act, fields, subject, head, values)
    filled = fill(fields, desk.request.POST, desk.request.FILES, PUBLIC, subject)
    _check_the_day(filled, desk)
    step = desk.request.POST.get("step", "check")
    if step == "edit" or filled.errors:
        return _form(act, fields, subject, head, values, desk=desk, errors={} if step == "edit" else filled.errors)
    refusal = act.why_not(PUBLIC, subject)
    # What comes too often is refused by the act itself, which says when to come again.
    if refusal is not None and not (step == "send" and refusal.kind is Kind.RESTRAINT):
        part = refusal_part(refusal, lead=gettext("没有收到这条异议"))
        return _form(act, fields, subject, head, values | {"refusal": part}, desk=desk, status=422)
    if step != "send":
        parts = shown(fields, PUBLIC, subject, post=desk.request.POST)
        head = replace(head, title=gettext("核对您写的内容"))
        sends = [Button("确认提交", act.header.code, primary=True, hidden=[Hidden("step", "send")])]
        answers = [_answered(part) for part in parts]
        return Page("public/objection_check.html", head, {**values, "answers": answers, "sends": sends})
    try:
        fact = act.once(key)(PUBLIC, subject, **filled.arguments)
    except Refused as refused:
        found, part = refused.refusal, refusal_part(refused.refusal, lead=gettext("没有收到这条异议"))
        errors = {found.field: found.said} if found.field else {}
        more = {} if errors else {"refusal": part}
        return _form(act, fields, subject, head, values | more, desk=desk, errors=errors, status=422)
    told = public_queries.track_objection(fact.tracking)
    given = {
        "code": fact.tracking,
        "about": values["about"],
        "triage_due": day(told.triage_due_on) if told else "",
        "due": day(fact.due_on),
        "status": reverse("objection"),
    }
    return Page("public/objection_given.html", replace(head, title=gettext("异议已收到")), given)


def _check_the_day(filled: Filled, desk: Desk) -> None:
    """What the act would refuse at the field is said before the answers are shown for checking."""
    happened_on = filled.arguments.get("happened_on")
    if happened_on is not None:
        try:
            check_day(happened_on, desk.today)
        except Refused as refused:
            filled.errors["happened_on"] = refused.refusal.said


def _form(
    act: Objecting,
    fields: list[Asked],
    subject: Any,
    head: Head,
    values: dict[str, object],
    *,
    desk: Desk | None = None,
    errors: dict[str, str] | None = None,
    status: int = 0,
) -> Page:
    post = desk.request.POST if desk is not None else None
    parts = shown(fields, PUBLIC, subject, post=post, errors=errors)
    body = {
        "refusal": None,
        **values,
        "fields": [_in_language(part) for part in parts],
        "errors": [FieldError(sentence, f"id_{name}") for name, sentence in (errors or {}).items()],
    }
    return Page("public/objection_form.html", head, body, status or (422 if errors else 200))


def _in_language(part: Field | Rows | Drop) -> Field:
    """A question in the language of the reader; an objection asks plain questions only."""
    assert isinstance(part, Field)
    options = [replace(option, label=gettext(option.label)) for option in part.options]
    return replace(part, help=gettext(part.help) if part.help else "", options=options)


@dataclass(frozen=True, slots=True)
class Answered(Component):
    """One answer as it is read back, and as it is sent on."""

    name: str
    label: str
    value: str
    said: str


def _answered(part: Field | Rows | Drop) -> Answered:
    field = _in_language(part)
    chosen = listed(option.label for option in field.options if option.chosen)
    value = str(field.value)
    return Answered(field.name, field.label, value, chosen or value or gettext("没有填写"))


@page("objection/", "objection", access="public", sending=TRACK)
def objection_status_page(desk: Desk) -> Answer:
    """异议查询: the code travels in the body, so that it stays out of addresses and logs."""
    code = codes.read(desk.request.POST.get("code", "")[:60])[:24]
    head = Head(gettext("异议查询"), lead=gettext("凭提出异议时得到的查询码看办理情况。"))
    values: dict[str, object] = {"code": code, "found": None, "wrong": "", "facts": [], "said": None}
    if not desk.post:
        return Page("public/objection.html", head, values)
    found = public_queries.track_objection(code)
    if found is None:
        wrong = gettext("没有这个查询码，请对照逐位核对；不含数字 0、1 和字母 I、L、O、U。")
        return Page("public/objection.html", head, {**values, "wrong": wrong}, 422)
    if "receipt" in desk.request.POST:
        return _objection_receipt(code)
    chip = objection_chip(found.state)
    chip = replace(chip, label=gettext(chip.label))
    values["found"] = chip
    values["facts"] = facts(*_standing(found, desk, chip))
    values["said"] = _overdue(found)
    return Page("public/objection.html", head, values)


def _standing(found: TrackedObjection, desk: Desk, chip: Chip) -> list[tuple[str, Shown]]:
    pairs: list[tuple[str, Shown]] = [(gettext("状态"), Cell(chip=chip)), (gettext("收到"), day(found.received_on))]
    if found.state in IN_TRIAGE and found.triage_due_on is not None:
        due = Cell(day(found.triage_due_on), chip=remaining(found.triage_due_on, desk.today))
        return [*pairs, (gettext("核对期限"), due), (gettext("答复期限"), day(found.due_on))]
    if found.triaged_on is not None:
        label = gettext("不予受理") if found.state == ObjectionState.REFUSED else gettext("受理")
        pairs.append((label, day(found.triaged_on)))
    if found.state == ObjectionState.REFUSED:
        return [*pairs, (gettext("不予受理的情形"), found.refusal_ground), (gettext("说明"), found.refusal_note)]
    if found.answered_on is not None:
        return [*pairs, (gettext("答复日期"), day(found.answered_on)), (gettext("答复"), found.answer)]
    due = Cell(day(found.due_on), chip=remaining(found.due_on, desk.today))
    return [*pairs, (gettext("答复期限"), due), (gettext("答复"), gettext("评价机构还没有答复。"))]


def _overdue(found: TrackedObjection) -> Alert | None:
    """Overdue is said to whoever objected, with where it climbed."""
    if found.overdue_since is None:
        return None
    since, office = day(found.overdue_since), found.climbed_to
    text = (
        say("鉴定中心没有在期限内核对，{day}起已报{office}督办。", day=since, office=office)
        if found.state == ObjectionState.TRIAGE_OVERDUE
        else say("评价机构没有在期限内答复，{day}起已报{office}督办。", day=since, office=office)
    )
    return Alert(tone="seal", title=gettext("已经逾期"), text=text)


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
