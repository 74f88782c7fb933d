"""Site assessments are written down on a page of their own: the sheets are tables, one for each occupation (R12–R20)."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from hengjian.institutions.acts.recheck import recheck
from hengjian.institutions.acts.site_visit import conclude_visit
from hengjian.institutions.models import Filing, Institution
from hengjian.web.institutions.visit_parts import sheet_fields
from hengjian.web.pages import Answer, Desk, page
from hengjian.web.performing import performing


@page("filings/<int:pk>/visit/", "conclude_visit", performs=["institutions.conclude_visit"])
def conclude_visit_page(desk: Desk, pk: int) -> Answer:
    """Conclude the visit of a filing: one general sheet and one for each occupation, every line scored and signed."""
    return _written(desk, conclude_visit, desk.one(Filing, pk, "institution"))


@page("institutions/<int:pk>/recheck/", "recheck", performs=["institutions.recheck"])
def recheck_page(desk: Desk, pk: int) -> Answer:
    """Re-check a filed institution with the sheets of the first assessment."""
    return _written(desk, recheck, desk.one(Institution, pk))


def _written(desk: Desk, act: Any, subject: Filing | Institution) -> Answer:
    if not any(by.admits(desk.actor, subject) for by in act.header.by):
        raise Http404
    # Who was there and when comes before what they found.
    more = {"sheets": sheet_fields(subject, desk.request.POST), "first": ("visited_on", "team")}
    return performing(desk, act, subject, template="visit_form.html", more=more)
