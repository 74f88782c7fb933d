"""Erased, a person is nowhere: the bytes of the database and every file are searched, and so is everything in them that
opens with the keys. What is searched for is first seen to be there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.conf import settings as django_settings
from django.db import connection

from hengjian.authorities.roles import Role
from hengjian.certificates.acts.erase_candidate import erase_candidate
from hengjian.certificates.acts.revoke_certificate import revoke_certificate
from hengjian.certificates.models import Certificate
from hengjian.certificates.policies import ELECTRONIC_YEARS, REVOCATION_GROUNDS
from hengjian.kernel import clock, naming, sealed, sealer, stored_files
from hengjian.kernel.facts import Fact
from hengjian.kernel.ledger import opened
from hengjian.kernel.models import Entry, StoredFile, Upload
from hengjian.kernel.spans import after_months
from hengjian.kernel.uploads import keep_upload
from hengjian.kernel.verification import verify
from hengjian.rosters import dry_run
from hengjian.rosters.identity import person_key
from hengjian.rosters.models import Candidate, RosterCheck
from hengjian.rosters.reading.roster import read_roster
from tests.harness import lying
from tests.world import a_seat
from tests.world_after import a_certified_sheet, a_person, a_roster_file

PHONE = "13798765432"
ERASED, STAYS = a_person("陈示例甲", 手机号码=PHONE), a_person("李示例乙")
NAMED: set[str] = set()  # objects of the store that this state named: other tests share the folder
WORDS = (ERASED.name, ERASED.number, PHONE)


@pytest.fixture
def certified(transactional_db, province, in_march):
    """Two people with certificates; the one to be erased was also in a dry run, and in a file nobody filed."""
    sheet = a_certified_sheet(people=[ERASED, STAYS])
    clerk = a_seat(Role.CLERK, institution=sheet.batch.plan.institution)
    roster = a_roster_file(sheet.batch, [ERASED, STAYS])
    dry_run.start(sheet.batch, keep_upload("试传.csv", "text/csv", roster + b"\n", clerk), clerk)
    keep_upload("另一份.csv", "text/csv", f"证件号码,{ERASED.number}".encode("gb18030"), clerk)
    NAMED.clear()
    NAMED.update(lying.named())
    return sheet


def everything_stored() -> Iterator[tuple[str, bytes]]:
    """(where, bytes) as they lie on the disk."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        place = Path(str(connection.settings_dict["NAME"]))
        for file in sorted(place.parent.glob(f"{place.name}*")):
            yield file.name, file.read_bytes()
    folder = Path(django_settings.VAR_DIR)
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "static" not in file.parts and ".sqlite3" not in file.name:
            yield str(file.relative_to(folder)), file.read_bytes()


def everything_that_opens() -> Iterator[tuple[str, bytes]]:
    """(where, bytes) of every column of every table and every file, decrypted where the keys decrypt it."""
    for model in apps.get_models():
        table = model._meta.db_table
        columns = [str(field.column) for field in model._meta.concrete_fields]
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT {", ".join(chr(34) + name + chr(34) for name in columns)} FROM "{table}"')
            for row in cursor.fetchall():
                for name, value in zip(columns, row, strict=True):
                    if value is None:
                        continue
                    data = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    yield f"{table}.{name}", data
                    with suppress(InvalidTag, KeyError, IndexError, ValueError):
                        yield f"{table}.{name} decrypted", sealed.decrypt(data, f"{table}.{name}")
    for lies in sorted({lies.name for lies in stored_files.place().lying()} & (NAMED | lying.named())):
        name, stored = bytes.fromhex(lies[3:67]), stored_files.place().get(lies)
        yield f"file {lies[3:11]}", b"".join(stored_files._opened(name, stored_files.parts_in(stored)))


def where(found: Iterator[tuple[str, bytes]], *words: str) -> set[str]:
    return {place for place, data in found if naming.is_named(data, words)}


def erased(sheet, candidate: Candidate) -> None:
    certificate = Certificate.objects.get(score__candidate=candidate)
    person = a_seat(Role.RESPONSIBLE_PERSON, institution=sheet.batch.plan.institution)
    with clock.at(certificate.issued_on + timedelta(days=1)):
        ground = REVOCATION_GROUNDS.on(clock.today())[0]
        revoke_certificate(person, certificate, ground=ground, reason="演示，情况属实")
    ends = sheet.batch.plan.ends_on
    with clock.at(after_months(ends, 12 * ELECTRONIC_YEARS.on(ends)) + timedelta(days=1)):
        erase_candidate(person, candidate, reason="本人申请删除")
        sealer.seal()


def test_nothing_personal_lies_readable_on_the_disk_even_before(certified) -> None:
    assert where(everything_stored(), ERASED.number, PHONE, STAYS.number) == set()


def test_an_erased_person_is_nowhere_even_with_the_keys(certified) -> None:
    """The name is looked for with the number and the phone; before, each is in several places."""
    before = where(everything_that_opens(), *WORDS)
    assert {place for place in before if place.startswith("file ")}
    assert "rosters_candidate.document_number decrypted" in before
    candidate = Candidate.objects.filter(batch=certified.batch).order_by("row")[0]
    assert candidate.name == ERASED.name
    erased(certified, candidate)
    assert where(everything_that_opens(), *WORDS) == set()
    assert where(everything_stored(), *WORDS) == set()
    assert verify().differences == []


def test_who_was_not_erased_is_still_in_the_roster_that_stands(certified) -> None:
    candidate = Candidate.objects.filter(batch=certified.batch).order_by("row")[0]
    former = certified.batch.roster_sha256
    erased(certified, candidate)
    batch = type(certified.batch)._base_manager.get(pk=certified.batch.pk)
    assert batch.roster_sha256 != former
    reading = read_roster(stored_files.contents(batch.roster_sha256), batch.roster_name, key=person_key())
    assert reading.table["name"].to_pylist() == [STAYS.name]
    with pytest.raises(stored_files.FileGone):
        stored_files.contents(former)
    assert RosterCheck.objects.filter(batch_id=batch.pk).count() == 0
    fact = said()
    assert (fact.files_destroyed, fact.files_left, fact.roster_sha256) == (3, 0, batch.roster_sha256)
    names = Upload.objects.filter(sha256=former).order_by("pk").values_list("name", flat=True)
    assert set(names) == {"（已删除）"}


def test_a_material_of_another_case_that_names_the_person_stays_and_is_counted(certified) -> None:
    from hengjian.institutions.models import Material

    clerk = a_seat(Role.CLERK, institution=certified.batch.plan.institution)
    data = f"考评员 {ERASED.number}".encode()
    material = Material.objects.order_by("pk")[0]
    upload = keep_upload("人员.txt", "text/plain", data, clerk)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("hengjian.rosters.erasing._kept_elsewhere", lambda: {material.sha256, upload.sha256})
        erased(certified, Candidate.objects.filter(batch=certified.batch).order_by("row")[0])
    assert said().files_left == 1
    assert stored_files.contents(upload.sha256) == data


def said() -> Fact:
    fact = opened(Entry.objects.get(act="certificates.erase_candidate")).fact
    assert fact is not None
    return fact


@pytest.mark.parametrize("with_an_act", [True, False])
def test_a_file_gone_without_an_act_is_found_and_one_erased_is_not(certified, with_an_act: bool) -> None:
    former = certified.batch.roster_sha256
    if with_an_act:
        erased(certified, Candidate.objects.filter(batch=certified.batch).order_by("row")[0])
        assert verify().differences == []
        return
    stored_files.destroy(former)
    (found,) = verify().differences
    row = Upload.objects.filter(sha256=former).order_by("pk")[0]
    assert (found.kind, found.table, found.row_id) == ("file_deleted", "kernel_upload", row.pk)
    assert former[:16] in found.sentence


def test_a_file_replaced_beside_its_digest_is_found(certified) -> None:
    former = certified.batch.roster_sha256
    name = stored_files.name_of(former)
    other = StoredFile.objects.get(name=stored_files.name_of(stored_files.store(b"another roster")))
    lying.put_instead(StoredFile.objects.get(name=name), lying.lies(other))
    (found,) = verify().differences
    assert (found.kind, found.table) == ("file_altered", "kernel_upload")
