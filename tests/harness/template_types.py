"""Reads a template against the types it is given: every name and every field in it must be there.

Django looks names up while it renders, and in a condition a misspelt one is simply false. Here the parsed template is walked
with the declared type of each name, through loops, `with` and includes; `Any` is not followed.
"""

from __future__ import annotations

import collections.abc
import dataclasses
import inspect
import types
import typing
from collections.abc import Iterator, Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.template import engines
from django.template.base import FilterExpression, Node, NodeList, Template, VariableNode
from django.template.defaulttags import FirstOfNode, ForNode, IfNode, WithNode
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.templatetags.i18n import BlockTranslateNode, GetCurrentLanguageNode, TranslateNode

from hengjian.web.components.component import Component

Names = Mapping[str, Any]


def members(kind: Any) -> list[Any]:
    """The types a value may have; `None` is what a condition asks about and is left out."""
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return [found for each in typing.get_args(kind) for found in members(each)]
    return [] if kind is type(None) else [kind]


def element(kind: Any) -> Any:
    """What a loop over it yields; several for a tuple."""
    found: list[Any] = []
    for each in members(kind):
        origin, given = typing.get_origin(each), typing.get_args(each)
        if origin is tuple and Ellipsis not in given:
            return tuple
        if isinstance(origin, type) and issubclass(origin, collections.abc.Iterable) and given:
            found.append(given[0])
        elif each is str:
            found.append(str)
        else:
            return Any
    return reduce(or_, found) if found else Any


def attribute(kind: Any, name: str) -> Any:
    """The type of a field, a property or a method without arguments; LookupError where no member has it."""
    found = []
    for each in members(kind):
        if each is Any or each is object:
            return Any
        if name.isdigit():
            found.append(element(each))
            continue
        if isinstance(each, type) and issubclass(each, Component):
            fields = {field.name for field in dataclasses.fields(each)}  # type: ignore[arg-type]
            if name in fields:
                found.append(typing.get_type_hints(each)[name])
                continue
            own = getattr(each, name, None)
            getter = own.fget if isinstance(own, property) else own
            if callable(getter):
                found.append(typing.get_type_hints(getter)["return"])
    if not found:
        raise LookupError(name)
    return reduce(or_, found)


def fits(given: Any, wanted: Any) -> bool:
    """May a value of this type stand there? Judged for components and sequences of them; text and the rest are not."""
    parts, possible = members(given), members(wanted)
    if not parts or Any in parts or Any in possible:
        return True
    sequences = [typing.get_origin(each) is not None for each in (parts[0], possible[0])]
    if any(sequences):
        return all(sequences) and fits(element(given), element(wanted))
    return any(
        isinstance(each, type) and isinstance(one, type) and issubclass(each, one) for each in parts for one in possible
    )


class Reader:
    """The faults of one template."""

    def __init__(self, declared: Mapping[str, Names]) -> None:
        self.declared = declared
        self.faults: list[str] = []

    def read(self, template: Template, names: Names) -> list[str]:
        self._list(template.nodelist, names)
        return self.faults

    def _list(self, nodes: NodeList, names: Names) -> None:
        known = dict(names)
        for node in nodes:
            self._node(node, known)

    def _type(self, expression: Any, names: Names) -> Any:
        if not isinstance(expression, FilterExpression):
            return Any
        for _, arguments in expression.filters:
            for is_variable, argument in arguments:
                if is_variable:
                    self._look_up(argument.var, argument.lookups, names)
        variable = expression.var
        if not hasattr(variable, "lookups"):
            return str
        if variable.lookups is None:
            return type(variable.literal)
        found = self._look_up(variable.var, variable.lookups, names)
        for function, _ in expression.filters:
            found = typing.get_type_hints(inspect.unwrap(function)).get("return", Any)
        return found

    def _look_up(self, written: str, lookups: Any, names: Names) -> Any:
        if not lookups:
            return Any
        first, *rest = lookups
        if first in ("True", "False", "None", "forloop", "block"):
            return Any
        if first not in names:
            if names.get("*") is Any:
                return Any
            self.faults.append(f"{written}: no {first} is given")
            return Any
        kind = names[first]
        for name in rest:
            try:
                kind = attribute(kind, name)
            except LookupError:
                self.faults.append(f"{written}: no field {name}")
                return Any
        return kind

    def _expressions(self, condition: Any) -> Iterator[FilterExpression]:
        value = getattr(condition, "value", None)
        if isinstance(value, FilterExpression):
            yield value
        for side in ("first", "second"):
            if (part := getattr(condition, side, None)) is not None:
                yield from self._expressions(part)

    def _node(self, node: Node, names: dict[str, Any]) -> None:
        match node:
            case VariableNode():
                self._type(node.filter_expression, names)
            case IfNode():
                for condition, nodes in node.conditions_nodelists:
                    for expression in self._expressions(condition):
                        self._type(expression, names)
                    self._list(nodes, names)
            case ForNode():
                one = element(self._type(node.sequence, names))
                single = len(node.loopvars) == 1
                self._list(node.nodelist_loop, {**names, **dict.fromkeys(node.loopvars, one if single else Any)})
                self._list(node.nodelist_empty, names)
            case WithNode():
                given = {name: self._type(value, names) for name, value in node.extra_context.items()}
                self._list(node.nodelist, {**names, **given})
            case FirstOfNode():
                for expression in node.vars:
                    self._type(expression, names)
                if node.asvar:
                    names[node.asvar] = str
            case TranslateNode():
                self._type(node.filter_expression, names)
                if node.asvar:
                    names[node.asvar] = str
            case BlockTranslateNode():
                for expression in node.extra_context.values():
                    self._type(expression, names)
            case GetCurrentLanguageNode():
                names[node.variable] = str
            case IncludeNode():
                self._include(node, names)
            case BlockNode() | ExtendsNode():
                self._list(node.nodelist, names)
            case _:
                for name in getattr(node, "child_nodelists", ()):
                    nodes = getattr(node, name, None)
                    if isinstance(nodes, NodeList):
                        self._list(nodes, names)

    def _include(self, node: IncludeNode, names: Names) -> None:
        given = {name: self._type(value, names) for name, value in node.extra_context.items()}
        path = str(node.template.var)
        if not path.startswith("components/"):
            return
        wanted = self.declared.get(path.removeprefix("components/").removesuffix(".html"))
        if wanted is None:
            self.faults.append(f"{path} is not declared")
            return
        for name, kind in given.items():
            if name not in wanted:
                self.faults.append(f"{path} takes no {name}")
            elif not fits(kind, wanted[name]):
                self.faults.append(f"{path}: {name} is {kind}, wanted {wanted[name]}")
        if node.isolated_context and (missing := {name for name in wanted if name not in given} - OPTIONAL):
            self.faults.append(f"{path} is included without {', '.join(sorted(missing))}")


# What a template asks for in a condition only, and does without.
OPTIONAL = {"csrf_token", "plain_label", "wide", "before", "form"}


def parsed(name: str) -> Template:
    return engines["django"].get_template(name).template  # type: ignore[attr-defined, no-any-return]


def from_text(text: str) -> Template:
    return engines["django"].from_string(text).template  # type: ignore[attr-defined, no-any-return]


def faults(template: Template, names: Names, declared: Mapping[str, Names]) -> list[str]:
    return Reader(declared).read(template, names)
