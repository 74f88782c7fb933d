"""Draws as the search finds them: by their number, by what they are for."""

from __future__ import annotations

from hengjian.kernel.actor import Actor
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.finding import Finder, Hit, by_words
from hengjian.supervision.models import Draw

LOOKED_AT = (
    ("code", "抽取编号"),
    ("plan__number", "计划编号"),
    ("plan__title", "计划名称"),
    ("plan__institution__name", "机构"),
)


def _draws(actor: Actor, words: str) -> list[Hit]:
    rows = disclosed(Draw, actor).select_related("plan__institution").defer("manifest", "secrets", "result")
    return [
        Hit(
            row.pk,
            row.code,
            row.plan.number or row.plan.title,
            row.plan.institution.short_name,
            row.state,
            str(row.get_state_display()),
            reason,
        )
        for row, reason in by_words(rows.order_by("-pk"), words, LOOKED_AT)
    ]


DRAWS = Finder("draws", "抽取", "抽取编号", Draw, _draws)
