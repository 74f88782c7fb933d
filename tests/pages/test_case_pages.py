"""The page of a case gets the case already disclosed; what a room declares for the search is all that the search asks."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from django.http import Http404
from django.test import RequestFactory

from hengjian.kernel import clock
from hengjian.web import search_page
from hengjian.web.pages import Desk, declared
from hengjian.web.room import case_pages, rooms, searches
from tests.pages.stage import stage


def views_of_cases() -> dict[type, Any]:
    return {declared(view).of: view for room in rooms() for view in room.pages if declared(view).of is not None}  # type: ignore[misc]


def test_every_page_of_a_case_receives_the_case_and_not_its_number() -> None:
    views = views_of_cases()
    assert set(views) == set(case_pages()) and len(views) >= 19
    for model, view in views.items():
        _, case = inspect.signature(view.__wrapped__).parameters.values()
        assert case.annotation == model.__name__, (
            f"{view.__name__} is not given the {model.__name__} that page_of opened"
        )


@pytest.mark.django_db
def test_what_is_not_disclosed_never_reaches_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every body is replaced by one that tells; a stranger's desk asks for a case that is there and one that is not."""
    with clock.at("2026-09-30T10:00"):
        made = stage(candidates=2)
        request = RequestFactory().get("/")
        request.seat = made.foreign  # type: ignore[attr-defined]
        desk = Desk(request)
        for model, view in views_of_cases().items():
            if declared(view).access != "seat":
                continue
            hidden = model.objects.exclude(pk__in=desk.visible(model).values("pk")).order_by("pk").first()  # type: ignore[attr-defined]
            for pk in (10**9, *([hidden.pk] if hidden is not None else [])):
                with pytest.raises(Http404):
                    view(desk, pk)
        with pytest.raises(Http404):
            views_of_cases()[type(made.plan)](desk, made.plan.pk)


def test_the_search_asks_rooms_and_knows_no_domain() -> None:
    asked = {each.finder.of._meta.app_label for each in searches()}
    assert asked >= {"institutions", "plans", "rosters", "certificates"}
    imported = [line for line in inspect.getsource(search_page).splitlines() if line.startswith(("from", "import"))]
    assert not [line for line in imported if ".models" in line or ".queries" in line]
