"""Public pages laid once and kept: the check of a certificate must cost little more than an empty page.

A page is rendered with marks where its values go, cut at the marks, and from then on only filled, each value escaped.
What is kept depends on language, type size and the page's few variants, and shows nothing about the reader.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from html import escape

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext

from hengjian.web import shell
from hengjian.web.components import Head
from hengjian.web.pages import Page

_MARK = re.compile("\ue000([a-z_0-9]+)\ue001")
Variant = tuple[tuple[str, str], ...]


def mark(name: str) -> str:
    """Where the value `name` goes in a kept page."""
    return f"\ue000{name}\ue001"


def framed(request: HttpRequest, shown: Page) -> HttpResponse:
    """A public page inside the kept frame; only the frame is kept."""
    token = get_token(request)
    body = get_template(shown.template).render({"page": shown.page, "csrf_token": token, **shown.values})
    pieces = _frame(get_language() or "", request.COOKIES.get(shell.LARGE_COOKIE) == "1")
    values = {"title": escape(shown.page.title), "token": token, "body": body}
    return HttpResponse(_joined(pieces, values), status=shown.status)


def filled(
    request: HttpRequest, template: str, variant: Variant, names: tuple[str, ...], values: Mapping[str, str]
) -> HttpResponse:
    """A page kept whole: `variant` are the values it is rendered with, `names` those that are filled in each time.

    It holds no form, so it needs no token: making one would cost more than the look-up in the database.
    """
    pieces = _kept(template, variant, names, get_language() or "", request.COOKIES.get(shell.LARGE_COOKIE) == "1")
    return HttpResponse(_joined(pieces, {name: escape(value) for name, value in values.items()}))


def _joined(pieces: list[str], values: Mapping[str, str]) -> str:
    """Every second piece is the name of a value."""
    out = list(pieces)
    out[1::2] = [values[name] for name in pieces[1::2]]
    return "".join(out)


@lru_cache(maxsize=8)
def _frame(language: str, large: bool) -> list[str]:
    return _MARK.split(_frame_text(large, mark("token")))


@lru_cache(maxsize=64)
def _kept(template: str, variant: Variant, names: tuple[str, ...], language: str, large: bool) -> list[str]:
    given: dict[str, object] = {**dict(variant), **{name: mark(name) for name in names}}
    title = str(given.get("page_title", ""))
    body = get_template(template).render({"page": Head(title), **given})
    return _MARK.split(_frame_text(large, "").replace(mark("title"), escape(title)).replace(mark("body"), body))


def _frame_text(large: bool, token: str) -> str:
    """The shell as nobody in particular sees it, in the active language; without a token, without its forms."""
    nobody = HttpRequest()
    nobody.path = reverse("check")
    nobody.COOKIES[shell.LARGE_COOKIE] = "1" if large else "0"
    plain = shell.shell(nobody)
    if not token:
        plain = replace(plain, language_action="")
    values: dict[str, object] = {"shell": plain, "page": Head(mark("title")), "body": mark("body"), "narrow": True}
    values |= {"brand_name": gettext("证书核验"), "brand_line": gettext("河北省职业技能等级证书")}
    return render_to_string("public/frame.html", {**values, "csrf_token": token})
