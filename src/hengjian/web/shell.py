"""What every page's frame shows: who is signed in, from which seat, and the side bar."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def context(request: HttpRequest) -> dict[str, Any]:
    return {"demo": settings.DEMO, "seat": getattr(request, "seat", None), "seats": getattr(request, "seats", [])}
