"""Search marks: keyed hashes by which a person is found whose name lies encrypted (ADR 0032).

A mark is 64 bits of HMAC-SHA-256 under the index key over table, part, kind and value. The same name has another mark in
every part: parts cut the people of an installation into PARTS by something that never changes of a row, so that whoever
steals the table without the key cannot count how common a name is in the whole. Marks decide nothing; they are written in
the act that writes the row, with one statement for all, and can be made again from the rows at any time.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import connection, models

from hengjian.kernel import spelling, typed

PARTS = 16
TAIL = 4  # characters
AT_ONCE = 20_000  # marks in one statement
# Kinds in the order in which hits are shown, with the reason that is said.
REASONS = {
    "number": "证件号码",
    "name": "姓名",
    "tail": "证件号码后四位",
    "pinyin": "拼音",
    "sound": "同音",
    "slip": "一字之差",
    "initials": "拼音首字母",
}


class SearchMark(models.Model):
    """One mark of one row of the table beside it."""

    decides_nothing = True
    pk = models.CompositePrimaryKey("mark", "row")
    mark = models.BigIntegerField()
    row = models.BigIntegerField()

    class Meta:
        abstract = True


@dataclass(frozen=True)
class Named:
    """What is known of a person for the marks of row `row`; `part` is any whole number that never changes of the row."""

    row: int
    name: str
    number: str
    part: int

    def values(self) -> Iterator[tuple[str, str]]:
        """Kind and value of each mark; of an erased person there is none."""
        if self.name:
            yield "name", spelling.key_of(self.name)
            yield from (("pinyin", each) for each in spelling.pinyin_of(self.name))
            yield from (("initials", each) for each in spelling.initials_of(self.name))
            yield from (("slip", each) for each in spelling.slips_of(self.name))
        if self.number:
            yield "tail", typed.number_code(self.number)[-TAIL:]


class Marker:
    """Makes the marks of one table."""

    def __init__(self, table: type[models.Model]) -> None:
        self.table = table._meta.db_table
        self.key = hmac.digest(bytes.fromhex(settings.INDEX_KEY), f"search\0{self.table}".encode(), "sha256")

    def mark(self, part: int, kind: str, value: str) -> int:
        digest = hmac.digest(self.key, f"{part % PARTS}\0{kind}\0{value}".encode(), "sha256")
        return int.from_bytes(digest[:8], "big", signed=True)

    def everywhere(self, kind: str, values: Iterable[str]) -> list[int]:
        """The marks of these values in every part."""
        return [self.mark(part, kind, value) for value in values for part in range(PARTS)]

    def of(self, people: Iterable[Named]) -> Iterator[tuple[int, int]]:
        """Mark and row of each, once."""
        for person in people:
            for mark in {self.mark(person.part, kind, value) for kind, value in person.values()}:
                yield mark, person.row


def write(table: type[models.Model], people: Iterable[Named]) -> None:
    """Add what is not there yet."""
    _each(table, people, *_ADD)


def forget(table: type[models.Model], people: Iterable[Named]) -> None:
    """Take out the marks of these people, told by what was known of them."""
    _each(table, people, *_TAKE_OUT)


# On PostgreSQL, on SQLite; the table stands for {table}.
_ADD = (
    'INSERT INTO "{table}" (mark, "row") SELECT * FROM unnest(%s::bigint[], %s::bigint[]) ON CONFLICT DO NOTHING',
    'INSERT OR IGNORE INTO "{table}" (mark, "row") VALUES (%s, %s)',
)
_TAKE_OUT = (
    'DELETE FROM "{table}" USING unnest(%s::bigint[], %s::bigint[]) AS gone (m, r) WHERE mark = gone.m AND "row" = gone.r',
    'DELETE FROM "{table}" WHERE mark = %s AND "row" = %s',
)


def _each(table: type[models.Model], people: Iterable[Named], on_postgresql: str, on_sqlite: str) -> None:
    pairs, name = Marker(table).of(people), table._meta.db_table
    with connection.cursor() as cursor:
        while part := list(islice(pairs, AT_ONCE)):
            if connection.vendor == "postgresql":
                given = [[mark for mark, _ in part], [row for _, row in part]]
                cursor.execute(on_postgresql.format(table=name), given)
            else:
                cursor.executemany(on_sqlite.format(table=name), part)


@dataclass(frozen=True)
class Drift:
    """Marks that should be there; of these, those that are not; and those that are there for nothing."""

    expected: int
    missing: int
    stale: int


def drift(table: type[SearchMark], people: Iterable[Named]) -> Drift:
    """Compare the table with what the rows say."""
    marker, expected, present = Marker(table), 0, 0
    pairs = marker.of(people)
    while part := list(islice(pairs, 400)):
        expected += len(part)
        asked = models.Q()
        for mark, row in part:
            asked |= models.Q(mark=mark, row=row)
        present += models.QuerySet(table).filter(asked).count()
    return Drift(expected, expected - present, models.QuerySet(table).count() - present)


def rebuild(table: type[SearchMark], people: Iterable[Named]) -> None:
    """Empty the table and fill it again. Called inside a transaction."""
    models.QuerySet(table).delete()
    write(table, people)


@dataclass(frozen=True)
class Meant:
    """One thing that words may mean of a person: what to look up (kind → values) and the reason to be said. `alone`: only
    asked where nothing surer was found."""

    reason: str
    look_up: tuple[tuple[str, tuple[str, ...]], ...]
    alone: bool = False


def asked_for(words: str) -> tuple[Meant, ...]:
    """What words may mean of a person, the surest first. Whole numbers are looked up by the index their table has."""
    key, number = spelling.key_of(words), typed.number_code(words)
    if spelling.in_characters(words):
        return (
            Meant("name", (("name", (key,)),)),
            Meant("sound", (("pinyin", spelling.pinyin_of(words)),)),
            Meant("slip", (("slip", spelling.slips_meant(words)), ("name", spelling.names_meant(words)))),
            Meant("slip", (("slip", spelling.surname_of(words)),), alone=True),
        )
    found = []
    pinyin = spelling.typed_pinyin(words)
    if pinyin:
        found.append(Meant("name", (("name", (key,)),)))
    if len(number) == TAIL and number.isascii() and number.isalnum():
        found.append(Meant("tail", (("tail", (number,)),)))
    if pinyin:
        found.append(Meant("pinyin", (("pinyin", (pinyin,)),)))
        found.append(Meant("initials", (("initials", (pinyin,)),)))
    return tuple(found)


Hits = Sequence[tuple[Any, str]]


def search(table: type[SearchMark], rows: models.QuerySet[Any], words: str, most: int, *, by: str = "pk") -> Hits:
    """Rows with the reason why each was found, the surest first, the newest first within a reason; at most `most`.

    `rows` is what is disclosed to whoever asks; `by` leads from it to the row that the marks are of.
    """
    marker = Marker(table)
    hits: list[tuple[Any, str]] = []
    for meant in asked_for(words):
        if len(hits) >= most or (meant.alone and hits):
            continue
        marks = [mark for kind, values in meant.look_up for mark in marker.everywhere(kind, values)]
        marked: models.QuerySet[Any, Any] = models.QuerySet(table).filter(mark__in=marks).values("row")
        known = [row.pk for row, _ in hits]
        found = rows.filter(**{f"{by}__in": marked}).exclude(pk__in=known).order_by("-pk")[: most - len(hits)]
        hits += [(row, REASONS[meant.reason]) for row in found]
    return hits
