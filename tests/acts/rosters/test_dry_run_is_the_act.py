"""The dry run gives exactly the refusals of the act, and the act reads nothing while it holds a lock."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from hengjian.authorities.roles import Role
from hengjian.kernel import stored_files
from hengjian.kernel.models import Upload
from hengjian.kernel.refusal import Kind, Refusal, Refused
from hengjian.plans.models import Batch
from hengjian.rosters import dry_run, enrolling, examining
from hengjian.rosters.acts.file_roster import file_roster, replace_roster
from hengjian.rosters.models import Candidate, RosterCheck
from tests.rosters.test_handed_cases import FOLDER
from tests.world import Province, Wanted, a_filed_institution, a_filed_plan, a_seat, an_upload
from tests.world_after import a_person, a_roster_file, a_rostered_batch, some_people

At = Callable[[object], None]
Table = list[list[str]]
PLANNED = 6


def blank(table: Table, dice: random.Random) -> None:
    dice.choice(table[1:])[dice.randrange(len(table[0]))] = ""


def odd_value(table: Table, dice: random.Random) -> None:
    odd = (
        "林*",
        "#N/A",
        "ㅤ",
        "NULL",
        "乱写",
        "别家公司（天津）",
        "23-1-1",
        "八级",
        "01/07/15",
        "1191",
        "12",
        "⾼⽂⽴",
        "=1+1",
    )
    dice.choice(table[1:])[dice.randrange(len(table[0]))] = dice.choice(odd)


def no_column(table: Table, dice: random.Random) -> None:
    place = dice.randrange(len(table[0]))
    for row in table:
        del row[place]


def twice(table: Table, dice: random.Random) -> None:
    table.append(list(dice.choice(table[1:])))


def too_many(table: Table, dice: random.Random) -> None:
    table.extend([person, *rest] for person, *rest in [list(table[1]) for _ in range(PLANNED)])


def nothing(table: Table, dice: random.Random) -> None:
    pass


MUTATIONS = (blank, odd_value, no_column, twice, too_many, nothing)


def mutated(data: bytes, dice: random.Random) -> bytes:
    table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    for change in dice.choices(MUTATIONS, k=dice.randrange(1, 3)):
        if len(table[0]) > 3:
            change(table, dice)
    out = io.StringIO()
    csv.writer(out).writerows(table)
    told = out.getvalue().encode("utf-8-sig")
    return told[: dice.randrange(len(told))] if dice.random() < 0.08 else told


def refused_by_act(seat: object, batch: Batch, upload: Upload) -> Refusal | None:
    """What the act answers; where it would be done, it is undone again."""
    try:
        with transaction.atomic():
            file_roster(seat, batch, upload_id=upload.pk)  # type: ignore[arg-type]
            transaction.set_rollback(True)
    except Refused as caught:
        return caught.refusal
    finally:
        batch.refresh_from_db()
    return None


def refused_by_dry_run(seat: object, batch: Batch, upload: Upload) -> Refusal | None:
    check = dry_run.start(batch, upload, seat)  # type: ignore[arg-type]
    assert check.state in (RosterCheck.State.DONE, RosterCheck.State.REFUSED)
    return dry_run.refusal_in(check)


@pytest.mark.parametrize("tries", [12, pytest.param(80, marks=pytest.mark.slow)])
def test_whatever_a_roster_looks_like_both_give_one_answer(tries: int, province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = a_filed_plan(batches=(Wanted(headcount=PLANNED),)).batches.get()
    seat = a_seat(Role.CLERK, institution=batch.plan.institution)
    sound = a_roster_file(batch, some_people(4))
    met: set[str] = set()
    for seed in range(tries):
        data = mutated(sound, random.Random(seed))
        upload = an_upload(seat, name="名册.csv", data=data)
        dry, act = refused_by_dry_run(seat, batch, upload), refused_by_act(seat, batch, upload)
        assert (dry and dry.as_dict()) == (act and act.as_dict()), data.decode(errors="replace")
        met.add(act.code if act else "filed")
    assert met >= {"filed", "rosters.has_errors", "rosters.over_headcount", "rosters.unreadable"}, (
        "the mutations reach all"
    )


@pytest.mark.parametrize("name", ["web_blank_name.xlsx", "web_names.xlsx"])
def test_the_handed_rosters_that_broke_the_page_are_refused_in_a_sentence(
    name: str, province: Province, at: At
) -> None:
    at("2026-05-06T09:00")
    batch = a_filed_plan(batches=(Wanted(headcount=PLANNED),)).batches.get()
    seat = a_seat(Role.CLERK, institution=batch.plan.institution)
    upload = an_upload(seat, name=name, data=(FOLDER / name).read_bytes())
    answer = refused_by_act(seat, batch, upload)
    assert answer is not None and answer.code == "rosters.has_errors" and answer.field == "upload_id"
    assert answer == refused_by_dry_run(seat, batch, upload)


def test_the_file_is_read_and_checked_before_the_transaction(
    province: Province, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    at("2026-05-06T09:00")
    batch = a_filed_plan(batches=(Wanted(headcount=PLANNED),)).batches.get()
    seat = a_seat(Role.CLERK, institution=batch.plan.institution)
    depth: list[int] = []
    outside = len(connection.savepoint_ids)
    read = examining.read_roster

    def noted(*given: object, **named: object) -> object:
        depth.append(len(connection.savepoint_ids))
        return read(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(examining, "read_roster", noted)
    file_roster(seat, batch, upload_id=an_upload(seat, name="名册.csv", data=a_roster_file(batch, some_people(2))).pk)
    assert depth == [outside], "once, and in no transaction of the act"


def test_who_was_enrolled_elsewhere_meanwhile_is_found(
    province: Province, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    at("2026-05-06T09:00")
    institution = a_filed_institution()
    batch = a_filed_plan(batches=(Wanted(headcount=PLANNED),), institution=institution).batches.get()
    seat = a_seat(Role.CLERK, institution=institution)
    person = a_person()
    answer = enrolling.answer

    def meanwhile(*given: object, **named: object) -> object:
        found = answer(*given, **named)  # type: ignore[arg-type]
        monkeypatch.setattr(enrolling, "answer", answer)
        a_rostered_batch(people=[person])
        return found

    monkeypatch.setattr(enrolling, "answer", meanwhile)
    upload = an_upload(seat, name="名册.csv", data=a_roster_file(batch, [person]))
    with pytest.raises(Refused, match="changed_meanwhile"):
        file_roster(seat, batch, upload_id=upload.pk)
    assert not Candidate.objects.filter(batch=batch).exists()


def test_a_file_that_changed_after_it_was_read_is_not_filed(
    province: Province, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    at("2026-05-06T09:00")
    batch = a_rostered_batch(people=some_people(2))
    seat = a_seat(Role.CLERK, institution=batch.plan.institution)
    upload = an_upload(seat, name="名册.csv", data=a_roster_file(batch, some_people(2)))
    made = enrolling.candidates_of

    def meanwhile(*given: object) -> object:
        found = made(*given)  # type: ignore[arg-type]
        Upload.objects.filter(pk=upload.pk).update(sha256=stored_files.store(b"another file"))
        return found

    monkeypatch.setattr(enrolling, "candidates_of", meanwhile)
    with pytest.raises(Refused) as caught:
        replace_roster(seat, batch, upload_id=upload.pk)
    assert caught.value.refusal.kind is Kind.STALE
