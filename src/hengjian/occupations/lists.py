"""The catalogue of occupations as a list (R2)."""

from __future__ import annotations

from typing import Any

from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.listing import Choice, ListColumn, Listing
from hengjian.kernel.words import say
from hengjian.occupations.models import Occupation
from hengjian.occupations.queries import OccupationRow, occupation_row

MAJORS = "12345678"


def _occupations(asking: Asking[None]) -> Any:
    return disclosed(Occupation, asking.actor)


def _of_major(rows: Any, value: str, today: object) -> Any:
    return rows.filter(code__startswith=f"{value}-")


OCCUPATIONS = Listing(
    "occupations",
    "职业与标准",
    OccupationRow,
    rows=_occupations,
    row=lambda asking, found: occupation_row(found),
    key="id",
    columns=[
        ListColumn("职业", "name", "name"),
        ListColumn("代码", "occupation_code", "code"),
        ListColumn("小类", "small_name", "small_name"),
        ListColumn("版本", "edition", "edition"),
        ListColumn("状态", "valid_to"),
    ],
    search=("name", "code"),
    hint="名称或代码，例如 电工、6-31-01",
    filters=[
        Choice(
            "major", "大类", [(number, say("第 {number} 大类", number=number)) for number in MAJORS], narrow=_of_major
        ),
        Choice("mark", "标识", [("L", "绿色职业"), ("S", "数字职业")], "mark__contains"),
    ],
    order=("code",),
)
