"""Addresses of the sign-in library that this product has no use for: nobody signs up, no account hangs on an e-mail, a forgotten
password and the devices have pages of our own.

They answer like any address that does not exist; their names stay, because the library's other pages ask for them.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path


@login_not_required
def no_such_page(request: HttpRequest, **named: object) -> HttpResponse:
    raise Http404


@login_not_required
def forgotten(request: HttpRequest) -> HttpResponse:
    """The library's forms lead here; ours does the work."""
    return redirect("password_forgotten")


# The library's forms ask for the name of this one.
LEADING_ON: list[URLPattern] = [path("accounts/password/reset/", forgotten, name="account_reset_password")]
CLOSED: list[URLPattern] = [
    path("accounts/password/reset/done/", no_such_page, name="account_reset_password_done"),
    path("accounts/password/reset/key/done/", no_such_page, name="account_reset_password_from_key_done"),
    path("accounts/password/reset/key/<path:key>", no_such_page),
    path("accounts/sessions/", no_such_page, name="usersessions_list"),
    path("accounts/signup/", no_such_page, name="account_signup"),
    path("accounts/email/", no_such_page, name="account_email"),
    path("accounts/confirm-email/", no_such_page, name="account_email_verification_sent"),
    path("accounts/confirm-email/<path:key>", no_such_page, name="account_confirm_email"),
    path("accounts/password/set/", no_such_page, name="account_set_password"),
    path("accounts/login/code/confirm/", no_such_page, name="account_confirm_login_code"),
    path("accounts/3rdparty/signup/", no_such_page, name="socialaccount_signup"),
    path("accounts/social/signup/", no_such_page),
]
