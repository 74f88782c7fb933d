"""What no keyboard types is taken out of an address before anything looks for it: no column of any database holds it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

NUL = "\x00"
UNKNOWN = "\ufffd"


class Typable:
    """In a path the NUL becomes a mark that no name holds, so that the address is answered like any unknown one, as a page or
    below `/api/` as JSON. In a query it is dropped and the rest is read."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info:
            request.path_info, request.path = (part.replace(NUL, UNKNOWN) for part in (request.path_info, request.path))
        if NUL in request.META.get("QUERY_STRING", "") or "%00" in request.META.get("QUERY_STRING", ""):
            kept = request.GET.copy()
            for name, values in list(kept.lists()):
                del kept[name]
                kept.setlist(name.replace(NUL, ""), [str(value).replace(NUL, "") for value in values])
            request.META["QUERY_STRING"] = kept.urlencode()
            request.GET = QueryDict(request.META["QUERY_STRING"])
        return self.respond(request)
