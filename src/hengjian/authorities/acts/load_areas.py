"""Areas and their offices come in by one act of the installation (R6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.authorities.facts import AreasLoaded
from hengjian.authorities.models import Area, Office
from hengjian.kernel.act import Doing, creates
from hengjian.kernel.actor import BY_OPERATOR


@dataclass(frozen=True)
class AreaRow:
    """One supervised area; `office` is the name of its bureau or centre, empty where there is none."""

    code: str
    path: str
    name: str
    kind: str
    office: str = ""


@creates(
    "authorities.load_areas",
    Area,
    by=BY_OPERATOR,
    clause="《技能等级认定试点企业监管服务措施研究》第 2.1 节：属地管理、分级负责",
)
def load_areas(doing: Doing[None], *, rows: Sequence[AreaRow], source: str) -> tuple[Area, AreasLoaded]:
    """录入行政区划与机关。

    The first row is the province; parents come before children.
    """
    levels = {1: Office.Level.PROVINCE, 2: Office.Level.CITY, 3: Office.Level.DISTRICT}
    by_path: dict[str, Area] = {}
    ordered = sorted(rows, key=lambda row: row.path)
    for depth in (1, 2, 3):
        of_depth = [row for row in ordered if row.path.count("/") == depth]
        areas = [
            Area(code=row.code, path=row.path, name=row.name, kind=row.kind, parent=by_path.get(_above(row.path)))
            for row in of_depth
        ]
        doing.bulk(Area, areas)
        by_path |= {area.path: area for area in areas}
    offices: dict[str, Office] = {}
    for depth in (1, 2, 3):
        part = [
            Office(area=by_path[row.path], name=row.office, level=levels[depth], parent=offices.get(_above(row.path)))
            for row in ordered
            if row.office and row.path.count("/") == depth
        ]
        doing.bulk(Office, part)
        offices |= {office.area.path: office for office in part}
    return by_path[ordered[0].path], AreasLoaded(len(by_path), len(offices), source)


def _above(path: str) -> str:
    return "/".join(path.strip("/").split("/")[:-1]) + "/"
