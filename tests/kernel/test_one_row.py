"""A commitment is made to what stands in the row: the text the database gives back when it is written is the text read
afterwards, for every kind of column; and where it may not be, the row is read anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel import ledger, one_row
from hengjian.kernel.case import case_models
from hengjian.kernel.verification import verify
from hengjian.kernel.writes import Writes, writes_now
from tests.harness.database import past_the_guard
from tests.kernel.places import offices, seat
from tests.world import Province
from tests.world_after import a_certified_sheet

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("in_march")
def test_a_row_is_locked_and_written_as_the_orm_would_and_reads_the_same_afterwards(province: Province) -> None:
    a_certified_sheet()
    seen: set[str] = set()
    for model in case_models():
        row = model._base_manager.order_by("-pk").first()
        if row is None:
            continue
        with past_the_guard("what stands"):
            held = one_row.locked(model, row.pk)
            assert held is not None and not held._state.adding and held._state.db == "default"
            assert _columns(held) == _columns(row), model
            values = [
                (field, field.pre_save(held, False)) for field in model._meta.concrete_fields if not field.primary_key
            ]
            text = one_row.changed(model, row.pk, values)
            assert [(row.pk, text)] == list(ledger.row_texts(model, [row.pk])), model
            assert _columns(model._base_manager.get(pk=row.pk)) == _columns(row), model
        seen |= {type(field).__name__ for field in model._meta.concrete_fields}
    assert {"DateField", "DateTimeField", "DecimalField", "JSONField", "EncryptedTextField", "BooleanField"} <= seen


@pytest.mark.usefixtures("in_march")
def test_after_the_life_of_a_batch_every_row_fits_what_was_committed_to(province: Province) -> None:
    a_certified_sheet()
    assert not [found for found in verify().differences if found.table.startswith(("plans_", "results_", "rosters_"))]


def test_a_row_that_is_not_there_is_neither_locked_nor_written() -> None:
    with past_the_guard("what stands"):
        assert one_row.locked(Seat, 0) is None
        assert one_row.changed(Seat, 0, [(Seat._meta.get_field("place_name"), "无")]) is None


class TestWhatTheDatabaseGaveBackIsKept:
    @pytest.fixture
    def held(self) -> Seat:
        return seat(Role.CENTRE_REVIEWER, offices()["13/1302/"])

    def test_and_spares_the_reading(self, held: Seat) -> None:
        with under_way() as writes:
            held.save()
            assert writes.rows[Seat][held.pk] == stands(held)
            with connection.execute_wrapper(_no_statement):
                assert len(list(ledger._commitments(writes, 16))) == 1

    def test_but_not_of_a_row_made_now(self, held: Seat) -> None:
        with under_way() as writes:
            held.pk, held.role, held._state.adding = None, Role.CENTRE_HEAD, True
            held.save()
            assert writes.rows[Seat] == {held.pk: None} and writes.created[Seat] == [held]

    def test_but_not_inside_a_savepoint_which_may_be_undone(self, held: Seat) -> None:
        with under_way() as writes:
            held.save()
            with pytest.raises(InterruptedError), transaction.atomic():
                held.place_name = "不会留下"
                held.save()
                raise InterruptedError
            assert writes.rows[Seat][held.pk] is None
            (committed,) = ledger._commitments(writes, 16)
            assert committed.commitment == ledger.commitment(committed.salt, stands(held))

    def test_but_not_once_an_act_within_the_act_has_written_the_row_too(self, held: Seat) -> None:
        with under_way() as outer:
            held.save()
            with transaction.atomic():
                token = writes_now.set(inner := Writes())
                held.place_name = "又改了一次"
                held.save()
                writes_now.reset(token)
            assert inner.rows[Seat][held.pk] == stands(held)
            assert outer.rows[Seat][held.pk] is None


@contextmanager
def under_way() -> Iterator[Writes]:
    """As inside an act: its writes are noted."""
    with past_the_guard("what stands"):
        token = writes_now.set(writes := Writes())
        try:
            yield writes
        finally:
            writes_now.reset(token)


def stands(held: Seat) -> bytes:
    ((_, text),) = ledger.row_texts(Seat, [held.pk])
    return text


def _columns(row: object) -> dict[str, object]:
    return {
        name: bytes(value) if isinstance(value, memoryview) else value
        for name, value in vars(row).items()
        if name != "_state"
    }


def _no_statement(*_: object) -> None:
    raise AssertionError("nothing is read again")
