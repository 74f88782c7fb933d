"""Addresses of the sign-in library that this product has no use for: nobody signs up, and no account hangs on an e-mail.

They answer like any address that does not exist; their names stay, because the library's other pages ask for them.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path


@login_not_required
def no_such_page(request: HttpRequest, **named: object) -> HttpResponse:
    raise Http404


CLOSED: list[URLPattern] = [
    path("accounts/signup/", no_such_page, name="account_signup"),
    path("accounts/email/", no_such_page, name="account_email"),
    path("accounts/confirm-email/", no_such_page, name="account_email_verification_sent"),
    path("accounts/confirm-email/<path:key>", no_such_page, name="account_confirm_email"),
    path("accounts/password/set/", no_such_page, name="account_set_password"),
    path("accounts/login/code/confirm/", no_such_page, name="account_confirm_login_code"),
    path("accounts/3rdparty/signup/", no_such_page, name="socialaccount_signup"),
    path("accounts/social/signup/", no_such_page),
]
