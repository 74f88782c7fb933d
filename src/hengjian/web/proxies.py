"""The first door: from where a request comes, and over which scheme, where only trusted proxies are believed.

Whoever reaches the site past the proxies is taken at the address of the connection.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from hengjian.kernel.asker import asked_from
from hengjian.trusted import Trusted, bare

FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_FORWARDED",
    "HTTP_X_REAL_IP",
)
# An answer given after a restraint has refused is "too many requests", whatever the page that shows the form made of it.
SHOWN_AGAIN = (200, 409, 422)


class FromOutside:
    """Sets the asker of the request; takes away what an untrusted peer says of itself; says when to come again."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond
        self.trusted: Trusted = settings.TRUSTED_PROXIES

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta = request.META
        peer = bare(meta.get("REMOTE_ADDR", "")) or meta.get("REMOTE_ADDR", "")
        address = peer
        if self.trusted.believes(peer):
            address = self.trusted.asker(peer, meta.get("HTTP_X_FORWARDED_FOR", ""))
        else:
            for name in FORWARDED:
                meta.pop(name, None)
        meta["REMOTE_ADDR"] = address
        with asked_from(address) as asker:
            response = self.respond(request)
        if asker.wait:
            if response.status_code in SHOWN_AGAIN:
                response.status_code = 429
            if response.status_code == 429:
                response["Retry-After"] = str(asker.wait)
        return response
