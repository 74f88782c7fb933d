"""Every sentence of the house has its English, with the same parameters; none is composed so that it could not have one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from string import Formatter

import polib
import pytest
from django.apps import apps

from hengjian.cli.messages_used import NOT_SAID, SOURCE, used, used_by
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.facts import REGISTRY
from hengjian.kernel.policy import catalogue as policies
from hengjian.kernel.rule import RULES
from hengjian.kernel.translations import source_of
from hengjian.kernel.words import IDEOGRAPH, parameters_of
from hengjian.rosters.codes import TABLES
from hengjian.rosters.columns import COLUMNS


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(source_of("en"))) if entry.translated()}


def declared() -> Iterator[tuple[str, str]]:
    """What headers, rules, facts, values, columns and models are called, with where."""
    # Acts and facts that tests themselves declare speak Chinese only.
    yield from ((act.header.title, code) for code, act in catalogue().items() if not code.startswith("tests."))
    for rule in RULES.values():
        yield rule.title, rule.code
    yield from ((fact.title, fact.code) for fact in REGISTRY.values() if not fact.code.startswith("tests."))
    for key, text in policies().items():
        yield from ((words, key) for words in (text.title, text.unit, text.note, text.read))
        if "《" not in text.source:  # the title of a document stays as it is
            yield text.source, key
    for column in COLUMNS:
        yield from ((words, column.key) for words in (column.title, column.help, column.required_when))
    for table in TABLES.values():
        yield table.title, table.name
    for model in apps.get_models():
        if model.__module__.startswith("hengjian."):
            for field in model._meta.fields:
                yield from ((str(label), f"{model.__name__}.{field.name}") for _, label in field.choices or ())


def test_every_sentence_of_the_sources_has_its_english(english: dict[str, str]) -> None:
    uses = [use for use in used() if not use.composed]
    assert len(uses) > 3000
    missing = {use.message: use.place for use in uses if IDEOGRAPH.search(use.message) and use.message not in english}
    assert not missing, "\n".join(f"{place}  {message}" for message, place in missing.items())


def test_everything_declared_has_its_english(english: dict[str, str]) -> None:
    missing = {text: place for text, place in declared() if IDEOGRAPH.search(text) and text not in english}
    assert not missing, "\n".join(f"{place}  {text}" for text, place in missing.items())


def test_no_sentence_is_composed_by_an_f_string() -> None:
    composed = [f"{use.place}  {use.message}" for use in used() if use.composed]
    assert not composed, "say() keeps message and parameters apart:\n" + "\n".join(composed)


def parameters(text: str) -> frozenset[str] | None:
    """The named parameters, or nothing where it is no text with parameters."""
    try:
        return parameters_of(text)
    except ValueError:
        return None


def test_a_translation_has_the_parameters_of_its_message(english: dict[str, str]) -> None:
    wrong = {
        message: text
        for message, text in english.items()
        if "%(" not in message and (names := parameters(message)) is not None and parameters(text) != names
    }
    assert not wrong, wrong


# Words to be typed, or read in rosters, which a translation quotes as they are.
TYPED = {
    "放假",
    "上班",
    "元旦",
    "至",
    "国庆节",
    "无固定期限",
    "是",
    "缺",
    "公示",
    "电工",
    "钳工",
    "姓名",
    "机构名称",
    "统一社会信用代码",
    "备案编号",
    "证卡编号",
    "开考日期",
    "计划编号",
    "证件号码",
    "证书编号",
    "中文",
}
TITLE = re.compile("《[^》]*》(?:（[^）]*号）)?")  # of a document, with its number
LEVEL = re.compile(r"[一二三四五]级|(初级|中级|高级)工|(高级|特级|首席)?技师")


def test_a_translation_quotes_chinese_only_to_be_typed(english: dict[str, str]) -> None:
    left = {}
    for message, text in english.items():
        words = [
            word
            for word in re.findall(r"[\u4e00-\u9fff]+", TITLE.sub("", text))
            if word not in TYPED and not LEVEL.fullmatch(word)
        ]
        if words:
            left[message] = words
    assert not left, left


def test_what_is_left_out_exists() -> None:
    assert all((SOURCE / name).exists() for name in NOT_SAID)


def test_a_sentence_of_an_f_string_is_noticed() -> None:
    (use,) = used_by('def f(n):\n    return f"还差 {n} 项。"\n', "x.py")
    assert use.composed and use.place == "x.py:2"


def test_a_sentence_without_parameters_and_one_with_are_both_found() -> None:
    source = 'A = "请补交。"\nB = say("第 {n} 行", n=1)\n# not said: a name\nC = "张三"\nD = f(clause="第三条")\n"""说明"""\n'
    assert [use.message for use in used_by(source, "x.py")] == ["请补交。", "第 {n} 行"]
    assert [name for _, name, _, _ in Formatter().parse("第 {n} 行") if name] == ["n"]


def filled_in_by_hand(source: str) -> list[int]:
    """Lines where a translated text gets its parameters by `%` or `.format`: said once and for all, in one language."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        text = (
            node.left
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod)
            else node.func.value
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"
            else None
        )
        if isinstance(text, ast.Call) and getattr(text.func, "id", getattr(text.func, "attr", "")) in TRANSLATING:
            lines.append(node.lineno)
        # A message with parameters of `%` outside a template can only be filled in so, at once or through a name.
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TRANSLATING:
            given = node.args[0] if node.args else None
            if isinstance(given, ast.Constant) and re.search(r"%\(\w+\)|%[sd]|\{\w", str(given.value)):
                lines.append(node.lineno)
    return lines


TRANSLATING = {"gettext", "gettext_lazy", "pgettext", "ngettext", "_", "translated", "in_words"}


def test_no_translated_text_is_filled_in_by_hand() -> None:
    found = [f"{path}:{line}" for path in SOURCE.rglob("*.py") for line in filled_in_by_hand(path.read_text())]
    assert not found, "say() with named parameters:\n" + "\n".join(found)


def test_a_text_filled_in_by_hand_is_noticed() -> None:
    assert filled_in_by_hand('a = gettext("第 %(n)d 行") % {"n": 1}') == [1, 1]
    assert filled_in_by_hand('a = gettext("第 {n} 行").format(n=1)') == [1, 1]
    assert filled_in_by_hand('a = gettext(words) % {"n": 1}\nb = said % 3\nc = gettext("%(n)d 人")') == [1, 3]
    assert filled_in_by_hand('a = gettext("百分之百")\nb = say("第 {n} 行", n=1)') == []


OF_DOCSTRINGS = {"words.py", "act.py", "rule.py"}  # the latter two read the first line of a docstring as a title


def test_no_sentence_loses_its_full_stop_by_hand() -> None:
    found = [
        path for path in SOURCE.rglob("*.py") if '.rstrip("。' in path.read_text() and path.name not in OF_DOCSTRINGS
    ]
    assert not found, "kernel.words.unstopped keeps the sentence sayable"
