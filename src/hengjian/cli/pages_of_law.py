"""Generated pages about law and record: every policy, every rule, every fact the log can hold."""

from __future__ import annotations

import dataclasses
import typing
from typing import Any

from hengjian.cli.index import acts_asking, acts_on, applied, lines, rules_on
from hengjian.cli.pages_of_acts import table
from hengjian.kernel.facts import REGISTRY, Fact
from hengjian.kernel.instruments import CERTAINTY, standing_of
from hengjian.kernel.policy import catalogue
from hengjian.kernel.policy_files import written
from hengjian.kernel.rule import RULES


def policies() -> str:
    texts = catalogue()
    parts = ["# 规则数值索引", f"`policies/` 中的 {len(texts)} 条：现行数值、来源、核实程度，以及谁引用它。"]
    by_file: dict[str, list[Any]] = {}
    for key, text in texts.items():
        by_file.setdefault(key.split(".", 1)[0], []).append(text)
    for file, items in by_file.items():
        parts.append(f"## policies/{file}.toml")
        parts.append(
            table(
                ["数值", "现行", "自", "来源", "核实", "引用"],
                [
                    [
                        f"{text.title}<br>`{text.key}`",
                        _short(f"{written(text.history[-1].value)} {text.unit}"),
                        text.history[-1].since.isoformat(),
                        text.citation,
                        CERTAINTY[standing_of(text.citation, text.certainty)],
                        "<br>".join(
                            [f"行为 `{line.header.code}`" for line in acts_on(text.key)]
                            + [f"规则 `{rule.code}`" for rule in rules_on(text.key)]
                        )
                        or ("代码" if applied(text.key) else "尚未用于办理"),
                    ]
                    for text in items
                ],
            )
        )
    return "\n\n".join(parts)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "…"


def rules() -> str:
    lines()
    rows = [
        [
            f"{rule.title}<br>`{rule.code}`",
            rule.clause,
            "、".join(f"`{policy.key}`" for policy in rule.cites),
            "可豁免" if rule.waivable else "",
            "<br>".join(f"`{line.header.code}`" for line in acts_asking(code)),
        ]
        for code, rule in sorted(RULES.items())
    ]
    head = ["规则", "依据", "数值", "豁免", "哪些行为要问"]
    return "\n\n".join(["# 规则索引", f"{len(rows)} 条规则，一条规定一条规则。", table(head, rows)])


def facts() -> str:
    rows = [
        [f"{fact.title}<br>`{key}`", "<br>".join(f"`{name}`: {kind}" for name, kind in fields_of(fact).items())]
        for key, fact in published_facts().items()
    ]
    return "\n\n".join(
        ["# 事实目录", "存证日志能说的话。公布过的事实不再改字段，只出新版本。", table(["事实", "字段"], rows)]
    )


def published_facts() -> dict[str, type[Fact]]:
    """`code/version` → fact of every domain of the house."""
    lines()
    return {key: fact for key, fact in sorted(REGISTRY.items()) if fact.__module__.startswith("hengjian.")}


def fields_of(fact: type[Fact]) -> dict[str, str]:
    """Field → type as written, without the modules' names."""
    hints = typing.get_type_hints(fact)
    return {field.name: _name(hints[field.name]) for field in dataclasses.fields(fact)}


def _name(kind: Any) -> str:
    if isinstance(kind, type) and not typing.get_args(kind):
        return kind.__name__
    return str(kind).replace("datetime.", "").replace("typing.", "")
