"""What every kind of table that is taken over has in common: the reading that is dry run and act at once, why a table is not taken over,
and the row of the takeover itself (ADR 0029).

A kind whose rows are one thing each declares its columns and says of a row what is wrong with it; the rest is here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from hengjian.institutions.models import Takeover
from hengjian.institutions.policies import TAKEOVER_UNDO_HOURS
from hengjian.kernel.act import Doing
from hengjian.kernel.asking import Asking
from hengjian.kernel.facts import canonical
from hengjian.kernel.models import Upload
from hengjian.kernel.prepared import Prepared
from hengjian.kernel.refusal import PRODUCT, Kind, Refusal, Refused, refuse
from hengjian.kernel.uploads import contents, digest_now
from hengjian.kernel.words import say
from hengjian.tables.columns import Column
from hengjian.tables.findings import Finding, Severity
from hengjian.tables.grid import Watch
from hengjian.tables.limits import Limits, Unreadable
from hengjian.tables.rows import Row, required_missing, rows_of
from hengjian.tables.sheets import Opened, open_table
from hengjian.tables.vocabulary import Vocabulary

UNREADABLE = "请改用 .xlsx 或 .csv 另存后再上传，或者从下载的空表填写。"
UNWATCHED = Watch()
LIMITS = Limits(rows=120_000, cells=4_000_000)


class Taking(Protocol):
    """A table as it was read: `fresh` is what would be taken over, `known` how many are there already, `parts` what comes with them."""

    opened: Opened
    findings: list[Finding]

    @property
    def fresh(self) -> Sequence[Any]: ...
    @property
    def known(self) -> int: ...
    @property
    def parts(self) -> int: ...


Reading = Callable[[Asking[None], bytes, str, Watch], Taking]


@dataclass
class Line:
    """One row; `key` is what it is known by, `made` what was worked out of its cells."""

    row: Row
    key: str
    made: dict[str, Any] = field(default_factory=dict)

    def value(self, key: str) -> Any:
        return self.row.values.get(key)


@dataclass
class Lines:
    """A table of which every row is one thing."""

    opened: Opened
    findings: list[Finding]
    fresh: list[Line]
    known: int = 0
    parts: int = 0


@dataclass(frozen=True)
class Flat:
    """A kind of table of which every row is one thing, known by the text in the columns `keys`; its first column is told of."""

    columns: Sequence[Column]
    words: Vocabulary
    keys: tuple[str, ...]
    known: str  # said where what a row names is there already
    twice: Callable[[int], str]  # row → said where the table names one thing twice

    def key_of(self, row: Row) -> str:
        return "\0".join(str(row.values.get(key) or "") for key in self.keys)


Judge = Callable[[Line], Iterator[Finding]]
Standing = Callable[[Sequence[Line]], set[str]]


def read_flat(
    flat: Flat, data: bytes, filename: str, watch: Watch, standing: Standing, judged: Callable[[Sequence[Line]], Judge]
) -> Lines:
    """`standing` gives the keys that are there already, `judged` gets the rows that are not and answers with what judges one of them.

    Raises `hengjian.tables.limits.Unreadable` where the file is no table at all.
    """
    opened = open_table(data, filename, flat.words, LIMITS, watch)
    rows, findings = rows_of(opened, flat.columns, watch)
    lines = [Line(row, flat.key_of(row)) for row in rows]
    there = standing(lines)
    known = [line for line in lines if line.key.strip("\0") and line.key in there]
    places = {(line.row.sheet, line.row.row) for line in known}
    findings = [found for found in findings if (found.sheet, found.row) not in places]
    for line in known:
        remedy = "需要更正的，在其页面上办理。"
        findings.append(line.row.tell(flat.keys[0], "institutions.known", Severity.WARNING, flat.known, remedy))
    fresh = [line for line in lines if (line.row.sheet, line.row.row) not in places]
    findings += _each(flat, fresh, judged(fresh), watch)
    findings.sort(key=lambda found: (found.sheet, found.row, found.severity.weight))
    return Lines(opened, findings, fresh, len(known))


def _each(flat: Flat, fresh: Sequence[Line], judge: Judge, watch: Watch) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for place, line in enumerate(fresh):
        if place % 2_000 == 0:
            watch.tell("逐行核查", place, len(fresh))
        yield from required_missing(line.row, flat.columns)
        yield from judge(line)
        if not line.key.strip("\0"):
            continue
        if line.key in seen:
            message = flat.twice(seen[line.key])
            yield line.row.tell(flat.keys[0], "institutions.row_twice", Severity.ERROR, message, "请删去重复的一行。")
        seen.setdefault(line.key, line.row.row)


def too_long(line: Line, columns: Sequence[Column], **longest: int) -> Iterator[Finding]:
    """Texts that do not fit where they would be kept."""
    for key, most in longest.items():
        if len(str(line.value(key) or "")) > most:
            message = say("最多 {longest} 个字。", longest=most)
            yield line.row.tell(key, "institutions.too_long", Severity.ERROR, message, "请改用简称。")


@dataclass(frozen=True)
class Read(Prepared):
    """The table as it was read ahead of the transaction, and the rows made of it."""

    taking: Any
    rows: tuple[Any, ...] = ()


def refusal_of(taking: Taking) -> Refusal | None:
    """Why this table is not taken over; nothing of it is while a row has an error."""
    found = next((found for found in taking.findings if found.severity is Severity.ERROR), None)
    if found is not None:
        sentence = say(
            "工作表“{sheet}”第 {row} 行：{message_}", sheet=found.sheet, row=found.row, message_=found.message
        )
        remedy = found.remedy or "请改正后重新上传。"
        return Refusal("institutions.table_has_errors", sentence, clause=found.clause, field="upload_id", remedy=remedy)
    if not taking.fresh:
        return Refusal(
            "institutions.nothing_to_take_over",
            "表中没有尚未登记的，没有可承接的。",
            field="upload_id",
            remedy="已登记的在其页面上办理。",
        )
    return None


def table_of(asking: Asking[None], upload_id: int, reading: Reading) -> tuple[Any, dict[int, str]]:
    """The seat's own upload as it would be taken over, and the files it was read from; raises `Refused` with the first error."""
    upload = Upload.objects.filter(pk=upload_id, owner=asking.actor.actor_id).order_by("pk").first()
    if upload is None or digest_now(upload.pk) != upload.sha256:
        raise refuse(
            "institutions.no_upload",
            "没有找到您上传的这份文件，请重新上传。",
            field="upload_id",
            remedy="请在本页重新选择文件上传，再办理一次。",
            clause=PRODUCT,
        )
    try:
        taking = reading(asking, contents(upload), upload.name, UNWATCHED)
    except Unreadable as unreadable:
        raise refuse(
            "institutions.unreadable", unreadable.sentence, field="upload_id", remedy=UNREADABLE, clause=PRODUCT
        ) from None
    refusal = refusal_of(taking)
    if refusal is not None:
        raise Refused(refusal)
    return taking, {upload.pk: taking.opened.original_sha256}


def opened_takeover(doing: Doing[None], kind: Takeover.Kind, upload_id: int, taking: Taking) -> Takeover:
    """The row of the takeover, at the office of whoever acts; until when it may be undone is counted from now."""
    upload = Upload.objects.only("pk", "name", "sha256").get(pk=upload_id)
    return doing.create(
        Takeover,
        kind=kind,
        office_id=doing.actor.reach["office"],
        area_path=doing.actor.reach["area"],
        file_name=upload.name,
        upload_id=upload.pk,
        sha256=upload.sha256,
        rows=len(taking.fresh),
        parts=taking.parts,
        known=taking.known,
        at=doing.now,
        until=doing.now + timedelta(hours=doing.policy(TAKEOVER_UNDO_HOURS)),
    )


def digest_of(keys: Sequence[object]) -> str:
    """SHA-256 over what the rows are known by, in the order of the table."""
    return hashlib.sha256(canonical(list(keys))).hexdigest()


def registered_meanwhile(sentence: str) -> Refused:
    """What was free when the table was read is not any more."""
    return Refused(
        Refusal(
            "institutions.registered_meanwhile",
            sentence,
            field="upload_id",
            remedy="请重新核查后再办。",
            kind=Kind.STALE,
        )
    )
