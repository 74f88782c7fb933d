"""The ground every installation starts from, laid by acts: areas and offices, the calendar, occupations, standards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hengjian.authorities.acts.enter_calendar_year import load_calendar
from hengjian.authorities.acts.load_areas import AreaRow, load_areas
from hengjian.authorities.models import Area, Office
from hengjian.authorities.seeds import SeedArea
from hengjian.installing.answers import ExtraArea, Unanswered
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.models import CalendarYear
from hengjian.kernel.words import listed, say
from hengjian.kernel.workdays import load_seed
from hengjian.occupations.acts.load_catalogue import load_catalogue
from hengjian.occupations.acts.load_standards import load_standards
from hengjian.occupations.models import Occupation, Standard
from hengjian.occupations.seeds import occupations, standards

AREAS_FROM = "民政部区划代码与国家统计局统计用区划代码"
CODE_LENGTH = 6


def lay_areas(areas: Sequence[SeedArea], offices: Mapping[str, str] | None = None) -> bool:
    """Areas with the office of each, unless there are some. `offices`: code → name, where it is not what `office_of` says."""
    if Area.objects.exists():
        return False
    named = offices or {}
    rows = [
        AreaRow(area.code, area.path, area.name, area.kind, named.get(area.code, office_of(area))) for area in areas
    ]
    load_areas(OPERATOR, rows=rows, source=AREAS_FROM)
    return True


def lay_tables() -> list[str]:
    """Whatever is missing of calendar, occupations and standards; what was laid."""
    laid = []
    if not CalendarYear.objects.exists():
        years = tuple(sorted(load_seed().known_years))
        load_calendar(OPERATOR, years=years, source="国务院办公厅历年节假日安排通知")
        laid.append("工作日历")
    if not Occupation.objects.exists():
        load_catalogue(OPERATOR, rows=occupations(), source="《中华人民共和国职业分类大典（2022 年版）》及增补")
        laid.append("职业分类大典")
    if not Standard.objects.exists():
        load_standards(OPERATOR, rows=standards(), source="国家职业标准颁布通知")
        laid.append("国家职业标准")
    return laid


def office_of(area: SeedArea) -> str:
    """Who supervises there: the appraisal centre of province or city, the bureau's section of a county or zone."""
    if area.kind == "province":
        return f"{area.name}职业技能鉴定指导中心"  # not said: the name of an office
    if area.path.count("/") == 2:
        return f"{area.name}职业技能鉴定中心"  # not said: the name of an office
    return f"{area.name}人力资源和社会保障部门"  # not said: the name of an office


def with_extra(areas: Sequence[SeedArea], extra: Sequence[ExtraArea]) -> list[SeedArea]:
    """The areas with zones that no list has, each below its parent. Raises Unanswered."""
    found = {area.code: area for area in areas}
    for zone in extra:
        above = found.get(zone.parent)
        if above is None or above.path.count("/") > 2:
            raise Unanswered(
                say("“{name}”的上级 {parent} 不在所选的省、市里。", name=zone.name or zone.code, parent=zone.parent)
            )
        if len(zone.code) != CODE_LENGTH or not zone.code.isdigit() or zone.code in found or not zone.name:
            raise Unanswered(
                say("“{name}”的代码 {code} 应为六位数字，不与其他区划重复。", name=zone.name, code=zone.code)
            )
        found[zone.code] = SeedArea(zone.code, f"{above.path}{zone.code}/", zone.name, "zone", above.code)
    return sorted(found.values(), key=lambda area: area.path)


def insist_the_offices_are_there(areas: Sequence[SeedArea], offices: Mapping[str, str]) -> None:
    """Raises Unanswered for names given to areas that are not installed, or for the one on top left without an office."""
    codes = {area.code for area in areas}
    if unknown := sorted(set(offices) - codes):
        raise Unanswered(say("所选的省、市里没有这些区划：{codes}。", codes=listed(unknown)))
    if offices.get(areas[0].code) == "":
        raise Unanswered("省级须有机关。")


def installed_province() -> str:
    """Two digits of the province that stands, or nothing."""
    top = Area.objects.filter(parent=None).order_by("path").first()
    return top.path.strip("/") if top is not None else ""


def office_at(code: str) -> Office | None:
    """The office of the area with this code; without a code that of the only city, else the province's."""
    offices = Office.objects.select_related("area")
    if code:
        return offices.filter(area__code=code).first()
    cities = list(offices.filter(level=Office.Level.CITY).order_by("area__path")[:2])
    top: Office | None = offices.filter(level=Office.Level.PROVINCE).first()
    return cities[0] if len(cities) == 1 else top
