"""Materials of a filing: each reviewed, replaced or withdrawn by itself, every file with its digest (R15)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from hengjian.institutions.acts.materials import add_material, replace_material, review_material, withdraw_material
from hengjian.institutions.models import Filing, Material
from hengjian.institutions.rules import papers_missing
from hengjian.institutions.states import FilingState, MaterialState
from hengjian.kernel.acts_catalogue import AnyAct
from hengjian.kernel.asking import Asking
from hengjian.web import viewing
from hengjian.web.components import Button, Chip, Component, Head, Hidden, Pager, crumbs
from hengjian.web.institutions.parts import material_chip
from hengjian.web.pages import Answer, Desk, Goto, page
from hengjian.web.paging import Part
from hengjian.web.performing import address_of, performing


@dataclass(frozen=True, slots=True)
class Paper(Component):
    """A paper on the checklist; `digest` begins its SHA-256 in hexadecimal."""

    title: str
    href: str
    note: str
    chip: Chip
    reason: str
    digest: str
    struck: bool
    acts: Sequence[Button]


@dataclass(frozen=True, slots=True)
class Checklist(Component):
    """`missing` are kinds of paper, `accepted` of `standing` are in order, `add` is where one more is handed in."""

    missing: Sequence[str]
    rows: Sequence[Paper]
    add: str
    accepted: int
    standing: int
    pager: Pager | None


def checklist(desk: Desk, filing: Filing, materials: Part[Material]) -> Checklist:
    """Rows of the checklist: what is missing first, then each paper with what this desk can do with it. A paper that
    is in order is accepted with one click; to return it, a reason is asked."""
    open_now = filing.state in (FilingState.DRAFT, FilingState.RETURNED)
    missing = papers_missing(Asking(desk.actor, filing)) if open_now else []
    rows: list[Paper] = []
    for material in materials.rows:
        material.filing = filing
        reviewing = review_material.why_not(desk.actor, material) is None
        rows.append(
            Paper(
                title=material.title,
                href=reverse("material_view", kwargs={"pk": material.pk}),
                note=material.kind if material.kind != material.title else material.file_name,
                chip=material_chip(material.state),
                reason=material.reason,
                digest=material.sha256[:12],
                struck=material.state == MaterialState.WITHDRAWN,
                acts=_buttons(desk, material, reviewing=reviewing),
            )
        )
    add = add_material.why_not(desk.actor, filing) is None
    return Checklist(
        missing=missing,
        rows=rows,
        add=address_of("institutions.add_material", filing.pk) if add else "",
        accepted=desk.visible(Material).filter(filing=filing, state=MaterialState.ACCEPTED).count(),
        standing=desk.visible(Material).filter(filing=filing).exclude(state=MaterialState.WITHDRAWN).count(),
        pager=materials.pager,
    )


def _buttons(desk: Desk, material: Material, *, reviewing: bool) -> list[Button]:
    """What this desk can do with a paper: accept it at once, return it with a reason, replace it, withdraw it."""
    buttons = []
    if reviewing:
        code = review_material.header.code
        href = address_of(code, material.pk)
        if material.state == MaterialState.GIVEN:
            at_once = (
                Hidden("key", secrets.token_hex(16)),
                Hidden("seen", material.revision),
                Hidden("accepted", "true"),
            )
            buttons.append(Button("通过", code, action=href, hidden=at_once))
        buttons.append(Button("退回", code, href))
    return buttons + [
        Button(label, act.header.code, address_of(act.header.code, material.pk))
        for label, act in (("更换", replace_material), ("撤下", withdraw_material))
        if act.why_not(desk.actor, material) is None
    ]


def _on_material(desk: Desk, act: AnyAct, pk: int) -> Answer:
    """Perform the act and come back to the checklist."""
    material = desk.one(Material, pk, "filing__institution")
    if not any(by.admits(desk.actor, material) for by in act.header.by):
        raise Http404
    return _back(performing(desk, act, material), material.filing_id)


def _back(answer: Answer, filing_id: int) -> Answer:
    if not isinstance(answer, Goto):
        return answer
    return Goto(f"{reverse('filing', kwargs={'pk': filing_id})}?side=materials", answer.said)


@page("filings/<int:pk>/materials/add/", "add_material", performs=["institutions.add_material"])
def add_material_page(desk: Desk, pk: int) -> Answer:
    """Hand in one more paper."""
    filing = desk.one(Filing, pk, "institution")
    if not any(by.admits(desk.actor, filing) for by in add_material.header.by):
        raise Http404
    return _back(performing(desk, add_material, filing), pk)


@page("filings/materials/<int:pk>/review/", "review_material", performs=["institutions.review_material"])
def review_material_page(desk: Desk, pk: int) -> Answer:
    """Accept a paper, or return it with a reason."""
    return _on_material(desk, review_material, pk)


@page("filings/materials/<int:pk>/replace/", "replace_material", performs=["institutions.replace_material"])
def replace_material_page(desk: Desk, pk: int) -> Answer:
    """Replace a returned paper; the old one is kept."""
    return _on_material(desk, replace_material, pk)


@page("filings/materials/<int:pk>/withdraw/", "withdraw_material", performs=["institutions.withdraw_material"])
def withdraw_material_page(desk: Desk, pk: int) -> Answer:
    """Take a paper back before the first submission."""
    return _on_material(desk, withdraw_material, pk)


def _held(desk: Desk, pk: int) -> viewing.Held:
    """The file of a material, for whoever may see the filing."""
    material = desk.one(Material, pk, "filing__institution")
    area = material.filing.institution.area_path
    return viewing.Held(material.filing, material.sha256, material.file_name, material.kind, area)


@page("filings/materials/<int:pk>/view/", "material_view")
def material_view(desk: Desk, pk: int) -> Answer:
    """A material shown in the page."""
    held = _held(desk, pk)
    material = desk.one(Material, pk)
    filing = f"{reverse('filing', kwargs={'pk': held.case.pk})}?side=materials"
    head = Head(
        material.title,
        crumbs=crumbs(("机构备案", reverse("filings")), ("备案申请", filing), (material.title,)),
        chips=[material_chip(material.state)],
    )
    take = reverse("material_file", kwargs={"pk": pk})
    return viewing.view(
        desk, held, head, take, lambda number: reverse("material_picture", kwargs={"pk": pk, "number": number})
    )


@page("filings/materials/<int:pk>/view/<int:number>.png", "material_picture")
def material_picture(desk: Desk, pk: int, number: int) -> Answer:
    """One page of a material as a picture."""
    return viewing.part(desk, _held(desk, pk), number)


@page("filings/materials/<int:pk>/file", "material_file")
def material_file(desk: Desk, pk: int) -> Answer:
    """The file of a material, to be saved, for whoever may see the filing."""
    return viewing.taken(desk, _held(desk, pk))
