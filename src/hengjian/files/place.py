"""Where the bytes of files lie: a folder of this machine, or a bucket that speaks S3. One interface over both (`obstore`).

An object is written once under a name that never was used, and never changed: whoever has to change it writes another and
forgets the first. So no writer needs a lock, and a writer killed half-way leaves nothing but an object that nobody names.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

ANSWERS_WITHIN = timedelta(seconds=10)  # one question to the bucket
GIVES_UP_AFTER = timedelta(seconds=20)  # all tries of it together; technical bounds, not numbers of the law


class Unreachable(Exception):
    """The place does not answer, or refuses: nothing was read and nothing is known to be written."""


class Missing(Exception):
    """Nothing lies under this name."""


@dataclass(frozen=True)
class Lying:
    """One object as the place tells it."""

    name: str
    size: int
    since: datetime


class Place:
    """Bytes by name. Every method raises Unreachable where the place does not answer."""

    def __init__(self, store: ObjectStore, folder: Path | None) -> None:
        self._store, self._folder = store, folder

    @property
    def folder(self) -> Path | None:
        """Where the objects lie as files of this machine; None for a bucket."""
        return self._folder

    def put(self, name: str, data: bytes) -> None:
        """Write an object that stays after a power cut. Raises FileExistsError where one of this name lies already."""
        with _answering():
            try:
                obstore.put(self._store, name, data, mode="create")
            except obstore.exceptions.AlreadyExistsError:
                raise FileExistsError(name) from None
            if self._folder is not None:
                _on_disk(self._folder / name)

    def get(self, name: str) -> bytes:
        """The whole object. Raises Missing."""
        with _answering():
            try:
                return bytes(obstore.get(self._store, name).bytes())
            except (obstore.exceptions.NotFoundError, FileNotFoundError):
                raise Missing(name) from None

    def delete(self, name: str) -> None:
        """Take it away; nothing happens where there is none."""
        with _answering():
            try:
                obstore.delete(self._store, name)
            except (obstore.exceptions.NotFoundError, FileNotFoundError):
                return

    def lying(self) -> Iterator[Lying]:
        """Every object, in no order; read in pages."""
        with _answering():
            for page in obstore.list(self._store):
                for found in page:
                    yield Lying(found["path"], found["size"], found["last_modified"])


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except (BaseError, OSError) as problem:
        if isinstance(problem, FileExistsError):
            raise
        raise Unreachable(str(problem).partition("\n")[0][:200]) from problem


def _on_disk(file: Path) -> None:
    """The bytes, and the folder that names them."""
    for place in (file, file.parent):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@cache
def place_at(url: str, endpoint: str = "", key: str = "", secret: str = "", region: str = "") -> Place:
    """`file://folder` or `s3://bucket/prefix` (`address` has looked at them); for a bucket its endpoint (https://…), access
    key, secret and region. Raises Unreachable where the folder cannot be made."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        folder = Path(unquote(parts.path))
        with _answering():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return Place(LocalStore(folder), folder)
    bucket = S3Store(
        parts.netloc,
        prefix=parts.path.strip("/") or None,
        access_key_id=key,
        secret_access_key=secret,
        region=region or "us-east-1",
        virtual_hosted_style_request=False,
        client_options={"allow_http": endpoint.startswith("http://"), "timeout": ANSWERS_WITHIN},
        retry_config={"max_retries": 2, "retry_timeout": GIVES_UP_AFTER},
        endpoint=endpoint or None,
    )
    return Place(bucket, None)
