"""What the page of one case has in common: whose turn, what can be done now, what happened, as cards of plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.urls import NoReverseMatch, reverse

from hengjian.authorities.queries import holders
from hengjian.kernel import ledger
from hengjian.kernel.actor import CLOCK, By
from hengjian.kernel.acts_catalogue import turns_of
from hengjian.kernel.case import CaseModel
from hengjian.kernel.facts import Fact
from hengjian.kernel.ledger import Recorded
from hengjian.kernel.words import listed, say
from hengjian.supervision.models import Witness
from hengjian.web.components import Alert, Button, Card, Component, Empty, Entry, Go, Head, Link, Tab, Timeline, Turn
from hengjian.web.pages import Desk, Page
from hengjian.web.parts import act_title, entry, remaining
from hengjian.web.work import turn_of

Detail = Callable[[Fact], str]


def turn(desk: Desk, row: CaseModel, due: date | None = None, *, provisional: bool = False) -> Turn | None:
    """Who must act next and until when, by name; nothing when the case waits for nobody."""
    who = turn_names(row)
    if not who:
        return None
    return Turn(
        who,
        until_end_of(due) if due is not None else "",
        remaining(due, desk.today, provisional=provisional) if due is not None else None,
        mine=waits_for(desk, row),
    )


def until_end_of(due: date) -> str:
    """A deadline ends with its day."""
    return say("至 {due.month} 月 {due.day} 日 24 时", due=due)


def turn_names(row: CaseModel) -> str:
    """Who must act next on this case, by name; empty where nobody must, or only the clock."""
    return listed(dict.fromkeys(_by_name(by, row) for by in turn_of(row) if by.role_code != CLOCK.role_code))


def _held_by(dimension: str, row: CaseModel) -> Any:
    """The office or institution along which this case belongs to somebody; fetched with the row or read now."""
    value: Any = row
    for step in row.jurisdiction.get(dimension, "").removesuffix("_id").split("__"):
        value = getattr(value, step, None) if step else None
    return value


def _by_name(by: By, row: CaseModel) -> str:
    """`负责机关审核岗` → `唐山市职业技能鉴定中心审核岗`, `本人质量督导员` → `质量督导员唐明远`: the reader need not know who that is."""
    match by.relation_label:
        case "负责机关":
            found = _held_by("office", row)
        case "本机构":
            found = row if row.jurisdiction.get("institution") == "id" else _held_by("institution", row)
        case "本人" if (person := getattr(row, "supervisor", None)) is not None:
            return say("{role}{person}", role=by.role_label, person=person.name)
        case "本席位" if isinstance(row, Witness):
            label: str = row.label
            return label
        case _:
            found = None
    place = str(getattr(found, "short_name", None) or found or "")
    # `…鉴定中心` + `中心负责人` is one centre, not two.
    role = by.role_label.removeprefix("中心") if place.endswith("中心") else by.role_label
    return say("{place}{role}", place=place, role=role) if place else by.label


def waits_for(desk: Desk, row: CaseModel) -> bool:
    """Is it this desk that the case waits for?"""
    state = getattr(row, "state", "")
    return any(by.admits(desk.actor, row) for act in turns_of(type(row), state) for by in act.header.by)


def course(*rows: CaseModel | models.QuerySet[Any], limit: int = 200) -> list[Recorded]:
    """The acts on these cases as the ledger has them, newest first."""
    return ledger.course_of(*rows, limit=limit) if rows else []


def course_card(
    records: Sequence[Recorded],
    *,
    title: str = "经过",
    limit: int = 8,
    detail: Detail | None = None,
    more: str = "",
    named: bool = True,
) -> Card:
    """The time line of a case; `detail` says in words what a fact holds, `named` names the person who acted: whoever may see the case may know. With `more`, which leads to the whole of it,
    the same act repeated by the same seat is one line."""
    runs = _runs(records) if more else [[record] for record in records]
    shown = runs[:limit]
    if not shown:
        return Card(title, empty=Empty("还没有办理记录"))
    names = holders(run[0].actor for run in shown) if named else {}
    link = None
    if more and len(records) > len(shown):
        link = Link(say("看全部 {records} 条", records=len(records)), more)
    elif exists("verify"):
        link = Link("验证这些存证", reverse("verify"))
    return Card(title, timeline=Timeline([_entry(run, names, detail) for run in shown], link=link))


def _entry(run: list[Recorded], names: Mapping[str, str], detail: Detail | None) -> Entry:
    """One line for acts that follow each other alike; what a single one said stands beneath it."""
    record = run[0]
    name = names.get(record.actor, "")
    who = listed((record.who, name), " ") if name else record.who
    if len(run) > 1:
        return entry(record, act=say("{act_title} {run} 项", act_title=act_title(record.act), run=len(run)), who=who)
    return entry(record, who=who, detail=detail(record.fact) if detail and record.fact is not None else "")


def _runs(records: Sequence[Recorded]) -> list[list[Recorded]]:
    runs: list[list[Recorded]] = []
    for record in records:
        if runs and (runs[-1][0].act, runs[-1][0].who) == (record.act, record.who):
            runs[-1].append(record)
        else:
            runs.append([record])
    return runs


def exists(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True


def tabs(desk: Desk, *sides: tuple[str, str, int]) -> tuple[str, list[Tab]]:
    """(side shown, tabs): each side of a case is its own address `?side=…`; the first is the plain one."""
    names = [name for name, _, _ in sides]
    shown = desk.asked("side") if desk.asked("side") in names else names[0]
    parts = [
        Tab(
            label,
            count=count,
            href=f"?side={name}" if name != names[0] else desk.request.path,
            current=name == shown,
        )
        for name, label, count in sides
    ]
    return shown, parts


@dataclass(frozen=True, slots=True)
class Bar(Component):
    """What can be done with a case now; `hint` stands there when nothing can."""

    acts: Sequence[Button | Go]
    hint: str


def case_page(
    head: Head,
    main: Iterable[Card | None],
    aside: Iterable[Card | None],
    *,
    acts: Sequence[Button | Go] | None = None,
    alert: Alert | None = None,
    hint: str = "",
    template: str = "case.html",
    values: Mapping[str, object] | None = None,
) -> Page:
    """The page: cards on the left, facts and time line on the right. `acts` is the bar of what can be done now, left
    out when None, and `hint` what stands there when nothing can."""
    return Page(
        template,
        head,
        {
            "cards": [card for card in main if card],
            "aside": [card for card in aside if card],
            "bar": None if acts is None else Bar(acts, hint or "本席位现在没有可以办理的事项。"),
            "alert": alert,
            **(values or {}),
        },
    )
