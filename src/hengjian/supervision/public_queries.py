"""One draw as anybody may read it: sealed, it shows its digest and place in the log; published, everything to run it again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from hengjian.kernel.models import Entry
from hengjian.supervision.models import Draw, Witness
from hengjian.supervision.queries import PublicDraw, as_published, public_head

SEALED, DRAWN, PUBLISHED = "supervision.seal_draw", "supervision.reveal_and_draw", "supervision.publish_draw"
VOIDED, DISCLOSED = "supervision.void_draw", "supervision.disclose_void_draw"
_DATES = re.compile(r"\s*\d{4}-\d{2}-\d{2}\s*")


@dataclass(frozen=True)
class OtherDraw:
    """Another draw for the same exam: whoever counts repeats sees them without asking."""

    code: str
    state: str
    state_label: str
    void_ground: str
    void_reason: str
    voided_by: str


@dataclass(frozen=True)
class PublicDrawDetail:
    """`excluded` counts by reason, without saying who; institution and day only once disclosed."""

    head: PublicDraw
    excluded: tuple[tuple[str, int], ...]
    published: dict[str, Any] | None
    institution: str
    plan_number: str
    held_on: date | None
    index: dict[str, int]
    witnesses: tuple[tuple[str, str], ...]
    others: tuple[OtherDraw, ...]


def public_draw(code: str) -> PublicDrawDetail | None:
    rows = Draw.objects.filter(code=code).select_related("plan__institution", "office", "chain").defer("secrets")
    found = rows.order_by("pk").first()
    if found is None:
        return None
    head = public_head(found)
    open_now = head.published
    witnesses = found.witnesses.order_by("place").values_list("label", "state")
    return PublicDrawDetail(
        head=head,
        excluded=tuple(sorted(Counter(_kind(row["reason"]) for row in found.excluded).items())),
        published=as_published(found) if open_now else None,
        institution=found.plan.institution.name if open_now else "",
        plan_number=(found.plan.number or "") if open_now else "",
        held_on=found.plan.held_on if open_now else None,
        index=_places(found),
        witnesses=tuple(
            (label if open_now else _role_of(label), str(Witness.State(state).label)) for label, state in witnesses
        ),
        others=_others(found),
    )


def _role_of(label: str) -> str:
    """Before disclosure the witness's role only: an institution's name would say whose exam is drawn for."""
    return label.rpartition("·")[2]


def _others(found: Draw) -> tuple[OtherDraw, ...]:
    rows = Draw.objects.filter(plan=found.plan_id).exclude(pk=found.pk).order_by("pk")
    return tuple(
        OtherDraw(head.code, head.state, head.state_label, head.void_ground, head.void_reason, head.voided_by)
        for head in map(public_head, rows.select_related("office", "chain").defer("secrets", "result", "manifest"))
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
