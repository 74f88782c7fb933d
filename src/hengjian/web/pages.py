"""A page: a function from a desk to what its template needs. Its decorator says its address and who may reach it.

    @page("plans/", "plans")
    def plans_page(desk: Desk) -> Page: ...

    @page_of(Plan, "plans/<int:pk>/", "plan", "institution", "office")
    def plan_page(desk: Desk, plan: Plan) -> Page: ...

The page of a case receives the case already disclosed to the desk, with what was named fetched beside it.

`access` is `seat` unless said otherwise: `signed_in` needs no seat, `public` needs nobody. A refusal becomes 409 with
its reason, a row outside the desk's scope 404, a stored file that is not what was handed in 409 or, gone, 410; whatever
page needed it gives out no part of it. Nothing else knows HTTP.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

from django.db import OperationalError, models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from hengjian.authorities.models import Seat
from hengjian.kernel import clock
from hengjian.kernel.actor import PUBLIC, Actor
from hengjian.kernel.asking import Asking
from hengjian.kernel.case import CaseModel
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.patience import Trouble, trouble_of
from hengjian.kernel.refusal import Refusal, Refused
from hengjian.kernel.restraint import Read, restrain
from hengjian.kernel.stored_files import FileUnfit
from hengjian.kernel.words import in_words
from hengjian.web.components import Head
from hengjian.web.parts import refusal_part

M = TypeVar("M", bound=models.Model)
R = TypeVar("R")


@dataclass(frozen=True)
class Page:
    """A template with named components; `page` is the head."""

    template: str
    page: Head
    values: Mapping[str, object] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True)
class Goto:
    """Go on to another page after something was done; `said` is shown there once."""

    to: str
    said: str = ""


Answer = Page | Goto | HttpResponseBase


class Desk:
    """A seat signed in to the web, or the public. Reads go through `one` and `visible`."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.seat: Seat | None = getattr(request, "seat", None)
        self.actor: Actor = self.seat if self.seat is not None else PUBLIC
        self.now = clock.now()
        self.today = self.now.date()
        self.refused: Refusal | None = None

    def asking(self, subject: R) -> Asking[R]:
        """Everything this desk reads of the law for a page about that case: the values an act on it will use."""
        return Asking(self.actor, subject, self.now)

    @property
    def post(self) -> bool:
        """Whether something was sent and may be acted on; what came too often is only shown again."""
        return self.request.method == "POST" and self.refused is None

    def asked(self, name: str, default: str = "") -> str:
        """A word of the query string; of what was sent, where it came too often and is shown again."""
        if self.refused is not None and name in self.request.POST:
            return self.request.POST[name].strip()
        return self.request.GET.get(name, default).strip()

    def restrained(self, read: Read) -> Refusal | None:
        """Count this time; the refusal where it is one too many."""
        try:
            restrain(read, self.actor)
        except OperationalError as error:
            # A page that is only read answers while a long act holds the lock, counted or not.
            if trouble_of(error) is not Trouble.BUSY or self.request.method not in ("GET", "HEAD"):
                raise
        except Refused as refused:
            self.refused = refused.refusal
            self.request.refused = refusal_part(refused.refusal, lead="请稍后再试")  # type: ignore[attr-defined]
        return self.refused

    def visible(self, model: type[M]) -> models.QuerySet[M]:
        """What is disclosed of this model to this desk."""
        return disclosed(model, self.actor)

    def one(self, model: type[M], pk: Any, *related: str) -> M:
        """The row if this desk may see it; else 404, whether it exists or not."""
        rows = self.visible(model)
        row = (rows.select_related(*related) if related else rows).filter(pk=pk).first()
        if row is None:
            raise Http404
        return row


View = Callable[..., Answer]


@dataclass(frozen=True)
class Declared:
    """A page as its decorator declares it. `performs`: the acts that have this page instead of the generic form."""

    route: str
    name: str
    access: str
    of: type[models.Model] | None
    performs: tuple[str, ...]
    first: int
    view: Callable[..., HttpResponseBase]


def declared(show: View) -> Declared:
    """What `@page` said of this function."""
    found: Declared = show.hengjian_page  # type: ignore[attr-defined]
    return found


def page(
    route: str,
    name: str,
    *,
    access: str = "seat",
    of: type[models.Model] | None = None,
    performs: Sequence[str] = (),
    csrf: bool = True,
    first: int = 100,
    asking: Read | None = None,
    sending: Read | None = None,
) -> Callable[[View], View]:
    """Declare a page: its address and name. It gets the address when its room names it. `csrf=False` for a form that
    changes nothing, so that scripts of others may send it; `first` puts an address asked for often before the others. `asking` restrains every
    request, `sending` what is sent by a form: one too many shows the form again with what was entered, as answer 429."""

    def declare(show: View) -> View:
        def view(request: HttpRequest, **values: Any) -> HttpResponseBase:
            desk = Desk(request)
            if asking is not None and desk.restrained(asking):
                return _response(request, Page("errors/429.html", Head("请稍后再试"), {}, 429))
            if sending is not None and desk.post:
                desk.restrained(sending)
            try:
                answer = show(desk, **values)
            except Refused as refused:
                answer = Page(
                    "errors/409.html", Head("现在还不能办理"), {"refusal": refusal_part(refused.refusal)}, 409
                )
            except FileUnfit as unfit:
                values = {"status": unfit.status, "sentence": unfit.sentence}
                answer = Page("errors/file_unfit.html", Head("文件不能提供"), values, unfit.status)
            return _response(request, answer)

        view.__name__ = show.__name__
        view.__module__ = show.__module__
        view.__doc__ = show.__doc__
        view.hengjian_access = access  # type: ignore[attr-defined]
        # Django's `LoginRequiredMiddleware` reads this.
        view.login_required = access != "public"  # type: ignore[attr-defined]
        view.csrf_exempt = not csrf  # type: ignore[attr-defined]
        view.hengjian_restraint = (asking, sending)  # type: ignore[attr-defined]
        show.hengjian_page = Declared(route, name, access, of, tuple(performs), first, view)  # type: ignore[attr-defined]
        return show

    return declare


def page_of(
    model: type[M], route: str, name: str, *related: str, access: str = "seat"
) -> Callable[[Callable[[Desk, M], Answer]], View]:
    """Declare the page of a case: it gets the row if it is disclosed to the desk, fetched with `related`, and is not asked else."""

    def declare(show: Callable[[Desk, M], Answer]) -> View:
        @wraps(show)
        def opened(desk: Desk, pk: int) -> Answer:
            return show(desk, desk.one(model, pk, *related))

        return page(route, name, access=access, of=model)(opened)

    return declare


def _response(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    if isinstance(answer, HttpResponseBase):
        return answer
    if isinstance(answer, Goto):
        if answer.said:
            from django.contrib import messages

            messages.success(request, in_words(answer.said))  # kept as text until the next page shows it
        return redirect(answer.to)
    response: HttpResponse = render(
        request, answer.template, {"page": answer.page, **answer.values}, status=answer.status
    )
    return response


def address_of(model: type[models.Model], pk: int) -> str:
    """Where the case of this number is shown; the model has a page of its own."""
    from hengjian.web.room import case_pages

    return reverse(case_pages()[model], kwargs={"pk": pk})


def case_address(row: models.Model) -> str:
    """Where a case is shown; for a child, where its parent is."""
    from hengjian.web.room import case_pages

    seen: models.Model | None = row
    while seen is not None:
        name = case_pages().get(type(seen))
        if name is not None:
            return reverse(name, kwargs={"pk": seen.pk})
        seen = next(
            (
                getattr(seen, field.name)
                for field in seen._meta.concrete_fields
                if field.is_relation
                and issubclass(field.related_model, CaseModel)  # type: ignore[arg-type]
                and getattr(seen, field.attname) is not None
            ),
            None,
        )
    return reverse("desk")
