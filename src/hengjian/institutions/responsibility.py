"""Who is responsible for an institution: 属地管理、分级负责 (R7–R9).

Ownership and level of filing decide between province and city, the territory decides which city. A pure function over
offices and policy data, so that ten thousand invented institutions can be routed in a test; the reason is a sentence
that stands on the page beside the office.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hengjian.kernel.words import say

CENTRAL_OWNERSHIP, PROVINCIAL_OWNERSHIP = "central", "provincial"
MINISTRY_FILING = "ministry"
EMPLOYER = "Y"
XIONGAN = "1331"
OWN = "own"


@dataclass(frozen=True)
class OfficeAt:
    """An office as routing sees it: where it stands and at which level."""

    id: int
    name: str
    level: str
    area_path: str


@dataclass(frozen=True)
class Routing:
    """The one responsible office and why."""

    office_id: int
    reason: str


class NoOffice(LookupError):
    """The province or the city concerned has no office yet."""


def category(filing_level: str, ownership: str, area_path: str, kind: str = EMPLOYER) -> str:
    """The row of `filing.responsible_level` an institution falls under."""
    if ownership == CENTRAL_OWNERSHIP:
        return "央企"
    if ownership == PROVINCIAL_OWNERSHIP:
        return "省级试点企业" if kind == EMPLOYER else "省级机构"
    if filing_level == MINISTRY_FILING:
        return "省级机构"
    if _parts(area_path)[1:2] == [XIONGAN]:
        return "雄安新区机构"
    return "市内试点企业" if kind == EMPLOYER else "市级机构"


def route(
    filing_level: str,
    ownership: str,
    area_path: str,
    offices: Sequence[OfficeAt],
    *,
    kind: str = EMPLOYER,
    levels: Mapping[str, str],
    directly_administered: Mapping[str, str],
) -> Routing:
    """Exactly one office. `levels` and `directly_administered` are the policy values of the day."""
    row = category(filing_level, ownership, area_path, kind)
    by_path = {office.area_path: office for office in offices}
    province = by_path.get(f"{_parts(area_path)[0]}/")
    if province is None:
        raise NoOffice("本省尚未设置省级机关。")
    parts = _parts(area_path)
    if levels[row] == "province":
        return Routing(
            province.id, say("{row}：由省级负责指导、监督与数据上网，归口{name}。", row=row, name=province.name)
        )
    if len(parts) == 1:
        return Routing(province.id, say("{row}，所在地登记到省：由{name}负责。", row=row, name=province.name))
    city_part = parts[1]
    treatment = directly_administered.get(city_part, OWN)
    if treatment != OWN:
        city = by_path.get(f"{parts[0]}/{treatment}/")
        note = "省直管县（市），按规定由所在设区市负责"
    else:
        city = by_path.get(f"{parts[0]}/{city_part}/")
        note = _note(parts, city_part, directly_administered)
    if city is None:
        raise NoOffice(say("区域 {area_path} 所在的市尚未设置机关。", area_path=area_path))
    return Routing(city.id, say("{row}：{note}，归口{name}。", row=row, note=note, name=city.name))


def filing_office(filing_level: str, routing: Routing, province_office_id: int) -> int:
    """Who files: the province, unless filing was passed down to the responsible city (filing.filing_level)."""
    return routing.office_id if filing_level == "city" else province_office_id


def _note(parts: list[str], city_part: str, directly_administered: Mapping[str, str]) -> str:
    if city_part == XIONGAN:
        return "所在地在雄安新区，按设区市一级由新区负责"
    if city_part in directly_administered:
        return "所在地为省直管县（市），由本级机关按设区市一级负责"
    if len(parts) > 2:
        return "属地管理，所在县（市、区）或开发区由所属设区市负责"
    return "属地管理，由所在设区市负责"


def _parts(area_path: str) -> list[str]:
    return area_path.strip("/").split("/")
