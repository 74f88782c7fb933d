"""What stands about papers on the pages of their cases."""

from __future__ import annotations

from django.urls import reverse

from hengjian.kernel.case import CaseModel
from hengjian.papers import queries
from hengjian.papers.queries import PaperRow
from hengjian.papers.states import PaperState
from hengjian.web.components import Card, Cell, Chip, Row, Table, columns
from hengjian.web.pages import Desk
from hengjian.web.parts import day

TONES = {PaperState.IN_FORCE: "good", PaperState.REPLACED: "warn", PaperState.REVOKED: "seal"}


def paper_chip(state: str) -> Chip:
    found = PaperState(state)
    return Chip(str(found.label), TONES[found])  # type: ignore[arg-type]


def papers_card(desk: Desk, case: CaseModel) -> Card | None:
    """The papers issued in this case; nothing where there are none."""
    found = queries.papers(desk.actor, case=case)
    if not found:
        return None
    return Card(
        "公文",
        flush=True,
        table=Table(columns=columns("文号", "公文", "签发日期", "状态", "文件"), rows=[_row(paper) for paper in found]),
    )


def _row(paper: PaperRow) -> Row:
    return Row(
        struck=paper.state != PaperState.IN_FORCE,
        cells=[
            Cell(paper.number, href=reverse("paper", kwargs={"pk": paper.id})),
            Cell(paper.title),
            Cell(day(paper.issued_on)),
            Cell(chip=paper_chip(paper.state)),
            file_cell(paper),
        ],
    )


def file_cell(paper: PaperRow) -> Cell:
    if not paper.made:
        return Cell("待制作" if paper.state == PaperState.IN_FORCE else "没有制作", second=True)
    return Cell("下载", href=reverse("paper_file", kwargs={"pk": paper.id}))
