"""Beside every refusal stands what it rests on: the instrument itself, what kind of document it is, whether anybody has
read the original. Walked through all the catalogue knows: rules, restraints, arguments, the refusals written in bodies.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.test import Client

from hengjian.api.answers import Refused as Answer
from hengjian.api.listings import LISTINGS
from hengjian.authorities.roles import Role
from hengjian.cli.index import lines
from hengjian.kernel.acts_catalogue import catalogue as acts
from hengjian.kernel.arguments import Fault, refusal_for
from hengjian.kernel.instruments import CERTAINTY, KINDS, instrument_of
from hengjian.kernel.policy import catalogue
from hengjian.kernel.refusal import PRODUCT, Kind, Refusal
from hengjian.kernel.restraint import RESTRAINED, refusal
from hengjian.kernel.rule import RULES, Rule
from hengjian.web.parts import refusal_part
from tests.house.source import Module, modules
from tests.world import Province, a_seat

# Refusals that cite whatever value, clause or finding they are about: all of them are walked here one by one.
CITES_WHAT_IT_IS_ABOUT = {
    "authorities/acts/enact_local_value.py",  # any policy
    "authorities/exporting.py",  # the value it is called with
    "cli/sample_plan.py",  # any value of the tables
    "institutions/taking.py",  # the clause of the finding
    "rosters/examining.py",  # the header of the roster's act
}


def of_rules() -> Iterator[Refusal]:
    """What each rule says in its worked cases, and its ground where it lets all of them pass."""
    for code, rule in sorted(RULES.items()):
        found = [said for each in rule.cases if (said := rule(each.asking())) is not None]
        yield from found or [_ground_of(rule)]
        assert all(said.code == code or said.code for said in found)


def _ground_of(rule: Rule[Any]) -> Refusal:
    return Refusal(rule.code, rule.title, remedy="x", clause=rule.clause, policy=rule.policy)


def of_restraints() -> Iterator[Refusal]:
    for code, restraints in sorted(RESTRAINED.items()):
        yield from (refusal(each, code, 3, 60) for each in restraints)


def of_arguments() -> Iterator[Refusal]:
    yield from (refusal_for(code, Fault(("reason",), "请填写")) for code in sorted(acts()))


def of_headers() -> Iterator[Refusal]:
    """The wrong seat, the wrong step, the same person: they rest on the header."""
    for act in acts().values():
        for kind in (Kind.ROLE, Kind.STATE, Kind.STALE, Kind.REPLAY):
            yield Refusal("kernel.admission", act.header.title, remedy="x", clause=act.header.clause, kind=kind)


def of_values() -> Iterator[Refusal]:
    yield from (Refusal("x.y", text.title, remedy="x", policy=key) for key, text in catalogue().items())


def of_bodies() -> Iterator[Refusal]:
    """Every `refuse(…)` and `Refusal(…)` of the source with the clause and the policy written there."""
    for module in modules():
        if module.name in CITES_WHAT_IT_IS_ABOUT or module.name.startswith("kernel/"):
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("refuse", "Refusal") and node.args:
                yield Refusal(f"{module.name}:{node.lineno}", "不能。", remedy="x", **grounds(module, node))


def grounds(module: Module, call: ast.Call) -> dict[str, str]:
    names = {"PRODUCT": PRODUCT} | vars(import_module("hengjian." + module.name.removesuffix(".py").replace("/", ".")))
    return {str(word.arg): worth(word.value, names) for word in call.keywords if word.arg in ("clause", "policy")}


def worth(expression: ast.expr, names: dict[str, Any]) -> str:
    """The value of what is written there; of a text with places to fill in, what is known of it before."""
    if isinstance(expression, ast.JoinedStr):
        return "".join("…" if _is_local(part, names) else worth(part, names) for part in expression.values)
    if isinstance(expression, ast.FormattedValue):
        return worth(expression.value, names)
    return str(eval(compile(ast.Expression(expression), "<clause>", "eval"), dict(names)))


def _is_local(part: ast.expr, names: dict[str, Any]) -> bool:
    return any(isinstance(each, ast.Name) and each.id not in names for each in ast.walk(part))


def faults(said: Refusal) -> list[str]:
    """What a reader would miss beside this refusal, on the page or in the answer of the API."""
    (chip,) = refusal_part(said).clauses
    answer = Answer.model_validate(said.in_words())
    found = []
    if instrument_of(str(chip.label)) is None:
        found.append(f"{said.code}: “{chip.label}” names no instrument of policies/instruments.toml")
    if chip.note not in says():
        found.append(f"{said.code}: “{chip.note}” is neither a kind of document with its certainty nor our own rule")
    if (answer.clause, answer.basis) != (chip.label, chip.note):
        found.append(f"{said.code}: the API says {answer.clause}, {answer.basis}; the page {chip.label}, {chip.note}")
    return found


def says() -> set[str]:
    return {KINDS["product"], *CERTAINTY.values()} | {
        f"{kind}，{certainty}" for kind in KINDS.values() for certainty in CERTAINTY.values()
    }


# How many each walk meets at least: one that read nothing finds no fault.
LEAST = {of_rules: 90, of_restraints: 10, of_arguments: 110, of_headers: 440, of_values: 250, of_bodies: 120}


@pytest.mark.parametrize("walk", LEAST, ids=lambda walk: walk.__name__)
def test_every_refusal_names_its_instrument_and_its_certainty(walk: Any) -> None:
    lines()
    import_module("hengjian.web.urls")
    seen = list(walk())
    assert len(seen) >= LEAST[walk]
    assert not [fault for said in seen for fault in faults(said)]


def test_what_names_no_instrument_is_noticed() -> None:
    assert faults(Refusal("x.y", "不能。", remedy="x", clause="某个办法第三条")) != []
    assert faults(Refusal("x.y", "不能。", remedy="x")) == []  # cites nothing: a rule of the product, and says so


@pytest.mark.django_db
@pytest.mark.usefixtures("in_march")
def test_what_the_api_refuses_before_any_act_is_asked_says_it_too(province: Province) -> None:
    client = Client()
    client.force_login(a_seat(Role.CENTRE_HEAD, institution=None).user)
    answers = [
        client.post("/api/authorities/enact_local_value", "{}", content_type="application/json"),
        *(client.get(f"/api/{each.name}?size=0") for each in LISTINGS if each.public is not None),
    ]
    for answer in answers:
        assert answer.status_code == 422
        body = json.loads(answer.content)
        assert (body["clause"], body["basis"]) == ("衡鉴产品规则", "本系统规则"), body
