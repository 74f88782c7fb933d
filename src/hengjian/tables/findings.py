"""One finding on one cell of a table: what is wrong or was mended, on what it rests, and what would mend it.

Reading and checks speak the same word, so the copy handed back and the pages show one list. A note records a repair
with its old and new value, a warning asks a person to look, an error keeps the table from being taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hengjian.kernel.kept_words import kept_text, said_again


class Severity(StrEnum):
    """How much a finding weighs; the first is the heaviest."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        return {"error": "错误", "warning": "提醒", "note": "说明"}[self.value]

    @property
    def weight(self) -> int:
        """0 is the heaviest, so that sorting ascending puts what must be mended first."""
        return ("error", "warning", "note").index(self.value)


@dataclass(frozen=True, slots=True)
class Finding:
    """`row` is the 1-based row of the spreadsheet (0: the sheet as a whole), `column` a key of the vocabulary or ""."""

    row: int
    sheet: str
    column: str
    code: str
    severity: Severity
    message: str
    clause: str = ""
    remedy: str = ""
    old: str = ""
    new: str = ""

    def as_list(self) -> list[Any]:
        """As it is kept between a check and the pages that show it, its sentences so that they can be said again;
        `of_list` reads it."""
        place = [self.row, self.sheet, self.column, self.code, self.severity.value]
        return [*place, *map(kept_text, (self.message, self.clause, self.remedy, self.old, self.new))]

    @classmethod
    def of_list(cls, kept: Sequence[Any]) -> Finding:
        row, sheet, column, code, severity, *words = kept
        return cls(int(row), sheet, column, code, Severity(severity), *map(said_again, words))

    @property
    def sentence(self) -> str:
        """The message and what would mend it, as one stands beside the row."""
        return self.message + self.remedy


def counts(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings of each severity, all three named."""
    total = dict.fromkeys(Severity, 0)
    for finding in findings:
        total[finding.severity] += 1
    return total


def may_be_filed(findings: Iterable[Finding]) -> bool:
    """Nothing is filed until no row has an error."""
    return not any(finding.severity is Severity.ERROR for finding in findings)
