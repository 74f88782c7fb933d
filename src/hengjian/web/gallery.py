"""The gallery: every component in every state, and whole pages composed of them, for the eye and for the tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from hengjian.web.components import Component, Head
from hengjian.web.specimens import PAGES, SPECIMENS, Specimen

# Parts of the shells and of other components: they are seen wherever these are.
PARTS = ("head", "brand", "seat_menu", "language", "field_mark", "field_marks", "question", "confirm", "keys")


@dataclass(frozen=True, slots=True)
class Exhibit(Component):
    """One state of a component as it looks; `markup` is HTML."""

    state: str
    frame: str
    markup: SafeString


@dataclass(frozen=True, slots=True)
class Shelf(Component):
    """All states of one component."""

    name: str
    states: Sequence[Exhibit]


def show(name: str, specimen: Specimen, request: HttpRequest | None = None) -> SafeString:
    """The markup of one state of one component."""
    values: dict[str, object] = dict(specimen.values)
    if request is not None:
        values["csrf_token"] = get_token(request)
    return render_to_string(f"components/{name}.html", values, request)


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """All components, one (`?component=`) or a whole page (`?page=`)."""
    page = request.GET.get("page")
    if page:
        if page not in PAGES:
            raise Http404
        template, values = PAGES[page]
        return render(request, template, values)
    wanted = request.GET.get("component")
    if wanted and wanted not in SPECIMENS:
        raise Http404
    shown = [
        Shelf(name, [Exhibit(each.state, each.frame, show(name, each, request)) for each in states])
        for name, states in SPECIMENS.items()
        if wanted in (None, "", name)
    ]
    return render(
        request,
        "gallery.html",
        {"page": Head("式样"), "components": shown, "names": list(SPECIMENS), "pages": list(PAGES)},
    )
