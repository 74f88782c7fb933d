"""Plans and batches as the search finds them."""

from __future__ import annotations

from hengjian.kernel.actor import Actor
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.finding import Finder, Hit, by_words
from hengjian.kernel.words import listed
from hengjian.occupations.levels import level_title
from hengjian.plans.models import Batch, Plan

OF_PLANS = (
    ("number", "计划编号"),
    ("title", "计划名称"),
    ("institution__short_name", "机构"),
    ("institution__name", "机构"),
    ("venue", "考点"),
)
OF_BATCHES = (
    ("occupation_name", "职业"),
    ("trade", "工种"),
    ("occupation_code", "职业编码"),
    ("plan__number", "计划编号"),
    ("plan__institution__short_name", "机构"),
    ("plan__institution__name", "机构"),
)


def _plans(actor: Actor, words: str) -> list[Hit]:
    rows = disclosed(Plan, actor).select_related("institution").order_by("-held_on", "-pk")
    return [
        Hit(
            row.pk,
            row.title,
            row.number or "",
            listed((row.institution.short_name, row.held_on.isoformat()), " · "),
            row.state,
            str(row.get_state_display()),
            reason,
        )
        for row, reason in by_words(rows, words, OF_PLANS)
    ]


def _batches(actor: Actor, words: str) -> list[Hit]:
    rows = disclosed(Batch, actor).select_related("plan__institution").order_by("-plan__held_on", "-pk")
    return [
        Hit(
            row.pk,
            listed((row.occupation_name, level_title(row.level)), " "),
            row.plan.number or row.plan.title,
            listed((row.plan.institution.short_name, row.plan.held_on.isoformat()), " · "),
            row.state,
            str(row.get_state_display()),
            reason,
        )
        for row, reason in by_words(rows, words, OF_BATCHES)
    ]


PLANS = Finder("plans", "认定计划", "计划名称或编号", Plan, _plans)
BATCHES = Finder("batches", "认定批次", "职业或工种", Batch, _batches)
