"""A case's pages with 2,000 children of each kind against the same pages with 200: the same statements, about the same time.

Both sizes fill a page (fifty rows, two hundred log entries); what is left to grow is counted and summed by the database.
"""

from __future__ import annotations

import time
from typing import Any

from bench._ground import installed, line

FEW, MANY, ROUNDS = 200, 2_000, 7
GOAL = 2.0
SHOWN = (
    "plan",
    "batch",
    "roster",
    "roster list",
    "result_sheet",
    "result_sheet objections",
    "draw_case",
    "filing materials",
    "institution",
)


def run() -> list[dict[str, Any]]:
    installed()
    from bench._children import NOW, addresses, first_family, more_children
    from bench._rows import analysed
    from hengjian.kernel import clock

    with clock.at(NOW):
        made = first_family()
        more_children(made, 1, FEW)
        pages = {name: asked for name, asked in addresses(made, signed_in).items() if name in SHOWN}
        analysed()
        few = {name: seconds(*asked) for name, asked in pages.items()}
        more_children(made, FEW, MANY)
        analysed()
        many = {name: seconds(*asked) for name, asked in pages.items()}
    return [
        line(
            f"{name}: ms with {MANY:,} children of each kind against with {FEW}",
            many[name] * 1000, few[name] * 1000, many[name] / few[name], f"≤ {GOAL} ×", many[name] / few[name] <= GOAL,
        )
        for name in SHOWN
    ]  # fmt: skip


def signed_in(seat: Any) -> Any:
    from django.test import Client

    from hengjian.authorities.seating import CHOSEN

    client = Client()
    client.force_login(seat.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[CHOSEN] = seat.pk
    session.save()
    return client


def seconds(client: Any, address: str) -> float:
    """The quickest of some rounds: the two sizes are measured minutes apart, and other work on the machine comes and
    goes. On SQLite all of a page is this thread's work, so its processor time counts; else the time by the clock."""
    from django.db import connection

    now = time.thread_time if connection.vendor == "sqlite" else time.perf_counter
    client.get(address)
    taken = []
    for _ in range(ROUNDS):
        start = now()
        answer = client.get(address)
        taken.append(now() - start)
        if answer.status_code != 200:
            raise AssertionError(f"{address} answered {answer.status_code}")
    return min(taken)


if __name__ == "__main__":
    for result in run():
        print(result)
