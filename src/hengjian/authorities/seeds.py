"""Two lists of Hebei that must not be mixed: where one is supervised, and what an identity number may start with.

Supervised areas include development zones and 雄安新区, and have closed paths; 定州 and 辛集 stand directly under the
province. Identity numbers keep the code of the county of first registration: no zones, but every dissolved county.
Source: `seeds/SOURCES.md`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

PROVINCE = "130000"
XIONGAN = "133100"
XIONGAN_COUNTIES = frozenset({"130629", "130632", "130638"})
DIRECTLY_UNDER_PROVINCE = frozenset({"130181", "130682"})  # 辛集, 定州

KINDS = {"province": "province", "prefecture": "city", "county": "county"}


@dataclass(frozen=True)
class SeedArea:
    """A supervised area; `kind` is province, city, county or zone, `parent` the code of the area it lies in."""

    code: str
    path: str
    name: str
    kind: str
    parent: str | None


@dataclass(frozen=True)
class IdentityPrefix:
    """What an identity number may start with, the years in which it was given out, and where the place is today."""

    code: str
    name: str
    start_year: int | None
    end_year: int | None
    successor: str

    def given_out_in(self, year: int) -> bool:
        return (self.start_year or 0) <= year and (self.end_year is None or year <= self.end_year)


@cache
def _rows() -> tuple[Mapping[str, str], ...]:
    text = files("hengjian.authorities").joinpath("seeds/hebei_divisions.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def supervised_areas() -> tuple[SeedArea, ...]:
    """All areas in order of path, a parent always before its children."""
    areas = [_area(row) for row in _rows() if row["status"] != "historical"]
    return tuple(sorted(areas, key=lambda area: area.path))


def area_of_code(code: str) -> SeedArea | None:
    """Who supervises a place with this code: of a dissolved county its successor, of 1331xx at least 雄安新区."""
    areas = {area.code: area for area in supervised_areas()}
    if code in areas:
        return areas[code]
    if code.startswith(XIONGAN[:4]):
        return areas[XIONGAN]
    successors = {old.successor for old in identity_prefixes().get(code, ()) if old.successor}
    return areas.get(successors.pop()) if len(successors) == 1 else None


def identity_codes_in(path: str) -> frozenset[str]:
    """The current identity prefixes of a supervised area: of 雄安新区 the three counties that Baoding's code holds."""
    current = identity_prefixes()
    return frozenset(area.code for area in supervised_areas() if area.path.startswith(path) and area.code in current)


@cache
def identity_prefixes() -> Mapping[str, tuple[IdentityPrefix, ...]]:
    """By code, oldest first: one code may have belonged to several counties in turn."""
    found: dict[str, list[IdentityPrefix]] = defaultdict(list)
    for row in _rows():
        if row["level"] == "county" and row["status"] in ("gb2260", "historical"):
            start, end = (int(row[name]) if row[name] else None for name in ("start_year", "end_year"))
            successor = row["successor"] if row["status"] == "historical" else row["code"]
            found[row["code"]].append(IdentityPrefix(row["code"], row["name"], start, end, successor))
    return {
        code: tuple(sorted(names, key=lambda name: (name.end_year or 9999, name.start_year or 0)))
        for code, names in sorted(found.items())
    }


def _area(row: Mapping[str, str]) -> SeedArea:
    code, parent = row["code"], row["parent_code"] or None
    if code in XIONGAN_COUNTIES:
        parent = XIONGAN
    elif code in DIRECTLY_UNDER_PROVINCE:
        parent = PROVINCE
    kind = "zone" if row["status"] == "stats_only" else KINDS[row["level"]]
    return SeedArea(code, _path(code, parent), row["name"], kind, parent)


def _path(code: str, parent: str | None) -> str:
    if parent is None:
        return f"{code[:2]}/"
    if code.endswith("00"):
        return f"{code[:2]}/{code[:4]}/"
    return f"{code[:2]}/{code}/" if parent == PROVINCE else f"{code[:2]}/{parent[:4]}/{code}/"
