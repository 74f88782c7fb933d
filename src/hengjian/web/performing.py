"""Performing an act from a page: the generic form, its refusals, and the buttons that lead to it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from hengjian.kernel import typed
from hengjian.kernel.act import Creating, OnMany
from hengjian.kernel.actor import Actor
from hengjian.kernel.acts_catalogue import AnyAct, acts_about, catalogue
from hengjian.kernel.case import CaseModel
from hengjian.kernel.refusal import Kind, Refusal, Refused
from hengjian.kernel.words import say
from hengjian.web.components import Button, Drop, Field, FieldError, Head, Rows, crumbs
from hengjian.web.entered import fill
from hengjian.web.forms import Arguments, Asked, asked_by, shown
from hengjian.web.pages import Answer, Desk, Goto, Page, case_address, page
from hengjian.web.parts import policy_chip, refusal_part


def acts_on(subject: CaseModel, actor: Actor) -> list[AnyAct]:
    """The acts this actor may ever perform on this case, main path first."""
    return [act for act in acts_about(type(subject)) if any(by.admits(actor, subject) for by in act.header.by)]


def act_bar(desk: Desk, subject: CaseModel, *, without: tuple[str, ...] = ()) -> list[Button]:
    """The buttons of a case: possible acts lead to their form, refused ones carry their reason. An act whose moment has
    passed or not come is shown only when it is on the main path; the rest would be noise."""
    return [
        button
        for act in acts_on(subject, desk.actor)
        if act.header.code not in without and (button := button_of(desk, act, subject)) is not None
    ]


def opening(desk: Desk, code: str, label: str = "") -> list[Button]:
    """The button to the form of an act that opens a case, for whoever may ever do it; with its reason where it cannot be now."""
    act = catalogue()[code]
    if not any(by.admits(desk.actor, None) for by in act.header.by):
        return []
    button = button_of(desk, act, None)
    return [replace(button, label=label or button.label, primary=True)] if button is not None else []


def row_acts(desk: Desk, row: CaseModel, *acts: AnyAct) -> list[Button]:
    """The same for a row of a list: what this desk can do with it stands in the row. All acts about such a row, or those named."""
    mine = (act for act in acts_on(row, desk.actor) if not acts or act in acts)
    found = (button_of(desk, act, row) for act in mine)
    return [_in_a_row(button) for button in found if button is not None]


def acts_of_rows(desk: Desk, act: AnyAct, case: CaseModel) -> Callable[..., list[Button]]:
    """An act on a case that names one of its rows among its arguments, as the row shows it: `acts(batch_id=7)` gives the
    button whose form has that row chosen. The kernel is asked once for all rows, for it judges the case."""
    button = button_of(desk, act, case) if act in acts_on(case, desk.actor) else None

    def acts(**given: int) -> list[Button]:
        if button is None:
            return []
        return [_in_a_row(replace(button, href=f"{button.href}?{urlencode(given)}" if button.href else ""))]

    return acts


def _in_a_row(button: Button) -> Button:
    """Rows show the same act many times: its reason has no name of its own there, for names are unique on a page."""
    return replace(button, refusal=replace(button.refusal, id="")) if button.refusal is not None else button


def button_of(desk: Desk, act: AnyAct, subject: CaseModel | None) -> Button | None:
    """The button of this act on this case; None where it makes no sense in the present state."""
    header = act.header
    refusal = act.why_not(desk.actor, subject)  # type: ignore[arg-type]
    if refusal is None:
        href = address_of(header.code, subject.pk if subject is not None else None)
        return Button(header.title, header.code, href, primary=header.turn, danger=header.danger)
    if refusal.kind is Kind.STATE:
        return None
    why = refusal_part(
        refusal, lead=say("现在还不能{title}", title=header.title), id=f"why-{header.code.replace('.', '-')}"
    )
    return Button(header.title, header.code, danger=header.danger, refusal=why)


def address_of(code: str, pk: int | None = None) -> str:
    """The page on which an act is performed."""
    from hengjian.web.room import pages_of_acts

    own = pages_of_acts().get(code)
    if own is not None:
        return reverse(own, kwargs={"pk": pk} if pk is not None else None)
    if pk is None:
        return reverse("open_case", kwargs={"code": code})
    return reverse("perform", kwargs={"code": code, "pk": pk})


@page("do/<str:code>/<int:pk>/", "perform")
def perform_page(desk: Desk, code: str, pk: int) -> Answer:
    """Perform an act on one case."""
    act = catalogue().get(code)
    if act is None or isinstance(act, Creating | OnMany):
        raise Http404
    subject = desk.one(act.header.subject, pk)
    if not any(by.admits(desk.actor, subject) for by in act.header.by):
        raise Http404
    return performing(desk, act, subject)


@page("do/<str:code>/", "open_case")
def open_case_page(desk: Desk, code: str) -> Answer:
    """Open a new case."""
    act = catalogue().get(code)
    if not isinstance(act, Creating) or not any(by.admits(desk.actor, None) for by in act.header.by):
        raise Http404
    return performing(desk, act, None)


def performing(
    desk: Desk,
    act: AnyAct,
    subject: Any,
    *,
    template: str = "act_form.html",
    more: Mapping[str, object] | None = None,
    unasked: Collection[str] = (),
) -> Answer:
    """Show the form, or perform and go to the case. Used by the generic pages and by pages of their own: `more` are further
    values of their template, `unasked` the arguments they fill in themselves."""
    fields = asked_by(act)
    header = act.header
    refusal = act.why_not(desk.actor, subject)
    if not desk.post:
        status = 409 if refusal is not None else 200
        return _form(
            desk, act, subject, fields, refusal=refusal, status=status, template=template, more=more, unasked=unasked
        )
    filled = fill(fields, desk.request.POST, desk.request.FILES, desk.actor, subject)
    if filled.errors:
        return _form(
            desk,
            act,
            subject,
            fields,
            errors=filled.errors,
            arguments=filled.arguments,
            status=422,
            template=template,
            more=more,
            unasked=unasked,
        )
    seen = desk.request.POST.get("seen", "")
    keyed = act.once(desk.request.POST.get("key", "")[:64], seen=typed.key_or_none(seen))
    try:
        if isinstance(keyed, Creating):
            subject = keyed(desk.actor, **filled.arguments)
        else:
            keyed(desk.actor, subject, **filled.arguments)
    except Refused as refused:
        found = refused.refusal
        errors = {filled.at(found.field): found.said} if found.field else {}
        return _form(
            desk,
            act,
            subject,
            fields,
            errors=errors,
            arguments=filled.arguments,
            refusal=None if errors else found,
            status=422 if errors else 409,
            template=template,
            more=more,
            unasked=unasked,
        )
    return Goto(case_address(subject), say("已办理：{title}。", title=header.title))


def _chosen(desk: Desk, part: Field | Rows | Drop) -> Field | Rows | Drop:
    """A choice that the address makes (`?batch_id=7`, from the row it is about), where it is among those offered."""
    asked = desk.asked(part.name)
    if not isinstance(part, Field) or asked not in {option.value for option in part.options}:
        return part
    options = [replace(option, chosen=option.value == asked) for option in part.options]
    return replace(part, value=asked, options=options)


def _form(
    desk: Desk,
    act: AnyAct,
    subject: Any,
    fields: list[Asked],
    *,
    template: str,
    errors: dict[str, str] | None = None,
    arguments: Arguments | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
    more: Mapping[str, object] | None = None,
    unasked: Collection[str] = (),
) -> Page:
    header = act.header
    post = desk.request.POST if desk.post else None
    fields = [field for field in fields if field.name not in unasked]
    parts = shown(fields, desk.actor, subject, post=post, errors=errors, arguments=arguments)
    if post is None:
        parts = [_chosen(desk, part) for part in parts]
    back = case_address(subject) if subject is not None else reverse("desk")
    key = post.get("key", "") if post is not None else secrets.token_hex(16)
    if refusal is not None and refusal.kind in (Kind.REPLAY, Kind.STALE):
        key = secrets.token_hex(16)
    seen = post.get("seen", "") if post is not None else (str(subject.revision) if subject is not None else "")
    if refusal is not None and refusal.kind is Kind.STALE and subject is not None:
        seen = str(subject.revision)
    head = Head(
        header.title,
        crumbs=crumbs((str(subject) if subject is not None else "待办", back), (header.title,)),
    )
    listed = [FieldError(sentence, f"id_{name}") for name, sentence in (errors or {}).items()]
    return Page(
        template,
        head,
        {
            "fields": parts,
            "errors": listed,
            "refusal": refusal_part(refusal, lead=say("现在还不能{title}", title=header.title))
            if refusal is not None
            else None,
            "sends": [Button(header.title, header.code, primary=True, danger=header.danger)],
            "clauses": [policy_chip(policy.key) for policy in header.cites],
            "clause": header.clause,
            "back": back,
            "key": key,
            "seen": seen,
            "files": any(part.kind == "file" for part in parts),
            **(more or {}),
        },
        status,
    )
