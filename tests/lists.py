"""A declared list as somebody reads it: the part the given words of an address ask for, or its file."""

from __future__ import annotations

from typing import Any, TypeVar

from django.test import Client
from django.urls import reverse

from hengjian.kernel.actor import Actor
from hengjian.kernel.asking import Asking
from hengjian.kernel.listing import Listing, part_of, wanted

R = TypeVar("R")


def listed(listing: Listing[R], actor: Actor, **given: str) -> list[R]:
    wish, faults = wanted(listing, given)
    assert faults == []
    return part_of(listing, Asking(actor, None), wish).rows


def the_file(client: Client, address: str, form: str, given: dict[str, str] | None = None) -> Any:
    """The export of the list at this page, the purpose said where it is asked for."""
    answer = client.get(reverse(address), {**(given or {}), "export": form})
    if answer.status_code == 302:
        said = client.post(answer["Location"], {"purpose": "核对名单，用后即删", "key": ""})
        assert said.status_code == 302, said.content.decode()
        answer = client.get(f"{said['Location']}file/")
    return answer
