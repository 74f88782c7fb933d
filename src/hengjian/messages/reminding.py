"""Reminders before and on the day of a deadline: of every deadline a model declares, to whoever must act by then.

Each is one cause (case kind, deadline, day, how many days before), so that running it again tells nobody twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from hengjian.kernel.acts_catalogue import catalogue, turns_of
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.case import CaseModel, case_models
from hengjian.kernel.clock import ZONE
from hengjian.kernel.deadline import Deadline
from hengjian.kernel.law import Law, nationwide
from hengjian.kernel.words import say
from hengjian.messages.claims import BEGINS, DEADLINE
from hengjian.messages.declared import AHEAD, Ahead
from hengjian.messages.models import Message
from hengjian.messages.policies import REMIND_BEFORE, REMIND_HOURS
from hengjian.messages.telling import by_person, keep, message, say_of, seats_for


def remind(now: datetime) -> int:
    """Write the reminders of this day; how many were made. Those of the day that stand already are kept as they are."""
    catalogue()
    days = days_ahead(now.date())
    made = [
        each
        for model in case_models()
        for deadline in model.deadlines
        for ahead, day in days.items()
        for each in _of(model, deadline, ahead, day, now)
    ]
    made += [each for ahead in AHEAD.values() for each in _begin(ahead, now)]
    known = set(Message.objects.filter(cause__in={each.cause for each in made}).values_list("cause", "person"))
    fresh = [each for each in made if (each.cause, each.person) not in known]
    keep(fresh)
    return len(fresh)


def days_ahead(today: date) -> dict[int, date]:
    """Working days before → the day whose deadlines are reminded of today; none on a day off."""
    calendar, before = stored_calendar(), nationwide(today).policy(REMIND_BEFORE)
    if not calendar.is_working_day(today):
        return {}
    return {ahead: calendar.add_working_days(today, ahead).on if ahead else today for ahead in before}


def hours_left(moment: datetime, now: datetime, law: Law) -> int | None:
    """The shortest of the rule's spans that this moment lies within; None while it is further off, or has come."""
    left = moment - now
    within = [hours for hours in law.policy(REMIND_HOURS) if timedelta() < left <= timedelta(hours=hours)]
    return min(within, default=None)


def _begin(ahead: Ahead, now: datetime) -> Iterable[Message]:
    """Urgent: it does not wait for the morning. Where the moment is moved, it is told anew."""
    law = nationwide(now.date())
    until = now + timedelta(hours=max(law.policy(REMIND_HOURS), default=0))
    for row, moment in ahead.begins(now, until):
        hours = hours_left(moment, now, law)
        if hours is None or not ahead.holds(row):
            continue
        at = f"{moment.astimezone(ZONE):%Y-%m-%d %H:%M}"
        text = say("{case}：{at} 开始，不到 {hours} 小时。", case=str(row), at=at, hours=hours)
        cause = f"ahead:{ahead.code}:{row.pk}:{at}:{hours}"
        for seat, of in by_person(seats_for([row], ahead.to), ""):
            yield message(f"{BEGINS}{ahead.code}", cause, seat, of, ahead.title, text, now, urgent=True)


def _of(model: type[CaseModel], deadline: Deadline, ahead: int, day: date, now: datetime) -> Iterable[Message]:
    rows = [
        row
        for row in model._base_manager.filter(**{deadline.on: day}).order_by("pk")
        if turns_of(model, getattr(row, "state", ""))
    ]
    bys = list(
        dict.fromkeys(by for row in rows for act in turns_of(model, getattr(row, "state", "")) for by in act.header.by)
    )
    cause = f"deadline:{model._meta.db_table}:{deadline.name}:{day}:{ahead}"
    for seat, of in by_person(seats_for(rows, bys), ""):
        named = say_of([str(row) for row in of])
        text = (
            say("{case}：今日到期（{day}）。", case=named, day=day)
            if ahead == 0
            else say("{case}：{day} 到期，还有 {ahead} 个工作日。", case=named, day=day, ahead=ahead)
        )
        yield message(f"{DEADLINE}{model._meta.db_table}.{deadline.name}", cause, seat, of, "期限提醒", text, now)
