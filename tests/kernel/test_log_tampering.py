"""Whatever is done to the database behind the acts is found and located, to the row (M2)."""

from __future__ import annotations

import os
import random

import pytest
from django.db import connection

from hengjian.authorities.acts.open_seat import end_seat
from hengjian.authorities.models import Area, Seat
from hengjian.authorities.roles import Role
from hengjian.kernel import guard, guard_sql, sealer
from hengjian.kernel.act import CATALOGUE, Doing, act
from hengjian.kernel.actor import BY_OPERATOR, OPERATOR
from hengjian.kernel.erasure import forget
from hengjian.kernel.models import Checkpoint, Entry, EntryRow, Tile
from hengjian.kernel.verification import verify
from tests.kernel.places import offices, seat
from tests.kernel.scratch import Blanked

# Exhaustive runs set 1,000; the ordinary suite does a sample of the same kinds.
ROUNDS = int(os.environ.get("HENGJIAN_TAMPERINGS", "60"))


@pytest.fixture
def a_sealed_log(transactional_db):
    places = offices()
    for number, office in enumerate(places.values()):
        for role in (Role.CENTRE_REVIEWER, Role.CENTRE_HEAD, Role.AUDITOR):
            held = seat(role, office, f"演示{number}")
            if number % 2:
                end_seat(OPERATOR, held, reason="调离，情况属实")
    sealer.seal()
    seat(Role.DISTRICT_OFFICER, places["13/1302/"])
    sealer.seal()
    assert verify().differences == []
    with guard.opened("tamper test"):
        guard_sql.remove(connection)
        yield places
        guard_sql.install(connection)


def _statements(rng: random.Random):
    """(what must be reported, SQL, parameters, undo SQL, undo parameters): one tampering of a random kind."""
    seats = list(Seat.objects.order_by("pk").values_list("pk", flat=True))
    kind = rng.choice(
        ["edit", "delete", "insert", "swap_rows", "leaf", "order", "opening", "row", "head", "tile", "drop_entry"]
    )
    if kind == "edit":
        table, column = rng.choice([("authorities_seat", "place_name"), ("authorities_area", "name")])
        pk = rng.choice(
            list((Seat if table == "authorities_seat" else Area).objects.order_by("pk").values_list("pk", flat=True))
        )
        return ("edited", table, pk), f"UPDATE {table} SET {column} = {column} || 'x' WHERE id = {pk}"
    if kind == "delete":
        pk = rng.choice(seats)
        return ("deleted", "authorities_seat", pk), f"DELETE FROM authorities_seat WHERE id = {pk}"
    if kind == "insert":
        return (
            ("inserted", "authorities_area", 987654321),
            "INSERT INTO authorities_area (id, revision, code, path, name, kind) VALUES (987654321, 1, '139999', '13/1399/', 'x', 'city')",
        )
    if kind == "swap_rows":
        one, two = rng.sample(seats, 2)
        return (
            ("edited", "authorities_seat", one),
            f"UPDATE authorities_seat SET role = CASE id WHEN {one} THEN 'supervisor' ELSE 'clerk' END WHERE id IN ({one}, {two})",
        )
    entries = list(Entry.objects.filter(idx__isnull=False).order_by("pk").values_list("pk", "idx"))
    pk, idx = rng.choice(entries)
    if kind == "leaf":
        return ("leaf_edited", "kernel_entry", pk), f"UPDATE kernel_entry SET leaf = {_flip('leaf')} WHERE id = {pk}"
    if kind == "order":
        other, other_idx = rng.choice([item for item in entries if item[0] != pk])
        return (
            ("root_differs", "kernel_checkpoint", None),
            [
                f"UPDATE kernel_entry SET idx = -1 WHERE id = {pk}",
                f"UPDATE kernel_entry SET idx = {idx} WHERE id = {other}",
                f"UPDATE kernel_entry SET idx = {other_idx} WHERE id = {pk}",
            ],
        )
    if kind == "opening":
        column = rng.choice(["details", "salt"])
        return (
            "entry_edited",
            "kernel_entry",
            pk,
        ), f"UPDATE kernel_entry SET {column} = {_flip(column)} WHERE id = {pk}"
    if kind == "row":
        row = rng.choice(list(EntryRow.objects.order_by("pk").values_list("pk", "entry_id")))
        return (
            "rows_edited",
            "kernel_entryrow",
            row[1],
        ), f"UPDATE kernel_entryrow SET commitment = {_flip('commitment')} WHERE id = {row[0]}"
    if kind == "head":
        head = rng.choice(list(Checkpoint.objects.order_by("pk").values_list("pk", flat=True)))
        return (
            "head_edited",
            "kernel_checkpoint",
            head,
        ), f"UPDATE kernel_checkpoint SET size = size + 1000 WHERE id = {head}"
    if kind == "tile":
        n = Tile.objects.order_by("pk").values_list("n", flat=True).first()
        return ("tile_edited", "kernel_tile", n), f"UPDATE kernel_tile SET data = {_flip('data')} WHERE level = 0"
    return ("entry_missing", "kernel_entry", None) if idx < len(entries) - 1 else (
        "head_ahead",
        "kernel_checkpoint",
        None,
    ), [
        f"DELETE FROM kernel_entryrow WHERE entry_id = {pk}",
        f"DELETE FROM kernel_entry WHERE id = {pk}",
    ]


def _flip(column: str) -> str:
    """An expression that changes the last byte of a binary column."""
    if connection.vendor == "postgresql":
        return f"set_byte({column}, length({column}) - 1, get_byte({column}, length({column}) - 1) # 1)"
    last = f"CASE WHEN substr({column}, -1) = x'7f' THEN x'01' ELSE x'7f' END"
    return f"CAST(substr({column}, 1, length({column}) - 1) || {last} AS BLOB)"


def test_random_tamperings_are_all_found_and_located(a_sealed_log) -> None:
    rng = random.Random(20260924)
    missed = []
    for number in range(ROUNDS):
        (kind, table, pk), statements = _statements(rng)
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                for statement in [statements] if isinstance(statements, str) else statements:
                    cursor.execute(statement)
                found = verify().differences
            finally:
                cursor.execute("ROLLBACK")
        located = any(item.table == table and (pk is None or item.row_id == pk) and item.kind == kind for item in found)
        if not located:
            missed.append((number, kind, table, pk, found[:3]))
    assert missed == []
    assert verify().differences == []


def test_erasure_destroys_what_opens_and_the_log_still_verifies(transactional_db) -> None:
    held = seat(Role.CENTRE_REVIEWER, offices()["13/1302/"])
    sealer.seal()

    def body(doing: Doing[Seat]) -> Blanked:
        """抹去测试席位。"""
        doing.subject.place_name = "（已抹去）"
        forget(doing, [doing.subject])
        return Blanked(1)

    erase = act("authorities.test_blank", Seat, by=BY_OPERATOR)(body)
    try:
        erase(OPERATOR, held)
    finally:
        CATALOGUE.pop("authorities.test_blank")
    sealer.seal()
    assert verify().differences == []
    opened = EntryRow.objects.filter(table="authorities_seat", row_id=held.pk, salt__isnull=False)
    assert opened.count() == 1  # only the commitment of the erasing act opens
    first = Entry.objects.get(act="authorities.open_seat")
    assert first.details is None
    assert first.salt is None


def test_the_belt_holds_without_the_wrapper(transactional_db) -> None:
    """With the guard's wrapper taken off, the database itself refuses to rewrite the log."""
    from django.db import DatabaseError

    seat(Role.CENTRE_REVIEWER, offices()["13/1302/"])
    sealer.seal()
    statements = [
        "DELETE FROM kernel_entry",
        "UPDATE kernel_entry SET act = 'x'",
        "UPDATE kernel_entry SET idx = 5",
        "UPDATE kernel_entryrow SET row_id = 5",
        "DELETE FROM kernel_checkpoint",
    ]
    if connection.vendor == "postgresql":
        statements.append("UPDATE authorities_area SET name = 'x'")
    for statement in statements:
        with guard.opened("belt test"), connection.cursor() as cursor, pytest.raises(DatabaseError):
            cursor.execute(statement)
