"""No legal number outside `policies/`: a whole number beside a word like days, percent or limit stands in no domain code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.house.source import Module, in_domains, reviewed

LEGAL_WORDS = re.compile(
    r"(?:^|_)(?:days|weeks|months|years|hours|percent|percentage|share|rate|ratio|limit|quota|ages?|pass_mark|marks"
    r"|points|minimum|maximum|least|most|deadline|threshold|team|copies)(?:_|$)",
    re.IGNORECASE,
)
# 0 and 1 are how programs count; a law that says "one" is still a policy, but no reader of code can tell.
HARMLESS = (-1, 0, 1)
# What no law fixes: twelve months, seven days, and the number of a year.
CALENDAR = (7, 12, 24, 60)
FIRST_YEAR = 1900


def _names(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            yield part.id
        elif isinstance(part, ast.Attribute):
            yield part.attr


def _numbers(node: ast.AST | None) -> Iterator[ast.Constant]:
    """Whole numbers that are themselves the value: bare, negated, in arithmetic, in a list."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value not in HARMLESS:
        if node.value < FIRST_YEAR or node.value > FIRST_YEAR + 200:
            yield node
    elif isinstance(node, ast.UnaryOp):
        yield from _numbers(node.operand)
    elif isinstance(node, ast.BinOp):
        yield from _numbers(node.left)
        yield from _numbers(node.right)
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        for element in node.elts:
            yield from _numbers(element)


def legal_numbers(module: Module) -> list[str]:
    """`name:line: number beside word` for every suspicion."""
    found: set[tuple[int, str]] = set()

    def suspect(numbers: Iterator[ast.Constant], words: Iterator[str]) -> None:
        word = next((word for word in words if LEGAL_WORDS.search(word)), None)
        if word is not None:
            found.update((number.lineno, f"{number.value} beside {word}") for number in numbers)

    for node in ast.walk(module.tree):
        if isinstance(node, ast.keyword) and node.arg:
            suspect(_numbers(node.value), iter([node.arg]))
        elif isinstance(node, ast.Assign):
            suspect(_numbers(node.value), (word for target in node.targets for word in _names(target)))
        elif isinstance(node, ast.AnnAssign):
            suspect(_numbers(node.value), _names(node.target))
        elif isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            suspect((number for side in sides for number in _numbers(side)), _names(node))
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div):
            suspect((number for number in _numbers(node) if number.value not in CALENDAR), _names(node))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            words = [node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id]
            for argument in node.args:
                suspect(_numbers(argument), iter(words))
    return [f"{module.name}:{line}: {said}" for line, said in sorted(found)]


def test_no_legal_number_stands_outside_policies() -> None:
    excused = set(reviewed("numbers.txt"))
    found = [
        fault
        for module in in_domains()
        for fault in legal_numbers(module)
        if f"{module.name}: {fault.split(': ', 1)[1]}" not in excused
    ]
    assert not found, "move the number into policies/ and cite it:\n" + "\n".join(found)


def test_every_excused_number_is_still_there() -> None:
    standing = {
        f"{module.name}: {fault.split(': ', 1)[1]}" for module in in_domains() for fault in legal_numbers(module)
    }
    assert set(reviewed("numbers.txt")) <= standing


def test_the_check_finds_a_number_of_the_law() -> None:
    samples = {
        "closes = calendar.add_working_days(today, 5)": "5 beside add_working_days",
        "NOTICE_DAYS = 5": "5 beside NOTICE_DAYS",
        "if sheet.days_open < 3: pass": "3 beside days_open",
        "timedelta(days=30)": "30 beside days",
        "sample = candidates * 20 / 100 * sample_percent": "20 beside sample_percent",
        "if age >= 16: pass": "16 beside age",
    }
    for text, said in samples.items():
        assert any(fault.endswith(said) for fault in legal_numbers(Module("sample.py", text))), text


def test_the_check_leaves_a_cited_policy_and_a_column_width_alone() -> None:
    innocent = "closes = add_working_days(today, doing.policy(NOTICE_WORKING_DAYS))\nname = CharField(max_length=120)\nx = days + 1"
    assert legal_numbers(Module("sample.py", innocent)) == []
