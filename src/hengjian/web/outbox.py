"""What a form's device asks before it sends what waited there: who is signed in, and which keys have their receipt (R96).

An entry waits encrypted on the device under a key that pages of its writer carry and the server can make again, so that it
opens after the next log-in of the same account and of no other. It goes on the receipt for its key alone.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse

from hengjian.kernel import ledger, sealed
from hengjian.web.components import Outbox
from hengjian.web.pages import Answer, Desk, page

AT_ONCE = 20


@dataclass(frozen=True)
class Receipts:
    """The answer to a device. `received`: key → address of the case."""

    owner: str
    seat: str
    token: str
    received: dict[str, str]


def of(account: int) -> Outbox:
    """What a page of this account carries."""
    key = sealed.device_key(f"outbox of {account}").hex()
    return Outbox(_owner(account), key, reverse("outbox"), reverse("account_login"))


def _owner(account: int) -> str:
    """Tells one account's entries from another's and names nobody."""
    return sealed.device_key(f"owner {account}").hex()[:24]


@page("outbox/", "outbox", access="signed_in")
def outbox_page(desk: Desk) -> Answer:
    """待发送: the owner, the seat, a fresh token for the form, and for each key with a receipt where its case is (JSON)."""
    request = desk.request
    keys = [key[:64] for key in request.GET.getlist("key")[:AT_ONCE]]
    seat = str(desk.seat.pk) if desk.seat is not None else ""
    assert request.user.pk is not None
    return JsonResponse(asdict(Receipts(_owner(request.user.pk), seat, get_token(request), _received(request, keys))))


def _received(request: HttpRequest, keys: list[str]) -> dict[str, str]:
    """Key → address of the case, of the acts done under it from any seat of this account. A form of several rows is one
    transaction, each row's key the form's with its number."""
    from hengjian.web.room import case_pages

    shown = {model._meta.db_table: name for model, name in case_pages().items()}
    wanted = {
        f"{seat.actor_id}:{key}{row}": key
        for seat in request.seats  # type: ignore[attr-defined]
        for key in keys
        for row in ("", "-0")
    }
    received = {}
    for stored, (table, pk) in ledger.subjects_by_key(list(wanted)).items():
        name = shown.get(table)
        received[wanted[stored]] = reverse(name, kwargs={"pk": pk}) if name and pk else reverse("desk")
    return received
