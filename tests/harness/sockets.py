"""No test leaves the machine: sockets connect to loop-back addresses and to Unix sockets, to nothing else."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class LeftTheMachine(RuntimeError):
    pass


def is_local(address: Any) -> bool:
    if isinstance(address, str | bytes):
        return True  # a path: Unix socket
    host = address[0] if isinstance(address, tuple) and address else ""
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@contextmanager
def local_only() -> Iterator[None]:
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def watched(ordinary: Any) -> Any:
        def connecting(self: socket.socket, address: Any) -> Any:
            if not is_local(address):
                raise LeftTheMachine(f"a test tried to reach {address!r}")
            return ordinary(self, address)

        return connecting

    socket.socket.connect = watched(connect)  # type: ignore[method-assign]
    socket.socket.connect_ex = watched(connect_ex)  # type: ignore[method-assign]
    try:
        yield
    finally:
        socket.socket.connect = connect  # type: ignore[method-assign]
        socket.socket.connect_ex = connect_ex  # type: ignore[method-assign]
