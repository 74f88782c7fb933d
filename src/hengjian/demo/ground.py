"""The ground every installation starts from, laid by acts: areas and offices, the calendar, occupations, standards."""

from __future__ import annotations

from hengjian.authorities.acts.enter_calendar_year import load_calendar
from hengjian.authorities.acts.load_areas import AreaRow, load_areas
from hengjian.authorities.models import Area
from hengjian.authorities.seeds import SeedArea, supervised_areas
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.models import CalendarYear
from hengjian.kernel.workdays import load_seed
from hengjian.occupations.acts.load_catalogue import load_catalogue
from hengjian.occupations.acts.load_standards import load_standards
from hengjian.occupations.models import Occupation, Standard
from hengjian.occupations.seeds import occupations, standards


def lay() -> None:
    """Whatever of the ground is missing; a second time nothing is left to do."""
    if not Area.objects.exists():
        rows = [AreaRow(area.code, area.path, area.name, area.kind, office_of(area)) for area in supervised_areas()]
        load_areas(OPERATOR, rows=rows, source="民政部区划代码与国家统计局统计用区划代码")
    if not CalendarYear.objects.exists():
        years = tuple(sorted(load_seed().known_years))
        load_calendar(OPERATOR, years=years, source="国务院办公厅历年节假日安排通知")
    if not Occupation.objects.exists():
        load_catalogue(OPERATOR, rows=occupations(), source="《中华人民共和国职业分类大典（2022 年版）》及增补")
    if not Standard.objects.exists():
        load_standards(OPERATOR, rows=standards(), source="国家职业标准颁布通知")


def office_of(area: SeedArea) -> str:
    """Who supervises there: the appraisal centre of province or city, the bureau's section of a county or zone."""
    if area.kind == "province":
        return f"{area.name}职业技能鉴定指导中心"
    if area.path.count("/") == 2:
        return f"{area.name}职业技能鉴定中心"
    return f"{area.name}人力资源和社会保障部门"
