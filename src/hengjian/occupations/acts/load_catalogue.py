"""The catalogue that comes with the house is read in by one act of the installation (R2)."""

from __future__ import annotations

from collections.abc import Sequence

from hengjian.kernel.act import Doing, creates
from hengjian.kernel.actor import BY_OPERATOR
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.words import say
from hengjian.occupations.facts import CatalogueLoaded
from hengjian.occupations.models import Occupation
from hengjian.occupations.seeds import SeedOccupation


@creates("occupations.load_catalogue", Occupation, by=BY_OPERATOR, clause="《中华人民共和国职业分类大典（2022 年版）》")
def load_catalogue(
    doing: Doing[None], *, rows: Sequence[SeedOccupation], source: str
) -> tuple[Occupation, CatalogueLoaded]:
    """录入职业分类大典。"""
    if not rows:
        raise refuse(
            "occupations.catalogue_empty",
            "没有可录入的职业。",
            field="rows",
            remedy="请选择含有职业的文件。",
            clause=PRODUCT,
        )
    if Occupation.objects.filter(edition=rows[0].version, code__in=[row.code for row in rows][:500]).exists():
        raise refuse(
            "occupations.catalogue_known",
            say("{version} 年版职业分类大典已经录入。", version=rows[0].version),
            field="rows",
            remedy="新增或停用职业，请逐项办理。",
            clause=PRODUCT,
        )
    occupations = [
        Occupation(
            code=row.code,
            name=row.name,
            mark=row.mark,
            trade_count=row.trade_count,
            small_name=row.small_name,
            middle_name=row.middle_name,
            major_name=row.major_name,
            edition=row.version,
            valid_from=row.valid_from,
        )
        for row in rows
    ]
    doing.bulk(Occupation, occupations)
    return occupations[0], CatalogueLoaded(rows[0].version, len(occupations), source)
