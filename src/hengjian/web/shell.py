"""What every page's frame shows: who is signed in, from which seat, and the side bar in the order of the paper."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.messages.queries import unread
from hengjian.web import outbox, room, work
from hengjian.web.components import MenuGroup, MenuLink, SeatChoice, Shell

PUBLIC_MENU: tuple[tuple[str, str], ...] = (
    ("证书核验", "check"),
    ("结果公示", "notices"),
    ("评价机构", "register"),
    ("抽取", "public_draws"),
    ("存证日志", "log"),
    ("规则与依据", "policies"),
)
PUBLIC_FOOT: tuple[tuple[str, str], ...] = (
    ("自行验证", "verify"),
    ("联系我们", "contact"),
    ("个人信息保护", "privacy"),
)
LARGE_COOKIE = "hengjian_large"


def _menu(request: HttpRequest, seat: Seat) -> list[MenuGroup]:
    numbers = work.counts(seat)
    numbers["desk"] = sum(numbers.values())
    return [
        MenuGroup(
            gettext(group) if group else "",
            [
                MenuLink(
                    gettext(entry.label),
                    reverse(entry.page),
                    count=numbers.get(entry.page, 0),
                    hot=entry.page == "desk" and numbers["desk"] > 0,
                    current=request.path.startswith(reverse(entry.page)),
                )
                for entry in entries
            ],
        )
        for group, entries in room.menu(seat)
    ]


def shell(request: HttpRequest) -> Shell:
    """The frame around the page of this request."""
    seat: Seat | None = getattr(request, "seat", None)
    open_to_all = Shell(
        demo=settings.DEMO,
        # Pages open to all stay inside the frame of the desk for whoever is signed in.
        frame="base.html" if seat is not None else "public_base.html",
        refused=getattr(request, "refused", None),
        language=get_language() or settings.LANGUAGE_CODE,
        language_action=reverse("set_language"),
        large=request.COOKIES.get(LARGE_COOKIE) == "1",
        home=reverse("desk") if seat is not None else reverse("home"),
        login_href=reverse("account_login"),
        public_menu=[
            MenuLink(gettext(label), reverse(name), current=request.path.startswith(reverse(name)))
            for label, name in PUBLIC_MENU
            if _exists(name)
        ],
        foot=[MenuLink(gettext(label), reverse(name)) for label, name in PUBLIC_FOOT if _exists(name)],
    )
    if seat is None:
        return open_to_all
    user = request.user
    return replace(
        open_to_all,
        menu=_menu(request, seat),
        office=seat.place_name,
        role=Role(seat.role).label,
        person=getattr(user, "name", "") or user.get_username(),
        seats=[SeatChoice(item.label, item.pk, item.pk == seat.pk) for item in getattr(request, "seats", [])],
        seat_action=reverse("seats"),
        seat_key=str(seat.pk),
        outbox=outbox.of(seat.user_id),
        inbox_href=reverse("inbox"),
        unread=unread(seat),
        account_href=reverse("profile"),
        tokens_href=reverse("token_list"),
        logout_href=reverse("account_logout"),
        clock_href=reverse("demo_clock") if settings.CLOCK_MOVABLE and _exists("demo_clock") else "",
        search_action=reverse("search") if _exists("search") else reverse("desk"),
        search_value=request.POST.get("q", "") if request.path == reverse("search") else "",
    )


def _exists(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True


def context(request: HttpRequest) -> dict[str, object]:
    """Context processor; computed only when a template asks for it."""
    return {"shell": SimpleLazyObject(lambda: shell(request))}
