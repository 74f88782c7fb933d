"""What is said stays Chinese where it is stored, and is said anew for whoever reads it."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation

from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.terminal import terminal_language
from hengjian.kernel.words import Said, in_words, listed, parameters_of, say, speaking, words_of


def test_it_is_its_chinese_text_under_any_language() -> None:
    with speaking("en"):
        said = say("还有 {waiting} 项材料没有审查通过。", waiting=3)
        assert said == "还有 3 项材料没有审查通过。"
        assert json.loads(json.dumps({"said": said})) == {"said": "还有 3 项材料没有审查通过。"}
    assert in_words(said) == said


def test_it_is_said_anew_in_the_readers_language() -> None:
    said = say("还有 {waiting} 项材料没有审查通过。", waiting=3)
    with speaking("en"):
        assert in_words(said) == "3 materials are not accepted yet."


def test_parameters_are_said_too_and_names_are_not() -> None:
    said = say("本机构现为“{label}”，不能发证。", label="暂停认定")
    named = say("{name}已是负责机关。", name="唐山市鉴定中心")
    with speaking("en"):
        assert in_words(said) == "The institution is now “Suspended” and cannot issue certificates."
        assert in_words(named) == "唐山市鉴定中心 already is the responsible office."


def test_each_language_writes_a_date_its_own_way() -> None:
    said = say("{value.year} 年 {value.month} 月 {value.day} 日", value=date(2026, 10, 12))
    assert said == "2026 年 10 月 12 日"
    with speaking("en"):
        assert in_words(said) == "12 October 2026"


def test_listing_and_adding_keep_what_was_said() -> None:
    said = say("第 {row} 行", row=3) + listed(["理论", "技能"]) + "。"
    assert said == "第 3 行理论、技能。"
    with speaking("en"):
        assert in_words(listed(["理论", "技能"])) == "Theory, Practical"
        assert "Row" in in_words(said) or "row" in in_words(said)


def test_two_sentences_in_english_have_a_blank_between() -> None:
    said = listed(("请更正。", "没有登录。"), "")
    with speaking("en"):
        assert in_words(listed(("没有登录。", "请重新登录。"), "")) == "Nobody is signed in. Sign in again."
    assert said == "请更正。没有登录。"


@pytest.mark.parametrize("again", [copy.deepcopy, lambda said: pickle.loads(pickle.dumps(said))])
def test_it_survives_copies(again: object) -> None:
    for said in (say("第 {row} 行", row=3), listed(["甲", "乙"])):
        same = again(said)  # type: ignore[operator]
        assert same == said and isinstance(same, Said)
        with speaking("en"):
            assert in_words(same) == in_words(said)


def test_an_error_hands_its_sentence_on() -> None:
    said = say("第 {row} 行", row=3)
    assert words_of(ValueError(said)) is said
    assert words_of(KeyError(7)) == "7"


def test_a_refusal_speaks_both() -> None:
    refusal = refuse(
        "x.y", say("还有 {waiting} 项材料没有审查通过。", waiting=3), remedy="请逐项更换。", clause=PRODUCT
    ).refusal
    assert refusal.as_dict()["sentence"] == "还有 3 项材料没有审查通过。"
    with speaking("en"):
        spoken = refusal.in_words()
        assert (spoken["sentence"], spoken["remedy"]) == ("3 materials are not accepted yet.", "Replace each of them.")
        assert refusal.as_dict()["sentence"] == "还有 3 项材料没有审查通过。"


def test_a_template_says_it_escaped_and_marks_what_stays_chinese() -> None:
    page = Template('<p title="{{ x|spoken }}">{{ x|said }}</p>')
    said = say("{name}已是负责机关。", name="<唐山>")
    with translation.override("en"):
        assert page.render(Context({"x": said})) == (
            '<p title="&lt;唐山&gt; already is the responsible office.">'
            '&lt;<span lang="zh-Hans">唐山</span>&gt; already is the responsible office.</p>'
        )
    assert page.render(Context({"x": said})) == '<p title="&lt;唐山&gt;已是负责机关。">&lt;唐山&gt;已是负责机关。</p>'


def test_a_value_that_was_typed_is_not_translated_where_no_filter_asks() -> None:
    with translation.override("en"):
        assert Template('<input value="{{ x }}">').render(Context({"x": "暂停认定"})) == '<input value="暂停认定">'


def test_the_names_of_parameters() -> None:
    assert parameters_of("{day:%-d %B} {a.b} {c[0]} {{d}}") == {"day", "a", "c"}


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh-hans"),
        ({"LC_ALL": "", "LC_MESSAGES": "en_GB", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "zh-hans"),
        ({}, "zh-hans"),
    ],
)
def test_the_terminal_says_its_language(environment: dict[str, str], language: str) -> None:
    assert terminal_language(environment) == language
