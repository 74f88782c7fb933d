"""On PostgreSQL a batch lives its whole life with no more rights than production gives: acts under one role, seals under another."""

from __future__ import annotations

import pytest
from django.db import connection

from hengjian.demo import play
from hengjian.kernel import sealer
from hengjian.kernel.models import Entry
from hengjian.kernel.verification import verify
from tests.kernel.two_roles import APPLICATION, SEALER, acting_as, roles

__all__ = ["roles"]  # a fixture
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_a_batch_lives_its_whole_life_under_the_two_roles(roles: None, monkeypatch: pytest.MonkeyPatch) -> None:
    ordinary = sealer.seal

    def by_the_sealer() -> object:
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {SEALER}")
            try:
                return ordinary()
            finally:
                cursor.execute(f"SET ROLE {APPLICATION}")

    monkeypatch.setattr(sealer, "seal", by_the_sealer)
    with acting_as(APPLICATION):
        told = [step.code for step in play.play()]
        assert verify().differences == []
    assert {"rosters.file_roster", "supervision.reveal_and_draw", "certificates.issue_certificates"} <= set(told)
    assert not Entry.objects.filter(idx__isnull=True).exists()
