"""Several batches or sittings of a plan at once: one row each, one act for each row, all of them or none."""

from __future__ import annotations

import dataclasses
import secrets
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import transaction
from django.http import Http404
from django.urls import reverse

from hengjian.kernel.act import Act
from hengjian.kernel.refusal import Refused
from hengjian.kernel.words import say
from hengjian.plans.acts.batches import add_batch, add_sitting
from hengjian.plans.models import Plan
from hengjian.web.components import Button, FieldError, Head, crumbs
from hengjian.web.entered import fill
from hengjian.web.forms import Asked, asked_by, shown
from hengjian.web.pages import Answer, Desk, Goto, Page, page
from hengjian.web.parts import policy_chip, refusal_part
from hengjian.web.questions import Question


@dataclass(frozen=True)
class Sheet:
    """The act that each row performs, and how the list of rows is called."""

    act: Act[Any, Any, Any]
    title: str
    label: str
    help: str
    side: str


BATCHES = Sheet(add_batch, "增加批次", "批次", "一个职业的一个等级是一个批次，一行一个。", "batches")
SITTINGS = Sheet(
    add_sitting,
    "安排场次",
    "场次",
    "一行一场；每个批次的每个科目都要有场次，座位总数不少于批次人数。",
    "sittings",
)


@page("plans/<int:pk>/batches/", "add_batches", performs=["plans.add_batch"])
def add_batches_page(desk: Desk, pk: int) -> Answer:
    """Add batches row by row."""
    return _rows_page(desk, pk, BATCHES)


@page("plans/<int:pk>/sittings/", "add_sittings", performs=["plans.add_sitting"])
def add_sittings_page(desk: Desk, pk: int) -> Answer:
    """Arrange sittings row by row."""
    return _rows_page(desk, pk, SITTINGS)


@cache
def rows_of(act: Act[Any, Any, Any], label: str, help: str) -> Asked:
    """The act's arguments as the columns of a list of rows."""
    asked = asked_by(act)
    kind = dataclasses.make_dataclass(
        "Row",
        [(item.name, item.annotation) for item in asked if item.required]
        + [(item.name, item.annotation | None, dataclasses.field(default=None)) for item in asked if not item.required],
    )
    columns = tuple(dataclasses.replace(item, name=f"rows.{item.name}") for item in asked)
    return Asked("rows", kind, list[kind], Question(label, help), True, columns, True)  # type: ignore[valid-type]


def _rows_page(desk: Desk, pk: int, sheet: Sheet) -> Answer:
    plan = desk.one(Plan, pk, "institution")
    if not any(by.admits(desk.actor, plan) for by in sheet.act.header.by):
        raise Http404
    fields = [rows_of(sheet.act, sheet.label, sheet.help)]
    refusal = sheet.act.why_not(desk.actor, plan)
    if not desk.post or refusal is not None:
        return _form(desk, plan, sheet, fields, {}, refusal, 409 if refusal is not None else 200)
    filled = fill(fields, desk.request.POST, desk.request.FILES, desk.actor, plan)
    if filled.errors:
        return _form(desk, plan, sheet, fields, filled.errors, None, 422)
    key = desk.request.POST.get("key", "")[:40] or secrets.token_hex(16)
    rows = filled.arguments["rows"]
    place = 0
    try:
        with transaction.atomic():
            for place, row in enumerate(rows):
                given = {name: value for name, value in dataclasses.asdict(row).items() if value is not None}
                sheet.act.once(f"{key}-{place}")(desk.actor, plan, **given)
    except Refused as refused:
        found = refused.refusal
        cell = (
            filled.at(f"rows.{place}.{found.field}")
            if found.field in {item.name for item in asked_by(sheet.act)}
            else "rows"
        )
        row = filled.places["rows"][place] + 1
        said = say("第 {place} 行：{sentence}", place=row, sentence=found.said)
        errors = {cell: said}
        return _form(desk, plan, sheet, fields, errors, None, 422)
    address = f"{reverse('plan', kwargs={'pk': pk})}?side={sheet.side}"
    return Goto(address, say("已办理：{title} {rows} 项。", title=sheet.title, rows=len(rows)))


def _form(
    desk: Desk, plan: Plan, sheet: Sheet, fields: list[Asked], errors: dict[str, str], refusal: Any, status: int
) -> Page:
    post = desk.request.POST if desk.post else None
    header = sheet.act.header
    back = reverse("plan", kwargs={"pk": plan.pk})
    key = post.get("key", "") if post is not None else secrets.token_hex(16)
    return Page(
        "act_form.html",
        Head(sheet.title, crumbs=crumbs((str(plan), back), (sheet.title,))),
        {
            "fields": shown(fields, desk.actor, plan, post=post, errors=errors),
            "errors": [FieldError(field=f"id_{name}", message=sentence) for name, sentence in errors.items()],
            "refusal": refusal_part(refusal, lead=say("现在还不能{title}", title=sheet.title))
            if refusal is not None
            else None,
            "sends": [Button(sheet.title, header.code, primary=True)],
            "clauses": [policy_chip(policy.key) for policy in header.cites],
            "clause": header.clause,
            "back": back,
            "key": key,
            "seen": "",
            "files": False,
        },
        status,
    )
