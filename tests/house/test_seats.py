"""Nobody obtains a seat past the one function that looks at factor, account, seat and session (`authorities.seating`)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.authorities.seating import SECOND_FACTOR_MODES, SECOND_FACTOR_ROLES
from tests.house.source import Module, modules, reviewed

CHANNELS = ("web", "api", "cli", "search")
READS = ("filter", "get", "all", "first", "last", "order_by", "exclude", "values_list", "select_related", "iterator")
SHORT_CUTS = ("QuerySet", "get_object_or_404")
MANAGERS = ("objects", "_base_manager", "_default_manager")
# Who may call it: the frame of the pages (files are pages) and the frame of the API. Commands act as the installation.
CALLERS = {"web/middleware.py", "api/app.py"}


def reads_of_seats(module: Module) -> Iterator[str]:
    """Every query set of seats or tokens that a module starts: `Seat.objects`, `user.seats`, `seat.tokens`, `QuerySet(Seat)`."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and isinstance(node.value, ast.Name):
            if node.value.id in ("Seat", "ApiToken"):
                yield f"{module.name}:{node.lineno}: {node.value.id}.{node.attr}"
        elif isinstance(node, ast.Attribute) and node.attr in READS and isinstance(node.value, ast.Attribute):
            if node.value.attr in ("seats", "tokens"):
                yield f"{module.name}:{node.lineno}: .{node.value.attr}.{node.attr}"
        elif isinstance(node, ast.Call) and _called(node) in SHORT_CUTS and _is_given_seats(node):
            yield f"{module.name}:{node.lineno}: {_called(node)}(Seat)"


def _is_given_seats(node: ast.Call) -> bool:
    return any(isinstance(argument, ast.Name) and argument.id == "Seat" for argument in node.args)


def _called(node: ast.Call) -> str:
    return _name(node.func) if isinstance(node.func, ast.Attribute | ast.Name) else ""


def _name(node: ast.Attribute | ast.Name) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id


def seats_handed_out(module: Module) -> Iterator[str]:
    """Every place that says from which seat a request acts, and every call of the function that knows."""
    for node in ast.walk(module.tree):
        for target in _targets(node):
            names = isinstance(target, ast.Attribute) and target.attr in ("seat", "seating", "auth")
            if names and _is_request(target.value):
                yield f"{module.name}: sets request.{target.attr}"
        if isinstance(node, ast.Call) and _called(node) == "seated":
            yield f"{module.name}: calls seated"


def _targets(node: ast.AST) -> list[Any]:
    return node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []


def _is_request(node: ast.AST) -> bool:
    return isinstance(node, ast.Name | ast.Attribute) and _name(node) == "request"


def test_seats_are_read_only_where_reviewed() -> None:
    found = {entry.split(":")[0] for module in modules() for entry in reads_of_seats(module)}
    assert sorted(found) == sorted(reviewed("seat_readers.txt"))


def test_a_request_gets_its_seat_from_the_one_function() -> None:
    found = {entry for module in modules() if module.domain in CHANNELS for entry in seats_handed_out(module)}
    assert found == {f"{name}: calls seated" for name in CALLERS} | {
        "web/middleware.py: sets request.seat",
        "web/middleware.py: sets request.seating",
    }


def test_commands_act_as_the_installation_never_from_a_seat() -> None:
    for module in modules():
        if module.domain == "cli":
            assert not list(seats_handed_out(module)), module.name


def test_a_seat_obtained_elsewhere_is_noticed() -> None:
    for text in (
        "seat = Seat.objects.get(pk=1)",
        "seat = Seat._base_manager.filter(user=user)",
        "seat = request.user.seats.first()",
        "token = seat.tokens.filter(digest=digest)",
        "token = ApiToken.objects.get(digest=digest)",
        "seat = models.QuerySet(Seat).get(pk=1)",
        "seat = get_object_or_404(Seat, pk=1)",
    ):
        assert list(reads_of_seats(Module("api/x.py", text))), text
    for text in ("request.seat = seat", "desk.request.auth = seat", "seated(Bearer('x'))"):
        assert list(seats_handed_out(Module("api/x.py", text))), text
    assert not list(reads_of_seats(Module("api/x.py", "choices = request.seats\nfor s in seating.seats: pass")))


def test_the_policy_names_roles_that_exist() -> None:
    for text in SECOND_FACTOR_ROLES.text.history:
        assert set(text.value) <= set(Role.values), text
    for text in SECOND_FACTOR_MODES.text.history:
        assert set(text.value) <= {"demo", "test", "production"}, text
    assert Seat.by_token is None
