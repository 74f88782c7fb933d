"""The intake: a body is whole before a thread is spent, bounded in size, pause and pace; readers never wait for writers."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterable
from typing import Any

import pytest

from hengjian.web.intake import CUT_SHORT, TOO_LATE, Bounds, Intake

QUICK = Bounds(body_bytes=1000, pause_seconds=0.05, grace_seconds=0.2, bytes_per_second=10_000, memory_bytes=100)


def scope(
    method: str = "POST", *, headers: Iterable[tuple[bytes, bytes]] = (), path: bytes = b"/check/"
) -> dict[str, Any]:
    return {
        "type": "http", "method": method, "http_version": "1.1", "scheme": "http", "path": path.decode("latin-1"),
        "raw_path": path, "query_string": b"q=1", "headers": list(headers), "client": ("10.0.0.1", 5), "server": ("site", 80),
    }  # fmt: skip


def asked(
    application: Any, parts: list[bytes | float], *, bounds: Bounds = QUICK, **values: Any
) -> list[dict[str, Any]]:
    """What is sent back to a client that sends these parts; a number is a pause in seconds."""
    sent: list[dict[str, Any]] = []
    left = list(parts)

    async def receive() -> dict[str, Any]:
        while left and isinstance(left[0], float):
            await asyncio.sleep(left.pop(0))
        if not left:
            await asyncio.sleep(60)
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    _run(Intake(application, bounds)(scope(**values), receive, send))
    return sent


def _run(work: Coroutine[Any, Any, None]) -> None:
    """In a thread of its own: a journey of the same process may have left a loop running in this one."""
    failed: list[BaseException] = []

    def whole() -> None:
        try:
            asyncio.run(work)
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=whole)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


class Site:
    """A WSGI application that notes what it was asked."""

    def __init__(self) -> None:
        self.seen: list[dict[str, Any]] = []

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        self.seen.append({**environ, "body": environ["wsgi.input"].read()})
        start(f"{environ.get(CUT_SHORT, 200)} X", [("Content-Type", "text/plain")])
        return [b"a" * 300, b"b"]


@pytest.fixture
def site() -> Site:
    return Site()


CHUNKED = [(b"transfer-encoding", b"chunked")]


def test_a_body_in_pieces_is_read_like_any_other(site: Site) -> None:
    sent = asked(site, [b"x" * 150, b"y"], headers=CHUNKED)
    assert (site.seen[0]["body"], site.seen[0]["CONTENT_LENGTH"]) == (b"x" * 150 + b"y", "151")
    assert "HTTP_TRANSFER_ENCODING" not in site.seen[0]
    assert (sent[0]["status"], dict(sent[0]["headers"])[b"content-length"]) == (200, b"301")
    assert b"".join(message.get("body", b"") for message in sent[1:]) == b"a" * 300 + b"b"
    assert sent[-1].get("more_body", False) is False


@pytest.mark.parametrize(
    ("parts", "headers", "status"),
    [
        ([b""], [(b"content-length", b"1001")], 413),
        ([b"x" * 600, b"x" * 600], CHUNKED, 413),
        ([1.0], [(b"content-length", b"10")], 408),
        ([b"x", 0.04] * 20, CHUNKED, 408),  # never pauses long, never comes to an end
    ],
)
def test_what_is_too_large_or_too_slow_is_cut_off(site: Site, parts: Any, headers: Any, status: int) -> None:
    sent = asked(site, parts, headers=headers)
    assert (sent[0]["status"], site.seen[0]["body"]) == (status, b"")
    assert (b"connection", b"close") in sent[0]["headers"]


def test_names_a_proxy_does_not_vouch_for_are_dropped(site: Site) -> None:
    asked(
        site,
        [],
        method="GET",
        path=b"/%E4%B8%AD/",
        headers=[
            (b"x_forwarded_for", b"6.6.6.6"),
            (b"cookie", b"a=1"),
            (b"cookie", b"b=2"),
            (b"x-a", b"1"),
            (b"x-a", b"2"),
        ],
    )
    (seen,) = site.seen
    assert "HTTP_X_FORWARDED_FOR" not in seen
    assert (seen["HTTP_COOKIE"], seen["HTTP_X_A"], seen["QUERY_STRING"]) == ("a=1; b=2", "1,2", "q=1")
    assert seen["PATH_INFO"] == "/中/".encode().decode("latin-1")


def test_head_has_the_length_and_no_body(site: Site) -> None:
    start, *rest = asked(site, [], method="HEAD")
    assert dict(start["headers"])[b"content-length"] == b"301"
    assert b"".join(message["body"] for message in rest) == b""


def test_a_fault_of_the_application_is_an_answer_too() -> None:
    def broken(environ: Any, start: Any) -> list[bytes]:
        raise ValueError

    start, *_ = asked(broken, [], method="GET")
    assert start["status"] == 500


def test_readers_are_answered_while_every_writer_waits() -> None:
    go, late = threading.Event(), []

    def application(environ: dict[str, Any], start: Any) -> list[bytes]:
        start("200 OK", [])
        if environ["REQUEST_METHOD"] == "POST":
            late.append(TOO_LATE in environ)
            go.wait(10)
        return [b"x"]

    async def all_together() -> None:
        intake = Intake(application, Bounds(readers=1, writers=1, queue_seconds=0.0))

        async def receive() -> dict[str, Any]:
            raise AssertionError("no body was announced")

        async def send(message: dict[str, Any]) -> None:
            pass

        writing = [asyncio.ensure_future(intake(scope(), receive, send)) for _ in range(3)]
        await asyncio.wait_for(intake(scope("GET"), receive, send), 10)
        assert not any(task.done() for task in writing)
        go.set()
        await asyncio.gather(*writing)

    _run(all_together())
    assert late[1:] == [True, True]  # who waited for a thread is told so
