"""One draw as anybody may read it: sealed, it shows its digest and place in the log; published, everything to run it again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from hengjian.kernel.models import Entry
from hengjian.supervision.models import Draw
from hengjian.supervision.queries import PublicDraw, public_draws, published_draw

SEALED, DRAWN, PUBLISHED = "supervision.seal_draw", "supervision.reveal_and_draw", "supervision.publish_draw"
_DATES = re.compile(r"\s*\d{4}-\d{2}-\d{2}\s*")


@dataclass(frozen=True)
class PublicDrawDetail:
    """`excluded` counts by reason, without saying who; institution and day only once published."""

    head: PublicDraw
    excluded: tuple[tuple[str, int], ...]
    published: dict[str, Any] | None
    institution: str
    plan_number: str
    held_on: date | None
    index: dict[str, int]


def public_draw(code: str) -> PublicDrawDetail | None:
    head = next((row for row in public_draws() if row.code == code), None)
    if head is None:
        return None
    found = Draw.objects.select_related("plan__institution").defer("secrets").get(code=code)
    open_now = head.published
    return PublicDrawDetail(
        head=head,
        excluded=tuple(sorted(Counter(_kind(row["reason"]) for row in found.excluded).items())),
        published=published_draw(code) if open_now else None,
        institution=found.plan.institution.name if open_now else "",
        plan_number=(found.plan.number or "") if open_now else "",
        held_on=found.plan.held_on if open_now else None,
        index=_places(found),
    )


def _kind(reason: str) -> str:
    """The reason without what would tell who: dates go, the ground of a recusal stays a recusal."""
    return "回避" if reason.startswith("回避") else _DATES.sub("", reason)


def _places(found: Draw) -> dict[str, int]:
    """Where the acts on this draw stand in the log; sealing is an act on the plan that wrote this draw's row."""
    from hengjian.kernel.models import EntryRow

    rows = EntryRow.objects.filter(table=Draw._meta.db_table, row_id=found.pk).order_by("id")
    entries = Entry.objects.filter(pk__in=rows.values("entry"), idx__isnull=False).order_by("id")
    return {act: idx for act, idx in entries.values_list("act", "idx") if idx is not None}
