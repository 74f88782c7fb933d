"""A token does what it was opened for and nothing else: asked of every operation of the API."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from hengjian.api import scope
from hengjian.api.routes import load
from hengjian.authorities.acts.tokens import issue, open_token
from hengjian.authorities.roles import Role
from hengjian.authorities.scopes import READ, offered
from hengjian.authorities.tokens import a_new_token, digest_of
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.refusal import Kind
from tests.world import a_seat, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]


def operations() -> Iterator[tuple[str, str]]:
    """Method and address of everything that asks who one is."""
    document: Any = load().get_openapi_schema()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if operation.get("security"):
                yield method, re.sub(r"\{[^}]*\}", "1", path)


def beyond(client: Client, method: str, path: str) -> bool:
    answer = getattr(client, method)(path, *([{}] if method == "post" else []), content_type="application/json")
    return answer.status_code == 403 and answer.json().get("code") == "accounts.token_scope"


def program(*words: str, role: Role = Role.CLERK) -> Client:
    return Client(headers={"Authorization": f"Bearer {issue(a_seat(role), '对接', scope=words)}"})


def test_whoever_may_only_read_writes_nothing_anywhere() -> None:
    client, asked = program(READ), 0
    for method, path in operations():
        reads = method == "get" or path == "/api/search"
        assert beyond(client, method, path) != reads, (method, path)
        asked += 1
    assert asked > 150


def test_whoever_may_do_one_act_does_no_other_and_reads_nothing() -> None:
    client = program("plans.draft_plan")
    open_to_it = {(method, path) for method, path in operations() if not beyond(client, method, path)}
    assert open_to_it == {("post", "/api/plans/draft_plan"), ("post", "/api/uploads")}


def test_each_word_opens_its_own_operation_and_only_that() -> None:
    """Every role, every act it could do: within its scope the kernel answers, not the door."""
    tried = set()
    for role in Role:
        if role == Role.SUPERVISOR:
            continue
        words = [word for word, _ in offered(role) if word != READ][:12]
        client = program(*words, role=role)
        for method, path in operations():
            code = ".".join(path.removeprefix("/api/").split("/")[:2])
            if method == "post" and code in catalogue():
                assert beyond(client, method, path) == (code not in words), (role, code)
                tried.add(code)
    assert len(tried) > 80


def test_a_token_older_than_scopes_does_what_its_seat_does() -> None:
    seat = a_seat(Role.CLERK)
    assert seat.token_scope is None
    assert all(scope.beyond(seat, method.upper(), path) is None for method, path in operations())


def test_a_scope_names_what_the_seats_programs_could_do_and_something() -> None:
    clerk = a_seat(Role.CLERK)

    def opened(*words: str, days: int | None = None) -> Any:
        return open_token(clerk, label="对接", scope=words, digest=digest_of(a_new_token()), days=days)

    for foreign in ("plans.file_plan", "authorities.open_token", "institutions.invite_staff"):
        with refused("authorities.token_scope", Kind.INPUT):
            opened(foreign)
    with refused("kernel.argument", Kind.INPUT):
        opened()
    with refused("authorities.token_days", Kind.INPUT) as found:
        opened(READ, days=181)
    assert found[0].field == "days"
    token = opened(READ, READ, days=30)
    assert (token.scope, (token.expires_at - token.made_at).days) == ([READ], 30)
