"""The divisions of every province but one, from the national list of codes: where an installation's areas come from.

Hebei has a list of its own with development zones, 雄安新区 and the counties directly under the province (`seeds`). Of
the other provinces the list names provinces, cities, counties; zones that supervise are named when installing. Counties
of a municipality, and those a province administers itself, stand directly under it. Source: `seeds/SOURCES.md`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from hengjian.authorities.seeds import SeedArea, supervised_areas

HEBEI = "13"


@cache
def _names() -> Mapping[str, str]:
    text = files("hengjian.authorities").joinpath("seeds/china_divisions.csv").read_text(encoding="utf-8")
    return {row["code"]: row["name"] for row in csv.DictReader(text.splitlines())}


@cache
def provinces() -> Mapping[str, str]:
    """Two digits → the name of the province whose divisions are known."""
    found = {code[:2]: name for code, name in _names().items() if code.endswith("0000")}
    hebei = next(area for area in supervised_areas() if area.kind == "province")
    return dict(sorted({**found, HEBEI: hebei.name}.items()))


@cache
def areas_of(province: str) -> tuple[SeedArea, ...]:
    """All areas of a province in order of path, a parent before its children; KeyError for a province that is none."""
    if province not in provinces():
        raise KeyError(province)
    if province == HEBEI:
        return supervised_areas()
    cities = {code for code in _names() if code.startswith(province) and code.endswith("00")} - {f"{province}0000"}
    found = [SeedArea(f"{province}0000", f"{province}/", provinces()[province], "province", None)]
    for code, name in _names().items():
        if not code.startswith(province) or code.endswith("0000"):
            continue
        above = f"{code[:4]}00"
        if code in cities:
            found.append(SeedArea(code, f"{province}/{code[:4]}/", name, "city", f"{province}0000"))
        elif above in cities:
            found.append(SeedArea(code, f"{province}/{code[:4]}/{code}/", name, "county", above))
        else:
            found.append(SeedArea(code, f"{province}/{code}/", name, "county", f"{province}0000"))
    return tuple(sorted(found, key=lambda area: area.path))


def areas_within(province: str, cities: Sequence[str]) -> tuple[SeedArea, ...]:
    """Of a province only the province itself, these cities (four or six digits), and what lies in them; all where none is
    named. Raises KeyError with the code that names no city of it."""
    every = areas_of(province)
    if not cities:
        return every
    roots = []
    for code in cities:
        asked = code if len(code) == len(f"{province}0000") else f"{code}00"
        root = next((area for area in every if area.code == asked and area.path.count("/") == 2), None)
        if root is None:
            raise KeyError(code)
        roots.append(root.path)
    return tuple(area for area in every if area.parent is None or any(area.path.startswith(root) for root in roots))
