"""The occupations of the 职业分类大典 and the national standards, as they come with the house.

A code is major-middle-small-occupation (`6-18-02-04`), ordered by its parts and not as text. A standard may carry a fifth
part or a bracket for one trade: it belongs to (occupation, trade?), many to one. The green and digital marks L and S are
written onto names and are taken off before any comparison. Source: `seeds/SOURCES.md`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from hengjian.kernel.policy import Policy

CATALOGUE_EDITION = Policy("occupations.catalogue_edition", str)

CODE = re.compile(r"[1-8](?:-\d{2}){3}(?:-\d{3})?")
MARK = re.compile(r"\s*(L/S|L|S)$")
TRADE = re.compile(r"(?P<occupation>[^（(]+)[（(](?P<trade>[^）)]+)[）)]")


@dataclass(frozen=True)
class SeedOccupation:
    """One occupation of one edition; `mark` is "", "L" (green), "S" (digital) or "L/S"."""

    code: str
    name: str
    mark: str
    trade_count: int
    small_code: str
    small_name: str
    middle_code: str
    middle_name: str
    major_code: str
    major_name: str
    version: str
    valid_from: date


@dataclass(frozen=True)
class SeedStandard:
    """A national standard: of a whole occupation, or with `trade` of one or several trades of it."""

    occupation_code: str
    trade: str
    title: str
    code_as_published: str
    issued_on: date
    document_number: str

    @property
    def trades(self) -> tuple[str, ...]:
        return tuple(re.split(r"[\s、]+", self.trade)) if self.trade else ()


def order(code: str) -> tuple[int, ...]:
    """The place of a code in the catalogue."""
    return tuple(int(part) for part in code.split("-"))


def split_mark(name: str) -> tuple[str, str]:
    """`网络主播 S` → (`网络主播`, `S`)."""
    match = MARK.search(name)
    return (name[: match.start()].strip(), match[1]) if match else (name.strip(), "")


def split_trade(title: str) -> tuple[str, str]:
    """`灌区管理工（灌区供水工）` → (`灌区管理工`, `灌区供水工`); a mark before the bracket or at the end is taken off."""
    match = TRADE.fullmatch(split_mark(title)[0])
    if match is None:
        return split_mark(title)[0], ""
    return split_mark(match["occupation"])[0], match["trade"].strip()


@cache
def occupations() -> tuple[SeedOccupation, ...]:
    """All occupations in the order of the catalogue."""
    rows = [_occupation(row) for row in _rows("occupations_2022.csv")]
    return tuple(sorted(rows, key=lambda row: order(row.code)))


@cache
def standards() -> tuple[SeedStandard, ...]:
    """The standards that come with the house, in the order of the catalogue: a sample, absence says nothing."""
    rows = [_standard(row) for row in _rows("national_standards.csv")]
    return tuple(sorted(rows, key=lambda row: (order(row.code_as_published), row.trade)))


@cache
def aliases() -> Mapping[str, str]:
    """Codes that another edition or a standard gives to the same occupation, to the code of the catalogue."""
    return {row["alias"]: row["code"] for row in _rows("occupation_aliases.csv")}


def name_mismatches() -> Iterator[tuple[SeedStandard, SeedOccupation]]:
    """Standards whose title names the occupation otherwise than the catalogue: the code decides, a person is told."""
    by_code = {row.code: row for row in occupations()}
    for standard in standards():
        occupation = by_code.get(standard.occupation_code)
        if occupation is not None and split_trade(standard.title)[0] != occupation.name:
            yield standard, occupation


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("hengjian.occupations").joinpath(f"seeds/{name}").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


def _occupation(row: Mapping[str, str]) -> SeedOccupation:
    name, mark = split_mark(row["name"])
    edition = CATALOGUE_EDITION.text.history[0]
    return SeedOccupation(
        code=row["code"],
        name=name,
        mark=row["marker"] or mark,
        trade_count=int(row["trade_count"]),
        small_code=row["small_code"],
        small_name=row["small_name"],
        middle_code=row["middle_code"],
        middle_name=row["middle_name"],
        major_code=row["major_code"],
        major_name=row["major_name"],
        version=str(edition.value),
        valid_from=edition.since,
    )


def _standard(row: Mapping[str, str]) -> SeedStandard:
    published = row["code_as_published"]
    return SeedStandard(
        occupation_code="-".join(published.split("-")[:4]),
        trade=row["trade"] or split_trade(row["title_as_published"])[1],
        title=row["title_as_published"],
        code_as_published=published,
        issued_on=date.fromisoformat(row["issued_on"]),
        document_number=row["document_number"],
    )
