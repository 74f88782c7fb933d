"""SMS and work chat by a provider's HTTP interface. What a provider wants in the body is one of `FORMS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import requests

from hengjian.messages.channels import Letter, Undeliverable
from hengjian.messages.declared import Address

SECONDS = 10


def plain(letter: Letter) -> dict[str, Any]:
    """For a gateway of one's own: everything by name."""
    return {"id": letter.key, "to": letter.to.phone, "title": letter.title, "text": letter.text, "link": letter.link}


def wecom_group(letter: Letter) -> dict[str, Any]:
    """A group robot of WeCom: a text that names its reader by phone number."""
    content = f"{letter.title}\n{letter.text}\n{letter.link}"
    return {"msgtype": "text", "text": {"content": content, "mentioned_mobile_list": [letter.to.phone]}}


FORMS: Mapping[str, Callable[[Letter], dict[str, Any]]] = {"plain": plain, "wecom_group": wecom_group}


@dataclass(frozen=True)
class Http:
    """`url` takes a POST with JSON; `secret`, where there is one, goes along as a bearer token."""

    channel: str
    url: str
    secret: str = ""
    form: str = "plain"

    def reaches(self, address: Address) -> bool:
        return bool(address.phone)

    def send(self, letter: Letter) -> str:
        headers = {"Idempotency-Key": letter.key}
        if self.secret:
            headers["Authorization"] = f"Bearer {self.secret}"
        try:
            answer = requests.post(
                self.url, json=FORMS[self.form](letter), headers=headers, timeout=SECONDS, allow_redirects=False
            )
        except requests.RequestException as lost:
            raise Undeliverable(type(lost).__name__) from lost
        if answer.status_code >= 300:
            again = answer.status_code in (408, 425, 429) or answer.status_code >= 500
            raise Undeliverable(f"HTTP {answer.status_code}", for_good=not again)
        return f"HTTP {answer.status_code}"
