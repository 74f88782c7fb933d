"""A small load loop: a few processes, each with a few open connections, ask one server the same kind of request.

It writes requests as bytes and reads answers by their length, so that it costs the machine little beside the server.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

CONNECTIONS = 8


def asked(port: int, requests: Sequence[bytes], count: int, *, processes: int = 2) -> float:
    """Requests per second, all processes together. Anything but 200 is an error."""
    each = count // processes
    work = {"port": port, "count": each}
    started = [
        subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve())], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(processes)
    ]
    for number, process in enumerate(started):
        own = [request.decode("latin-1") for request in requests[number::processes] or requests]
        assert process.stdin is not None
        process.stdin.write(json.dumps({**work, "requests": own}) + "\n")
        process.stdin.flush()
    for process in started:  # all are connected and wait
        assert process.stdout is not None
        process.stdout.readline()
    start = time.perf_counter()
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    if any(process.wait(timeout=120) for process in started):
        raise AssertionError("an answer was not 200")
    return each * processes / (time.perf_counter() - start)


def _read(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, body = data.split(b"\r\n\r\n", 1)
    if not head.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"answered {head[:200]!r}")
    name = b"content-length:"
    length = int(next(line for line in head.lower().split(b"\r\n") if line.startswith(name))[len(name) :])
    while len(body) < length:
        body += _more(connection)
    return body


def _more(connection: socket.socket) -> bytes:
    part = connection.recv(65536)
    if not part:
        raise SystemExit("the server closed the connection")
    return part


def once(port: int, request: bytes) -> bytes:
    """One answer's body."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        return _read(connection)


def _loop() -> None:
    work = json.loads(sys.stdin.readline())
    requests = [request.encode("latin-1") for request in work["requests"]]
    connections = [socket.create_connection(("127.0.0.1", work["port"]), timeout=60) for _ in range(CONNECTIONS)]
    print("ready", flush=True)
    sys.stdin.readline()
    for at in range(0, work["count"], CONNECTIONS):
        asking = connections[: work["count"] - at]
        for place, connection in enumerate(asking):
            connection.sendall(requests[(at + place) % len(requests)])
        for connection in asking:
            _read(connection)


if __name__ == "__main__":
    _loop()
