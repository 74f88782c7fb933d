"""On PostgreSQL the application's role changes a case by an act only and the log not at all; the sealer's numbers and signs.

The attack: somebody holds the application's database password and speaks SQL. Naming an act is not enough, openings are
not blanked, entries and checkpoints are not put in, nothing is re-dated or replaced; and what can be appended is appended
by an act that names itself, and found by `verify` where it does not fit.
"""

from __future__ import annotations

import json

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, connection, transaction

from hengjian.authorities.acts.load_areas import AreaRow, load_areas
from hengjian.authorities.acts.open_seat import end_seat
from hengjian.authorities.models import Seat, User
from hengjian.authorities.roles import Role
from hengjian.kernel import clock, grants, guard, sealer
from hengjian.kernel.act import CATALOGUE, Doing, act
from hengjian.kernel.actor import BY_OPERATOR, OPERATOR
from hengjian.kernel.erasure import forget
from hengjian.kernel.facts import canonical
from hengjian.kernel.models import Entry, EntryRow
from hengjian.kernel.tlog.merkle import leaf_hash
from hengjian.kernel.verification import verify
from tests.kernel.places import offices, seat
from tests.kernel.scratch import Blanked
from tests.kernel.two_roles import APPLICATION, SEALER, acting_as, roles

__all__ = ["roles"]  # a fixture
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def held(roles: None) -> Seat:
    """A seat, opened by the application's role and sealed by the sealer's."""
    with acting_as(APPLICATION):
        found = seat(Role.CENTRE_REVIEWER, offices()["13/1302/"])
    with acting_as(SEALER):
        sealer.seal()
    assert verify().differences == []
    return found


def attacked(*statements: str, role: str = APPLICATION) -> None:
    """The statements in one transaction, committed, by somebody who speaks SQL under the role."""
    with acting_as(role), guard.opened("grant test"), transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


NAMED = "SELECT set_config('hengjian.act', 'authorities.end_seat', true)"
CHANGED = "UPDATE authorities_seat SET place_name = 'x'"


def test_acts_and_sign_in_work_under_the_application_s_role(held: Seat) -> None:
    with acting_as(APPLICATION):
        end_seat(OPERATOR, held, reason="调离本岗位")
        User.objects.filter(pk=held.user_id).update(last_login=clock.now())
        session = SessionStore()
        session["seen"] = "today"
        session.save()
        assert verify().differences == []
    with acting_as(SEALER):
        assert sealer.seal() is not None
    assert Entry.objects.filter(idx=None).count() == 0
    assert verify().differences == []


def test_many_rows_at_once_are_committed_to_in_parts(held: Seat, monkeypatch) -> None:
    from hengjian.kernel import ledger

    monkeypatch.setattr(ledger, "_AT_ONCE", 2)
    more = tuple(
        AreaRow(f"13020{n}", f"13/1302/13020{n}/", f"演示区{n}", "county", f"演示区{n}演示局") for n in range(5, 9)
    )
    before = EntryRow.objects.count()
    with acting_as(APPLICATION):
        load_areas(OPERATOR, rows=more, source="测试")
    assert EntryRow.objects.count() >= before + 8
    assert verify().differences == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM authorities_area",
        "DELETE FROM kernel_entry",
        "UPDATE kernel_entry SET leaf = ''",
        "UPDATE kernel_entry SET idx = 0",
        "UPDATE kernel_entry SET at = at - interval '400 days'",
        "UPDATE kernel_entry SET salt = NULL, details = NULL",
        "UPDATE kernel_entryrow SET salt = NULL",
        "UPDATE kernel_entryrow SET commitment = ''",
        "INSERT INTO kernel_entryrow (entry_id, position, \"table\", row_id, commitment) VALUES (1, 9, 'x', 1, '')",
        "INSERT INTO kernel_entry (leaf, leaf_hash, act, at, actor, subject_table, lane, place)"
        " VALUES ('', '', 'x', now(), 'x', '', 0, 0)",
        "UPDATE kernel_checkpoint SET note = ''",
        "UPDATE kernel_checkpoint SET at = at - interval '400 days'",
        "DELETE FROM kernel_checkpoint",
        "INSERT INTO kernel_checkpoint (size, root, note, at) VALUES (9, '', '', now())",
        "UPDATE kernel_tile SET data = ''",
        "UPDATE kernel_lane SET last = last - 1",
        "INSERT INTO hengjian_openact (xid, act, entry) VALUES (pg_current_xact_id(), 'x', 1)",
        "UPDATE hengjian_openact SET entry = 1",
        "DELETE FROM hengjian_openact",
        "ALTER TABLE kernel_entry DISABLE TRIGGER ALL",
        "DROP TABLE kernel_entry",
        "DROP FUNCTION hengjian_closed CASCADE",
        "SET session_replication_role = replica",
        "CREATE TABLE public.kernel_shadow (id int)",
    ],
)
def test_rewriting_is_refused_by_the_database(held: Seat, statement: str) -> None:
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
        attacked(NAMED, statement)


@pytest.mark.parametrize(
    ("statements", "reason"),
    [
        ([CHANGED], "written only by acts"),
        ([NAMED, CHANGED], "no entry was appended"),
        ([NAMED, "SET CONSTRAINTS ALL IMMEDIATE", CHANGED], "no entry was appended"),
        ([NAMED, "SAVEPOINT a", CHANGED, "RELEASE SAVEPOINT a", "SET CONSTRAINTS ALL IMMEDIATE"], "no entry was appended"),
        ([NAMED, "INSERT INTO authorities_area (revision, code, path, name, kind) VALUES (1, '139999', '13/1399/', 'x', 'city')"], "no entry was appended"),
        (["SELECT hengjian_blank(ARRAY(SELECT id FROM kernel_entry), '{}')"], "only by an act of erasure"),
        ([NAMED, "SELECT hengjian_blank(ARRAY(SELECT id FROM kernel_entry), '{}')"], "no entry was appended"),
        ([NAMED, "SELECT hengjian_append_rows(1, 9, '{x}', '{1}', '{x}', '{x}')"], "with their entry only"),
    ],
)  # fmt: skip
def test_naming_an_act_is_not_enough(held: Seat, statements: list[str], reason: str) -> None:
    with pytest.raises(DatabaseError, match=reason):
        attacked(*statements)
    assert verify().differences == []


def appended(
    said: dict[str, object], *, act: str = "authorities.end_seat", digest: bytes | None = None
) -> list[object]:
    leaf = canonical(said)
    return [leaf, digest or leaf_hash(leaf), act, clock.now(), "seat:1", "", None, b"s" * 32, b"d", None]


def append(arguments: list[object], *before: str, rows: str = "'{}', '{}', '{}', '{}'") -> None:
    with acting_as(APPLICATION), guard.opened("grant test"), transaction.atomic(), connection.cursor() as cursor:
        for statement in before:
            cursor.execute(statement)
        marks = ", ".join(["%s"] * len(arguments))
        cursor.execute(f"SELECT hengjian_append({marks}, {rows})", arguments)


def test_an_entry_is_appended_only_by_the_act_it_names(held: Seat) -> None:
    with clock.at("2026-11-28T09:00"):
        said = {"act": "authorities.end_seat", "at": clock.now().isoformat(), "c": "", "n": 0, "p": [], "r": "", "v": 2}
        with pytest.raises(DatabaseError, match="by that act only"):
            append(appended(said))
        with pytest.raises(DatabaseError, match="by that act only"):
            append(appended(said, act="authorities.open_seat"), NAMED)
        with pytest.raises(DatabaseError, match="what its leaf says"):
            append(appended(said | {"act": "authorities.open_seat"}), NAMED)
        with pytest.raises(DatabaseError, match="what its leaf says"):
            append(appended(said | {"at": "2025-10-24T09:00:00+08:00"}), NAMED)
        with pytest.raises(DatabaseError, match="what its leaf says"):
            append(appended(said, digest=bytes(32)), NAMED)
        with pytest.raises(DatabaseError, match="not all of one"):
            append(appended(said | {"n": 3}), NAMED, CHANGED)
        with pytest.raises(DatabaseError, match="what its leaf says"):
            append(appended(said), NAMED, rows="'{x}', '{1}', '{x}', '{x}'")
        renamed = "SELECT set_config('hengjian.act', 'authorities.open_seat', true)"
        with pytest.raises(DatabaseError, match=r"under authorities\.end_seat and no entry"):
            append(
                appended(said | {"act": "authorities.open_seat"}, act="authorities.open_seat"), NAMED, CHANGED, renamed
            )
    assert verify().differences == []


def test_a_whole_act_forged_in_sql_stands_in_the_log_and_is_named_by_verify(held: Seat) -> None:
    """Who holds the application's password can append; never unseen, and never so that it opens."""
    with clock.at("2026-11-28T09:00"):
        said = {"act": "authorities.end_seat", "at": clock.now().isoformat(), "c": "", "n": 0, "p": [], "r": "", "v": 2}
        append(appended(said), NAMED, CHANGED)
    found = {(item.kind, item.table) for item in verify().differences}
    assert ("entry_edited", "kernel_entry") in found
    assert ("edited", "authorities_seat") in found


def test_writing_after_the_entry_needs_another_entry(held: Seat) -> None:
    with clock.at("2026-11-28T09:00"):
        said = {"act": "authorities.end_seat", "at": clock.now().isoformat(), "c": "", "n": 0, "p": [], "r": "", "v": 2}
        with (
            pytest.raises(DatabaseError, match="no entry was appended"),
            acting_as(APPLICATION),
            guard.opened("grant test"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(NAMED)
            arguments = appended(said)
            cursor.execute(f"SELECT hengjian_append({', '.join(['%s'] * len(arguments))}, '{{}}', '{{}}', '{{}}', '{{}}')", arguments)  # fmt: skip
            cursor.execute(CHANGED)
    assert verify().differences == []


def test_an_act_of_erasure_blanks_under_the_application_s_role(held: Seat) -> None:
    def body(doing: Doing[Seat]) -> Blanked:
        """抹去测试席位。"""
        doing.subject.place_name = "（已抹去）"
        forget(doing, [doing.subject])
        return Blanked(1)

    erase = act("authorities.test_grants_blank", Seat, by=BY_OPERATOR)(body)
    try:
        with acting_as(APPLICATION):
            erase(OPERATOR, held)
    finally:
        CATALOGUE.pop("authorities.test_grants_blank")
    assert Entry.objects.get(act="authorities.open_seat").details is None
    assert verify().differences == []


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT details FROM kernel_entry",
        "SELECT salt FROM kernel_entryrow",
        "SELECT * FROM authorities_seat",
        "SELECT * FROM authorities_user",
        "UPDATE authorities_seat SET place_name = 'x'",
        "UPDATE kernel_entry SET leaf = ''",
        "UPDATE kernel_entry SET salt = NULL, details = NULL",
        "UPDATE kernel_checkpoint SET note = ''",
        "DELETE FROM kernel_checkpoint",
        "SELECT hengjian_append('', '', 'x', now(), '', '', NULL, '', '', NULL, '{}', '{}', '{}', '{}')",
        "SELECT hengjian_blank('{}', '{}')",
    ],
)
def test_the_sealer_sees_hashes_and_writes_no_case(held: Seat, statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        attacked(NAMED, statement, role=SEALER)


def test_the_sealer_renumbers_nothing(held: Seat) -> None:
    with pytest.raises(DatabaseError, match="never changed"):
        attacked("UPDATE kernel_entry SET idx = idx + 100 WHERE idx IS NOT NULL", role=SEALER)


def test_granting_to_somebody_who_may_do_everything_is_refused(roles: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (owner,) = cursor.fetchone()
    with pytest.raises(grants.NoUseGranting, match="没有意义"):
        grants.grant_application(connection, owner)
    with pytest.raises(grants.NoUseGranting, match="没有角色"):
        grants.grant_sealer(connection, "nobody_of_this_name")


def test_no_token_is_left_behind(held: Seat) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM hengjian_openact")
        assert cursor.fetchone() == (0,)
    assert json.loads(bytes(Entry.objects.order_by("pk")[0].leaf))["v"] == 2
