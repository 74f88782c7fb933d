"""Which refusals of a body hang on an argument, and which the state of the case could have told before the click.

A name is given if it is an argument of the act, or is made of one: assigned, looped over, prepared, passed on to a function of the
same module. A `raise refuse(…)` hangs on an argument if a condition around it, or one that might have returned before it, asks
about a given name. What hangs on nothing given is a rule.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

ACTS = {"act", "creates", "on_many"}
PREPARED = "prepared"  # what `before` made of the arguments


@dataclass
class Reached:
    """A function an act's body runs through: which of its names are given, and whether every call of it hangs on one."""

    function: ast.FunctionDef
    given: set[str] = field(default_factory=set)
    hangs: bool = True


def knowable(tree: ast.Module) -> list[int]:
    """Lines of the refusals in bodies of acts, and in the module's functions they call, that hang on no argument."""
    return sorted(
        statement.lineno
        for reached in _reached(tree).values()
        for statement, hangs in _statements(reached)
        if not hangs and _refuses(statement)
    )


def is_an_act(function: ast.FunctionDef) -> bool:
    return any(isinstance(each, ast.Call) and getattr(each.func, "id", "") in ACTS for each in function.decorator_list)


def _refuses(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Raise) and getattr(getattr(statement.exc, "func", None), "id", "") == "refuse"


def _reached(tree: ast.Module) -> dict[str, Reached]:
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    reached = {
        name: Reached(each, {arg.arg for arg in each.args.kwonlyargs}, hangs=False)
        for name, each in functions.items()
        if is_an_act(each)
    }
    while True:
        before = {name: (set(each.given), each.hangs) for name, each in reached.items()}
        for caller in list(reached.values()):
            known = _made_of(caller)
            for statement, hangs in _statements(caller):
                for call in _calls_of(statement):
                    called = functions.get(getattr(call.func, "id", ""))
                    if called is None or is_an_act(called):
                        continue
                    found = reached.setdefault(called.name, Reached(called))
                    found.given |= {name for name, value in _passed(called, call) if name and _asks_about(value, known)}
                    found.hangs = found.hangs and hangs
        if before == {name: (each.given, each.hangs) for name, each in reached.items()}:
            return reached


def _calls_of(statement: ast.stmt) -> Iterator[ast.Call]:
    """The calls of the statement itself, without those of the blocks inside it."""
    for name, value in ast.iter_fields(statement):
        if name not in ("body", "orelse", "finalbody", "handlers", "cases"):
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, ast.AST):
                    yield from (node for node in ast.walk(part) if isinstance(node, ast.Call))


def _passed(called: ast.FunctionDef, call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    places = [arg.arg for arg in (*called.args.posonlyargs, *called.args.args)]
    spare = called.args.vararg.arg if called.args.vararg else ""
    for place, value in enumerate(call.args):
        yield places[place] if place < len(places) else spare, value
    for word in call.keywords:
        yield word.arg or "", word.value


def _made_of(reached: Reached) -> set[str]:
    """All names of the function that hold something made of what is given."""
    known, size = set(reached.given), -1
    while len(known) != size:
        size = len(known)
        for node in ast.walk(reached.function):
            for value, target in _bindings(node):
                if _asks_about(value, known):
                    known |= _names_in(target)
    return known


def _bindings(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """What is bound to what by this node."""
    match node:
        case ast.Assign(targets=targets, value=value):
            yield from ((value, target) for target in targets)
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            yield value, target
        case ast.AugAssign(target=target, value=value) | ast.NamedExpr(target=target, value=value):
            yield value, target
        case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
            yield value, target
        case ast.withitem(context_expr=value, optional_vars=ast.expr() as target):
            yield value, target
        case ast.Try(body=body, handlers=handlers):
            names = [ast.Name(handler.name) for handler in handlers if handler.name]
            yield from ((each, name) for each in body for name in names)
        case ast.Expr(
            value=ast.Call(func=ast.Name(), args=parts) as call
        ):  # writes what is given into its first subject
            yield from ((call, part) for part in parts if getattr(part, "id", "") not in ("doing", "asking"))


def _names_in(target: ast.AST) -> set[str]:
    """The names bound by a target; a field of the case that an argument is written into does not make the case given."""
    match target:
        case ast.Name(id=name):
            return {name}
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return {name for part in parts for name in _names_in(part)}
        case ast.Starred(value=value):
            return _names_in(value)
        case _:
            return set()


def _asks_about(node: ast.AST, names: set[str]) -> bool:
    return any(
        (isinstance(each, ast.Name) and each.id in names) or (isinstance(each, ast.Attribute) and each.attr == PREPARED)
        for each in ast.walk(node)
    )


def _statements(reached: Reached) -> Iterator[tuple[ast.stmt, bool]]:
    """Every statement of the function, with whether it is reached only after something given was asked about."""
    known = _made_of(reached)

    def walk(statements: list[ast.stmt], hangs: bool) -> Iterator[tuple[ast.stmt, bool]]:
        for statement in statements:
            yield statement, hangs
            match statement:
                case ast.If(test=asked, body=body, orelse=other) | ast.While(test=asked, body=body, orelse=other):
                    within = hangs or _asks_about(asked, known)
                    yield from walk([*body, *other], within)
                    hangs = hangs or (within and _may_leave(statement))
                case ast.For(iter=over, body=body, orelse=other):
                    yield from walk([*body, *other], hangs or _asks_about(over, known))
                case ast.With(body=body, items=items):
                    yield from walk(body, hangs or any(_asks_about(item, known) for item in items))
                case ast.Try(body=body, handlers=handlers, orelse=other, finalbody=last):
                    tried = hangs or any(_asks_about(each, known) for each in body)
                    yield from walk([*body, *other, *last], hangs)
                    for handler in handlers:
                        yield from walk(handler.body, tried)
                case ast.Match(subject=subject, cases=cases):
                    for each in cases:
                        yield from walk(each.body, hangs or _asks_about(subject, known))

    yield from walk(reached.function.body, reached.hangs)


def _may_leave(statement: ast.stmt) -> bool:
    return any(isinstance(each, ast.Return | ast.Continue | ast.Break) for each in ast.walk(statement))
