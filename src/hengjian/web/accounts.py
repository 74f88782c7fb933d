"""Sign-in rules of the house over django-allauth: no self-registration, a password changes by an act, second factors are
kept by the library with their secrets encrypted."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from hengjian.authorities import logging_in
from hengjian.authorities.acts.own_login import change_password
from hengjian.authorities.holder import Holder
from hengjian.authorities.logins import is_as_committed
from hengjian.authorities.queries import account_of
from hengjian.kernel.words import in_words


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are opened by an administrator's act; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Any, **values: Any) -> HttpResponse | None:
        """A log-in that no act left as it is opens nothing: a password written into the table by hand is useless."""
        if not is_as_committed(user.pk):
            messages.error(request, gettext("这个账号的登录资料与存证不符，已停止使用，请联系系统管理岗。"))
            return redirect("account_login")
        response: HttpResponse | None = super().pre_login(request, user, **values)
        return response

    def set_password(self, user: Any, password: str) -> None:
        account = account_of(user.pk)
        change_password(Holder(account), account, encoded=make_password(password))
        user.refresh_from_db(fields=["password"])

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Instead of the library's lock of an account: `authorities.logging_in`."""
        attempt = _attempt(request, credentials)
        seconds = attempt.wait()
        if seconds:
            raise ValidationError(in_words(logging_in.held_up(seconds)))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        _attempt(request, credentials).failed()

    def post_login(self, request: HttpRequest, user: Any, **rest: Any) -> HttpResponse:
        """The device is known from now on, so that what strangers try on this account does not hold its owner up."""
        response: HttpResponse = super().post_login(request, user, **rest)
        response.set_cookie(
            logging_in.DEVICE,
            logging_in.remembered(request.COOKIES.get(logging_in.DEVICE, ""), user.get_username()),
            max_age=logging_in.cookie_seconds(),
            path=reverse("account_login"),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response


def _attempt(request: HttpRequest, credentials: dict[str, Any]) -> logging_in.Attempt:
    return logging_in.Attempt.of(str(credentials.get("username", "")), request.COOKIES.get(logging_in.DEVICE, ""))


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """The secret of a second factor is stored encrypted like every other secret."""

    def encrypt(self, text: str) -> str:
        from hengjian.kernel.sealed import encrypt

        return encrypt(text.encode(), "mfa_authenticator.secret").hex()

    def decrypt(self, encrypted_text: str) -> str:
        from hengjian.kernel.sealed import decrypt

        return decrypt(bytes.fromhex(encrypted_text), "mfa_authenticator.secret").decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "衡鉴"}
