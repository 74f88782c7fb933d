"""The API with every operation in place: the frame stands below, operations and reads are built on it."""

from __future__ import annotations

from ninja import NinjaAPI

from hengjian.api import operations, reads
from hengjian.api.app import api


def load() -> NinjaAPI:
    """The API with every operation registered, once."""
    operations.register()
    reads.register()
    return api
