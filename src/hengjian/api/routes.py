"""The API with every operation in place: the frame stands below, operations and reads are built on it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from ninja import NinjaAPI

from hengjian.api import operations, reads
from hengjian.api.app import api

Urls = tuple[list[Any], str, str]


def load() -> NinjaAPI:
    """The API with every operation registered, once."""
    operations.register()
    reads.register()
    return api


def asking_for_itself(urls: Urls) -> Urls:
    """Every operation asks for its token or its session and answers 401 as JSON: no redirect to a page for log-in."""
    for pattern in urls[0]:
        login_not_required(pattern.callback)
    return urls
