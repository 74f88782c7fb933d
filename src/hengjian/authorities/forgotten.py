"""A forgotten password: who asked for what is worked out behind the door, so that the answer takes as long for a name that
exists as for one that does not."""

from __future__ import annotations

import contextlib
import secrets

from django_tasks import task

from hengjian.authorities.acts.contact import DOOR, send_password_link
from hengjian.authorities.queries import account_named
from hengjian.kernel.refusal import Refused


@task()
def send_link(username: str) -> None:
    """Send the link, if there is an open account of this name with a confirmed address; else nothing."""
    account = account_named(username)
    if account is not None:
        with contextlib.suppress(Refused):  # what hinders it is told to nobody who is not signed in
            send_password_link(DOOR, account, code=secrets.token_urlsafe(32))
