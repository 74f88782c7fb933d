"""The one-time link: whoever was given it sets the account's password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from hengjian.authorities.acts.own_login import change_password
from hengjian.authorities.holder import Holder
from hengjian.authorities.models import Account
from hengjian.authorities.queries import account_of_link
from hengjian.authorities.tokens import digest_of
from hengjian.web.components import Button, Field, Head
from hengjian.web.pages import Answer, Desk, Goto, Page, page


def _opened_by(code: str, desk: Desk) -> Account | None:
    return account_of_link(digest_of(code), desk.now)


@page("password-link/<str:code>/", "password_link", access="public")
def password_link_page(desk: Desk, code: str) -> Answer:
    """Set the password of the account that the link stands for; afterwards the link is spent."""
    account = _opened_by(code, desk)
    if account is None:
        return Page("password_link.html", Head("链接无效"), {"account": ""}, 404)
    errors: dict[str, str] = {}
    if desk.post:
        errors = _errors(desk.request.POST, account)
        if not errors:
            change_password(Holder(account), account, encoded=make_password(desk.request.POST["password1"]))
            return Goto(reverse("account_login"), "口令已设置，请登录。")
    values = {
        "account": account.user.username,
        "name": account.user.name,
        "fields": [
            _field("password1", "新口令", errors),
            _field("password2", "再输入一次", errors),
        ],
        "sends": [Button("设置口令", change_password.header.code, primary=True)],
        "helps": password_validators_help_texts(),
    }
    return Page("password_link.html", Head("设置口令"), values, 422 if errors else 200)


def _field(name: str, label: str, errors: dict[str, str]) -> Field:
    said = (errors[name],) if name in errors else ()
    return Field(name, label, kind="password", required=True, sensitive=True, autocomplete="new-password", errors=said)


def _errors(posted: Any, account: Account) -> dict[str, str]:
    first, again = posted.get("password1", ""), posted.get("password2", "")
    errors: dict[str, str] = {}
    try:
        validate_password(first, account.user)
    except ValidationError as error:
        errors["password1"] = "".join(error.messages)
    if not errors and first != again:
        errors["password2"] = "两次输入的口令不一致。"
    return errors
