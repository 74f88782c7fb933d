"""The public shell laid once and kept: the check of a certificate must cost little more than an empty page.

Frame and body are rendered apart. The frame depends on language and type size only and shows nothing about the reader;
the token of its forms is put in anew each time, and the body last, so that nothing in it is taken for a mark.
"""

from __future__ import annotations

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from hengjian.web import shell
from hengjian.web.pages import Page

_TITLE, _BODY, _TOKEN = "\ue000title\ue000", "\ue000body\ue000", "\ue000token\ue000"


@lru_cache(maxsize=8)
def _frame(language: str, large: bool) -> str:
    """The frame with marks where title, token and body go; `language` is the active one."""
    nobody = HttpRequest()
    nobody.path = reverse("check")
    nobody.COOKIES[shell.LARGE_COOKIE] = "1" if large else "0"
    values = {**shell.context(nobody), "page": {"title": _TITLE}, "body": _BODY, "csrf_token": _TOKEN, "narrow": True}
    return render_to_string("public/frame.html", values)


def framed(request: HttpRequest, shown: Page) -> HttpResponse:
    """A public page inside the kept frame."""
    token = get_token(request)
    body = get_template(shown.template).render({"page": shown.page, "csrf_token": token, **shown.values})
    frame = _frame(get_language() or "", request.COOKIES.get(shell.LARGE_COOKIE) == "1")
    text = frame.replace(_TITLE, str(shown.page.get("title", ""))).replace(_TOKEN, token).replace(_BODY, body)
    return HttpResponse(text, status=shown.status)
