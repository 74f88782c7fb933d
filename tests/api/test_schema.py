"""The API against its own document: nothing fails inside, nothing is answered that is not documented."""

from __future__ import annotations

import os

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hengjian.api.app import load
from hengjian.authorities.roles import Role
from hengjian.authorities.tokens import issue
from tests.world import a_seat

EXAMPLES = int(os.environ.get("HENGJIAN_API_EXAMPLES", "3"))
ROLES = (
    Role.CLERK,
    Role.RESPONSIBLE_PERSON,
    Role.CENTRE_REVIEWER,
    Role.CENTRE_HEAD,
    Role.PROVINCE_OFFICER,
    Role.ADMINISTRATOR,
)

schema = schemathesis.openapi.from_dict(load().get_openapi_schema(path_prefix="/api/"))
schema.app = WSGIHandler()


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


@pytest.fixture
def tokens(db, province) -> dict[Role, str]:
    return {role: issue(a_seat(role), "schemathesis") for role in ROLES}


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    database=None,
    derandomize=True,
)
def test_every_operation_answers_as_documented(case, tokens) -> None:
    role = ROLES[len(case.path) % len(ROLES)]
    response = case.call(headers={"Authorization": f"Bearer {tokens[role]}"})
    case.validate_response(
        response,
        checks=(not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance),
    )
