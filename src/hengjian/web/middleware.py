"""Deny by default: a page is served to who is signed in with a seat, or is on the reviewed list of public names."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from hengjian.authorities.models import Seat
from hengjian.web.sessions import has_expired, lacks_second_factor

Respond = Callable[[HttpRequest], HttpResponse]

_CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SEAT_KEY = "hengjian_seat"


class SecurityHeaders:
    """A strict content policy on every answer."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        response.setdefault("Content-Security-Policy", _CSP)
        response.setdefault("Permissions-Policy", "geolocation=(self), camera=(self), microphone=()")
        return response


class SignedInOrListed:
    """Finds the seat; without one only views marked `public` or `signed_in` are reached."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.seat = None  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            if has_expired(request):
                logout(request)
                messages.info(
                    request, gettext("登录已超时，请重新登录。未提交的内容保存在这台电脑上，登录后可以恢复。")
                )
            else:
                request.seat = seat_of(request)  # type: ignore[attr-defined]
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        access = access_of(view)
        if access == "public":
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        if access == "signed_in":
            return None
        seat: Seat | None = request.seat  # type: ignore[attr-defined]
        if seat is None:
            return redirect("seats")
        if lacks_second_factor(request, seat):
            messages.info(request, gettext("您的岗位须先设置第二重验证，再办理事项。"))
            return redirect("mfa_index")
        return None


def access_of(view: Callable[..., object]) -> str:
    """`public`, `signed_in` (no seat needed) or `seat`: what the view is marked as; a seat unless marked."""
    marked = getattr(view, "hengjian_access", None)
    if marked:
        return str(marked)
    module = getattr(view, "__module__", "") or getattr(type(view), "__module__", "")
    view_class = getattr(view, "view_class", None)
    module = getattr(view_class, "__module__", module)
    # allauth and the API guard their own views; Django's language switch and static files hold nothing.
    if module.startswith(
        ("allauth.", "django.views.i18n", "django.views.static", "django.contrib.staticfiles", "ninja.")
    ):
        return "public"
    return "seat"


def seat_of(request: HttpRequest) -> Seat | None:
    """The seat chosen in this session, or the first one that is still held."""
    holder: int = request.user.pk or 0
    seats = list(Seat.objects.filter(user=holder, ended_on__isnull=True).select_related("office").order_by("id"))
    chosen = request.session.get(SEAT_KEY)
    request.seats = seats  # type: ignore[attr-defined]
    return next((seat for seat in seats if seat.pk == chosen), seats[0] if seats else None)
