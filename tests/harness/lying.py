"""The store of files from behind: what somebody with a hand on the folder or the bucket could do to what lies there."""

from __future__ import annotations

import logging
import socket
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from hengjian.kernel import stored_files
from hengjian.kernel.models import StoredFile

BUCKET = "hengjian-test"


def lies(row: StoredFile) -> bytes:
    return stored_files.place().get(row.place)


def put_instead(row: StoredFile, data: bytes) -> None:
    """Other bytes under the same name, as no part of the product can put them."""
    stored_files.place().delete(row.place)
    stored_files.place().put(row.place, data)


def rows() -> list[StoredFile]:
    return list(StoredFile.objects.order_by("pk"))


def named() -> set[str]:
    """The objects that rows name."""
    return {row.place for row in rows()}


def alter_all() -> None:
    """One bit at the end of every file."""
    for row in rows():
        data = bytearray(lies(row))
        data[-1] ^= 1
        put_instead(row, bytes(data))


def exchange_all() -> None:
    """Another file, encrypted with the right keys, in the place of each."""
    other = StoredFile.objects.get(name=stored_files.name_of(stored_files.store(b"%PDF somebody else's")))
    data = lies(other)
    for row in rows():
        if row.pk != other.pk:
            put_instead(row, data)


def remove_all() -> None:
    for row in rows():
        stored_files.place().delete(row.place)


@contextmanager
def s3_server() -> Iterator[tuple[str, str, str, str, str]]:
    """A server that is not ours and speaks S3; the setting of a store in it."""
    import boto3
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    try:
        endpoint = f"http://127.0.0.1:{port}"
        # What lies in it outlives the server within a process: each begins empty.
        urllib.request.urlopen(urllib.request.Request(f"{endpoint}/moto-api/reset", method="POST")).close()
        client = boto3.client(
            "s3", endpoint_url=endpoint, aws_access_key_id="k", aws_secret_access_key="s", region_name="us-east-1"
        )
        client.create_bucket(Bucket=BUCKET)
        yield f"s3://{BUCKET}/files", endpoint, "k", "s", "us-east-1"
    finally:
        server.stop()
