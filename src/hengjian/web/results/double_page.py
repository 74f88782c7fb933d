"""Double entry: a second person keys the marks again from the paper sheets, and every difference is named (C.5).

Nothing is written: whoever confirms sees where the two readings differ, and the clerk mends what was mistyped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import Http404
from django.urls import reverse

from hengjian.kernel.words import say
from hengjian.results import queries
from hengjian.results.marks import TITLES
from hengjian.results.models import ResultSheet
from hengjian.results.policies import PARTS_BY_LEVEL
from hengjian.results.queries import ScoreLine
from hengjian.web.components import Alert, Component, Head, crumbs
from hengjian.web.pages import Answer, Desk, Page, page


@dataclass(frozen=True, slots=True)
class AgainCell(Component):
    """A mark typed a second time; `said` is how it differs."""

    name: str
    value: str
    label: str
    said: str


@dataclass(frozen=True, slots=True)
class Again(Component):
    """The line of one candidate."""

    who: str
    cells: Sequence[AgainCell]


@page("results/<int:pk>/double/", "double_entry")
def double_entry_page(desk: Desk, pk: int) -> Answer:
    """双人复核: the grid is empty at first; after comparing, each difference stands beside its cell."""
    sheet = desk.one(ResultSheet, pk, "batch__plan__institution")
    if desk.actor.reach.get("institution") != sheet.batch.plan.institution_id:
        raise Http404
    detail = queries.sheet(desk.actor, pk)
    assert detail is not None
    by_level = desk.asking(sheet).policy(PARTS_BY_LEVEL)
    parts = by_level.get(detail.head.level) or by_level[min(by_level)]
    post: Any = desk.request.POST if desk.post else {}
    rows, typed, differing = [], 0, 0
    for line in detail.lines:
        cells = [_cell(line, part, post.get(f"m-{line.row}-{part}", "").strip()) for part in parts]
        typed += any(cell.value for cell in cells)
        differing += sum(bool(cell.said) for cell in cells)
        rows.append(
            Again(
                say(
                    "{row}\u3000{masked_name}\u3000{ticket}",
                    row=line.row,
                    masked_name=line.masked_name,
                    ticket=line.ticket,
                ),
                cells,
            )
        )
    back = reverse("result_sheet", kwargs={"pk": pk})
    values = {
        "labels": [TITLES[part] for part in parts],
        "rows": rows,
        "verdict": _verdict(typed, differing, len(rows)) if desk.post else None,
        "back": back,
    }
    head = Head(
        "双人复核",
        crumbs=crumbs(("结果与公示", reverse("results")), (str(sheet), back), ("双人复核",)),
        lead="对照纸质评分表把成绩再录一遍，与已录入的比较；缺考的填“缺”。这里不写入任何成绩。",
    )
    return Page("results/double.html", head, values)


def _cell(line: ScoreLine, part: str, value: str) -> AgainCell:
    """What was typed and how it differs; a cell left empty is not compared."""
    recorded: Decimal | None = getattr(line, part)
    told = "缺考" if line.absent else "没有录入" if recorded is None else f"{recorded.normalize():f}"
    name = f"m-{line.row}-{part}"
    if not value:
        same = True
    elif value in ("缺", "缺考"):
        same = line.absent
    else:
        try:
            same = recorded is not None and Decimal(value) == recorded
        except InvalidOperation:
            same = False
    label = say("第 {row} 行{part}", row=line.row, part=TITLES[part])
    return AgainCell(name, value, label, "" if same else say("已录入的是 {told}", told=told))


def _verdict(typed: int, differing: int, everybody: int) -> Alert:
    if differing:
        text = say(
            "复录 {typed} 人，有 {differing} 处不一致，请对照纸质评分表核实后由经办人改正。",
            typed=typed,
            differing=differing,
        )
        return Alert(tone="warn", title="有不一致", text=text)
    if typed < everybody:
        return Alert(
            tone="",
            title="没有不一致",
            text=say("已复录 {typed} 人，还有 {everybody} 人没有复录。", typed=typed, everybody=everybody - typed),
        )
    return Alert(
        tone="good", title="两次录入一致", text=say("{everybody} 人全部复录，没有不一致。", everybody=everybody)
    )
