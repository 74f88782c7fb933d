"""From where a request came: set once per request by the door, behind the trusted proxies, and read by restraint only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network, ip_address


@dataclass
class Asker:
    """`network` is what counts as one asker; `wait` the seconds to wait, once a restraint has refused the request."""

    network: str
    wait: int = 0


_asker: ContextVar[Asker | None] = ContextVar("hengjian_asker", default=None)


@contextmanager
def asked_from(address: str) -> Iterator[Asker]:
    """Within the block every act and read was asked for from this address. `local` is a command at the machine itself."""
    asker = Asker(network_of(address))
    token = _asker.set(asker)
    try:
        yield asker
    finally:
        _asker.reset(token)


def asker() -> Asker | None:
    """Nothing where nobody asks from outside: a job of the worker, the clock, the installation."""
    return _asker.get()


def network_of(address: str) -> str:
    """An IPv4 address as it is; of an IPv6 address the /64, for whoever has one has all of them."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(IPv6Network((int(found) >> 64 << 64, 64)))
    return str(found)
