"""What waits for a seat: the numbers in the side bar are those of the rows, are counted by one statement, and are never old."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hengjian.authorities.models import Seat
from hengjian.kernel import clock
from hengjian.results.acts.triage_objection import accept_objection
from hengjian.results.models import Objection
from hengjian.web import work
from hengjian.web.room import alarms, queue
from tests.pages.stage import Stage, stage

NOW = "2026-09-30T10:00"


def seats(made: Stage) -> list[Seat]:
    return [made.clerk, made.responsible, made.reviewer, made.head, made.foreign, made.supervisor]


def by_rows(seat: Seat) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for model, rows in work.waiting(seat).items():
        menu = queue()[model].menu
        numbers[menu] = numbers.get(menu, 0) + len(rows)
    return numbers


@pytest.mark.django_db
def test_the_numbers_are_those_of_the_rows_and_follow_every_act() -> None:
    with clock.at(NOW):
        made = stage(candidates=4).objected(accepted=False)
        before = {seat.pk: work.counts(seat) for seat in seats(made)}
        assert before == {seat.pk: by_rows(seat) for seat in seats(made)}
        accept_objection(made.reviewer, Objection.objects.get())
        after = {seat.pk: work.counts(seat) for seat in seats(made)}
        assert after == {seat.pk: by_rows(seat) for seat in seats(made)}
    reviewer, responsible = made.reviewer.pk, made.responsible.pk
    assert sum(after[reviewer].values()) == sum(before[reviewer].values()) - 1, "judged"
    assert sum(after[responsible].values()) == sum(before[responsible].values()) + 1, "to be answered"


@pytest.mark.django_db
def test_the_numbers_are_of_the_day_and_of_the_place() -> None:
    """What is kept between two pages is kept for this role, reach and day alone."""
    with clock.at(NOW):
        made = stage(candidates=4).objected()
        assert work.counts(made.foreign) == by_rows(made.foreign)
        assert work.counts(made.foreign) != work.counts(made.reviewer)
    with clock.at("2027-01-04T10:00"):
        assert work.counts(made.reviewer) == by_rows(made.reviewer)


@pytest.mark.django_db
def test_one_statement_counts_everything_and_none_is_sent_to_make_it() -> None:
    with clock.at(NOW):
        made = stage(candidates=4).objected()
        for seat in seats(made):
            with CaptureQueriesContext(connection) as sent:
                work.waiting(seat)
            assert len(sent) == 0, "what is kept must hold nothing that was read"
            with CaptureQueriesContext(connection) as sent:
                work.counts(seat)
            assert len(sent) <= 1, seat


@pytest.mark.django_db
def test_every_line_of_the_queue_is_one_of_the_rows() -> None:
    with clock.at(NOW):
        made = stage(candidates=4).objected()
        for seat in seats(made):
            expected = sum(len(rows) for rows in work.waiting(seat).values())
            alarming = sum(len(list(alarm(seat))) for alarm in alarms())
            assert len(work.lines(seat)) == expected + alarming, seat
