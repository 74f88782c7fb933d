"""The API against its own document: nothing fails inside, nothing is answered that is not documented."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hengjian.api.operations import performable
from hengjian.authorities.acts.tokens import issue
from hengjian.authorities.roles import Role
from hengjian.kernel.acts_catalogue import catalogue
from tests.world import a_seat

# Making requests from a schema is dear: the daily suite tries each operation once or twice, the exhaustive one often.
EXAMPLES = int(os.environ.get("HENGJIAN_API_EXAMPLES", "2"))
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
ROLES = (
    Role.CLERK,
    Role.RESPONSIBLE_PERSON,
    Role.CENTRE_REVIEWER,
    Role.CENTRE_HEAD,
    Role.PROVINCE_OFFICER,
    Role.ADMINISTRATOR,
)
ACTS = sorted(code for code, act in catalogue().items() if performable(act))
READING = "reading"

# One worker makes the schema and the world once.
pytestmark = pytest.mark.django_db


@cache
def operations() -> dict[str, list[Any]]:
    """Act code → its operations; what no act stands behind is `reading`."""
    from hengjian.api.routes import load

    schema = schemathesis.openapi.from_dict(load().get_openapi_schema(path_prefix="/api/"))
    schema.app = WSGIHandler()
    found: dict[str, list[Any]] = {}
    for result in schema.get_all_operations():
        operation = result.ok()
        name = operation.definition.raw.get("operationId", "").removesuffix("_why_not")
        code = next((code for code in ACTS if code.replace(".", "_") == name), READING)
        found.setdefault(code, []).append(operation)
    return found


@pytest.fixture(autouse=True)
def one_connection():
    """Requests reach the application without Django's test client: keep its connection from being closed under it."""
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections

    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    yield
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)


@pytest.fixture(scope="module")
def tokens(django_db_setup, django_db_blocker):
    """One world for all operations: what a request changes is rolled back with its test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield {role: issue(a_seat(role), "schemathesis") for role in ROLES}
        transaction.set_rollback(True)


def test_every_operation_is_tried() -> None:
    assert sorted(operations()) == sorted([*ACTS, READING])


def try_out(operation: Any, token: str) -> None:
    """Made-up requests to one operation; every answer is held to the document."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=True,
    )
    @given(case=operation.as_strategy())
    def answers(case: Any) -> None:
        case.validate_response(case.call(headers={"Authorization": f"Bearer {token}"}), checks=CHECKS)

    answers()


@pytest.mark.parametrize("code", [*ACTS, READING])
def test_every_operation_answers_as_documented(code: str, tokens) -> None:
    for operation in operations()[code]:
        try_out(operation, tokens[ROLES[len(code) % len(ROLES)]])
