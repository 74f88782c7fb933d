"""What no keyboard types is taken out of an address before anything looks for it: no column of any database holds it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

NUL = "\x00"


class Typable:
    """A path with a NUL names nothing: 404. In a query the NUL is dropped and the rest is read."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info:
            request.path_info = request.path = "/404/"
        if NUL in request.META.get("QUERY_STRING", "") or "%00" in request.META.get("QUERY_STRING", ""):
            kept = request.GET.copy()
            for name, values in list(kept.lists()):
                del kept[name]
                kept.setlist(name.replace(NUL, ""), [str(value).replace(NUL, "") for value in values])
            request.META["QUERY_STRING"] = kept.urlencode()
            request.GET = QueryDict(request.META["QUERY_STRING"])
        return self.respond(request)
