"""办理记录 for an auditor: by person, act, case and day; what is unusual; what was done between two days, counted."""

from __future__ import annotations

import json

from django.apps import apps
from django.db import models
from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from hengjian.authorities.audit import audits
from hengjian.authorities.lists import ACTS, ActRow
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.listing import tallied, wanted
from hengjian.kernel.words import listed, say
from hengjian.web.cases import case_page
from hengjian.web.components import Card, Cell, Chip, Empty, Head, Row, Table, columns, crumbs, facts
from hengjian.web.listing import show
from hengjian.web.pages import Answer, Desk, page
from hengjian.web.parts import act_title, moment
from hengjian.web.room import case_pages

MOST = 12  # kinds of acts counted above the list


@page("audit/", "audit")
def audit_page(desk: Desk) -> Answer:
    """办理记录。"""
    if not audits(desk.actor):
        raise Http404

    def cells(row: ActRow) -> Row:
        return Row(
            [
                Cell(
                    row.act_label,
                    href=reverse("audit_entry", kwargs={"entry": row.entry}),
                    note=row.act,
                    chip=Chip("值得留意", "warn") if row.unusual else None,
                ),
                Cell(moment(row.at)),
                Cell(row.person, href=f"?q={row.person}" if row.role_label else ""),
                Cell(row.place),
                Cell(row.role_label),
                Cell(f"#{row.index}", mono=True, href=reverse("log_entry", kwargs={"index": row.index}))
                if row.index is not None
                else Cell("待封存", second=True),
            ]
        )

    return show(
        desk,
        ACTS,
        cells,
        lead="辖区内每一次办理：谁、什么时候、对哪件事、办了什么。选定起止日期，可以看这段时间变了什么。",
        empty=Empty("还没有办理记录"),
        template="audit.html",
        values={"changes": _changes(desk)},
    )


@page("audit/<int:entry>/", "audit_entry")
def audit_entry_page(desk: Desk, entry: int) -> Answer:
    """One act: who, when, on which case, under which values of the law."""
    asking = desk.asking(None)
    found = ACTS.rows(asking).filter(pk=entry).first()
    if found is None:
        raise Http404
    row, case = ACTS.row(asking, found), case_href(pages_by_table(), ACTS.row(asking, found))
    pins = json.loads(bytes(found.leaf))["p"]
    others = f"{reverse('audit')}?{urlencode([('of', row.table), ('case', str(row.case))])}"
    pairs = facts(
        ("时间", moment(row.at)),
        ("办理人", Cell(row.person, note=listed((row.place, row.role_label), " "))),
        ("行为", Cell(row.act, mono=True)),
        ("案件", Cell("查看案件", href=case) if case else "—"),
        ("同一案件", Cell("查看全部办理", href=others) if row.case is not None else "—"),
        (
            "存证",
            Cell(f"#{row.index}", mono=True, href=reverse("log_entry", kwargs={"index": row.index}))
            if row.index is not None
            else "待封存",
        ),
    )
    law = Table(
        columns("所依的数值"),
        [[Cell(pin, mono=True, href=reverse("policy", kwargs={"key": pin.split("=", 1)[0]}))] for pin in pins],
        empty=Empty("没有用到法规数值"),
    )
    head = Head(
        row.act_label,
        crumbs=crumbs(("办理记录", reverse("audit")), (row.act_label,)),
        chips=[Chip("值得留意", "warn")] if row.unusual else [],
    )
    return case_page(head, [Card("这次办理", facts=pairs)], [Card("依据", table=law)])


def pages_by_table() -> dict[str, str]:
    """Table → the page that shows one of its cases."""
    return {model._meta.db_table: name for model, name in case_pages().items()}


def case_href(places: dict[str, str], row: ActRow) -> str:
    """Where the case of this act is shown, if it has a page."""
    name = places.get(row.table)
    return reverse(name, kwargs={"pk": row.case}) if name and row.case is not None else ""


def _changes(desk: Desk) -> Card | None:
    """What was done between two days, by act and its number; only where a day is chosen."""
    names = [parameter.name for parameter in ACTS.parameters()]
    given = {name: desk.asked(name) for name in ("q", *names) if desk.asked(name)}
    wish, faults = wanted(ACTS, given)
    if faults or not {"at_from", "at_until"} & set(wish.chosen):
        return None
    numbers = sorted(tallied(ACTS, desk.asking(None), wish, "act").items(), key=lambda pair: (-pair[1], pair[0]))
    if not numbers:
        return None
    rows = [Row([Cell(act_title(code), note=_step(code)), str(number)]) for code, number in numbers[:MOST]]
    return Card(
        "这段时间变了什么",
        chips=[Chip(say("{number} 次办理", number=sum(number for _, number in numbers)), "normal")],
        hint=say("共 {kinds} 种，列出最多的 {most} 种。", kinds=len(numbers), most=MOST) if len(numbers) > MOST else "",
        table=Table(columns("办理", "次数"), rows),
        flush=True,
    )


def _step(code: str) -> str:
    """From which state to which the act leads, in the words of the case."""
    act = catalogue().get(code)
    step = act.header.step if act else None
    if act is None or step is None or step.to is None:
        return ""
    labels = _states(act.header.subject)
    froms = listed((labels.get(str(state), str(state)) for state in step.sources), "、")
    return listed((froms, labels.get(str(step.to), str(step.to))), " → ")


def _states(model: type[models.Model]) -> dict[str, str]:
    field = apps.get_model(model._meta.label)._meta.get_field("state")
    return {str(value): str(label) for value, label in field.choices or ()}
