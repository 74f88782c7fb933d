"""An institution asks to be registered, without a seat, and follows its application by a code.

The answer is the same whether code, person or log-in name are known; the code travels in the body of a form.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from hengjian.institutions.acts.registration import ask_registration
from hengjian.institutions.registration_queries import track_registration
from hengjian.kernel import codes
from hengjian.kernel.actor import PUBLIC
from hengjian.kernel.refusal import Kind, Refused
from hengjian.web.components import Button, Cell, Drop, Field, FieldError, Head, Rows, crumbs, facts
from hengjian.web.entered import fill
from hengjian.web.forms import asked_by, shown
from hengjian.web.institutions.registration_pages import registration_chip
from hengjian.web.pages import Answer, Desk, Page, page
from hengjian.web.parts import day, refusal_part
from hengjian.web.public.restrained import TRACK


@page("register-institution/", "ask_registration", access="public", performs=["institutions.ask_registration"])
def ask_registration_page(desk: Desk) -> Answer:
    """申请登记评价机构。"""
    fields = asked_by(ask_registration)
    if not desk.post:
        return _form(desk, shown(fields, PUBLIC, None))
    filled = fill(fields, desk.request.POST, desk.request.FILES, PUBLIC, None)
    errors: dict[str, str] = dict(filled.errors)
    refusal = None
    if not errors:
        key = desk.request.POST.get("key", "")[:64]
        try:
            told: Any = ask_registration.once(key).told(PUBLIC, **filled.arguments)
        except Refused as refused:
            refusal = refused.refusal
            if refusal.field:
                errors = {filled.at(refusal.field): refusal.said}
        else:
            head = Head(gettext("申请已收到"), crumbs=crumbs((gettext("申请登记评价机构"),)))
            given = {"code": told[1].tracking, "status": reverse("registration_status")}
            return Page("public/registration_given.html", head, given)
    parts = shown(fields, PUBLIC, None, post=desk.request.POST, errors=errors, arguments=filled.arguments)
    return _form(desk, parts, errors=errors, refusal=None if errors else refusal)


def _form(
    desk: Desk, parts: list[Field | Rows | Drop], *, errors: dict[str, str] | None = None, refusal: Any = None
) -> Page:
    too_often = refusal is not None and refusal.kind is Kind.RESTRAINT
    return Page(
        "public/registration_form.html",
        Head(
            gettext("申请登记评价机构"),
            lead=gettext("还没有登记的评价机构在这里申请。负责的机关核对后确认，并把设置口令的链接交给申请人。"),
        ),
        {
            "fields": [_in_language(part) for part in parts],
            "errors": [FieldError(sentence, f"id_{name}") for name, sentence in (errors or {}).items()],
            "refusal": refusal_part(refusal, lead=gettext("没有收到这份申请")) if refusal is not None else None,
            "key": desk.request.POST.get("key", "")[:64] or secrets.token_hex(16),
            "status": reverse("registration_status"),
            "sends": [Button("提交申请", ask_registration.header.code, primary=True)],
        },
        429 if too_often else 422 if errors or refusal is not None else 200,
    )


def _in_language(part: Field | Rows | Drop) -> Field:
    assert isinstance(part, Field)
    options = [replace(option, label=gettext(option.label)) for option in part.options]
    return replace(part, label=gettext(part.label), help=gettext(part.help) if part.help else "", options=options)


@page("register-institution/status/", "registration_status", access="public", sending=TRACK)
def registration_status_page(desk: Desk) -> Answer:
    """登记申请查询。"""
    code = codes.read(desk.request.POST.get("code", "")[:60])[:24]
    head = Head(gettext("登记申请查询"), lead=gettext("凭申请时得到的查询码看办理情况。"))
    values: dict[str, object] = {"code": code, "wrong": "", "facts": []}
    if not desk.post:
        return Page("public/registration_status.html", head, values)
    found = track_registration(code)
    if found is None:
        wrong = gettext("没有这个查询码，请对照逐位核对；不含数字 0、1 和字母 I、L、O、U。")
        return Page("public/registration_status.html", head, {**values, "wrong": wrong}, 422)
    chip = registration_chip(found.state)
    pairs: list[tuple[str, Any]] = [
        (gettext("状态"), Cell(chip=replace(chip, label=gettext(chip.label)))),
        (gettext("办理机关"), found.office_name),
        (gettext("收到"), day(found.received_on)),
    ]
    if found.decided_on is not None:
        pairs.append((gettext("办结日期"), day(found.decided_on)))
    if found.answer:
        pairs.append((gettext("理由"), found.answer))
    return Page("public/registration_status.html", head, {**values, "facts": facts(*pairs)})
