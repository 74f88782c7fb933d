"""Commands on the database: the log verified, exported, proved; what is due performed; keys rotated; files of the log."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from hengjian.kernel import guard, guard_sql, log_key, publication, sealer
from hengjian.kernel.models import Entry
from tests.cli.running import Hengjian
from tests.world import a_filed_institution, a_supervisor, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def some_acts(in_march: object, db: None) -> None:
    a_filed_institution()
    sealer.seal()


def test_a_sound_log_is_consistent(run: Hengjian, some_acts: None) -> None:
    ran = run("log", "verify", "--json")
    assert ran.status == 0
    assert ran.data["consistent"] and ran.data["entries"] == Entry.objects.count() == ran.data["sealed"]


def test_a_row_changed_behind_the_acts_is_found_and_named(run: Hengjian, some_acts: None) -> None:
    from django.db import connection

    guard_sql.remove(connection)
    try:
        with guard.opened("tamper test"), connection.cursor() as cursor:
            cursor.execute("UPDATE institutions_institution SET address = '别处'")
    finally:
        guard_sql.install(connection)
    ran = run("log", "verify", "--json")
    assert ran.status == 1
    assert [found["table"] for found in ran.data["differences"]] == ["institutions_institution"]


def test_a_receipt_is_verified_with_the_published_key_and_a_changed_one_is_not(
    run: Hengjian, some_acts: None, tmp_path: Path
) -> None:
    entry = Entry.objects.order_by("-idx")[0]
    file = tmp_path / "receipt.txt"
    file.write_text(publication.receipt_of(entry, opened=True), encoding="utf-8")
    ran = run("log", "verify-receipt", str(file), "--json")
    assert (ran.status, ran.data["index"], ran.data["leaf"]["act"]) == (0, entry.idx, entry.act)
    assert run("log", "verify-receipt", str(file), "--vkey", str(log_key.verifier())).status == 0
    file.write_text(file.read_text(encoding="utf-8").replace("index ", "index 1"), encoding="utf-8")
    assert run("log", "verify-receipt", str(file)).status == 1
    assert run("log", "verify-receipt", str(file), "--vkey", "no key").status == 2


def test_the_log_is_exported_as_files_whose_head_verifies(run: Hengjian, some_acts: None, tmp_path: Path) -> None:
    ran = run("log", "export", str(tmp_path / "log"), "--json")
    assert ran.data["size"] == Entry.objects.count()
    assert (tmp_path / "log/vkey").read_text().strip() == str(log_key.verifier())
    assert (tmp_path / "log/checkpoint").read_text() == sealer.latest().note  # type: ignore[union-attr]


def test_tick_performs_what_is_due_and_seals(run: Hengjian, in_march: object, at: object) -> None:
    institution = a_filed_institution()
    at("2036-01-05T09:00")  # type: ignore[operator]
    ran = run("tick", "--json")
    assert ran.status == 0 and ran.data["performed"] >= 1
    institution.refresh_from_db()
    assert institution.state == "ended"
    assert ran.data["sealed"] == Entry.objects.count()


def test_sealing_twice_adds_nothing(run: Hengjian, some_acts: None) -> None:
    first = run("log", "seal", "--json").data
    assert run("log", "seal", "--json").data == first


def test_rows_move_to_the_new_key_and_the_log_still_verifies(run: Hengjian, in_march: object, settings: object) -> None:
    from hengjian.authorities.acts.rotate_keys import under_other_keys
    from hengjian.authorities.models import Account
    from hengjian.personnel.models import Supervisor

    supervisor = a_supervisor(phone="13900000001")
    assert under_other_keys(Supervisor) == []
    settings.FIELD_KEYS = f"k2:{secrets.token_hex(32)},{settings.FIELD_KEYS}"  # type: ignore[attr-defined]
    assert under_other_keys(Supervisor) == [supervisor.pk]
    ran = run("keys", "rotate", "--json")
    assert ran.data == {
        "key": "k2",
        "rotated": {"authorities_account": Account.objects.count(), "personnel_supervisor": 1},
    }
    assert under_other_keys(Supervisor) == []
    supervisor.refresh_from_db()
    assert supervisor.phone == "13900000001"
    assert run("log", "verify").status == 0
    assert run("keys", "rotate", "--json").data["rotated"] == {}


def test_only_the_operator_rotates_keys(in_march: object) -> None:
    from hengjian.authorities.acts.rotate_keys import rotate_keys
    from hengjian.authorities.roles import Role
    from tests.world import a_seat

    supervisor = a_supervisor()
    with refused("kernel.role"):
        rotate_keys(a_seat(Role.CENTRE_HEAD), [supervisor])


def test_a_draw_that_is_not_public_is_not_exported(run: Hengjian, in_march: object) -> None:
    ran = run("draw", "export", "D-2026-0001")
    assert (ran.status, "尚未公开" in ran.out) == (1, True)


def test_migrate_says_what_stands(run: Hengjian) -> None:
    ran = run("migrate", "--json")
    assert ran.status == 0 and ran.data["tables"] > 20
