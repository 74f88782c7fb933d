"""The ledger: one entry per act, appended in the act's transaction, opening to what was said and which rows it wrote.

The public leaf is `{act, at, c, n, p, r, v}`: `c` commits with a salt to the details (who, on what, the fact), `p` are the
policy pins, `n` rows were written and `r` is the Merkle root over a salted commitment of each. Nothing personal is in it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db import connection, models

from hengjian.kernel import guard, guard_sql, row_text, sealed, stored_files
from hengjian.kernel.case import CaseModel
from hengjian.kernel.destroyed import by_act
from hengjian.kernel.facts import Fact, canonical, digests_in, plain, recorded, restore
from hengjian.kernel.kept_words import kept_text, said_again
from hengjian.kernel.law import nationwide
from hengjian.kernel.models import Entry
from hengjian.kernel.policy import Policy
from hengjian.kernel.tlog import merkle
from hengjian.kernel.tlog.merkle import leaf_hash
from hengjian.kernel.writes import Writes

if TYPE_CHECKING:
    from hengjian.kernel.doing import Doing

SALT_BYTES = Policy("log.salt_bytes", int)
VERSION = 2  # 1: the details do not say the key
DETAILS = "kernel_entry.details"
EMPTY_ROOT = ""
MANY = 8  # rows of one act above which they are loaded in bulk


def commitment(salt: bytes, details: bytes) -> bytes:
    """HMAC-SHA256 under a random salt (`log.salt_bytes`): without the salt it says nothing, with it nothing else fits."""
    return hmac.digest(salt, details, "sha256")


def arguments_digest(code: str, arguments: dict[str, Any]) -> str:
    """Tells whether an idempotency key comes back with the same request; keyed, because arguments may be personal."""
    text = canonical({name: _digestible(value) for name, value in arguments.items()})
    return hmac.new(bytes.fromhex(settings.INDEX_KEY), code.encode() + b"\0" + text, hashlib.sha256).hexdigest()[:32]


def _digestible(value: Any) -> Any:
    if isinstance(value, models.Model):
        return [value._meta.db_table, value.pk]
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, list | tuple):
        return [_digestible(item) for item in value]
    try:
        return plain(value)
    except TypeError:
        return repr(value)


def row_texts(model: type[models.Model], pks: Iterable[int] | None = None) -> Iterator[tuple[int, bytes]]:
    """(key, canonical text) of rows as they are stored, in key order; see `row_text`."""
    reading = row_text.reading(model)
    with connection.cursor() as cursor:
        if pks is None:
            cursor.execute(reading.all)
            while part := cursor.fetchmany(2000):
                yield from map(reading.text, part)
            return
        wanted = sorted(pks)
        for start in range(0, len(wanted), 900):
            part = wanted[start : start + 900]
            cursor.execute(f"{reading.some} ({', '.join(['%s'] * len(part))}) ORDER BY 1", part)
            yield from map(reading.text, cursor.fetchall())


class _Commitment(NamedTuple):
    table: str
    row_id: int
    salt: bytes
    commitment: bytes


def _commitments(writes: Writes, salted: int) -> Iterator[_Commitment]:
    """To every row written, as it stands: as the database gave it back when it was written, or read now."""
    for model, rows in writes.rows.items():
        unread = [pk for pk, text in rows.items() if text is None]
        texts = {pk: text for pk, text in rows.items() if text is not None}
        texts.update(row_texts(model, unread) if unread else ())
        for pk in sorted(texts):
            salt = secrets.token_bytes(salted)
            yield _Commitment(model._meta.db_table, pk, salt, commitment(salt, texts[pk]))


def append(
    doing: Doing[Any],
    fact: Fact,
    *,
    subject: CaseModel | None,
    step: tuple[str, str | None] | None,
    waived: Sequence[str],
    key: str | None,
    arguments: str,
) -> int:
    """Record the act that is under way; in its transaction, so both stand or neither does."""
    subject_id: int | None
    salted = nationwide(doing.today).policy(SALT_BYTES)
    commitments = list(_commitments(doing.writes, salted))
    table, subject_id = (subject._meta.db_table, subject.pk) if subject is not None else ("", None)
    pins = sorted({str(pin) for pin in doing.pins.values()})
    said = {
        "actor": doing.actor.actor_id,
        "who": kept_text(doing.actor.label),
        "subject": [table, subject_id],
        "step": list(step) if step else None,
        "fact": type(fact).code,
        "fv": type(fact).version,
        "data": recorded(fact),
        "waived": list(waived),
        "args": arguments,
        **({"key": key} if key is not None else {}),
        **({"erased": erased} if (erased := by_act(doing.writes).plain()) else {}),
    }
    if type(fact).files:
        stored_files.take_up(digests_in(type(fact), said["data"]))
    details = canonical(said)
    salt = secrets.token_bytes(salted)
    leaf = canonical(
        {
            "act": doing.header.code,
            "at": doing.now.isoformat(),
            "c": commitment(salt, details).hex(),
            "n": len(commitments),
            "p": pins,
            "r": root_of(row.commitment for row in commitments),
            "v": VERSION,
        }
    )
    entry = [
        leaf,
        leaf_hash(leaf),
        doing.header.code,
        connection.ops.adapt_datetimefield_value(doing.now),
        doing.actor.actor_id,
        table,
        subject_id,
        salt,
        sealed.encrypt(details, DETAILS),
        key,
    ]
    with guard.opened("ledger"), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            made = _append_by_function(cursor, entry, commitments)
            guard_sql.name_the_outer_act()
            return made
        cursor.execute(_NEXT_PLACE)
        cursor.execute(_INSERT_ENTRY, [*entry, *cursor.fetchone()])
        (entry_id,) = cursor.fetchone()
        _append_rows(cursor, entry_id, commitments)
    return int(entry_id)


# Entries are counted in the transaction that writes them, so that one undone before it is sealed leaves a hole. SQLite has
# one writer and needs one lane; on a server the function below takes several, since two acts on one wait for each other.
_NEXT_PLACE = (
    "INSERT INTO kernel_lane (lane, last) VALUES (0, 1)"
    " ON CONFLICT (lane) DO UPDATE SET last = kernel_lane.last + 1 RETURNING lane, last"
)
# On PostgreSQL nobody but the owner writes the log; these functions do, for the act whose transaction this is.
_APPEND = "SELECT hengjian_append(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, "
_ARRAYS = "%s::text[], %s::bigint[], %s::bytea[], %s::bytea[])"
_APPEND_ROWS = "SELECT hengjian_append_rows(%s, %s, %s::text[], %s::bigint[], %s::bytea[], %s::bytea[])"
_AT_ONCE = 5000
# Written out because an act's cost is mostly statements: the ORM would double that of these two.
_INSERT_ENTRY = (
    "INSERT INTO kernel_entry (leaf, leaf_hash, act, at, actor, subject_table, subject_id, salt, details, key, lane,"
    " place) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id"
)
_INSERT_ROW = 'INSERT INTO kernel_entryrow (entry_id, position, "table", row_id, salt, commitment) VALUES (%s, %s, %s, %s, %s, %s)'


def _append_by_function(cursor: Any, entry: list[Any], commitments: Sequence[_Commitment]) -> int:
    columns = _columns(commitments[:_AT_ONCE])
    if (
        0 < len(commitments) <= min(MANY, _AT_ONCE)
    ):  # spelt out, because making arrays of a driver's lists costs as much as the rest
        of = ", ".join(["%s"] * len(commitments))
        spelt = f"ARRAY[{of}]::text[], ARRAY[{of}]::bigint[], ARRAY[{of}]::bytea[], ARRAY[{of}]::bytea[])"
        cursor.execute(_APPEND + spelt, [*entry, *(item for column in columns for item in column)])
    else:
        cursor.execute(_APPEND + _ARRAYS, [*entry, *columns])
    (entry_id,) = cursor.fetchone()
    for start in range(_AT_ONCE, len(commitments), _AT_ONCE):
        cursor.execute(_APPEND_ROWS, [entry_id, start, *_columns(commitments[start : start + _AT_ONCE])])
    return int(entry_id)


def _columns(commitments: Sequence[_Commitment]) -> list[list[Any]]:
    return [list(column) for column in zip(*commitments, strict=True)] if commitments else [[], [], [], []]


def _append_rows(cursor: Any, entry_id: int, commitments: Sequence[_Commitment]) -> None:
    rows = [(entry_id, position, *one) for position, one in enumerate(commitments)]
    if len(rows) > MANY:
        cursor.executemany(_INSERT_ROW, rows)
    else:
        for row in rows:
            cursor.execute(_INSERT_ROW, row)


def root_of(commitments: Iterable[bytes]) -> str:
    hashes = [leaf_hash(item) for item in commitments]
    return merkle.root_of(hashes).hex() if hashes else EMPTY_ROOT


@dataclass(frozen=True)
class Recorded:
    """An entry opened: what it says, who did it, under which pins. `fact` is None once its details are destroyed."""

    entry_id: int
    index: int | None
    act: str
    at: datetime
    actor: str
    who: str
    subject_table: str
    subject_id: int | None
    fact: Fact | None
    step: tuple[str, str | None] | None
    pins: tuple[str, ...]
    waived: tuple[str, ...]
    arguments: str


def opened(entry: Entry) -> Recorded:
    leaf = json.loads(bytes(entry.leaf))
    details: dict[str, Any] = {}
    if entry.details:
        details = json.loads(sealed.decrypt(bytes(entry.details), DETAILS))
    step = details.get("step")
    return Recorded(
        entry_id=entry.pk,
        index=entry.idx,
        act=entry.act,
        at=entry.at,
        actor=entry.actor,
        who=said_again(details.get("who", "")),
        subject_table=entry.subject_table,
        subject_id=entry.subject_id,
        fact=restore(details["fact"], details["fv"], details["data"]) if details else None,
        step=(step[0], step[1]) if step else None,
        pins=tuple(leaf["p"]),
        waived=tuple(details.get("waived", ())),
        arguments=details.get("args", ""),
    )


def by_key(key: str) -> Any:
    entry = Entry.objects.filter(key=key).first()
    return opened(entry) if entry is not None else None


def subjects_by_key(keys: Sequence[str]) -> dict[str, tuple[str, int | None]]:
    """Of the request keys under which something was done: table and number of the case, with one query."""
    rows = Entry.objects.filter(key__in=keys).order_by("pk").values_list("key", "subject_table", "subject_id")
    return {str(key): (table, pk) for key, table, pk in rows}


def course_of(*subjects: CaseModel | models.QuerySet[Any], limit: int = 200) -> list[Recorded]:
    """The acts on these cases, newest first: the time line is the ledger. Children come as a query set: a thousand of them
    are one condition, not a thousand."""
    wanted = models.Q(pk__in=())
    for subject in subjects:
        if isinstance(subject, models.QuerySet):
            keys = subject.order_by().values("pk")
            wanted |= models.Q(subject_table=subject.model._meta.db_table, subject_id__in=keys)
        else:
            wanted |= models.Q(subject_table=subject._meta.db_table, subject_id=subject.pk)
    return [opened(entry) for entry in Entry.objects.filter(wanted).order_by("-id")[:limit]]
