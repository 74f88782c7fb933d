"""What a signed-in person changes in the library's own pages is recorded as an act, in the same transaction.

Whatever page of the library it was: what opens the log-in is compared before and after. A log-in that already differs from
what the last act left is not touched, so that no tampering is taken over by its victim's next change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hengjian.authorities.acts.own_login import record_login_change
from hengjian.authorities.holder import Holder
from hengjian.authorities.logins import digest_of_parts, parts_of
from hengjian.authorities.queries import account_held
from hengjian.authorities.seating import Session, factors_of, set_up_here
from hengjian.kernel.refusal import Refusal
from hengjian.web.components import Head
from hengjian.web.parts import refusal_part

TAMPERED = Refusal(
    "accounts.login_differs",
    "这个账号的口令、第二重验证或外部身份与存证不符，已停止使用。",
    remedy="请联系系统管理岗核查，并重置口令。",
)


def may_change_a_login(request: HttpRequest) -> bool:
    """Whether this request could write a password, a factor or an identity of a signed-in person."""
    if not request.user.is_authenticated:
        return False
    entrance = reverse("account_login").removesuffix("login/")
    # An identity provider sends the browser back with a GET, and what it brings may be linked to the log-in.
    if request.method != "POST" and not request.path.startswith(f"{entrance}oidc/"):
        return False
    return request.path.startswith(entrance) and request.path != reverse("account_logout")


def recorded(request: HttpRequest, respond: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """Answer the request; what it changed about the log-in stands with its act or not at all."""
    user = request.user
    pk: int = user.pk or 0
    session = Session(user, request.session)
    with transaction.atomic():
        account = account_held(pk)
        before, factors = parts_of([pk])[pk], factors_of(user)  # type: ignore[arg-type]
        if account is None or account.login_digest != digest_of_parts(before):
            values = {"page": Head("账号已停止使用"), "refusal": refusal_part(TAMPERED)}
            return render(request, "errors/409.html", values, status=409)
        response = respond(request)
        if response.status_code >= 500:
            transaction.set_rollback(True)
            return response
        after = parts_of([pk])[pk]
        account.refresh_from_db()
        if account.login_digest != digest_of_parts(after):
            added, removed = Counter(after) - Counter(before), Counter(before) - Counter(after)
            record_login_change(
                Holder(account),
                account,
                added=tuple(label for label, _ in added.elements()),
                removed=tuple(label for label, _ in removed.elements()),
            )
    if request.user.is_authenticated:
        set_up_here(session, factors)
    return response
