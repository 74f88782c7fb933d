"""Admission tickets: printed by the institution, one for everybody admitted, with the code only the holder gets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hengjian.kernel import codes
from hengjian.rosters.models import Candidate
from tests.pages.stage import stage

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Any], Client]


def test_every_candidate_has_a_ticket_with_the_code_in_groups(client_of: ClientOf) -> None:
    made = stage(candidates=3)
    page = client_of(made.clerk).get(f"/rosters/{made.batch.pk}/tickets/").content.decode()
    for candidate in Candidate.objects.filter(batch=made.batch).order_by("row"):
        assert candidate.ticket_code is not None
        for said in (candidate.name, candidate.ticket, candidate.masked_number, codes.grouped(candidate.ticket_code)):
            assert said in page
        assert candidate.document_number not in page
    assert page.count('<article class="ticket">') == 3
    assert "打印准考证" in client_of(made.clerk).get(f"/rosters/{made.batch.pk}/").content.decode()


def test_no_office_sees_a_ticket_and_before_admission_there_is_none(client_of: ClientOf) -> None:
    made = stage(candidates=3)
    for seat in (made.reviewer, made.head, made.foreign, made.supervisor):
        assert client_of(seat).get(f"/rosters/{made.batch.pk}/tickets/").status_code == 404
    assert "打印准考证" not in client_of(made.reviewer).get(f"/rosters/{made.batch.pk}/").content.decode()
    early = stage(candidates=3, admitted=False)
    assert client_of(early.clerk).get(f"/rosters/{early.batch.pk}/tickets/").status_code == 404
