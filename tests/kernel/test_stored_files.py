"""Files at rest: nobody reads them without the keys, nothing altered is given out, keys rotate, what acts took up is looked
at by `verify`. All of it in a folder and in a bucket of a server that is not ours."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from hengjian.files.place import Missing, Unreachable, place_at
from hengjian.kernel import clock, files_kept, naming, stored_files
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.models import FilePart, StoredFile, Upload
from hengjian.kernel.uploads import contents, digest_now, keep_upload
from tests.cli.running import Hengjian
from tests.harness import lying

pytestmark = pytest.mark.django_db
NAME = "张三丰".encode()
NOWHERE = ("s3://hengjian-test/files", "http://127.0.0.1:9", "k", "s", "us-east-1")


@pytest.fixture(scope="session")
def bucket() -> Iterator[tuple[str, ...]]:
    with lying.s3_server() as found:
        yield found


@pytest.fixture(params=["folder", "bucket"], autouse=True)
def kept_in(request: pytest.FixtureRequest, settings: Any, tmp_path: Any) -> str:
    """A store of this test alone, of either kind."""
    kind = str(request.param)
    if kind == "folder":
        settings.FILES = ((tmp_path / "文件 库").as_uri(), "", "", "", "")
    else:
        url, *rest = request.getfixturevalue("bucket")
        settings.FILES = (f"{url}/{secrets.token_hex(4)}", *rest)
    return kind


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(stored_files, "PART", 64)


def objects() -> list[str]:
    return [found.name for found in stored_files.place().lying()]


def test_a_file_comes_back_as_it_was_handed_in_and_lies_encrypted(small_parts) -> None:
    data = NAME * 100
    upload = keep_upload("名单.csv", "text/csv", data, OPERATOR)
    assert contents(upload) == data
    (row,) = lying.rows()
    stored = lying.lies(row)
    assert len(stored_files.parts_in(stored)) > 3 and NAME not in stored and row.size == len(stored)
    for told in (row.place, row.name.hex()):
        assert upload.sha256 not in told and upload.sha256[:16] not in told
    assert files_kept.OURS.fullmatch(row.place)


@hypothesis_settings(max_examples=25, deadline=None)
@given(data=st.binary(max_size=300), part=st.integers(1, 90))
def test_any_content_in_any_parts(data, part) -> None:
    name = stored_files.name_of(hashlib.sha256(data).hexdigest())
    with mock.patch.object(stored_files, "PART", part):
        stored = b"".join(stored_files.sealed_parts(name, data))
        assert b"".join(stored_files._opened(name, stored_files.parts_in(stored))) == data


def test_the_same_file_is_stored_once() -> None:
    for name in ("一.csv", "二.csv"):
        keep_upload(name, "text/csv", b"the same", OPERATOR)
    assert len(objects()) == StoredFile.objects.count() == 1


def test_an_object_is_written_once_and_never_over_another() -> None:
    place = stored_files.place()
    place.put("aa/one", b"first")
    with pytest.raises(FileExistsError):
        place.put("aa/one", b"second")
    assert place.get("aa/one") == b"first"
    place.delete("aa/one")
    place.delete("aa/one")
    with pytest.raises(Missing):
        place.get("aa/one")


def _swapped(stored: bytes) -> bytes:
    head, one, two, *rest = stored_files.parts_in(stored)
    return b"".join([head, two, one, *rest])


SPOILING = {
    "a bit": lambda stored: stored[:-1] + bytes([stored[-1] ^ 1]),
    "the last part cut off": lambda stored: b"".join(stored_files.parts_in(stored)[:-1]),
    "the first part cut off": lambda stored: b"".join(stored_files.parts_in(stored)[1:]),
    "two parts exchanged": _swapped,
    "another file in its place": lambda stored: _another(),
    "rubbish": lambda stored: b"\x09rubbish",
    "nothing": lambda stored: b"",
}


def _another() -> bytes:
    """Another file, encrypted with the right keys."""
    return lying.lies(StoredFile.objects.get(name=stored_files.name_of(stored_files.store(b"another " * 30))))


@pytest.mark.parametrize("spoil", SPOILING.values(), ids=SPOILING)
def test_what_was_altered_is_never_given_out(small_parts, spoil, caplog) -> None:
    upload = keep_upload("名单.csv", "text/csv", NAME * 40, OPERATOR)
    row = StoredFile.objects.get()
    lying.put_instead(row, spoil(lying.lies(row)))
    with pytest.raises(stored_files.FileUnfit):
        contents(upload)
    assert digest_now(upload.pk) == ""
    assert "is not what was committed to" in caplog.text
    assert files_kept.check_all(clock.now()).faults == 1
    assert [fault for _, _, fault, _ in files_kept.faulty()] == ["altered"]


def test_a_file_handed_in_again_heals_the_one_that_was_altered_or_lost(small_parts) -> None:
    upload = keep_upload("名单.csv", "text/csv", NAME * 40, OPERATOR)
    for spoil in (lying.alter_all, lying.remove_all):
        spoil()
        assert not files_kept.check(StoredFile.objects.get(), clock.now())
        again = keep_upload("名单.csv", "text/csv", NAME * 40, OPERATOR)
        assert contents(again) == contents(upload) == NAME * 40
        assert files_kept.faults() == 0


def test_keys_rotate_over_files_too(capsys, settings, small_parts) -> None:
    run = Hengjian(capsys)
    upload = keep_upload("名单.csv", "text/csv", NAME * 40, OPERATOR)
    before = objects()
    settings.FIELD_KEYS = f"k9:{secrets.token_hex(32)},{settings.FIELD_KEYS}"
    assert len(stored_files.under_other_keys()) == 1
    assert run("keys", "rotate", "--json").data["rotated"]["kernel_storedfile"] == 1
    assert stored_files.under_other_keys() == []
    settings.FIELD_KEYS = settings.FIELD_KEYS.split(",")[0]  # the old key leaves the ring
    assert contents(upload) == NAME * 40
    assert StoredFile.objects.get().key == "k9" and StoredFile.objects.get().place not in before


def test_what_is_rolled_back_leaves_an_object_that_the_sweep_takes_away_when_it_is_old(kept_in) -> None:
    kept = stored_files.store(b"stays")
    with pytest.raises(RuntimeError), transaction.atomic():
        stored_files.store(b"goes")
        raise RuntimeError
    assert (len(objects()), StoredFile.objects.count()) == (2, 1)
    stored_files.place().put("photos/not-ours.jpg", b"somebody else's")
    assert files_kept.sweep(clock.now()) == 0  # an act may be under way with it
    with two_days_on(kept_in):
        assert files_kept.sweep(clock.now()) == 1
    assert sorted(objects()) == sorted([StoredFile.objects.get().place, "photos/not-ours.jpg"])
    assert stored_files.contents(kept) == b"stays"


def two_days_on(kept_in: str) -> Any:
    """By the store's own clock: files are made old, a bucket cannot be told so."""
    if kept_in == "bucket":
        later = mock.Mock(wraps=datetime)
        later.now = lambda zone: datetime.now(UTC) + timedelta(days=2, minutes=1)
        return mock.patch.object(files_kept, "datetime", later)
    past = (datetime.now(UTC) - timedelta(days=2, minutes=1)).timestamp()
    for found in objects():
        os.utime(stored_files.place().folder / found, (past, past))  # type: ignore[operator]
    return mock.patch.object(files_kept, "AT_ONCE", files_kept.AT_ONCE)


def test_a_destroyed_file_is_gone_at_once_and_its_object_after_the_commit(settings) -> None:
    digest = stored_files.store(b"personal")
    stored_files.destroy(digest)
    with pytest.raises(stored_files.FileGone):
        stored_files.contents(digest)
    there = settings.FILES
    settings.FILES = NOWHERE
    stored_files.scrub()  # the store is away at this moment: nothing is forgotten
    settings.FILES = there
    assert len(objects()) == 1
    assert files_kept.keep(clock.now()).taken_away == 1
    assert objects() == [] and not StoredFile.objects.exists()


def test_one_handed_in_again_after_it_was_destroyed_is_there(settings) -> None:
    digest = stored_files.store(b"personal")
    stored_files.destroy(digest)
    assert stored_files.store(b"personal") == digest
    assert stored_files.take_away_doomed() == 0
    assert stored_files.contents(digest) == b"personal"


def test_what_lay_in_the_database_is_read_there_and_taken_over(small_parts) -> None:
    data = NAME * 40
    digest = hashlib.sha256(data).hexdigest()
    name = stored_files.name_of(digest)
    for number, part in enumerate(stored_files.sealed_parts(name, data)):
        FilePart.objects.create(name=name, part=number, data=part)
    FilePart.objects.create(name=b"x" * 32, part=0, data=b"\x09rubbish")
    assert stored_files.contents(digest) == data
    assert files_kept.keep(clock.now()).moved == 1
    assert stored_files.contents(digest) == data and len(objects()) == 1
    assert [bytes(part.name) for part in FilePart.objects.order_by("pk")] == [b"x" * 32]  # not lost, and not in the way
    assert StoredFile.objects.get().taken_at is not None


def test_the_night_reads_every_file_once_and_tells_what_is_wrong(at, capsys) -> None:
    at("2026-11-20T12:00")
    for number in range(4):
        stored_files.store(b"file %d" % number)
    assert files_kept.keep(clock.now()).checked == 0  # laid after this night's check began
    lying.put_instead(lying.rows()[1], b"\x01rubbish that is long enough to have a salt")
    stored_files.place().delete(lying.rows()[2].place)
    at("2026-11-21T01:59")
    assert files_kept.keep(clock.now()).checked == 0
    at("2026-11-21T02:00")
    assert files_kept.keep(clock.now(), most=3) == files_kept.Kept(0, 0, 3, 2)
    assert files_kept.keep(clock.now(), most=3) == files_kept.Kept(0, 0, 1, 0)
    assert files_kept.keep(clock.now()).checked == 0
    assert sorted(fault for _, _, fault, _ in files_kept.faulty()) == ["altered", "gone"]
    assert (files_kept.state().faults, files_kept.state().overdue) == (2, 0)
    run = Hengjian(capsys)
    told = run("files", "check", "--json")
    assert told.status == 1 and (told.data["checked"], told.data["faults"]) == (4, 2)
    at("2026-11-23T03:00")
    assert files_kept.state().overdue == 4


def test_the_page_of_the_state_says_what_is_wrong(client, settings) -> None:
    stored_files.store(b"a file")
    assert client.get("/health").json()["files"]["answers"]
    lying.remove_all()
    files_kept.check_all(clock.now())
    assert any("files check" in problem for problem in client.get("/health").json()["problems"])
    settings.FILES = NOWHERE
    assert any("没有应答" in problem for problem in client.get("/health").json()["problems"])


def test_what_no_act_took_up_goes_after_the_days_of_the_policy(at) -> None:
    at("2026-11-20T12:00")
    used, unused = stored_files.store(b"used"), stored_files.store(b"unused")
    stored_files.take_up([used, ""])
    at("2026-12-20T11:00")
    assert files_kept.forget_unused(clock.now()) == 0
    at("2026-12-20T12:01")
    assert files_kept.forget_unused(clock.now()) == 1
    assert stored_files.contents(used) == b"used"
    with pytest.raises(stored_files.FileGone):
        stored_files.contents(unused)


def test_a_store_that_is_away_refuses_and_nothing_is_half_done(settings, capsys) -> None:
    digest = stored_files.store(b"a file")
    there = settings.FILES
    settings.FILES = NOWHERE
    with pytest.raises(Unreachable):
        keep_upload("名单.csv", "text/csv", b"another", OPERATOR)
    assert not Upload.objects.exists() and StoredFile.objects.count() == 1
    with pytest.raises(Unreachable):  # not "gone", not "altered": nothing is known
        stored_files.contents(digest)
    assert files_kept.keep_quietly() == files_kept.Kept()
    assert Hengjian(capsys)("files", "check").status == 1
    settings.FILES = there
    assert StoredFile.objects.get().fault == "" and stored_files.contents(digest) == b"a file"


def test_a_folder_that_cannot_be_written_is_a_store_that_is_away(settings, tmp_path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Unreachable):
        place_at((tmp_path / "file").as_uri() + "/below")


def test_a_word_is_found_in_every_encoding_and_inside_archives() -> None:
    import zipfile
    from io import BytesIO

    for encoding in (*naming.ENCODINGS, "utf-16"):
        assert naming.is_named("甲 张三丰 乙".encode(encoding), ["张三丰"]), encoding
    inner, outer = BytesIO(), BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", "<t>&#24352;&#19977;&#20016;</t>" + " " * 4000)
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/a.xlsx", inner.getvalue())
    assert b"&#24352;" not in outer.getvalue()
    assert naming.is_named(outer.getvalue(), ["张三丰"])
    assert not naming.is_named(outer.getvalue(), ["李四"])
    assert not naming.is_named(b"PK\x03\x04 no archive", ["李四"])
