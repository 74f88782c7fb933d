"""Somebody outside: speaks to nginx from an address of their own, keeps cookies, fills in forms as a browser does."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

NAME = "rd.example.gov.cn"  # as in the paper


@dataclass(frozen=True)
class Answered:
    """`headers` as they came, in order; `head` by lower name, the last one where there are several."""

    status: int
    headers: list[tuple[str, str]]
    text: str

    @property
    def head(self) -> dict[str, str]:
        return {name.lower(): value for name, value in self.headers}

    def all(self, name: str) -> list[str]:
        return [value for known, value in self.headers if known.lower() == name]


@dataclass
class Door:
    """Where nginx listens, and the certificate to expect. `cookies`: every Set-Cookie that ever came out."""

    plain: int
    secure: int
    certificate: Path
    cookies: list[str] = field(default_factory=list)

    def connected(self, address: str = "127.0.0.1", name: str = NAME, *, secure: bool = True) -> socket.socket:
        """A connection from that address (any of 127.0.0.0/8), the certificate checked."""
        port = self.secure if secure else self.plain
        made = socket.create_connection(("127.0.0.1", port), timeout=30, source_address=(address, 0))
        if not secure:
            return made
        context = ssl.create_default_context(cafile=str(self.certificate))
        try:
            return context.wrap_socket(made, server_hostname=name)
        except BaseException:
            made.close()
            raise


@dataclass
class Visitor:
    door: Door
    address: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        return f"{NAME}:{self.door.secure}"

    @property
    def origin(self) -> str:
        return f"https://{self.host}"

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | Iterable[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        secure: bool = True,
    ) -> Answered:
        """One request on a connection of its own. Cookies are sent and kept unless a Cookie header is given."""
        named: dict[str, str] = {"Host": self.host if secure else f"{NAME}:{self.door.plain}", **(headers or {})}
        if self.cookies and "Cookie" not in named:
            named["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        with closing(HTTPConnection("127.0.0.1")) as connection:
            connection.sock = self.door.connected(self.address, secure=secure)
            connection.request(method, path, body, named, encode_chunked=named.get("Transfer-Encoding") == "chunked")
            answer = connection.getresponse()
            found = Answered(answer.status, answer.getheaders(), answer.read().decode())
        for line in found.all("set-cookie"):
            self.door.cookies.append(line)
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return found

    def get(self, path: str, headers: Mapping[str, str] | None = None, *, secure: bool = True) -> Answered:
        return self.ask("GET", path, headers=headers, secure=secure)

    def send(self, path: str, values: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Answered:
        """A form, with the token and the Origin a browser would send."""
        token = {"csrfmiddlewaretoken": self.cookies["csrftoken"]} if "csrftoken" in self.cookies else {}
        kind = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": self.origin,
            "Referer": self.origin + path,
        }
        return self.ask("POST", path, urlencode({**token, **values}).encode(), {**kind, **(headers or {})})

    def log_in(self, user: str, password: str) -> Answered:
        self.get("/accounts/login/")
        return self.send("/accounts/login/", {"login": user, "password": password})


def field_of(page: str, name: str) -> str:
    """The value of a field of the page's form."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert tag, f"no field {name}"
    value = re.search(r'value="([^"]*)"', tag[0])
    return value[1] if value else ""
