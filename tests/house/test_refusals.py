"""A refusal says at which field, on what ground and what mends it; what could be known before the click is a rule.

That a remedy and a ground are there is a matter of types: `Refusal` and `refuse` take none without, a rule answers with both sentence
and remedy. Here: that they say something, and that a body refuses only what hangs on an argument.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.asking import Asking
from hengjian.kernel.instruments import instrument_of
from hengjian.kernel.refusal import PRODUCT, Refusal, refuse
from hengjian.kernel.rule import RULES, rule
from tests.house.knowable import knowable
from tests.house.source import Module, modules


def refusals(module: Module) -> Iterator[tuple[int, str, str]]:
    """(line, the sentence, the remedy), as far as they are written out, of every refusal: raised, made, or a rule's answer."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("refuse", "Refusal", "overtaken"):
            given = {word.arg: word.value for word in node.keywords}
            sentence = node.args[1] if len(node.args) > 1 else given.get("sentence")
            remedy = given.get("remedy", node.args[2] if len(node.args) > 2 else None)
            spread = None in given or any(isinstance(each, ast.Starred) for each in node.args)
            if not spread:  # what is stored or answered elsewhere is read there
                yield node.lineno, _text(sentence), _text(remedy) if remedy is not None else ""
        elif isinstance(node, ast.FunctionDef) and any(_is_rule(each) for each in node.decorator_list):
            yield from _answers(node)


def _is_rule(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "rule"


def _answers(body: ast.FunctionDef) -> Iterator[tuple[int, str, str]]:
    for statement in ast.walk(body):
        if isinstance(statement, ast.Return) and statement.value is not None:
            for answer in _alternatives(statement.value):
                match answer:
                    case ast.Constant(value=None) | ast.Name() | ast.Attribute() | ast.Call():
                        if isinstance(answer, ast.Call) and getattr(answer.func, "id", "") == "say":
                            yield statement.lineno, _text(answer), ""
                    case ast.Tuple(elts=[sentence, remedy]):
                        yield statement.lineno, _text(sentence), _text(remedy)
                    case _:
                        yield statement.lineno, _text(answer), ""


def _alternatives(value: ast.expr) -> list[ast.expr]:
    if isinstance(value, ast.IfExp):
        return [*_alternatives(value.body), *_alternatives(value.orelse)]
    return [value]


def _text(node: ast.expr | None) -> str:
    """The words of it; what is computed counts as words of its own."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
        return _text(node.args[0])
    return str(node.value) if isinstance(node, ast.Constant) else ast.unparse(node) if node is not None else ""


def without_remedy(module: Module) -> list[str]:
    """A remedy that is empty, or says the sentence once more."""
    return [
        f"{module.name}:{line} {sentence}"
        for line, sentence, remedy in refusals(module)
        if not remedy.strip() or remedy.rstrip("。") in sentence
    ]


def remedy_may_be_left_out(module: Module) -> list[str]:
    """Functions that make refusals and may be called without a remedy."""
    return [
        f"{module.name}:{function.lineno}"
        for function in ast.walk(module.tree)
        if isinstance(function, ast.FunctionDef)
        and any(getattr(getattr(each, "func", None), "id", "") in ("refuse", "Refusal") for each in ast.walk(function))
        and any(name == "remedy" and not _text(default).strip() for name, default in _defaults(function))
    ]


def _defaults(function: ast.FunctionDef) -> Iterator[tuple[str, ast.expr]]:
    places = [*function.args.posonlyargs, *function.args.args]
    for argument, default in zip(places[::-1], function.args.defaults[::-1], strict=False):
        yield argument.arg, default
    for argument, given in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True):
        if given is not None:
            yield argument.arg, given


def without_field(module: Module) -> list[str]:
    """Refusals of a body that name no argument."""
    if "/acts/" not in module.name:
        return []
    return [
        f"{module.name}:{node.lineno}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "refuse"
        and "field" not in {word.arg for word in node.keywords}
    ]


def test_every_refusal_says_what_mends_it() -> None:
    seen = [each for module in modules() for each in refusals(module)]
    assert len(seen) > 300, "the refusals were not read"
    found = [fault for module in modules() for fault in without_remedy(module)]
    found += [fault for module in modules() for fault in remedy_may_be_left_out(module)]
    assert not found, "say what mends it:\n" + "\n".join(found)


OF_A_REFUSAL = re.compile(r"\b(?:refus\w*|refused\.refusal|found|why)\.sentence\b")


def half_said(module: Module) -> list[str]:
    """Lines of pages, answers and commands that say a refusal's sentence and leave out what would mend it (`.said` says both)."""
    if module.domain not in ("web", "api", "cli"):
        return []
    lines = enumerate(module.text.splitlines(), 1)
    return [
        f"{module.name}:{number}"
        for number, line in lines
        if OF_A_REFUSAL.search(line) and not re.search("remedy|replace", line)
    ]


def test_what_mends_a_refusal_is_said_wherever_its_sentence_is() -> None:
    assert not [fault for module in modules() for fault in half_said(module)]
    assert half_said(Module("web/x.py", "errors = {found.field: found.sentence}\n")) == ["web/x.py:1"]


def test_every_rule_says_in_its_cases_what_mends_it() -> None:
    catalogue()
    said = [rule(case.asking()) for rule in RULES.values() for case in rule.cases]
    refused = [each for each in said if each is not None]
    assert len(refused) > 70
    assert not [each.code for each in refused if not each.remedy or each.remedy == each.sentence]


def test_every_refusal_has_its_ground() -> None:
    instrument = instrument_of(PRODUCT)
    assert instrument is not None and instrument.kind == "product"
    assert (
        refuse("x.y", "错了。", remedy="请改正。", clause="《劳动法》第十五条").refusal.clause == "《劳动法》第十五条"
    )
    assert refuse("x.y", "错了。", remedy="请改正。", policy="results.pass_mark").refusal.clause == ""
    with pytest.raises(TypeError, match="on what it rests"):
        refuse("x.y", "错了。", remedy="请改正。")
    with pytest.raises(TypeError, match="on what it rests"):
        rule("x.y")(lambda asking: None)


def test_no_refusal_is_made_without_remedy() -> None:
    with pytest.raises(TypeError, match="what would mend it"):
        Refusal("x.y", "错了。", remedy="")

    @rule("x.bare", clause=PRODUCT)
    def bare(asking: Asking[None]) -> tuple[str, str] | None:
        """总是不行。"""
        return "不行。", ""

    try:
        with pytest.raises(TypeError, match=r"x\.bare does not say what would mend it"):
            bare(bare_case())
    finally:
        del RULES["x.bare"]


def bare_case() -> Asking[None]:
    from hengjian.kernel.rule_cases import case

    return case("any").asking()


def test_what_can_be_known_before_is_a_rule() -> None:
    found = [fault for module in modules() for fault in without_field(module)]
    found += [
        f"{module.name}:{line}" for module in modules() if "/acts/" in module.name for line in knowable(module.tree)
    ]
    assert not found, f"declare a rule, so that the button knows: {sorted(found)}"


ACT = 'from hengjian.kernel.act import act\n@act("x.y", Plan, by=[])\ndef y(doing, *, reason, rows):\n'


@pytest.mark.parametrize(
    "body",
    [
        '    if doing.subject.number:\n        raise refuse("x.y", "已有编号。", field="reason")',
        '    plan = doing.subject\n    plan.reason = reason\n    if plan.number:\n        raise refuse("x.y", "x", field="reason")',
        '    raise refuse("x.y", "从来不行。", field="reason")',
        '    _check(doing, doing.subject)\ndef _check(doing, plan):\n    if plan.number:\n        raise refuse("x.y", "x", field="reason")',
        '    for row in doing.subject.rows():\n        if row.late:\n            raise refuse("x.y", "x", field="rows")',
    ],
)
def test_a_refusal_dressed_up_as_input_is_noticed(body: str) -> None:
    assert knowable(ast.parse(ACT + body))


@pytest.mark.parametrize(
    "body",
    [
        '    if not reason:\n        raise refuse("x.y", "没有理由。", field="reason")',
        '    if reason:\n        return None\n    if doing.subject.number:\n        raise refuse("x.y", "x", field="reason")',
        '    for row in rows:\n        raise refuse("x.y", "x", field="rows")',
        '    said = reason.strip()\n    known = said or "x"\n    if len(known) > 3:\n        raise refuse("x.y", "x", field="reason")',
        '    _check(doing, reason)\ndef _check(doing, said):\n    if said:\n        raise refuse("x.y", "x", field="reason")',
        '    if reason:\n        _check(doing)\ndef _check(doing):\n    if doing.subject.number:\n        raise refuse("x.y", "x")',
        '    try:\n        found = read(rows)\n    except ValueError:\n        raise refuse("x.y", "x", field="rows")',
        '    if doing.prepared.faults:\n        raise refuse("x.y", "x", field="rows")',
    ],
)
def test_what_hangs_on_an_argument_is_input(body: str) -> None:
    assert not knowable(ast.parse(ACT + body))


def test_a_refusal_without_remedy_or_field_is_noticed() -> None:
    bare = Module("plans/acts/x.py", 'def f():\n    raise refuse("x.y", "没有这一项。", clause=C, remedy="没有这一项")')
    assert without_remedy(bare) == ["plans/acts/x.py:2 没有这一项。"] and without_field(bare) == ["plans/acts/x.py:2"]
    said = Module("plans/acts/x.py", 'def f():\n    raise refuse("x.y", "没有名称。", field="name", remedy="请填写。")')
    assert without_remedy(said) == without_field(said) == []
    head = '@rule("x.y", clause=C)\ndef y(asking):\n'
    for answer in ('"不行。"', '("不行。", "")', 'say("不行。")', '"不行。" if asking.subject else None'):
        assert without_remedy(Module("plans/rules.py", f"{head}    return {answer}\n")), answer
    for answer in ("None", '("不行。", "请改期。")', "too_few(asking)", '("不行。", LATER) if asking else None'):
        assert not without_remedy(Module("plans/rules.py", f"{head}    return {answer}\n")), answer
    assert without_remedy(Module("web/x.py", 'SAID = Refusal("x.y", "没有登录。", kind=Kind.ROLE)\n'))
    made = 'def no(code, sentence, remedy=""):\n    return Refusal(code, sentence, remedy=remedy)\n'
    assert remedy_may_be_left_out(Module("rosters/x.py", made)) and not remedy_may_be_left_out(
        Module("rosters/x.py", made.replace('=""', ""))
    )
