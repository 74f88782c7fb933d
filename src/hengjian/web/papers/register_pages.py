"""The register of papers, one paper with what was issued, its file and its translation."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.urls import reverse

from hengjian.kernel.disclosure import disclosed_row
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.words import listed, say
from hengjian.papers import making, queries
from hengjian.papers.faces import check_address
from hengjian.papers.fonts import FontsMissing
from hengjian.papers.lists import PAPERS
from hengjian.papers.maker import Unmakeable
from hengjian.papers.models import Paper
from hengjian.papers.queries import PaperRow
from hengjian.papers.signing import NoKey
from hengjian.papers.states import PaperState
from hengjian.web.cases import case_page, course, course_card
from hengjian.web.components import Alert, Button, Card, Cell, Chip, Empty, Go, Head, Link, Row, crumbs, facts
from hengjian.web.listing import show
from hengjian.web.pages import Answer, Desk, case_address, page, page_of
from hengjian.web.papers.parts import file_cell, paper_chip
from hengjian.web.parts import day, moment, proof_of
from hengjian.web.performing import act_bar


@page("paper-register/", "paper_register")
def papers_page(desk: Desk) -> Answer:
    """公文登记簿。"""

    def cells(row: PaperRow) -> Row:
        return Row(
            struck=row.state != PaperState.IN_FORCE,
            cells=[
                Cell(row.number, href=reverse("paper", kwargs={"pk": row.id}), note=row.title),
                Cell(row.addressee, second=not row.addressee),
                Cell(row.issuer, note=row.signer),
                Cell(day(row.issued_on)),
                Cell(chip=paper_chip(row.state)),
                file_cell(row),
            ],
        )

    return show(
        desk,
        PAPERS,
        cells,
        lead="办理中出具的公文：文号、主送、签发，是否有效；每件附存证凭证和电子签名。",
        empty=Empty("还没有公文", "受理、补正、决定等办理会自动出具公文。"),
    )


@page_of(Paper, "paper-register/<int:pk>/", "paper", "replaces")
def paper_page(desk: Desk, paper: Paper) -> Answer:
    """One paper: what it is, whether it holds, its file, how to check it."""
    pk = paper.pk
    row = queries.row(paper)
    checked = queries.check(paper.code)
    assert checked is not None
    replaced = desk.visible(Paper).filter(replaces=paper).first()
    case = _case(desk, paper)
    pairs: list[tuple[str, Any]] = [
        ("文号", Cell(paper.number, strong=True)),
        ("主送", paper.addressee or "—"),
        ("出具单位", paper.issuer),
        ("签发人", Cell(paper.signer, note=moment(paper.issued_at))),
        ("案件", Cell(str(case), href=case_address(case)) if case is not None else "—"),
    ]
    if paper.replaces is not None:
        href = reverse("paper", kwargs={"pk": paper.replaces_id})
        pairs += [("替代", Cell(paper.replaces.number, href=href)), ("更正说明", paper.correction)]
    if paper.ended_on is not None:
        pairs += [("失效日期", day(paper.ended_on)), ("失效理由", paper.ended_reason)]
    if replaced is not None:
        pairs.append(("替代它的公文", Cell(replaced.number, href=reverse("paper", kwargs={"pk": replaced.pk}))))
    proof = proof_of(checked.index)
    check = Card(
        "怎样核验",
        facts=facts(
            ("核验码", Cell(queries.code_face(paper), mono=True)),
            ("文件摘要", Cell(paper.file_sha256 or "制作以后登记", mono=paper.file_sha256 is not None)),
            ("签名前摘要", Cell(paper.unsigned_sha256 or "制作以后登记", mono=paper.unsigned_sha256 is not None)),
        ),
        proof_links=[proof] if proof is not None else [],
        link=Link("公众看到的核验页", check_address(paper.code)),
    )
    acts: list[Button | Go] = [*act_bar(desk, paper)]
    if row.made:
        acts.insert(0, Go("下载公文", primary=True, href=reverse("paper_file", kwargs={"pk": pk})))
        acts.insert(1, Go("英文译本", href=reverse("paper_translation", kwargs={"pk": pk})))
    head = Head(
        listed((paper.title, paper.number), " "),
        crumbs=crumbs(("公文", reverse("paper_register")), (paper.number,)),
        chips=[paper_chip(paper.state), *([] if row.made else [Chip("待制作", "quiet")])],
    )
    return case_page(
        head,
        [Card("登记事项", facts=facts(*pairs)), check],
        [course_card(course(paper))],
        acts=acts,
        alert=_waiting(row),
        hint="公文封存以后自动制作。" if not row.made else "",
    )


def _waiting(row: PaperRow) -> Alert | None:
    """Why there is no file yet."""
    if row.made or row.state != PaperState.IN_FORCE:
        return None
    hindrance = making.hindrance()
    if hindrance:
        return Alert("公文还不能制作", hindrance, "warn")
    return Alert("公文正在制作", "签发的办理封存以后自动制作，一般在一分钟以内；届时在这里下载。", "quiet")


def _case(desk: Desk, paper: Paper) -> Any:
    return disclosed_row(paper.case_table, paper.case_id, desk.actor)


@page("paper-register/<int:pk>/file", "paper_file")
def paper_file(desk: Desk, pk: int) -> Answer:
    """The signed file, for whoever may see its case."""
    found = queries.file(desk.actor, pk)
    if found is None:
        raise Http404
    return pdf_answer(*found)


@page("paper-register/<int:pk>/english", "paper_translation")
def translation_file(desk: Desk, pk: int) -> Answer:
    """The translation: made when asked for, neither sealed nor signed."""
    try:
        found = queries.translation(desk.actor, pk)
    except (FontsMissing, NoKey, Unmakeable) as problem:
        raise refuse(
            "papers.not_makeable_here",
            say("译本现在不能制作：{problem}", problem=problem),
            remedy="请联系系统管理员。",
            clause=PRODUCT,
        ) from problem
    if found is None:
        raise Http404
    return pdf_answer(*found, ending="-en")


def pdf_answer(row: PaperRow, file: bytes, *, ending: str = "") -> HttpResponse:
    """A paper as a download under its title and number."""
    response = HttpResponse(file, content_type="application/pdf")
    name = quote(f"{row.title} {row.number}{ending}.pdf")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response.headers["Cache-Control"] = "private, no-store"
    return response
