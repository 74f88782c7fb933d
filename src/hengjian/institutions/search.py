"""Institutions as the search finds them: by name, short name, credit code or filing number."""

from __future__ import annotations

from hengjian.institutions.models import Institution
from hengjian.kernel.actor import Actor
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.finding import Finder, Hit, by_words

LOOKED_AT = (
    ("name", "名称"),
    ("short_name", "简称"),
    ("uscc", "统一社会信用代码"),
    ("filing_number", "备案编号"),
)


def _institutions(actor: Actor, words: str) -> list[Hit]:
    rows = disclosed(Institution, actor).select_related("area").order_by("name", "pk")
    return [
        Hit(
            row.pk,
            row.name,
            row.filing_number or row.uscc,
            row.area.name,
            row.state,
            str(row.get_state_display()),
            reason,
        )
        for row, reason in by_words(rows, words, LOOKED_AT)
    ]


INSTITUTIONS = Finder("institutions", "机构", "机构名称、简称、信用代码或备案编号", Institution, _institutions)
