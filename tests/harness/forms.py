"""A POST form without its CSRF token fails the test that rendered it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test.client import Client

_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.IGNORECASE | re.DOTALL)
_POST = re.compile(r"""\bmethod\s*=\s*["']?post\b""", re.IGNORECASE)


class FormWithoutToken(AssertionError):
    pass


def forms_without_token(page: str) -> list[str]:
    """The opening attributes of every POST form that carries no token."""
    return [
        attributes.strip()
        for attributes, inside in _FORM.findall(page)
        if _POST.search(attributes) and 'name="csrfmiddlewaretoken"' not in inside
    ]


@contextmanager
def forms_carry_tokens() -> Iterator[None]:
    ordinary = Client.request

    def request(client: Client, **environ: Any) -> Any:
        response = ordinary(client, **environ)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            bare = forms_without_token(response.content.decode())
            if bare:
                raise FormWithoutToken(f"POST form without CSRF token on {environ.get('PATH_INFO')}: <form {bare[0]}>")
        return response

    Client.request = request  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        Client.request = ordinary  # type: ignore[method-assign]
