"""Issuing in parallel: no gap, no duplicate, on both databases (R61)."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.db import connection, connections

from hengjian.certificates.acts.issue_certificates import issue_certificates
from hengjian.certificates.models import Certificate
from hengjian.kernel import clock
from hengjian.results.models import ResultSheet
from hengjian.results.states import SheetState
from tests.world import a_filed_institution, a_province
from tests.world_after import a_filed_sheet, seats_of, some_people, the_day_after

THREADS, PEOPLE = 6, 4


@pytest.fixture
def sheets(transactional_db: None) -> Iterator[list[ResultSheet]]:
    """Several batches of one institution and level, all ready to be issued at the same moment."""
    with clock.at("2026-05-06T09:00"):
        a_province()
        institution = a_filed_institution()
        yield [a_filed_sheet(institution=institution, people=some_people(PEOPLE)) for _ in range(THREADS)]


def test_certificates_issued_at_the_same_moment_leave_no_gap_and_no_double(sheets: list[ResultSheet]) -> None:
    barrier, failures = threading.Barrier(THREADS), []

    def issue(sheet: ResultSheet) -> None:
        try:
            with clock.at(the_day_after(sheet)):
                responsible = seats_of(sheet.batch.plan)[1]
                barrier.wait(30)
                issue_certificates(responsible, sheet)
        except BaseException as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=issue, args=(sheet,)) for sheet in sheets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert failures == []
    numbers = sorted(Certificate.objects.order_by("pk").values_list("number", flat=True))
    assert [int(number[-6:]) for number in numbers] == list(range(1, THREADS * PEOPLE + 1)), connection.vendor
    assert len({number[:-6] for number in numbers}) == 1
    assert ResultSheet.objects.filter(state=SheetState.CERTIFIED).count() == THREADS


def test_the_same_sheet_issued_twice_at_the_same_moment_is_issued_once(sheets: list[ResultSheet]) -> None:
    sheet, barrier, answers = sheets[0], threading.Barrier(2), []

    def issue() -> None:
        try:
            with clock.at(the_day_after(sheet)):
                responsible = seats_of(sheet.batch.plan)[1]
                barrier.wait(30)
                issue_certificates(responsible, ResultSheet.objects.get(pk=sheet.pk))
                answers.append("issued")
        except Exception as refused:
            answers.append(type(refused).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=issue) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert sorted(answers) == ["Refused", "issued"]
    assert Certificate.objects.count() == PEOPLE
