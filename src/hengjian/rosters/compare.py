"""What was mended between two uploads of one roster: finding by finding, the former cell and the present one.

A person is found again by the number, else by the name on the same row, else by a name that occurs once; so rows may be
added, deleted or sorted in between.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hengjian.rosters.reading.roster import Reading
from hengjian.tables.findings import Finding, Severity
from hengjian.tables.text import clean_name, comparable

Place = tuple[str, int]
Row = Mapping[str, str]


class Outcome(StrEnum):
    MENDED = "mended"
    REMAINING = "remaining"
    GONE = "gone"
    NEW = "new"

    @property
    def label(self) -> str:
        return {"mended": "已改正", "remaining": "仍存在", "gone": "该行已删除", "new": "新出现"}[self.value]


@dataclass(frozen=True)
class Upload:
    """One upload as far as the comparison needs it: findings, and the raw cells of the people's rows as they were shown."""

    findings: Sequence[Finding]
    rows: Mapping[Place, Row]


@dataclass(frozen=True, slots=True)
class Mended:
    """One finding across two uploads; `row` is the row in the later upload, 0 where it is gone."""

    outcome: Outcome
    finding: Finding
    sheet: str
    row: int
    old: str
    new: str


def upload_of(reading: Reading, findings: Iterable[Finding]) -> Upload:
    """The rows of all people of a reading, with the findings of reading and checks."""
    places = zip(reading.table["sheet"].to_pylist(), reading.table["row"].to_pylist(), strict=True)
    return Upload(tuple(findings), {(sheet, row): reading.raw_row(sheet, row) for sheet, row in places})


def mended(before: Upload, after: Upload) -> list[Mended]:
    """The former findings with their outcome, then what is new; notes of repairs are not counted, they hinder nothing."""
    moved = _moved(before.rows, after.rows)
    standing: dict[tuple[Place, str, str], Finding] = {
        ((finding.sheet, finding.row), finding.column, finding.code): finding for finding in after.findings
    }
    met: set[tuple[Place, str, str]] = set()
    outcome = []
    for finding in before.findings:
        if finding.severity is Severity.NOTE:
            continue
        former = (finding.sheet, finding.row)
        place = moved.get(former)
        old = before.rows.get(former, {}).get(finding.column, finding.old)
        if place is None:
            state = Outcome.GONE if former in before.rows else _general(finding, standing, met)
            outcome.append(Mended(state, finding, finding.sheet, 0, old, ""))
            continue
        new = after.rows[place].get(finding.column, "")
        key = (place, finding.column, finding.code)
        state = Outcome.REMAINING if key in standing else Outcome.MENDED
        met.add(key)
        outcome.append(Mended(state, finding, place[0], place[1], old, new))
    for key, finding in standing.items():
        if key not in met and finding.severity is not Severity.NOTE:
            new = after.rows.get(key[0], {}).get(finding.column, finding.old)
            outcome.append(Mended(Outcome.NEW, finding, finding.sheet, finding.row, "", new))
    return outcome


def _general(
    finding: Finding, standing: Mapping[tuple[Place, str, str], Finding], met: set[tuple[Place, str, str]]
) -> Outcome:
    """A finding on no person's row, such as a hidden sheet."""
    key = ((finding.sheet, finding.row), finding.column, finding.code)
    if key in standing:
        met.add(key)
        return Outcome.REMAINING
    return Outcome.MENDED


def _moved(before: Mapping[Place, Row], after: Mapping[Place, Row]) -> dict[Place, Place]:
    """Where each row of the former upload stands in the later one."""
    found: dict[Place, Place] = {}
    free = dict(after)

    def settle(former: Place, place: Place) -> None:
        found[former] = place
        free.pop(place, None)

    for former, row in before.items():
        if former in free and (_number(free[former]) == _number(row) or _name(free[former]) == _name(row) != ""):
            settle(former, former)
    for sign in (_number, _name):
        own = Counter(map(sign, free.values()))
        by_sign = {sign(row): place for place, row in free.items() if own[sign(row)] == 1}
        left = [(former, row) for former, row in before.items() if former not in found]
        theirs = Counter(sign(row) for _, row in left)
        for former, row in left:
            value = sign(row)
            if value and theirs[value] == 1 and value in by_sign and by_sign[value] in free:
                settle(former, by_sign[value])
    return found


def _number(row: Row) -> str:
    return comparable(row.get("document_number", ""))


def _name(row: Row) -> str:
    return clean_name(row.get("name", ""))
