"""A refused argument is called what the form calls it, in both languages: no identifier stands in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.arguments import Fault, refusal_for
from hengjian.kernel.words import IDEOGRAPH, in_words, speaking
from hengjian.web.forms import asked_by


def places() -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Every argument of every act, and every column of a list of rows."""
    for code, act in catalogue().items():
        if code.startswith("tests."):
            continue
        for field in asked_by(act):
            yield code, (field.name,)
            yield from ((code, (field.name, 0, column.name.rsplit(".", 1)[-1])) for column in field.columns)


def test_every_argument_is_refused_by_its_label() -> None:
    found = list(places())
    assert len(found) > 150
    assert any(len(place) == 3 for _, place in found)
    for code, place in found:
        refusal = refusal_for(code, Fault(place, "请填写"))
        assert refusal.field == ".".join(map(str, place))
        called = refusal.sentence.removeprefix("“").removesuffix("”请填写。")
        assert IDEOGRAPH.search(called), (code, place, called)
        assert str(place[-1]) not in called, (code, place, called)
        with speaking("en"):
            assert not IDEOGRAPH.search(in_words(refusal.sentence)), (code, place)


def test_a_row_is_counted_from_one() -> None:
    code, place = next((code, place) for code, place in places() if len(place) == 3)
    assert "第 1 行，" in refusal_for(code, Fault(place, "请填写")).sentence


def test_what_no_form_asks_keeps_its_name() -> None:
    assert refusal_for("plans.draft_plan", Fault(("nonsense",), "没有这一项")).sentence == "“nonsense”没有这一项。"
