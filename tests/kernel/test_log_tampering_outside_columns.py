"""What was once not noticed: tamperings that leave every column of every case as it is, or leave rubbish in an empty one.

Each is done with the owner's rights, past guard and triggers; each is found and named. Those which only somebody with the
log's own key can do agree with themselves and are found by what an outsider kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from hengjian.authorities.acts.open_seat import end_seat, open_seat
from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.environment import log_key_pair
from hengjian.kernel import clock, guard, guard_sql, log_key, sealed, sealer, verification_outside
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.facts import canonical
from hengjian.kernel.ledger import DETAILS, commitment
from hengjian.kernel.models import Checkpoint, Entry, EntryRow, Lane, Tile
from hengjian.kernel.tlog import note
from hengjian.kernel.tlog.merkle import Frontier, leaf_hash
from hengjian.kernel.verification import verify
from tests.ground import the_user
from tests.kernel.places import offices, seat

MORNING = clock.datetime(2026, 9, 24, 9, tzinfo=clock.ZONE)


@dataclass
class Log:
    """Three checkpoints, two acts not sealed yet, and what an outsider kept after the second checkpoint."""

    seats: list[Seat]
    kept: str


@pytest.fixture
def log(transactional_db):
    seats = []
    with clock.at(MORNING):
        places = offices()
        seats += [seat(Role.CENTRE_REVIEWER, places["13/1302/"]), seat(Role.CENTRE_HEAD, places["13/"])]
        sealer.seal()
    with clock.at(MORNING + timedelta(hours=1)):
        seats.append(seat(Role.AUDITOR, places["13/"]))
        user = the_user("keyed", "演示")
        seats.append(
            open_seat.once("a-click")(OPERATOR, user_id=user.pk, role="auditor", office_id=places["13/1302/"].pk)
        )
        head = sealer.seal()
        assert head is not None
        kept = verification_outside.text_to_keep(log_key.verifier(), head.note)
    with clock.at(MORNING + timedelta(hours=2)):
        end_seat(OPERATOR, seats[0], reason="调离本岗位")
        sealer.seal()
        seats.append(seat(Role.DISTRICT_OFFICER, places["13/1302/"]))
        end_seat(OPERATOR, seats[1], reason="调离本岗位")
    assert verify(steady=True, kept=[verification_outside.kept(kept, "公报")]).differences == []
    with guard.opened("tamper test"):
        guard_sql.remove(connection)
        yield Log(seats, kept)
        guard_sql.install(connection)


@contextmanager
def undone():
    """Everything inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def sql(statement: str, *parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(parameters))


def entry(act: str = "authorities.open_seat", *, sealed_one: bool = True) -> Entry:
    found = Entry.objects.filter(act=act, idx__isnull=not sealed_one).order_by("pk").first()
    assert found is not None
    return found


def heads() -> list[Checkpoint]:
    return list(Checkpoint.objects.order_by("size"))


Found = tuple[str, str, int | None]
TAMPERINGS: dict[str, Callable[[Log], Found]] = {}


def tampering(work: Callable[[Log], Found]) -> Callable[[Log], Found]:
    TAMPERINGS[work.__name__] = work
    return work


@tampering
def an_opening_is_blanked_without_an_act(log: Log) -> Found:
    pk = entry().pk
    sql("UPDATE kernel_entry SET salt = NULL, details = NULL WHERE id = %s", pk)
    return "opening_blanked", "kernel_entry", pk


@tampering
def all_openings_are_blanked_everywhere(log: Log) -> Found:
    sql("UPDATE kernel_entry SET salt = NULL, details = NULL")
    return "opening_blanked", "kernel_entry", entry("authorities.load_areas").pk


@tampering
def the_salt_of_a_row_is_blanked(log: Log) -> Found:
    row = EntryRow.objects.filter(table="authorities_seat").order_by("pk").first()
    assert row is not None
    sql("UPDATE kernel_entryrow SET salt = NULL WHERE id = %s", row.pk)
    return "salt_blanked", "kernel_entryrow", row.entry_id


@tampering
def a_checkpoint_is_deleted(log: Log) -> Found:
    sql("DELETE FROM kernel_checkpoint WHERE id = %s", heads()[1].pk)
    return "head_deleted", "kernel_checkpoint", heads()[-1].pk


@tampering
def the_first_checkpoint_is_deleted(log: Log) -> Found:
    sql("DELETE FROM kernel_checkpoint WHERE id = %s", heads()[0].pk)
    return "head_deleted", "kernel_checkpoint", heads()[0].pk


@tampering
def the_newest_checkpoint_is_deleted(log: Log) -> Found:
    sql("DELETE FROM kernel_checkpoint WHERE id = %s", heads()[-1].pk)
    return "unsigned", "kernel_entry", entry("authorities.end_seat").pk


@tampering
def all_checkpoints_are_deleted(log: Log) -> Found:
    sql("DELETE FROM kernel_checkpoint")
    return "unsigned", "kernel_entry", entry("authorities.load_areas").pk


@tampering
def a_checkpoint_is_dated_back(log: Log) -> Found:
    moved = connection.ops.adapt_datetimefield_value(heads()[1].at - timedelta(days=400))
    sql("UPDATE kernel_checkpoint SET at = %s WHERE id = %s", moved, heads()[1].pk)
    return "head_redated", "kernel_checkpoint", heads()[1].pk


@tampering
def a_checkpoint_shows_the_note_of_another(log: Log) -> Found:
    one, other, *_ = heads()
    sql("UPDATE kernel_checkpoint SET note = %s WHERE id = %s", other.note, one.pk)
    return "head_edited", "kernel_checkpoint", one.pk


@tampering
def an_act_not_sealed_yet_is_undone(log: Log) -> Found:
    """The entry, its commitments and the row it wrote go; what stood before stands again."""
    waiting = Entry.objects.filter(idx__isnull=True, act="authorities.open_seat").get()
    sql("DELETE FROM kernel_entryrow WHERE entry_id = %s", waiting.pk)
    sql("DELETE FROM kernel_entry WHERE id = %s", waiting.pk)
    sql("DELETE FROM authorities_seat WHERE id = %s", waiting.subject_id)
    return "entry_undone", "kernel_lane", waiting.lane


@tampering
def the_last_act_is_undone(log: Log) -> Found:
    """Nothing comes after it: the count of its lane still knows it. The row is what the act before left."""
    waiting = Entry.objects.filter(idx__isnull=True, act="authorities.end_seat").get()
    sql("DELETE FROM kernel_entryrow WHERE entry_id = %s", waiting.pk)
    sql("DELETE FROM kernel_entry WHERE id = %s", waiting.pk)
    sql("UPDATE authorities_seat SET ended_on = NULL, state = 'active', revision = 1 WHERE id = %s", waiting.subject_id)
    return "entry_undone", "kernel_lane", waiting.lane


@tampering
def the_count_of_a_lane_is_set_back(log: Log) -> Found:
    lane = Lane.objects.get()
    sql("UPDATE kernel_lane SET last = last - 1 WHERE lane = %s", lane.lane)
    return "counter_set_back", "kernel_lane", lane.lane


@tampering
def an_act_is_dated_400_days_back(log: Log) -> Found:
    """Performed through the product by somebody who turned the machine's clock."""
    with clock.at(MORNING - timedelta(days=400)):
        end_seat(OPERATOR, log.seats[2], reason="调离本岗位")
    with clock.at(MORNING + timedelta(hours=3)):
        sealer.seal()
    return "backdated", "kernel_entry", Entry.objects.order_by("-idx")[0].pk


@tampering
def an_act_is_dated_ahead(log: Log) -> Found:
    with clock.at(MORNING + timedelta(days=400)):
        end_seat(OPERATOR, log.seats[2], reason="调离本岗位")
    with clock.at(MORNING + timedelta(hours=3)):
        sealer.seal()
    return "postdated", "kernel_entry", Entry.objects.order_by("-idx")[0].pk


@tampering
def the_column_of_an_entry_s_time_is_changed(log: Log) -> Found:
    pk = entry().pk
    sql("UPDATE kernel_entry SET at = %s WHERE id = %s", connection.ops.adapt_datetimefield_value(MORNING), pk)
    sql("UPDATE kernel_entry SET at = %s WHERE act = 'authorities.end_seat'", "2025-01-01 00:00:00")
    return "entry_edited", "kernel_entry", entry("authorities.end_seat").pk


@tampering
def the_key_of_a_click_is_changed(log: Log) -> Found:
    keyed = Entry.objects.exclude(key=None).get()
    sql("UPDATE kernel_entry SET key = 'operator:another' WHERE id = %s", keyed.pk)
    return "entry_edited", "kernel_entry", keyed.pk


@tampering
def a_key_is_put_where_there_was_none(log: Log) -> Found:
    pk = entry("authorities.end_seat").pk
    sql("UPDATE kernel_entry SET key = 'operator:put-in' WHERE id = %s", pk)
    return "entry_edited", "kernel_entry", pk


@tampering
def an_entry_is_ascribed_to_somebody_else(log: Log) -> Found:
    pk = entry().pk
    sql("UPDATE kernel_entry SET actor = 'seat:1' WHERE id = %s", pk)
    return "entry_edited", "kernel_entry", pk


@tampering
def an_entry_is_moved_to_another_case(log: Log) -> Found:
    pk = entry().pk
    sql("UPDATE kernel_entry SET subject_id = %s WHERE id = %s", log.seats[-1].pk, pk)
    return "entry_edited", "kernel_entry", pk


@tampering
def a_commitment_is_moved_to_another_row(log: Log) -> Found:
    """The root in the leaf is over commitments; which row one belongs to shows at the row."""
    row = EntryRow.objects.filter(table="authorities_seat", row_id=log.seats[2].pk).order_by("-pk").first()
    assert row is not None
    sql("UPDATE kernel_entryrow SET row_id = %s WHERE id = %s", log.seats[3].pk, row.pk)
    return "inserted", "authorities_seat", log.seats[2].pk


@tampering
def an_entry_is_forged_among_those_that_wait(log: Log) -> Found:
    """It opens, its leaf is right and the count goes up with it; no act of the product makes its row."""
    model = Entry.objects.filter(idx__isnull=True).order_by("pk")[0]
    last = Lane.objects.get(lane=model.lane)
    leaf = bytes(model.leaf).replace(b'"n":1', b'"n":2')
    columns = "leaf, leaf_hash, act, at, actor, subject_table, subject_id, salt, details, lane, place"
    sql(
        f"INSERT INTO kernel_entry ({columns}) SELECT %s, %s, act, at, actor, subject_table, subject_id, salt, details,"
        " lane, %s FROM kernel_entry WHERE id = %s",
        leaf,
        leaf_hash(leaf),
        last.last + 1,
        model.pk,
    )
    sql("UPDATE kernel_lane SET last = last + 1 WHERE lane = %s", model.lane)
    return "rows_edited", "kernel_entryrow", Entry.objects.order_by("-pk")[0].pk


@tampering
def an_entry_is_numbered_by_hand(log: Log) -> Found:
    waiting = Entry.objects.filter(idx__isnull=True).order_by("pk")[0]
    sql("UPDATE kernel_entry SET idx = %s WHERE id = %s", heads()[-1].size, waiting.pk)
    return "unsigned", "kernel_entry", waiting.pk


@tampering
def a_tile_is_deleted(log: Log) -> Found:
    tile = Tile.objects.get()
    sql("DELETE FROM kernel_tile WHERE id = %s", tile.pk)
    return "tile_edited", "kernel_tile", tile.n


@tampering
def a_tile_is_added(log: Log) -> Found:
    sql("INSERT INTO kernel_tile (level, n, data) VALUES (3, 7, %s)", bytes(32))
    return "tile_edited", "kernel_tile", 7


@tampering
def the_log_is_shortened_to_an_earlier_head(log: Log) -> Found:
    """Numbers, heads and tiles are taken back to the first checkpoint; the acts themselves are taken out of the tables."""
    first = heads()[0]
    later = list(Entry.objects.exclude(idx__lt=first.size).values_list("pk", flat=True))
    data = bytes(Tile.objects.get().data)[: first.size * 32]
    sql("DELETE FROM kernel_checkpoint WHERE id <> %s", first.pk)
    sql("UPDATE kernel_tile SET data = %s", data)
    for pk in later:
        sql("DELETE FROM kernel_entryrow WHERE entry_id = %s", pk)
        sql("DELETE FROM kernel_entry WHERE id = %s", pk)
    return "entry_undone", "kernel_lane", Lane.objects.order_by("lane")[0].lane


@pytest.mark.parametrize("work", TAMPERINGS.values(), ids=TAMPERINGS)
def test_it_is_found_and_named(log: Log, work: Callable[[Log], Found]) -> None:
    with undone():
        wanted = work(log)
        found = verify(steady=True).differences
    assert wanted in {(item.kind, item.table, item.row_id) for item in found}, found
    assert all(item.sentence.endswith(("。", "）")) for item in found)


def test_these_are_more_than_twenty() -> None:
    assert len(TAMPERINGS) >= 20


RUBBISH = {
    "empty": "",
    "a word": "昨天",
    "no day": "2026-13-40",
    "0": "0",
    "a blank": "2026-09-24 ",
    "long": "x" * 3000,
}


@pytest.mark.parametrize("rubbish", RUBBISH.values(), ids=RUBBISH)
@pytest.mark.parametrize(
    ("table", "column", "kind"),
    [
        ("authorities_seat", "ended_on", "edited"),
        ("kernel_entry", "at", "entry_edited"),
        ("kernel_checkpoint", "at", "head_redated"),
    ],
)
def test_rubbish_in_a_date_column_is_tampering_too(log: Log, table, column, kind, rubbish) -> None:
    """SQLite keeps whatever is put there; PostgreSQL refuses it itself."""
    if connection.vendor == "postgresql":
        pytest.skip("the column's type refuses it")
    with undone():
        pk = {"authorities_seat": log.seats[1].pk, "kernel_entry": entry().pk}.get(table, heads()[1].pk)
        sql(f"UPDATE {table} SET {column} = %s WHERE id = %s", rubbish, pk)
        found = verify(steady=True).differences
    assert (kind, table, pk) in {(item.kind, item.table, item.row_id) for item in found}, found


@pytest.mark.parametrize("rubbish", [2, "x", "", 1.5, b"\x01"], ids=repr)
def test_rubbish_in_any_column_of_any_kind_is_found(transactional_db, rubbish) -> None:
    """One table that has every kind of column a case has; what is not of its kind never passes for what was there."""
    from hengjian.kernel.models import CalendarDay

    if connection.vendor == "postgresql":
        pytest.skip("the column's type refuses it")
    from hengjian.authorities.acts.enter_calendar_year import load_calendar

    with clock.at(MORNING):
        load_calendar(OPERATOR, years=(2026,), source="通知")
    day = CalendarDay.objects.order_by("pk")[0]
    with guard.opened("tamper test"), undone():
        for column in ("on", "is_working", "revision"):
            sql(f'UPDATE kernel_calendarday SET "{column}" = %s WHERE id = %s', rubbish, day.pk)
            assert ("edited", day.pk) in {(item.kind, item.row_id) for item in verify().differences}, column


# What only the holder of the log's own key can do.


def signed_anew(signer: note.Signer) -> None:
    """Every leaf, tile and head is made again over what the entries say now."""
    guarded = list(Entry.objects.exclude(idx=None).order_by("idx"))
    tree, sizes = Frontier(), {head.size: head for head in heads()}
    for one in guarded:
        tree.append(leaf_hash(bytes(one.leaf)))
        sql("UPDATE kernel_entry SET leaf_hash = %s WHERE id = %s", leaf_hash(bytes(one.leaf)), one.pk)
        if head := sizes.get(tree.size):
            former = note.Checkpoint.parse(note.split(head.note)[0])
            text = note.Checkpoint(signer.name, head.size, tree.root(), former.extensions).text
            sql(
                "UPDATE kernel_checkpoint SET root = %s, note = %s WHERE id = %s",
                tree.root(),
                note.sign(text, signer),
                head.pk,
            )
    data = b"".join(leaf_hash(bytes(one.leaf)) for one in guarded)
    sql("UPDATE kernel_tile SET data = %s", data)


def another_fact(one: Entry) -> None:
    """The entry says something else, and its leaf commits to that."""
    details = json.loads(sealed.decrypt(bytes(one.details or b""), DETAILS))
    details["who"] = "另一席位"
    text = canonical(details)
    leaf = json.loads(bytes(one.leaf)) | {"c": commitment(bytes(one.salt or b""), text).hex()}
    sql(
        "UPDATE kernel_entry SET leaf = %s, details = %s WHERE id = %s",
        canonical(leaf),
        sealed.encrypt(text, DETAILS),
        one.pk,
    )


def kinds(log: Log, kept: str | None = None) -> set[str]:
    outside = [verification_outside.kept(kept, "公报")] if kept else []
    return {item.kind for item in verify(steady=True, kept=outside).differences}


def test_facts_signed_anew_with_the_key_agree_with_themselves_and_not_with_what_was_kept(log: Log) -> None:
    with undone():
        another_fact(entry())
        signed_anew(log_key.signer())
        assert kinds(log) == set()
        assert kinds(log, log.kept) == {"log_rewritten"}


def test_a_new_key_is_found_by_whoever_kept_the_old_one(log: Log, settings, tmp_path) -> None:
    private, public = log_key_pair(log_key.verifier().name)
    settings.LOG_KEY_FILE, settings.LOG_VKEY = tmp_path / "new", public
    settings.LOG_KEY_FILE.write_text(private)
    with undone():
        signed_anew(log_key.signer())
        assert kinds(log) == set()
        assert kinds(log, log.kept) == {"key_replaced", "head_of_another_key"}


def test_another_key_without_the_setting_is_found_by_the_log_itself(log: Log) -> None:
    with undone():
        signed_anew(note.Signer.from_seed(log_key.verifier().name, bytes(32)))
        assert "head_edited" in kinds(log)


def test_a_log_shortened_and_counted_down_is_found_by_whoever_kept_more(log: Log) -> None:
    with undone():
        first = heads()[0]
        TAMPERINGS["the_log_is_shortened_to_an_earlier_head"](log)
        sql("UPDATE kernel_lane SET last = (SELECT count(*) FROM kernel_entry WHERE lane = kernel_lane.lane)")
        sql("DELETE FROM kernel_lane WHERE last = 0")
        for held in log.seats[2:]:
            sql("DELETE FROM authorities_seat WHERE id = %s", held.pk)
            sql("DELETE FROM authorities_account WHERE user_id = %s", held.user_id)
            sql("DELETE FROM authorities_user WHERE id = %s", held.user_id)
        sql("UPDATE authorities_seat SET ended_on = NULL, state = 'active', revision = 1")
        assert first.size < 6
        assert kinds(log) <= {"edited"}
        assert "log_shortened" in kinds(log, log.kept)


def test_what_was_kept_is_verified_itself(log: Log) -> None:
    spoiled = log.kept.replace("\n6\n", "\n5\n") if "\n6\n" in log.kept else log.kept.replace("A", "B", 1)
    with pytest.raises(verification_outside.NothingKept):
        verification_outside.kept(spoiled, "公报")
    with pytest.raises(verification_outside.NothingKept, match="公钥"):
        verification_outside.kept(log.kept.partition("\n\n")[2], "公报")
    alone = verification_outside.kept(log.kept.partition("\n\n")[2], "公报", key=str(log_key.verifier()))
    assert verify(kept=[alone]).differences == []
