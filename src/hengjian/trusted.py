"""Trusted proxies: who may say from where a request came. `HENGJIAN_TRUSTED_PROXIES` is how many stand in front (1), or their
addresses and networks (10.0.0.0/8 ::1).

The header `X-Forwarded-For` is read from the right by that many; what a client wrote into it further left counts for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network


@dataclass(frozen=True)
class Trusted:
    """Proxies that are believed: a number of them, or where they stand."""

    count: int = 0
    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    @classmethod
    def read(cls, written: str) -> Trusted:
        """Raises ValueError for what is neither a count nor a list of addresses or networks."""
        words = written.replace(",", " ").split()
        if len(words) == 1 and words[0].isdigit() and len(words[0]) == 1:
            return cls(count=int(words[0]))
        if not words:
            raise ValueError("neither a count nor an address")
        return cls(networks=tuple(ip_network(word) for word in words))

    def believes(self, peer: str) -> bool:
        """Whether a connection from there may say where the request came from."""
        return self.count > 0 or self._stands_at(peer)

    def asker(self, peer: str, forwarded: str) -> str:
        """The address the request came from, given the connection's and the header's words."""
        chain = [bare(word) for word in forwarded.split(",") if word.strip()] + [peer]
        if self.count:
            return (chain[-self.count - 1] if len(chain) > self.count else chain[0]) or peer
        for address in reversed(chain):
            if not address:
                break
            if not self._stands_at(address):
                return address
            peer = address
        return peer

    def _stands_at(self, address: str) -> bool:
        try:
            found = ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self.networks)


def bare(word: str) -> str:
    """An address without port and brackets; empty for what is none."""
    text = word.strip().strip('"')
    text = text[1 : text.index("]")] if text.startswith("[") and "]" in text else text
    text = text.rsplit(":", 1)[0] if text.count(":") == 1 else text
    try:
        return str(ip_address(text))
    except ValueError:
        return ""
