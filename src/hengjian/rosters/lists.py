"""The list of rosters: batches that wait for one, and those that have one (R23)."""

from __future__ import annotations

from typing import Any

from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.listing import Choice, Days, ListColumn, Listing
from hengjian.plans.models import Batch
from hengjian.plans.states import BatchState
from hengjian.rosters.queries import RosterRow, counted, roster_row


def _rosters(asking: Asking[None]) -> Any:
    rows = disclosed(Batch, asking.actor).exclude(state=BatchState.WITHDRAWN)
    return counted(rows.select_related("plan__institution"))


ROSTERS = Listing(
    "rosters",
    "考生核查",
    RosterRow,
    rows=_rosters,
    row=lambda asking, found: roster_row(found),
    key="batch",
    columns=[
        ListColumn("批次", "title", "occupation_name"),
        ListColumn("机构", "institution", "plan__institution__short_name"),
        ListColumn("考试日期", "held_on", "plan__held_on"),
        ListColumn("名册", "rows", "roster_rows"),
        ListColumn("状态", "state_label", "state"),
        ListColumn("提示", "warnings"),
    ],
    search=("occupation_name", "plan__number", "plan__institution__name"),
    hint="职业、计划编号或机构",
    filters=[
        Choice("state", "状态", list(BatchState.choices)[:4], "state"),
        Days("held", "考试日期", "plan__held_on"),
    ],
    order=("-plan__held_on",),
)
