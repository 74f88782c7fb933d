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
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models

from hengjian.kernel import guard, sealed
from hengjian.kernel.case import CaseModel, bulk_insert
from hengjian.kernel.facts import Fact, canonical, plain, restore
from hengjian.kernel.models import Entry, EntryRow
from hengjian.kernel.tlog import merkle
from hengjian.kernel.tlog.merkle import leaf_hash

if TYPE_CHECKING:
    from hengjian.kernel.act import Doing

VERSION = 1
DETAILS = "kernel_entry.details"
EMPTY_ROOT = ""


def commitment(salt: bytes, details: bytes) -> bytes:
    """HMAC-SHA256 under a salt of 32 random bytes: without the salt it says nothing, with it nothing else fits."""
    return hmac.new(salt, details, hashlib.sha256).digest()


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


def _columns(model: type[models.Model]) -> tuple[list[str], list[Any]]:
    """Names and read expressions of a table's columns; encrypted ones are read as stored."""
    names: list[str] = []
    reads: list[Any] = []
    for field in model._meta.concrete_fields:
        names.append(str(field.column))
        if isinstance(field, sealed.EncryptedTextField):
            reads.append(models.ExpressionWrapper(models.F(field.attname), output_field=models.BinaryField()))
        else:
            reads.append(models.F(field.attname))
    return names, reads


def row_texts(model: type[models.Model], pks: Iterable[int] | None = None) -> Iterator[tuple[int, bytes]]:
    """(key, canonical text) of rows as they are stored, in key order; empty columns are left out, so that a column
    added later changes no commitment."""
    names, reads = _columns(model)
    table = model._meta.db_table
    rows: models.QuerySet[Any] = models.QuerySet(model).order_by("pk")
    aliased = {f"c{place}": read for place, read in enumerate(reads)}

    def texts(part: models.QuerySet[Any]) -> Iterator[tuple[int, bytes]]:
        for pk, *values in part.annotate(**aliased).values_list("pk", *aliased).iterator(chunk_size=2000):
            present = {name: value for name, value in zip(names, values, strict=True) if value is not None}
            yield pk, canonical([table, _utc(present)])

    if pks is None:
        yield from texts(rows)
        return
    wanted = sorted(pks)
    for start in range(0, len(wanted), 900):
        yield from texts(rows.filter(pk__in=wanted[start : start + 900]))


def _utc(values: dict[str, Any]) -> dict[str, Any]:
    from datetime import UTC

    return {
        name: value.astimezone(UTC).isoformat() if isinstance(value, datetime) and value.tzinfo else value
        for name, value in values.items()
    }


def append(
    doing: Doing[Any],
    fact: Fact,
    *,
    subject: CaseModel | None,
    step: tuple[str, str | None] | None,
    waived: Sequence[str],
    key: str | None,
    arguments: str,
) -> Entry:
    """Record the act that is under way; in its transaction, so both stand or neither does."""
    commitments: list[EntryRow] = []
    subject_id: int | None
    for model, pks in doing.writes.rows.items():
        table = model._meta.db_table
        for pk, text in row_texts(model, pks):
            salt = secrets.token_bytes(32)
            commitments.append(
                EntryRow(
                    position=len(commitments), table=table, row_id=pk, salt=salt, commitment=commitment(salt, text)
                )
            )
    table, subject_id = (subject._meta.db_table, subject.pk) if subject is not None else ("", None)
    pins = sorted(str(pin) for pin in doing.pins.values())
    details = canonical(
        {
            "actor": doing.actor.actor_id,
            "who": doing.actor.label,
            "subject": [table, subject_id],
            "step": list(step) if step else None,
            "fact": type(fact).code,
            "fv": type(fact).version,
            "data": plain(fact),
            "waived": list(waived),
            "args": arguments,
        }
    )
    salt = secrets.token_bytes(32)
    leaf = canonical(
        {
            "act": doing.header.code,
            "at": doing.now.isoformat(),
            "c": commitment(salt, details).hex(),
            "n": len(commitments),
            "p": pins,
            "r": root_of(bytes(row.commitment) for row in commitments),
            "v": VERSION,
        }
    )
    entry = Entry(
        leaf=leaf,
        leaf_hash=leaf_hash(leaf),
        act=doing.header.code,
        at=doing.now,
        actor=doing.actor.actor_id,
        subject_table=table,
        subject_id=subject_id,
        salt=salt,
        details=sealed.encrypt(details, DETAILS),
        key=key,
    )
    with guard.opened("ledger"):
        entry.save(force_insert=True)
        for row in commitments:
            row.entry_id = entry.pk
        bulk_insert(EntryRow, commitments)
    return entry


def root_of(commitments: Iterable[bytes]) -> str:
    hashes = [leaf_hash(bytes(item)) for item in commitments]
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
        who=details.get("who", ""),
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


def course_of(*subjects: CaseModel, limit: int = 200) -> list[Recorded]:
    """The acts on these cases, newest first: the time line is the ledger."""
    wanted = models.Q(pk__in=())
    for subject in subjects:
        wanted |= models.Q(subject_table=subject._meta.db_table, subject_id=subject.pk)
    return [opened(entry) for entry in Entry.objects.filter(wanted).order_by("-id")[:limit]]
