"""Deny by default: Django's middleware lets nobody in who is not signed in, unless the view is marked; here the seat is asked for."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from hengjian.authorities.seating import (
    FACTOR_UNUSED,
    NOT_SIGNED_IN,
    SECOND_FACTOR,
    SESSION_OVER,
    Seating,
    Session,
    seated,
)
from hengjian.kernel.refusal import Refused
from hengjian.kernel.restraint import restrain
from hengjian.kernel.words import in_words
from hengjian.web.own_login import may_change_a_login, recorded
from hengjian.web.parts import refusal_part
from hengjian.web.public.restrained import OF_THE_LIBRARY

Respond = Callable[[HttpRequest], HttpResponse]

_CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class SecurityHeaders:
    """A strict content policy on every answer."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        response.setdefault("Content-Security-Policy", _CSP)
        response.setdefault("Permissions-Policy", "geolocation=(self), camera=(self), microphone=()")
        if _is_personal(request) or response.status_code == 302:
            response["Cache-Control"] = "no-store"
        return response


def _is_personal(request: HttpRequest) -> bool:
    """Made for one person, or by what one person sent: no cache on the way or in the browser keeps it."""
    if request.method == "POST" or request.path.startswith(("/api/", "/accounts/")):
        return True
    seating = getattr(request, "seating", None)
    return seating is not None and seating.refusal is not NOT_SIGNED_IN


class Seated:
    """Finds the seat; without one only views marked `public` or `signed_in` are reached. Stands below Django's
    `LoginRequiredMiddleware`, which has turned away whoever is not signed in."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seating = seated(Session(request.user, request.session))
        if seating.refusal is SESSION_OVER:
            logout(request)
            messages.info(request, gettext("登录已超时，请重新登录。未提交的内容保存在这台电脑上，登录后可以恢复。"))
            seating = Seating(None, NOT_SIGNED_IN)
        request.seating = seating  # type: ignore[attr-defined]
        request.seat = seating.seat  # type: ignore[attr-defined]
        request.seats = seating.seats  # type: ignore[attr-defined]
        if may_change_a_login(request):
            return recorded(request, self.respond)
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        read = OF_THE_LIBRARY.get(request.resolver_match.url_name or "") if request.method == "POST" else None  # type: ignore[union-attr]
        if read is not None:
            try:
                restrain(read)
            except Refused as refused:
                request.refused = refusal_part(refused.refusal, lead="请稍后再试")  # type: ignore[attr-defined]
                return render(request, "errors/429.html", status=429)
        if access_of(view) != "seat":
            return None
        refusal = request.seating.refusal  # type: ignore[attr-defined]
        if refusal is None:
            return None
        if refusal in (SECOND_FACTOR, FACTOR_UNUSED):
            messages.info(request, in_words(refusal.said))
            if refusal is SECOND_FACTOR:
                return redirect("mfa_index")
            return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")
        return redirect("seats")


def access_of(view: Callable[..., object]) -> str:
    """`public`, `signed_in` (no seat needed) or `seat`: what the view is marked as; a seat unless marked."""
    marked = getattr(view, "hengjian_access", None)
    if marked:
        return str(marked)
    if not getattr(view, "login_required", True):
        return "public"
    # The library's pages about one's own log-in: a second factor is set up before there is a seat.
    return "signed_in" if _module_of(view).startswith("allauth.") else "seat"


def _module_of(view: Callable[..., object]) -> str:
    module = getattr(view, "__module__", "") or getattr(type(view), "__module__", "")
    view_class = getattr(view, "view_class", None)
    return str(getattr(view_class, "__module__", module))
