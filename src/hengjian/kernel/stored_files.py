"""Files at rest: encrypted like fields, in parts, stored once under a keyed digest of their content.

A file is asked for by the SHA-256 that a fact or a case holds, and what is given out has been compared with it: a file
altered, cut or exchanged is never served. The name a file is stored under is a keyed hash of that digest, so that the
table tells nobody which known document is in it. Parts are authenticated with their place, their being the last, and the
file's name; each file has a key of its own, derived from the ring (`sealed`), so rotating rewrites files one by one.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import connection, transaction

from hengjian.kernel import sealed
from hengjian.kernel.models import FilePart

log = logging.getLogger("hengjian.files")
PART = 1 << 20
SALT = 16


class FileUnfit(Exception):
    """The stored file is not what its digest says; `sentence` tells people so, `status` is the answer's on every channel."""

    status = 409
    sentence = "这份文件与登记时的摘要不符，可能已被改动，不予提供。请联系系统管理员核查。"


class FileGone(FileUnfit):
    """Nothing is stored under this digest: destroyed on request, or removed by hand."""

    status = 410
    sentence = "这份文件已不在库中：依申请删除，或被人移除。登记的摘要仍然保留。"


def name_of(digest: str) -> bytes:
    """The name under which the file of this SHA-256 (hex) is stored."""
    return hmac.digest(bytes.fromhex(settings.INDEX_KEY), b"file\0" + digest.encode(), "sha256")


def store(data: bytes) -> str:
    """Keep the file; its SHA-256 in hex. One that is stored already and whole is not stored twice."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        contents(digest)
    except FileUnfit:
        name = name_of(digest)
        with transaction.atomic():
            FilePart.objects.filter(name=name).delete()
            FilePart.objects.bulk_create(
                [FilePart(name=name, part=number, data=part) for number, part in enumerate(sealed_parts(name, data))]
            )
    return digest


def contents(digest: str) -> bytes:
    """The file of this SHA-256, compared with it. Raises FileGone or FileUnfit, which is also written to the program's log."""
    name = name_of(digest)
    parts = FilePart.objects.filter(name=name).order_by("part").values_list("data", flat=True)
    stored = [bytes(part) for part in parts]
    if not stored:
        raise FileGone(digest)
    try:
        data = b"".join(_opened(name, stored))
    except (InvalidTag, KeyError, ValueError, IndexError):
        data = None
    if data is None or hashlib.sha256(data).hexdigest() != digest:
        log.error("stored file %s is not what was committed to", digest[:16])
        raise FileUnfit(digest)
    return data


def how_many() -> tuple[int, int]:
    """Files in the store, and the parts they are kept in."""
    return FilePart.objects.filter(part=0).count(), FilePart.objects.count()


def tried(name: bytes, head: bytes) -> bool:
    """Whether a file of one part opens with the ring and bears the name its content has under the index key. Raises KeyError
    for a key not in the ring, InvalidTag for a wrong one."""
    data = b"".join(_opened(name, [head]))
    return name_of(hashlib.sha256(data).hexdigest()) == name


def destroy(digest: str) -> None:
    """Take the file out of the store. For an act of erasure (`erasure.forget_files`); its digest stays in the facts."""
    FilePart.objects.filter(name=name_of(digest)).delete()


def scrub() -> None:
    """After a destruction was committed: SQLite still has the pages of before in its write-ahead file. (A server needs
    its own VACUUM for that: only the owner of the tables may.)"""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def under_other_keys() -> list[bytes]:
    """The names of files encrypted under another key than the current one."""
    current, found = sealed.current_key(), []
    heads = FilePart.objects.filter(part=0).order_by("pk").values_list("name", "data")
    for name, data in heads.iterator(chunk_size=20):
        if sealed.key_of(bytes(data)) != current:
            found.append(bytes(name))
    return found


def rotate(name: bytes) -> None:
    """Encrypt a stored file under the current key; all of it or nothing."""
    with transaction.atomic():
        parts = FilePart.objects.select_for_update().filter(name=name).order_by("part")
        data = b"".join(_opened(name, [bytes(part.data) for part in parts]))
        FilePart.objects.filter(name=name).delete()
        FilePart.objects.bulk_create(
            [FilePart(name=name, part=number, data=part) for number, part in enumerate(sealed_parts(name, data))]
        )


def sealed_parts(name: bytes, data: bytes) -> Iterator[bytes]:
    """The first part begins with key id and salt, as an encrypted field begins with key id and nonce."""
    key_id, salt = sealed.current_key(), secrets.token_bytes(SALT)
    key = sealed.derived_key(key_id, salt)
    pieces = [data[start : start + PART] for start in range(0, len(data), PART)] or [b""]
    for number, piece in enumerate(pieces):
        body = key.encrypt(_nonce(number, last=number == len(pieces) - 1), piece, name)
        yield bytes([len(key_id)]) + key_id.encode() + salt + body if number == 0 else body


def _opened(name: bytes, parts: Iterable[bytes]) -> Iterator[bytes]:
    stored = list(parts)
    start = 1 + stored[0][0]
    key = sealed.derived_key(stored[0][1:start].decode(), stored[0][start : start + SALT])
    for number, part in enumerate(stored):
        body = part[start + SALT :] if number == 0 else part
        yield key.decrypt(_nonce(number, last=number == len(stored) - 1), body, name)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
