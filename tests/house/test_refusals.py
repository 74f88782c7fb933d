"""A refusal says at which field, on what ground and what mends it; what could be known before the click is a rule.

`kernel.refusal.refuse` names the product's own rule as ground where no clause or policy is given.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from hengjian.kernel.instruments import instrument_of
from hengjian.kernel.refusal import PRODUCT, refuse
from tests.house.source import Module, modules

# A sentence that says what is wanted mends by itself; any other needs its remedy.
SAYS_WHAT_IS_WANTED = re.compile("请|须|只能|不能晚于|不能早于|最多|最长|至少|应")


def refusals(module: Module) -> Iterator[tuple[str, str, set[str]]]:
    """(code, the sentence as far as it is written out, the names given) of every `refuse(…)`."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "refuse" and len(node.args) > 1:
            yield _text(node.args[0]), _text(node.args[1]), {str(word.arg) for word in node.keywords}


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
        return _text(node.args[0])
    return str(node.value) if isinstance(node, ast.Constant) else ""


def without_remedy(module: Module) -> list[str]:
    return [
        f"{module.name} {code}"
        for code, sentence, given in refusals(module)
        if "remedy" not in given and not SAYS_WHAT_IS_WANTED.search(sentence)
    ]


def knowable_before(module: Module) -> list[str]:
    """Refusals of a body that concern no argument: the state of the case could have told."""
    if "/acts/" not in module.name:
        return []
    return [f"{module.name} {code}" for code, _, given in refusals(module) if "field" not in given]


def test_every_refusal_says_what_mends_it() -> None:
    seen = [code for module in modules() for code, _, _ in refusals(module)]
    assert len(seen) > 120, "the refusals were not read"
    found = [fault for module in modules() for fault in without_remedy(module)]
    assert not found, "say what mends it:\n" + "\n".join(found)


def test_every_refusal_has_its_ground() -> None:
    assert refuse("x.y", "错了。", field="x").refusal.clause == PRODUCT
    instrument = instrument_of(PRODUCT)
    assert instrument is not None and instrument.kind == "product"
    assert refuse("x.y", "错了。", clause="《劳动法》第十五条").refusal.clause == "《劳动法》第十五条"
    assert refuse("x.y", "错了。", policy="results.pass_mark").refusal.clause == ""


def test_what_can_be_known_before_is_a_rule() -> None:
    found = sorted({fault for module in modules() for fault in knowable_before(module)})
    assert not found, f"declare a rule, so that the button knows: {found}"


def test_a_refusal_without_remedy_or_field_is_noticed() -> None:
    bare = Module("plans/acts/x.py", 'def f():\n    raise refuse("x.y", "没有这一项。")')
    assert without_remedy(bare) == knowable_before(bare) == ["plans/acts/x.py x.y"]
    asked = Module("plans/acts/x.py", 'def f():\n    raise refuse("x.y", "请填写名称。", field="name")')
    assert without_remedy(asked) == knowable_before(asked) == []
