"""The national standards that come with the house are read in by one act of the installation (R3)."""

from __future__ import annotations

from collections.abc import Sequence

from hengjian.kernel.act import Doing, creates
from hengjian.kernel.actor import BY_OPERATOR
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.words import say
from hengjian.occupations.facts import StandardsLoaded
from hengjian.occupations.models import Standard
from hengjian.occupations.policies import STANDARD_TEMPLATE
from hengjian.occupations.seeds import SeedStandard, split_mark


@creates(
    "occupations.load_standards",
    Standard,
    by=BY_OPERATOR,
    cites=[STANDARD_TEMPLATE],
    clause="国家职业标准颁布通知",
)
def load_standards(
    doing: Doing[None], *, rows: Sequence[SeedStandard], source: str
) -> tuple[Standard, StandardsLoaded]:
    """录入国家职业标准。

    One published for several trades stands once for each of them. Which template of entry conditions a standard follows is judged by the day it was issued.
    """
    if not rows:
        raise refuse(
            "occupations.standards_empty",
            "没有可录入的标准。",
            field="rows",
            remedy="请选择含有标准的文件。",
            clause=PRODUCT,
        )
    standards = [
        Standard(
            kind=Standard.Kind.NATIONAL,
            occupation_code=row.occupation_code,
            trade=trade,
            title=say("{split_mark}国家职业标准", split_mark=split_mark(row.title)[0]),
            version=say("{issued_on.year} 年版", issued_on=row.issued_on),
            document_number=row.document_number,
            conditions=doing.policy(STANDARD_TEMPLATE, row.issued_on),
            issued_on=row.issued_on,
        )
        for row in rows
        for trade in row.trades or ("",)
    ]
    doing.bulk(Standard, standards)
    return standards[0], StandardsLoaded(len(standards), source)
