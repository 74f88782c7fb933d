"""The lists of the domains as operations: `GET /api/<name>?q=&<filter>=&sort=&page=&size=`, as the declaration of each says.

A word of the address that the list does not know is refused by its name; nothing is passed over.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.http import urlencode
from ninja import Schema
from pydantic import Field, create_model

from hengjian.api.answers import Problem, Refused
from hengjian.api.app import api
from hengjian.authorities import lists as authorities
from hengjian.authorities.models import Seat
from hengjian.certificates import lists as certificates
from hengjian.institutions import lists as institutions
from hengjian.kernel.actor import PUBLIC, Actor
from hengjian.kernel.asking import Asking
from hengjian.kernel.listing import MOST, SIZES, WORDS, Choice, Fault, Listing, Nothing, part_of, wanted
from hengjian.kernel.refusal import Kind, Refusal
from hengjian.kernel.restraint import restrain
from hengjian.kernel.words import in_words, listed, say
from hengjian.messages import lists as messages
from hengjian.occupations import lists as occupations
from hengjian.papers import lists as papers
from hengjian.personnel import lists as personnel
from hengjian.plans import lists as plans
from hengjian.results import lists as results
from hengjian.rosters import lists as rosters
from hengjian.supervision import lists as supervision

LISTINGS: tuple[Listing[Any], ...] = (
    institutions.REGISTER,
    institutions.INSTITUTIONS,
    institutions.FILINGS,
    institutions.REGISTRATIONS,
    personnel.SUPERVISORS,
    personnel.ASSESSORS,
    occupations.OCCUPATIONS,
    plans.PLANS,
    plans.PAST_PLANS,
    rosters.ROSTERS,
    supervision.EXAMS,
    supervision.DRAWS,
    results.SHEETS,
    results.OBJECTIONS,
    certificates.CERTIFICATES,
    certificates.EARLIER,
    authorities.SEATS,
    authorities.ACCOUNTS,
    authorities.TOKENS,
    authorities.ACTS,
    messages.MESSAGES,
    papers.PAPERS,
)
ANSWERS: dict[int, Any] = {
    400: Problem,
    401: Problem,
    403: Refused | Problem,
    404: Problem,
    413: Problem,
    422: Refused,
    429: Refused,
}


class PageOfRows(Schema):
    """A page of a list; `previous` and `next` are addresses, empty at the ends."""

    total: int
    page: int
    pages: int = Field(description="最后一页的页码")
    size: int
    previous: str
    next: str
    nothing: Nothing = Field(
        description="为什么一行也没有：yet 还没有，match 没有符合条件的，desk 不归本席位；有则为空"
    )


def register() -> None:
    """Make the operations of all lists."""
    for listing in LISTINGS:
        name = f"{listing.name.title()}Page"
        options: dict[str, Any] = {"auth": None} if listing.public else {}
        answer = create_model(name, __base__=PageOfRows, items=(list[listing.of], ...))  # type: ignore[name-defined]
        api.get(
            f"/{listing.name}",
            response={200: answer, **ANSWERS},
            operation_id=f"list_{listing.name}",
            summary=listing.title,
            description="任何人都可以查阅。" if listing.public else "只列出当前席位看得到的。",
            tags=["public" if listing.public else "reading"],
            openapi_extra={"parameters": documented(listing)},
            **options,
        )(_operation(listing))


def _operation(listing: Listing[Any]) -> Callable[..., Any]:
    def operation(request: HttpRequest) -> Any:
        seat = getattr(request, "auth", None)
        actor: Actor = seat if isinstance(seat, Seat) else PUBLIC
        if listing.public is not None:
            restrain(listing.public, actor)
        if not listing.shown_to(actor):
            raise Http404
        wish, faults = wanted(listing, request.GET.dict())
        twice = [name for name in request.GET if len(request.GET.getlist(name)) > 1]
        faults += [Fault(name, "只能写一次") for name in twice]
        if faults:
            return api.create_response(request, _refusal(faults), status=422)
        part = part_of(listing, Asking(actor, None), wish)

        def at(page: int) -> str:
            kept = {name: str(text) for name, text in request.GET.items() if str(text).strip() and name != "page"}
            return f"{request.path}?{urlencode({**kept, 'page': str(page)})}"

        return {
            "total": part.total,
            "page": wish.page,
            "pages": part.last,
            "size": wish.size,
            "previous": at(min(wish.page - 1, part.last)) if wish.page > 1 else "",
            "next": at(wish.page + 1) if wish.page < part.last else "",
            "nothing": part.nothing,
            "items": part.rows,
        }

    return operation


def _refusal(faults: list[Fault]) -> dict[str, Any]:
    first = faults[0]
    refusal = Refusal(
        "api.list",
        say("“{field}”{sentence}。", field=first.parameter, sentence=first.sentence),
        remedy="请对照 openapi.json 中这一操作的说明。",
        field=first.parameter,
        kind=Kind.INPUT,
    )
    return {
        **refusal.in_words(),
        "errors": [{"field": fault.parameter, "sentence": in_words(fault.sentence)} for fault in faults],
    }


def documented(listing: Listing[Any]) -> list[dict[str, Any]]:
    """The parameters of a list as the document has them; options that are data of the installation are not listed there."""
    found: list[tuple[str, str, dict[str, Any]]] = []
    if listing.search:
        found.append(("q", say("搜索：{hint}", hint=listing.hint), {"type": "string", "maxLength": WORDS}))
    for each in listing.filters:
        if isinstance(each, Choice) and callable(each.options):
            found.append((each.name, each.label, {"type": "string"}))
            continue
        for parameter in each.parameters():
            kinds: dict[str, dict[str, Any]] = {
                "choice": {"type": "string", "enum": [value for value, _ in parameter.options]},
                "day": {"type": "string", "format": "date"},
                "case": {"type": "integer", "minimum": 1},
            }
            labels = listed((listed((value, label), " ") for value, label in parameter.options), "；")
            found.append(
                (
                    parameter.name,
                    say("{label} {labels}", label=parameter.label, labels=labels) if labels else parameter.label,
                    kinds[parameter.kind],
                )
            )
    found += [
        ("sort", "排序；前加“-”为倒序", {"type": "string", "enum": sorted(listing.sorts())}),
        ("page", "第几页", {"type": "integer", "minimum": 1, "maximum": 2**31 - 1, "default": 1}),
        ("size", "每页多少条", {"type": "integer", "minimum": 1, "maximum": MOST, "default": SIZES[0]}),
    ]
    return [
        {"name": name, "in": "query", "required": False, "description": said, "schema": schema}
        for name, said, schema in found
    ]
