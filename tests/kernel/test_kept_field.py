"""A column for what somebody typed or the house composed: both come back as they were, the latter to be said in any language."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import connection

from hengjian.kernel.facts import canonical, recorded, restore
from hengjian.kernel.kept_field import MARK, SaidJSONField, read, stored
from hengjian.kernel.words import Said, in_words, listed, say, speaking
from hengjian.papers.models import Paper
from hengjian.plans.facts import PlanReturned
from tests.harness.words import SentenceInPlainColumn, sentences_stay_sayable

SENTENCE = say("还差 {missing} 项材料。", missing=3)
TEXTS = (
    "",
    "王工说：请改第 3 行。",
    f"{MARK}一段以分隔符开头的文字",
    '{"message": "还差"}',
    SENTENCE,
    listed((SENTENCE, "照片"), "；"),
)


@pytest.mark.parametrize("text", TEXTS, ids=repr)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    again = read(stored(text))
    assert again == text
    with speaking("en"):
        assert in_words(again) == in_words(text)


def test_what_was_typed_stands_in_the_column_as_typed() -> None:
    assert stored("字迹不清。") == "字迹不清。"
    assert type(read("字迹不清。")) is str


def test_texts_among_plain_values_come_back_too() -> None:
    field = SaidJSONField()
    value = [{"id": "jd-7", "reason": say("回避：{ground}", ground="亲属"), "days": [1, 2]}]
    again = field.from_db_value(json.dumps(field.get_prep_value(value), ensure_ascii=False), None, connection)
    assert again == value
    assert isinstance(again[0]["reason"], Said)


def test_a_fact_is_opened_with_its_sentence() -> None:
    fact = PlanReturned(listed((SENTENCE,), "；"), "第九条")
    again = restore(fact.code, fact.version, json.loads(canonical(recorded(fact))))
    assert again == fact
    with speaking("en"):
        assert in_words(again.reason) == in_words(SENTENCE)  # type: ignore[attr-defined]


def test_a_fact_from_before_is_opened_as_it_stands() -> None:
    told = {"reason": "还差 3 项材料。", "basis": ""}
    assert restore(PlanReturned.code, PlanReturned.version, told) == PlanReturned("还差 3 项材料。", "")


def test_a_sentence_in_a_plain_column_is_noticed() -> None:
    field = Paper._meta.get_field("correction")
    with sentences_stay_sayable():
        field.get_db_prep_save("字迹不清。", connection)
        with pytest.raises(SentenceInPlainColumn, match="correction"):
            field.get_db_prep_save(say("{day} 更正", day=date(2026, 9, 19)), connection)
