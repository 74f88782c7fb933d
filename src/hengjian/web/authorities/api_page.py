"""接口说明: every operation, an example of each that only reads, and a form in which it can be tried with one's own token."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from hengjian.authorities.acts.tokens import TOKEN_DAYS
from hengjian.web.components import Component, Head
from hengjian.web.pages import Answer, Desk, Page, page

EXAMPLES = {"integer": "1", "boolean": "true"}  # what stands in an address where a value of this type goes


@dataclass(frozen=True, slots=True)
class Parameter(Component):
    """Something an address asks for: in its path, or behind the question mark."""

    name: str
    said: str
    place: str
    required: bool
    example: str


@dataclass(frozen=True, slots=True)
class Operation(Component):
    """`example` is a line for a shell; empty where the operation does something and is not tried here."""

    method: str
    path: str
    title: str
    open: bool
    parameters: Sequence[Parameter] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class Operations(Component):
    """The operations of a domain."""

    name: str
    lines: Sequence[Operation]


@page("api-guide/", "api_guide", access="public")
def api_guide_page(desk: Desk) -> Answer:
    """接口说明：怎样登录、怎样办理，每一个操作。"""
    from hengjian.api.routes import load

    document: Any = load().get_openapi_schema()
    site = desk.request.build_absolute_uri("/").rstrip("/")
    groups: dict[str, list[Operation]] = {}
    for route, methods in document["paths"].items():
        for method, operation in methods.items():
            if not route.endswith("/why-not"):
                groups.setdefault(operation.get("tags", [""])[0], []).append(_line(site, method, route, operation))
    return Page(
        "api_guide.html",
        Head("接口说明", lead="每个操作就是一个行为：与页面按钮同一段代码，同一个拒绝理由，同一条存证。"),
        {
            "groups": [Operations(name, lines) for name, lines in groups.items()],
            "document": reverse("api:openapi-json"),
            "site": f"{site}/api",
            "tokens": reverse("token_list") if desk.seat is not None else "",
            "days": desk.asking(None).policy(TOKEN_DAYS),
            "base": "base.html" if desk.seat is not None else "public_base.html",
        },
    )


def _line(site: str, method: str, route: str, operation: Any) -> Operation:
    public = not operation.get("security")
    if method != "get":
        return Operation(method.upper(), route, operation["summary"], public)
    parameters = [_parameter(each) for each in operation.get("parameters", ())]
    address = re.sub(r"\{([^}]*)\}", lambda _: "1", route)
    token = "" if public else ' -H "Authorization: Bearer hj_…"'
    return Operation("GET", route, operation["summary"], public, parameters, f'curl{token} "{site}{address}"')


def _parameter(each: Any) -> Parameter:
    schema = each.get("schema", {})
    example = "1" if each["in"] == "path" else EXAMPLES.get(schema.get("type", ""), "")
    return Parameter(
        each["name"],
        each.get("description") or each["name"],
        each["in"],
        bool(each.get("required")),
        example if each["in"] == "path" else "",
    )
