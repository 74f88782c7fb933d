"""The intake of a web process: takes requests whole before a thread is spent on them, and keeps readers from writers.

granian hands a request over as soon as its headers stand, and a thread of Django's would wait for the rest: four clients
that announce a body and send nothing silenced the site. Here an event loop waits instead: a body has a largest size, a
longest pause and a least pace, and only a whole request gets a thread. Requests that only read have threads of their own,
so pages answer while every writer waits for a lock; one that has waited too long for a thread is told so.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any
from urllib.parse import unquote_to_bytes

from hengjian.kernel import typed

log = logging.getLogger("hengjian.intake")
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[str, str]]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# In the environment of a request that is only to be told so: waited too long for a thread; 408 or 413 before its body came.
TOO_LATE, CUT_SHORT = "hengjian.too_late", "hengjian.cut_short"
MIB = 1024 * 1024


@dataclass(frozen=True)
class Bounds:
    """What one request may cost before Django sees it, and how many threads there are. Technical bounds."""

    body_bytes: int = 64 * MIB
    pause_seconds: float = 10.0
    grace_seconds: float = 15.0
    bytes_per_second: int = 16 * 1024
    memory_bytes: int = MIB
    queue_seconds: float = 5.0
    readers: int = 2
    writers: int = 2


class CutShort(Exception):
    """The body is too large (413) or does not come (408): it is not read on, and the connection is closed."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Intake:
    """An ASGI application (without lifespan) around a WSGI one."""

    def __init__(self, application: Callable[..., Iterable[bytes]], bounds: Bounds | None = None) -> None:
        self.application, self.bounds = application, bounds or Bounds()
        self._readers = ThreadPoolExecutor(self.bounds.readers, thread_name_prefix="reading")
        self._writers = ThreadPoolExecutor(self.bounds.writers, thread_name_prefix="writing")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        cut_short = 0
        try:
            body, length = await self._body(scope, receive)
        except CutShort as cut:
            body, length, cut_short = BytesIO(), 0, cut.status
        if body is None:  # the client has gone
            return
        with body:
            environ = environ_of(scope, body, length)
            if cut_short:
                environ[CUT_SHORT] = cut_short
            threads = self._readers if scope["method"] in SAFE else self._writers
            came = time.monotonic()
            answer = await asyncio.get_running_loop().run_in_executor(threads, self._answered, environ, came)
        if cut_short:
            answer.headers.append(("Connection", "close"))
        with answer.content:
            await _sent(answer, send, whole=scope["method"] != "HEAD")

    async def _body(self, scope: Scope, receive: Receive) -> tuple[IO[bytes] | None, int]:
        """The whole body in memory or, above a bound, in a file; None when the client went away."""
        bounds = self.bounds
        announced = _announced(scope)
        if announced == 0:
            return BytesIO(), 0
        if announced > bounds.body_bytes:
            raise CutShort(413)
        # Closed by the caller, on whatever road.
        body = tempfile.SpooledTemporaryFile(max_size=bounds.memory_bytes)  # noqa: SIM115
        length, began = 0, time.monotonic()
        try:
            while True:
                left = began + bounds.grace_seconds + length / bounds.bytes_per_second - time.monotonic()
                try:
                    message = await asyncio.wait_for(receive(), max(0.0, min(bounds.pause_seconds, left)))
                except TimeoutError:
                    raise CutShort(408) from None
                if message["type"] == "http.disconnect":
                    body.close()
                    return None, 0
                part = message.get("body", b"")
                length += len(part)
                if length > bounds.body_bytes:
                    raise CutShort(413)
                body.write(part)
                if not message.get("more_body", False):
                    break
        except BaseException:
            body.close()
            raise
        body.seek(0)
        return body, length

    def _answered(self, environ: dict[str, Any], came: float) -> _Answer:
        """In a thread: the application asked and its answer taken whole, so that no thread waits for a slow reader."""
        if time.monotonic() - came > self.bounds.queue_seconds:
            environ[TOO_LATE] = True
        answer = _Answer(self.bounds.memory_bytes)
        try:
            parts = self.application(environ, answer.start)
            try:
                for part in parts:
                    answer.content.write(part)
            finally:
                close = getattr(parts, "close", None)
                if close is not None:
                    close()
        except Exception:
            log.exception("%s %s failed", environ["REQUEST_METHOD"], environ["PATH_INFO"])
            answer.content.close()
            answer = _Answer(self.bounds.memory_bytes)
            answer.start("500 Internal Server Error", [("Content-Type", "text/plain; charset=utf-8")])
            answer.content.write("系统出错，没有完成这次请求。".encode())
        return answer


class _Answer:
    def __init__(self, memory: int) -> None:
        self.status = 500
        self.headers: Headers = []
        self.content = tempfile.SpooledTemporaryFile(max_size=memory)  # noqa: SIM115 closed when it is sent

    def start(self, status: str, headers: Headers, problem: Any = None) -> Callable[[bytes], Any]:
        self.status, self.headers = int(status.split(" ", 1)[0]), headers
        return self.content.write


def environ_of(scope: Scope, body: IO[bytes], length: int) -> dict[str, Any]:
    """The WSGI environment (PEP 3333) of an ASGI request whose body is there. Header names with an underscore are dropped:
    they could not be told from the ones with a hyphen, which a proxy vouches for."""
    server = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    path = unquote_to_bytes(scope["raw_path"]) if scope.get("raw_path") else scope["path"].encode()
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": scope.get("root_path", ""),
        "PATH_INFO": path.split(b"?", 1)[0].decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw, value in scope["headers"]:
        if b"_" in raw or raw in (b"content-length", b"transfer-encoding"):
            continue
        name = raw.decode("latin-1").upper().replace("-", "_")
        key = name if name == "CONTENT_TYPE" else f"HTTP_{name}"
        text = value.decode("latin-1")
        if key in environ:
            text = environ[key] + ("; " if key == "HTTP_COOKIE" else ",") + text
        environ[key] = text
    environ["CONTENT_LENGTH"] = str(length)
    return environ


def _announced(scope: Scope) -> int:
    """Bytes of the body as announced: 0 where there is none, -1 where it comes in pieces."""
    for name, value in scope["headers"]:
        if name == b"content-length":
            return typed.whole_or(value.decode("latin-1"), -1, most=typed.KEY)
        if name == b"transfer-encoding":
            return -1
    return 0 if scope["http_version"].startswith("1") else -1


async def _sent(answer: _Answer, send: Send, *, whole: bool) -> None:
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers]
    length = answer.content.tell()
    bodiless = answer.status in (204, 304)
    if not bodiless and not any(name == b"content-length" for name, _ in headers):
        headers.append((b"content-length", str(length).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    if bodiless or not whole:
        await send({"type": "http.response.body", "body": b""})
        return
    answer.content.seek(0)
    while part := answer.content.read(256 * 1024):
        length -= len(part)
        await send({"type": "http.response.body", "body": part, "more_body": length > 0})
    if answer.content.tell() == 0:
        await send({"type": "http.response.body", "body": b""})
