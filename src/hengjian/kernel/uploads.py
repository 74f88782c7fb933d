"""A file as handed in, kept with its hash before any act refers to it; it decides nothing, so no act keeps it."""

from __future__ import annotations

import hashlib

from hengjian.kernel import clock
from hengjian.kernel.actor import Actor
from hengjian.kernel.models import Upload


def keep_upload(name: str, content_type: str, data: bytes, actor: Actor) -> Upload:
    """Keep the file under the name and the owner it came with."""
    return Upload.objects.create(
        sha256=hashlib.sha256(data).hexdigest(),
        name=name[:200],
        content_type=content_type[:100],
        size=len(data),
        data=data,
        owner=actor.actor_id,
        at=clock.now(),
    )


def digest_now(key: int) -> str:
    """SHA-256 of the bytes as they are stored at this moment, in hex; empty where there is no such file."""
    data = Upload.objects.filter(pk=key).values_list("data", flat=True).first()
    return "" if data is None else hashlib.sha256(bytes(data)).hexdigest()
