"""Writing messages: in the transaction of the act, right behind its entry in the log.

Told are those whom the act declares, and, where the case has passed from one hand to another, whoever must act next. Nobody
is told of what they did themselves; one act tells one person one thing once, however many rows it was about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import chain
from typing import Any, cast

from django.conf import settings
from django.utils.module_loading import import_string

from hengjian.kernel.actor import By
from hengjian.kernel.acts_catalogue import acts_about, turns_of
from hengjian.kernel.case import CaseModel
from hengjian.kernel.doing import Doing
from hengjian.kernel.kept_words import kept
from hengjian.kernel.words import listed, say
from hengjian.messages.claims import NEXT, holds_of_any
from hengjian.messages.declared import Notify, Recipient
from hengjian.messages.models import Message

AT_ONCE = 500
Pairs = list[tuple[Any, Recipient]]


def tell(doing: Doing[Any], rows: Sequence[CaseModel], fact: Any, entry: int) -> None:
    """What the runner calls once the act stands in the log. Most acts tell nobody anything, and ask the database nothing."""
    _lapsed(doing)
    passed_on = list(_handed_over(doing))
    if doing.header.notify or passed_on:
        keep([*_declared(doing, rows, fact, entry), *_next(doing, passed_on, entry)])


def _handed_over(doing: Doing[Any]) -> Iterable[CaseModel]:
    """Cases this act has opened, or led into another state, in which somebody must act."""
    moved = [row for row, was in zip(doing.subjects, doing.states_before, strict=False) if _state(row) != was]
    opened = (row for model, rows in doing.writes.created.items() if waited_for(model) for row in rows)
    for row in chain(moved, opened):
        if _state(row) in waited_for(_model(row)):
            yield row


def _lapsed(doing: Doing[Any]) -> None:
    """What waited and has been dealt with, by whomever, waits in nobody's inbox any more."""
    done = [
        row
        for row, was in zip(doing.subjects, doing.states_before, strict=False)
        if _state(row) != was and was in waited_for(_model(row))
    ]
    if done:
        standing = Message.objects.filter(
            subject_table=done[0]._meta.db_table, template__startswith=NEXT, lapsed_at__isnull=True
        )
        standing.filter(subject_id__in=[row.pk for row in done], also__isnull=True).update(lapsed_at=doing.now)
        over = [each.pk for each in standing.filter(also__isnull=False).order_by("pk") if not holds_of_any(each)]
        if over:
            Message.objects.filter(pk__in=over).update(lapsed_at=doing.now)


def _model(row: CaseModel) -> type[CaseModel]:
    return type(row)


def _state(row: CaseModel) -> str:
    return str(getattr(row, "state", ""))


@cache
def waited_for(model: type[CaseModel]) -> frozenset[str]:
    """The states of a kind of case in which somebody must act."""
    return frozenset(
        state
        for act in (*acts_about(model), *acts_about(model, "on_many"))
        if act.header.turn and act.header.step
        for state in act.header.step.sources
    )


def keep(messages: list[Message]) -> None:
    """What was told before for the same cause is not told again."""
    if messages:
        Message.objects.bulk_create(messages, batch_size=AT_ONCE, ignore_conflicts=True)


def seats_for(rows: Sequence[Any], bys: Iterable[By]) -> Pairs:
    """Each row with each seat that stands to it in one of these relations, in the order of the rows."""
    found: Callable[[Sequence[Any], Sequence[By]], Pairs] = import_string(settings.TELLS_WHOM)
    return found(rows, list(bys))


def _declared(doing: Doing[Any], rows: Sequence[CaseModel], fact: Any, entry: int) -> Iterable[Message]:
    for notify in cast("Sequence[Notify]", doing.header.notify):
        about = [row for subject in rows for row in (notify.about(subject, fact) if notify.about else (subject,))]
        for seat, of in by_person(seats_for(about, notify.to), doing.actor.person):
            text = say_of([notify.says(row, fact) for row in of])
            yield message(
                notify.code, f"entry:{entry}:{notify.code}", seat, of, notify.title, text, doing.now, notify.urgent
            )


def _next(doing: Doing[Any], passed_on: Sequence[CaseModel], entry: int) -> Iterable[Message]:
    for (model, state), rows in _by_kind(passed_on):
        acts = turns_of(model, state)
        bys = list(dict.fromkeys(by for act in acts for by in act.header.by))
        others = [row for row in rows if not any(by.admits(doing.actor, row) for by in bys)]
        table = model._meta.db_table
        for seat, of in by_person(seats_for(others, bys), doing.actor.person):
            titles = [act.header.title for act in acts if any(by.admits(seat, of[0]) for by in act.header.by)]
            task = listed(dict.fromkeys(titles), " / ")
            title, text = say("待办：{task}", task=task), say_of([str(row) for row in of])
            template = f"{NEXT}{table}.{state}"
            yield message(template, f"entry:{entry}:{template}", seat, of, title, text, doing.now)


def _by_kind(rows: Sequence[CaseModel]) -> Iterable[tuple[tuple[type[CaseModel], str], list[CaseModel]]]:
    found: dict[tuple[type[CaseModel], str], list[CaseModel]] = {}
    for row in rows:
        found.setdefault((type(row), _state(row)), []).append(row)
    return found.items()


def by_person(pairs: Pairs, but: str) -> Iterable[tuple[Recipient, list[Any]]]:
    """Each person once, with a seat of theirs and the rows they are told about."""
    seats: dict[str, Recipient] = {}
    rows: dict[str, list[Any]] = {}
    for row, seat in pairs:
        if seat.person == but:
            continue
        seats.setdefault(seat.person, seat)
        own = rows.setdefault(seat.person, [])
        if row not in own:
            own.append(row)
    return ((seat, rows[person]) for person, seat in seats.items())


def say_of(texts: Sequence[str]) -> str:
    """Of many rows the first is named."""
    if len(texts) == 1:
        return texts[0]
    return say("{first}（等 {count} 件）", first=texts[0], count=len(texts))


def message(
    template: str,
    cause: str,
    seat: Recipient,
    about: Sequence[Any],
    title: str,
    text: str,
    now: Any,
    urgent: bool = False,
) -> Message:
    return Message(
        person=seat.person,
        seat=seat.actor_id,
        template=template,
        cause=cause,
        subject_table=about[0]._meta.db_table if about else "",
        subject_id=about[0].pk if about else None,
        also=[row.pk for row in about[1:]] or None,
        title=kept(title),
        text=kept(text),
        urgent=urgent,
        at=now,
    )
