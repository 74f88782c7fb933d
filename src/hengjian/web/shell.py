"""What every page's frame shows: who is signed in, from which seat, and the side bar in the order of the paper."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.web import work

# Title of the group → (label, name of the page); entries whose page does not exist for a seat are left out.
MENU: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("", (("待办", "desk"),)),
    (
        "事前",
        (
            ("机构备案", "filings"),
            ("机构名录", "institutions"),
            ("人员库", "supervisors"),
            ("职业与标准", "occupations"),
        ),
    ),
    ("事中", (("认定计划", "plans"), ("考生核查", "rosters"), ("质量督导", "supervision"), ("结果与公示", "results"))),
    ("事后", (("证书", "certificates"), ("公示异议", "objections"))),
    (
        "公开",
        (
            ("抽取", "draws"),
            ("存证日志", "log"),
            ("规则与依据", "policies"),
            ("工作日历", "calendar"),
            ("席位", "seat_list"),
        ),
    ),
)
PUBLIC_MENU: tuple[tuple[str, str], ...] = (
    ("证书核验", "check"),
    ("结果公示", "notices"),
    ("评价机构", "register"),
    ("抽取", "public_draws"),
    ("存证日志", "log"),
    ("规则与依据", "policies"),
)
PUBLIC_FOOT: tuple[tuple[str, str], ...] = (("自行验证", "verify"),)
LARGE_COOKIE = "hengjian_large"


def _menu(request: HttpRequest, seat: Seat) -> list[dict[str, Any]]:
    numbers = work.counts(seat)
    numbers["desk"] = sum(numbers.values())
    groups: list[dict[str, Any]] = []
    for title, entries in MENU:
        links = []
        for label, name in entries:
            if name == "seat_list" and seat.role != Role.ADMINISTRATOR:
                continue
            try:
                href = reverse(name)
            except NoReverseMatch:
                continue
            count = numbers.get(name, 0)
            links.append(
                {
                    "label": gettext(label),
                    "href": href,
                    "count": count,
                    "hot": name == "desk" and count > 0,
                    "current": request.path.startswith(href),
                }
            )
        groups.append({"title": gettext(title) if title else "", "links": links})
    return groups


def _shell(request: HttpRequest) -> dict[str, Any]:
    seat: Seat | None = getattr(request, "seat", None)
    shell: dict[str, Any] = {
        "demo": settings.DEMO,
        "language": get_language(),
        "language_action": reverse("set_language"),
        "large": request.COOKIES.get(LARGE_COOKIE) == "1",
        "home": reverse("desk") if seat is not None else reverse("home"),
        "public_home": reverse("home"),
        "login_href": reverse("account_login"),
        "public_menu": [
            {"label": gettext(label), "href": reverse(name), "current": request.path.startswith(reverse(name))}
            for label, name in PUBLIC_MENU
            if _exists(name)
        ],
        "foot": [{"label": gettext(label), "href": reverse(name)} for label, name in PUBLIC_FOOT if _exists(name)],
    }
    if seat is not None:
        user = request.user
        shell |= {
            "menu": _menu(request, seat),
            "office": seat.place_name,
            "role": Role(seat.role).label,
            "person": getattr(user, "name", "") or user.get_username(),
            "seats": [
                {"label": item.label, "value": item.pk, "current": item.pk == seat.pk}
                for item in getattr(request, "seats", [])
            ],
            "seat_action": reverse("seats"),
            "seat_key": str(seat.pk),
            "account_href": reverse("mfa_index"),
            "logout_href": reverse("account_logout"),
            "clock_href": reverse("demo_clock") if settings.CLOCK_MOVABLE and _exists("demo_clock") else "",
            "search_action": reverse("search") if _exists("search") else reverse("desk"),
            "search_value": request.GET.get("q", ""),
        }
    return shell


def _exists(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor; computed only when a template asks for it."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}
