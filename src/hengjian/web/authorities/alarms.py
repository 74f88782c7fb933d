"""Deadlines that run into a year whose holidays are not entered: they are provisional until somebody enters them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse

from hengjian.authorities.acts.enter_calendar_year import enter_calendar_year
from hengjian.authorities.models import Seat
from hengjian.kernel import clock
from hengjian.kernel.case import case_models
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.tally import Tally
from hengjian.kernel.words import say
from hengjian.web.work import Line


def provisional_deadlines(seat: Seat) -> list[Line]:
    """For whoever enters the calendar: how many deadlines of its area wait for it; one statement."""
    if not any(by.role_code == seat.role_code for by in enter_calendar_year.header.by):
        return []
    today, sets = clock.today(), []
    for model in case_models():
        for deadline in model.deadlines:
            rows: models.QuerySet[Any] = disclosed(model, seat)
            sets.append(rows.filter(**{deadline.provisional: True, f"{deadline.on}__gte": today}))
    number = sum(Tally(sets).read())
    if not number:
        return []
    return [
        Line(
            href=reverse("calendar"),
            title=say("{number} 个期限是暂定的", number=number),
            under="所到的年份还没有录入放假安排，录入后自动重新计算。",
            task=enter_calendar_year.header.title,
        )
    ]
