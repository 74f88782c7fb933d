"""Whatever the sign-in library shows is said in the product's own words: its texts are marked, and no page shows a mark."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.hashers import make_password
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.translation import trans_real

from hengjian.authorities.acts.own_login import change_password
from hengjian.authorities.holder import Holder
from hengjian.authorities.models import Account
from hengjian.authorities.roles import Role
from hengjian.cli.messages import compile_all
from hengjian.kernel.translations import LOCALE, messages_of
from tests import world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    """Django reads compiled catalogues, and may have looked for this one before it was there."""
    compile_all(LOCALE)
    trans_real._translations.clear()


PASSWORD, NEW = "一个足够长的口令用于测试", "另一个足够长的口令用于测试"
LIBRARY = Path(allauth.__file__).parent
MARK = "⟦library⟧"
IDENTITY = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "office",
                "name": "统一身份认证",
                "client_id": "hengjian",
                "secret": "s",
                "settings": {"server_url": "http://127.0.0.1:1"},
            }
        ]
    }
}


def texts_of_the_library() -> set[Any]:
    """Every message it has, in any of its languages."""
    found: set[Any] = set()
    for language in ("en", "zh_Hans", "de"):
        with (LIBRARY / "locale" / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
            found |= set(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    return found - {""}


def marked(language: str) -> Any:
    """The catalogue of a language, where the library's texts are marked unless the product has its own."""
    own = messages_of("zh_Hans" if language == "zh-hans" else language)._catalog  # type: ignore[attr-defined]
    catalogue = trans_real.translation(language)._catalog
    return catalogue, {text: MARK for text in texts_of_the_library() if text not in own}


@pytest.fixture(params=["zh-hans", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    catalogue, marks = marked(request.param)
    catalogue._catalogs.insert(0, marks)
    catalogue._plurals.insert(0, lambda number: 0)
    yield request.param
    catalogue._catalogs.pop(0)
    catalogue._plurals.pop(0)


class Visitor:
    """A client that looks at every answer it gets."""

    def __init__(self, language: str) -> None:
        self.client = Client(headers={"Accept-Language": language})
        self.client.cookies["django_language"] = language
        self.seen = 0

    def get(self, name: str, **kwargs: Any) -> Any:
        return self._look(name, self.client.get(reverse(name, kwargs=kwargs), follow=True))

    def post(self, name: str, values: dict[str, str] | None = None, **kwargs: Any) -> Any:
        return self._look(name, self.client.post(reverse(name, kwargs=kwargs), values or {}, follow=True))

    def _look(self, name: str, answer: Any) -> Any:
        text = answer.content.decode()
        place = text.find(MARK)
        assert place < 0, f"{name}: {re.sub(r'<[^>]*>', ' ', text[max(0, place - 200) : place + 60])}"
        self.seen += 1
        return answer


@override_settings(SOCIALACCOUNT_PROVIDERS=IDENTITY)
def test_no_account_page_speaks_in_the_librarys_words(language: str) -> None:
    seat = world.a_seat(Role.CENTRE_REVIEWER)
    account = Account.objects.get(user=seat.user)
    change_password(Holder(account), account, encoded=make_password(PASSWORD))
    visitor = Visitor(language)
    for name in ("account_login", "account_inactive", "socialaccount_login_cancelled", "socialaccount_login_error"):
        visitor.get(name)
    visitor.get("openid_connect_login", provider_id="office")
    visitor.post("account_login", {"login": "nobody", "password": "wrong"})
    visitor.post("account_login", {})
    visitor.post("account_login", {"login": seat.user.username, "password": PASSWORD})
    visitor.get("account_login")
    visitor.get("account_reauthenticate")
    visitor.post("account_reauthenticate", {"password": "wrong"})
    visitor.post("account_reauthenticate", {"password": PASSWORD})
    for sent in (
        {},
        {"oldpassword": "wrong", "password1": NEW, "password2": NEW},
        {"oldpassword": PASSWORD, "password1": NEW, "password2": PASSWORD},
        {"oldpassword": PASSWORD, "password1": "123", "password2": "123"},
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    ):
        visitor.post("account_change_password", sent)
    visitor.get("socialaccount_connections")
    visitor.get("mfa_index")
    form = visitor.get("mfa_activate_totp").context["form"]
    visitor.post("mfa_activate_totp", {"code": "000000"})
    form = visitor.get("mfa_activate_totp").context["form"]
    code = format_hotp_value(hotp_value(form.secret, next(iter(yield_hotp_counters_from_time()))))
    visitor.post("mfa_activate_totp", {"code": code})
    for name in (
        "mfa_index",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_deactivate_totp",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    ):
        visitor.get(name)
    visitor.post("mfa_reauthenticate", {"code": "000000"})
    visitor.post("mfa_generate_recovery_codes")
    visitor.post("mfa_add_webauthn", {"credential": "x"})
    visitor.get("account_logout")
    visitor.post("account_logout")
    entering = Visitor(language)
    entering.post("account_login", {"login": seat.user.username, "password": NEW})
    entering.post("mfa_authenticate", {"code": "000000"})
    codes = RecoveryCodes(account.user.authenticator_set.get(type="recovery_codes")).get_unused_codes()
    entering.post("mfa_authenticate", {"code": codes[0]})
    entering.post("account_reauthenticate", {"password": NEW})
    entering.post("mfa_deactivate_totp")
    assert visitor.seen + entering.seen > 38


def test_a_text_of_the_library_would_be_seen() -> None:
    """The marks reach the page: with a text of ours taken away, the page shows one."""
    catalogue, marks = marked("zh-hans")
    catalogue._catalogs.insert(0, {**marks, "Current Password": MARK})
    catalogue._plurals.insert(0, lambda number: 0)
    try:
        seat = world.a_seat(Role.CENTRE_REVIEWER)
        account = Account.objects.get(user=seat.user)
        change_password(Holder(account), account, encoded=make_password(PASSWORD))
        visitor = Visitor("zh-hans")
        visitor.post("account_login", {"login": seat.user.username, "password": PASSWORD})
        with pytest.raises(AssertionError, match="account_change_password"):
            visitor.get("account_change_password")
    finally:
        catalogue._catalogs.pop(0)
        catalogue._plurals.pop(0)
