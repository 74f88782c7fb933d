"""Files at rest: encrypted like fields, in parts, stored once under a keyed digest of their content.

A file is asked for by the SHA-256 that a fact or a case holds, and what is given out has been compared with it: a file
altered, cut or exchanged is never served. The name a file is stored under is a keyed hash of that digest, so that neither
the table nor the store tells anybody which known document is in it. Parts are authenticated with their place, their being
the last, and the file's name; each file has a key of its own, derived from the ring (`sealed`).

The bytes lie in the store of files (`hengjian.files.place`), the row says where. The object comes first, then the row, in
whatever transaction is open: what is rolled back leaves an object that no row names, and `files_kept.sweep` takes it away.
Destroyed is first the row, by the act, then the object, after the commit; what was interrupted there the sweep finishes.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum

from hengjian.files.place import Missing, Place, Unreachable, place_at
from hengjian.kernel import clock, sealed
from hengjian.kernel.models import FilePart, StoredFile

log = logging.getLogger("hengjian.files")
PART = 1 << 20
SALT = 16
TAG = 16  # bytes that AES-GCM adds to each part


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


def place() -> Place:
    """Where this installation keeps its files (`HENGJIAN_FILES_URL`)."""
    return place_at(*settings.FILES)


def store(data: bytes) -> str:
    """Keep the file; its SHA-256 in hex. One that is stored already and whole is not stored twice; one that lies there
    altered is replaced. Raises Unreachable, and nothing is kept."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        contents(digest)
    except FileUnfit:
        _lay(name_of(digest), data)
    return digest


def contents(digest: str) -> bytes:
    """The file of this SHA-256, compared with it. Raises FileGone or FileUnfit, which is also written to the program's log;
    Unreachable where the store does not answer, which says nothing about the file."""
    name = name_of(digest)
    row = StoredFile.objects.filter(name=name).order_by("pk").first()
    old = [] if row is not None else _old_parts(name)
    if (row is None and not old) or (row is not None and row.doomed_at is not None):
        raise FileGone(digest)
    try:
        parts = old if row is None else parts_in(place().get(row.place))
        data = b"".join(_opened(name, parts))
    except Missing:
        log.error("stored file %s is not where it was laid", digest[:16])
        raise FileGone(digest) from None
    except (InvalidTag, KeyError, ValueError, IndexError):
        data = None
    if data is None or hashlib.sha256(data).hexdigest() != digest:
        log.error("stored file %s is not what was committed to", digest[:16])
        raise FileUnfit(digest)
    return data


def _lay(name: bytes, data: bytes) -> None:
    """Write the object, then point the file's row at it; the object it pointed at before is left to the sweep."""
    stored = b"".join(sealed_parts(name, data))
    where = f"{name.hex()[:2]}/{name.hex()}-{secrets.token_hex(8)}"
    place().put(where, stored)
    values = {"place": where, "key": sealed.current_key(), "size": len(stored), "at": clock.now()}
    fresh = {"checked_at": None, "fault": "", "doomed_at": None}
    try:
        with transaction.atomic():
            _, made = StoredFile.objects.update_or_create(name=name, defaults=values | fresh)
            if made:
                FilePart.objects.filter(name=name).delete()
    except IntegrityError:  # somebody stored the same file at the same moment: theirs counts
        log.info("one file came twice at once")


def take_up(digests: Iterable[str]) -> None:
    """Note that an act has taken these files up (`Fact.files`): from now on they are its case's and no unused upload."""
    names = [name_of(digest) for digest in digests if digest]
    if names:
        StoredFile.objects.filter(name__in=names, taken_at__isnull=True).update(taken_at=clock.now())


def how_many() -> tuple[int, int]:
    """Files in the store, and the bytes they take there."""
    found = StoredFile.objects.filter(doomed_at__isnull=True)
    return found.count(), found.aggregate(size=Sum("size"))["size"] or 0


def tried(name: bytes, where: str) -> bool:
    """Whether a file opens with the ring and bears the name its content has under the index key. Raises KeyError for a key
    not in the ring, InvalidTag for a wrong one."""
    data = b"".join(_opened(name, parts_in(place().get(where))))
    return name_of(hashlib.sha256(data).hexdigest()) == name


def opens_as_named(name: bytes, where: str) -> bool:
    """Whether what lies there is the file of this name. Raises Missing and Unreachable."""
    try:
        return tried(name, where)
    except (InvalidTag, KeyError, ValueError, IndexError):
        return False


def destroy(digest: str) -> None:
    """Take the file out of the store: nobody reads it from now on, and the object goes after the commit. For an act of
    erasure (`erasure.forget_files`); its digest stays in the facts."""
    name = name_of(digest)
    FilePart.objects.filter(name=name).delete()
    StoredFile.objects.filter(name=name).update(doomed_at=clock.now())


def scrub() -> None:
    """After a destruction was committed: the objects go, and SQLite still has the pages of before in its write-ahead file.
    (A server needs its own VACUUM for that: only the owner of the tables may.)"""
    try:
        take_away_doomed()
    except Unreachable:
        log.exception("destroyed files still lie in the store; the sweep tries again")
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def take_away_doomed() -> int:
    """Take the objects of destroyed files away, then their rows; how many."""
    doomed = StoredFile.objects.filter(doomed_at__isnull=False).order_by("pk")
    gone = 0
    for pk, where in list(doomed.values_list("pk", "place")):
        place().delete(where)
        gone += StoredFile.objects.filter(pk=pk, place=where, doomed_at__isnull=False).delete()[0]
    return gone


def under_other_keys() -> list[bytes]:
    """The names of files encrypted under another key than the current one."""
    rows = StoredFile.objects.filter(doomed_at__isnull=True).exclude(key=sealed.current_key()).order_by("pk")
    return [bytes(name) for name in rows.values_list("name", flat=True)]


def rotate(name: bytes) -> None:
    """Encrypt a stored file under the current key: a new object, then the row points at it."""
    row = StoredFile.objects.get(name=name)
    _lay(name, b"".join(_opened(name, parts_in(place().get(row.place)))))


def move_old(most: int) -> int:
    """Take files that lie in the database over into the store, at most so many; how many were. One that cannot be read with
    the keys stays where it is, and is told by the check."""
    moved = 0
    names = FilePart.objects.filter(part=0).order_by("pk").values_list("name", flat=True)
    for name in map(bytes, list(names[:most])):
        try:
            _lay(name, b"".join(_opened(name, _old_parts(name))))
        except (InvalidTag, KeyError, ValueError, IndexError):
            log.exception("a file in the database could not be taken over")
        else:
            # What has lain there for long may have been taken up by any act before this was noted.
            StoredFile.objects.filter(name=name, taken_at__isnull=True).update(taken_at=clock.now())
            moved += 1
    return moved


def _old_parts(name: bytes) -> list[bytes]:
    parts = FilePart.objects.filter(name=name).order_by("part").values_list("data", flat=True)
    return [bytes(part) for part in parts]


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


def parts_in(stored: bytes) -> list[bytes]:
    """The parts of an object as they were laid one after the other. Raises IndexError or ValueError for rubbish."""
    first = 1 + stored[0] + SALT + PART + TAG
    return [stored[:first], *(stored[at : at + PART + TAG] for at in range(first, len(stored), PART + TAG))]
