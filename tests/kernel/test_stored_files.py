"""Files at rest: nobody reads them without the keys, nothing altered is given out, keys rotate, and what acts took up is
looked at by `verify`."""

from __future__ import annotations

import hashlib
import secrets

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from hengjian.kernel import naming, sealed, stored_files
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.models import FilePart
from hengjian.kernel.uploads import contents, digest_now, keep_upload
from tests.cli.running import Hengjian

pytestmark = pytest.mark.django_db
NAME = "张三丰".encode()


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(stored_files, "PART", 64)


def test_a_file_comes_back_as_it_was_handed_in_and_lies_encrypted(small_parts) -> None:
    data = NAME * 100
    upload = keep_upload("名单.csv", "text/csv", data, OPERATOR)
    assert contents(upload) == data
    stored = [bytes(part.data) for part in FilePart.objects.order_by("part")]
    assert len(stored) > 3
    assert not any(NAME in part for part in stored)
    assert bytes(FilePart.objects.order_by("part")[0].name) != bytes.fromhex(upload.sha256)


@hypothesis_settings(max_examples=25, deadline=None)
@given(data=st.binary(max_size=300), part=st.integers(1, 90))
def test_any_content_in_any_parts(data, part) -> None:
    name = stored_files.name_of(hashlib.sha256(data).hexdigest())
    before = stored_files.PART
    stored_files.PART = part
    try:
        assert b"".join(stored_files._opened(name, list(stored_files.sealed_parts(name, data)))) == data
    finally:
        stored_files.PART = before


def test_the_same_file_is_stored_once() -> None:
    for name in ("一.csv", "二.csv"):
        keep_upload(name, "text/csv", b"the same", OPERATOR)
    assert FilePart.objects.count() == 1


def _flipped(part: FilePart) -> None:
    data = bytearray(part.data)
    data[-1] ^= 1
    FilePart.objects.filter(pk=part.pk).update(data=bytes(data))


def _swapped(digest: str) -> None:
    one, two, *_ = FilePart.objects.filter(name=stored_files.name_of(digest)).order_by("part")
    FilePart.objects.filter(pk=one.pk).update(data=two.data)
    FilePart.objects.filter(pk=two.pk).update(data=one.data)


SPOILING = {
    "a bit": lambda digest: _flipped(FilePart.objects.order_by("part")[1]),
    "the last part cut off": lambda digest: FilePart.objects.order_by("-part")[0].delete(),
    "the first part cut off": lambda digest: FilePart.objects.order_by("part")[0].delete(),
    "two parts exchanged": _swapped,
    "another file in its place": lambda digest: _replaced(digest),
    "rubbish": lambda digest: FilePart.objects.filter(part=0).update(data=b"\x09rubbish"),
}


def _replaced(digest: str) -> None:
    """The parts of another file, encrypted with the right keys."""
    other = stored_files.name_of(stored_files.store(b"another " * 30))
    name = stored_files.name_of(digest)
    FilePart.objects.filter(name=name).delete()
    FilePart.objects.filter(name=other).update(name=name)


@pytest.mark.parametrize("spoil", SPOILING.values(), ids=SPOILING)
def test_what_was_altered_is_never_given_out(small_parts, spoil, caplog) -> None:
    upload = keep_upload("名单.csv", "text/csv", NAME * 40, OPERATOR)
    spoil(upload.sha256)
    with pytest.raises(stored_files.FileUnfit):
        contents(upload)
    assert digest_now(upload.pk) == ""
    assert "is not what was committed to" in caplog.text


def test_a_file_handed_in_again_heals_the_one_that_was_altered(small_parts) -> None:
    upload = keep_upload("名单.csv", "text/csv", NAME * 40, OPERATOR)
    SPOILING["a bit"](upload.sha256)
    again = keep_upload("名单.csv", "text/csv", NAME * 40, OPERATOR)
    assert contents(again) == contents(upload) == NAME * 40


def test_keys_rotate_over_files_too(capsys, settings, small_parts) -> None:
    run = Hengjian(capsys)
    upload = keep_upload("名单.csv", "text/csv", NAME * 40, OPERATOR)
    settings.FIELD_KEYS = f"k9:{secrets.token_hex(32)},{settings.FIELD_KEYS}"
    assert len(stored_files.under_other_keys()) == 1
    assert run("keys", "rotate", "--json").data["rotated"]["kernel_filepart"] == 1
    assert stored_files.under_other_keys() == []
    settings.FIELD_KEYS = settings.FIELD_KEYS.split(",")[0]  # the old key leaves the ring
    assert contents(upload) == NAME * 40
    assert sealed.key_of(bytes(FilePart.objects.order_by("part")[0].data)) == "k9"


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
