"""`hengjian where WORDS`: from words to the value, the rule, the act, the page, the test and the clause."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from hengjian.cli import index, installation
from hengjian.cli.answer import Answer, Commands, parser
from hengjian.cli.index import Line
from hengjian.kernel.instruments import CERTAINTY, standing_of
from hengjian.kernel.policy import PolicyText, search
from hengjian.kernel.policy_files import written
from hengjian.kernel.rule import RULES, Rule
from hengjian.kernel.words import listed, say


def add_parser(commands: Commands) -> None:
    made = parser(commands, "where", "一句话找规则：数值 → 规则 → 行为 → 页面 → 测试 → 条款")
    made.add_argument("words", metavar="WORDS", nargs="+", help="标题、条款或代码中的字词，如：公示")


def run(arguments: argparse.Namespace) -> Answer:
    installation.start()
    words = [word.casefold() for word in arguments.words]
    texts = search(" ".join(arguments.words))
    shown = {line.header.code for text in texts for line in index.acts_on(text.key)}
    acts = [line for line in index.lines() if line.header.code not in shown and _speaks(line, words)]
    known = {rule.code for line in (*acts, *_all(shown)) for rule in line.header.rules}
    rules = [rule for code, rule in sorted(RULES.items()) if code not in known and _says(rule, words)]
    data = {
        "policies": [_policy_data(text) for text in texts],
        "acts": [_act_data(line) for line in acts],
        "rules": [_rule_data(rule) for rule in rules],
    }
    if not (texts or acts or rules):
        sentence = say("没有找到“{words}”。请换一个标题、条款或代码中的字词。", words=" ".join(arguments.words))
        return Answer(data, [sentence], ok=False)
    told: list[str] = []
    for text in texts:
        told += [*_policy_lines(text), ""]
    for line in acts:
        told += [*_act_lines(line), ""]
    for rule in rules:
        told += [
            say("规则  {code}  {title}", code=rule.code, title=rule.title),
            say("  依据  {clause}", clause=rule.clause) if rule.clause else "",
            "",
        ]
    return Answer(data, told[:-1])


def _all(codes: set[str]) -> list[Line]:
    return [line for line in index.lines() if line.header.code in codes]


def _speaks(line: Line, words: list[str]) -> bool:
    header = line.header
    whole = " ".join([header.code, header.title, header.clause, header.explains]).casefold()
    return all(word in whole for word in words)


def _says(rule: Rule[Any], words: list[str]) -> bool:
    return all(word in f"{rule.code} {rule.title} {rule.clause}".casefold() for word in words)


def _value_today(text: PolicyText) -> tuple[Any, str]:
    today = datetime.now().astimezone().date()
    standing = [old for old in text.history if old.since <= today] or list(text.history[:1])
    return (standing[-1].value, standing[-1].since.isoformat()) if standing else ("", "")


def _policy_lines(text: PolicyText) -> Iterator[str]:
    value, since = _value_today(text)
    yield say(
        "{title}：{short} {unit}（{since} 起）",
        title=text.title,
        short=_short(written(value)),
        unit=text.unit,
        since=since,
    )
    yield say("  数值  {key}  {policy_place}", key=text.key, policy_place=index.policy_place(text))
    yield say(
        "  依据  {citation}（{certainty}）",
        citation=text.citation,
        certainty=CERTAINTY[standing_of(text.citation, text.certainty)],
    )
    if not index.applied(text.key):
        yield "  尚未用于办理：只供查阅，没有任何行为或规则据此作决定"
    for place in index.handles().get(text.key, ()):
        yield say("  代码  {place}", place=place)
    for rule in index.rules_on(text.key):
        yield say("  规则  {code}  {title}", code=rule.code, title=rule.title)
    for line in index.acts_on(text.key):
        yield from (listed(("  ", told), "") for told in _act_lines(line))


def _act_lines(line: Line) -> Iterator[str]:
    yield say("行为  {code}  {title}  {place}", code=line.header.code, title=line.header.title, place=line.place)
    for rule in line.header.rules:
        yield say("  规则  {code}  {title}", code=rule.code, title=rule.title)
    for clause in line.law:
        yield say("  依据  {clause}", clause=clause)
    for place in line.pages:
        yield say("  页面  {place}", place=place)
    for place in line.tests:
        yield say("  测试  {place}  {name}", place=place, name=place.name)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"


def _policy_data(text: PolicyText) -> dict[str, Any]:
    value, since = _value_today(text)
    return {
        **text.as_dict(),
        "value": value,
        "since": since,
        "applied": index.applied(text.key),
        "file": str(index.policy_place(text)),
        "code": [str(place) for place in index.handles().get(text.key, ())],
        "rules": [_rule_data(rule) for rule in index.rules_on(text.key)],
        "acts": [_act_data(line) for line in index.acts_on(text.key)],
    }


def _rule_data(rule: Rule[Any]) -> dict[str, Any]:
    return {
        "code": rule.code,
        "title": rule.title,
        "clause": rule.clause,
        "policy": rule.policy,
        "policies": list(rule.keys),
    }


def _act_data(line: Line) -> dict[str, Any]:
    return {
        "code": line.header.code,
        "title": line.header.title,
        "by": [by.label for by in line.header.by],
        "file": str(line.place),
        "rules": [_rule_data(rule) for rule in line.header.rules],
        "policies": list(line.policies),
        "clauses": list(line.law),
        "pages": [str(place) for place in line.pages],
        "tests": [f"{place} {place.name}" for place in line.tests],
    }
