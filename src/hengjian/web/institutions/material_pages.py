"""Materials of a filing: each reviewed, replaced or withdrawn by itself, every file with its digest (R15)."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.urls import reverse

from hengjian.institutions.acts.materials import add_material, replace_material, review_material, withdraw_material
from hengjian.institutions.models import Filing, Material
from hengjian.institutions.rules import papers_missing
from hengjian.institutions.states import FilingState, MaterialState
from hengjian.kernel import stored_files
from hengjian.kernel.acts_catalogue import AnyAct
from hengjian.kernel.asking import Asking
from hengjian.web.institutions.parts import material_chip
from hengjian.web.pages import Answer, Desk, Goto, page
from hengjian.web.paging import Part
from hengjian.web.performing import address_of, performing


def checklist(desk: Desk, filing: Filing, materials: Part[Material]) -> dict[str, Any]:
    """Rows of the checklist: what is missing first, then each paper with what this desk can do with it. A paper that
    is in order is accepted with one click; to return it, a reason is asked."""
    open_now = filing.state in (FilingState.DRAFT, FilingState.RETURNED)
    missing = papers_missing(Asking(desk.actor, filing)) if open_now else []
    rows: list[dict[str, Any]] = []
    for material in materials.rows:
        material.filing = filing
        reviewing = review_material.why_not(desk.actor, material) is None
        rows.append(
            {
                "title": material.title,
                "href": reverse("material_file", kwargs={"pk": material.pk}),
                "note": material.kind if material.kind != material.title else material.file_name,
                "chip": material_chip(material.state),
                "reason": material.reason,
                "digest": material.sha256[:12],
                "struck": material.state == MaterialState.WITHDRAWN,
                "accept": {
                    "action": address_of("institutions.review_material", material.pk),
                    "key": secrets.token_hex(16),
                    "seen": material.revision,
                }
                if reviewing and material.state == MaterialState.GIVEN
                else None,
                "acts": _links(desk, material, reviewing=reviewing),
            }
        )
    add = add_material.why_not(desk.actor, filing) is None
    return {
        "missing": missing,
        "rows": rows,
        "add": address_of("institutions.add_material", filing.pk) if add else "",
        "accepted": filing.materials.filter(state=MaterialState.ACCEPTED).count(),
        "standing": filing.materials.exclude(state=MaterialState.WITHDRAWN).count(),
        "pager": materials.pager,
    }


def _links(desk: Desk, material: Material, *, reviewing: bool) -> list[dict[str, str]]:
    links = [{"label": "退回", "href": address_of("institutions.review_material", material.pk)}] if reviewing else []
    return links + [
        {"label": label, "href": address_of(act.header.code, material.pk)}
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


@page("filings/materials/<int:pk>/file", "material_file")
def material_file(desk: Desk, pk: int) -> Answer:
    """The file of a material, for whoever may see the filing."""
    material = desk.one(Material, pk)
    response = HttpResponse(stored_files.contents(material.sha256), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(material.file_name)}"
    return response
