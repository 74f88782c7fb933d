"""A sentence kept in a row is the same sentence when it is said again, in Chinese and in English."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from hengjian.kernel.kept_words import kept, said_again
from hengjian.kernel.words import in_words, listed, say, speaking, unstopped

SENTENCES = (
    "王工说：请改第 3 行。",
    say("还差 {missing} 项材料。", missing=3),
    say("{day} 之前。", day=date(2026, 9, 19)),
    say("{at}：{mark} 分", at=datetime(2026, 9, 19, 9, 30, tzinfo=UTC), mark=Decimal("59.5")),
    say("每日 {since}", since=time(8, 0)),
    listed((say("还差 {missing} 项材料。", missing=1), "照片"), "、"),
    unstopped(say("还差 {missing} 项材料。", missing=2)),
    say("{inner}；并告知本人。", inner=say("还差 {missing} 项材料。", missing=2)),
)


@pytest.mark.parametrize("sentence", SENTENCES, ids=str)
def test_what_was_said_is_said_again(sentence: str) -> None:
    again = said_again(json.loads(json.dumps(kept(sentence))))
    assert again == sentence
    assert type(again) is type(sentence)
    with speaking("en"):
        assert in_words(again) == in_words(sentence)


def test_a_model_or_a_list_is_no_parameter() -> None:
    with pytest.raises(TypeError):
        kept(object())
