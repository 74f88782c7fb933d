"""A file as handed in, kept with its hash before any act refers to it; it decides nothing, so no act keeps it."""

from __future__ import annotations

from hengjian.kernel import clock, stored_files
from hengjian.kernel.actor import Actor
from hengjian.kernel.models import Upload


def keep_upload(name: str, content_type: str, data: bytes, actor: Actor) -> Upload:
    """Keep the file, encrypted, under the name and the owner it came with."""
    return Upload.objects.create(
        sha256=stored_files.store(data),
        name=name[:200],
        content_type=content_type[:100],
        size=len(data),
        owner=actor.actor_id,
        at=clock.now(),
    )


def contents(upload: Upload) -> bytes:
    """The bytes as they were handed in. Raises `stored_files.FileUnfit` where they are not those any more."""
    return stored_files.contents(upload.sha256)


def digest_now(key: int) -> str:
    """SHA-256 of the bytes as they are stored at this moment, in hex; empty where there is no such file or not that file."""
    digest = Upload.objects.filter(pk=key).values_list("sha256", flat=True).first()
    try:
        return digest if digest is not None and stored_files.contents(digest) is not None else ""
    except stored_files.FileUnfit:
        return ""
