"""Every argument of every act is asked, and a form asks for nothing else (one truth for pages and API)."""

from __future__ import annotations

from typing import Any

import pytest

import hengjian.web.urls  # noqa: F401 - importing the addresses registers every page and its questions
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.arguments import annotations_of
from hengjian.web.forms import asked_by
from hengjian.web.room import questions

ACTS = [pytest.param(act, id=code) for code, act in catalogue().items()]


@pytest.mark.parametrize("act", ACTS)
def test_every_act_has_a_question_for_each_argument_and_no_other(act: Any) -> None:
    fields = asked_by(act)
    assert [field.name for field in fields] == list(annotations_of(act.body))
    for field in fields:
        assert field.question.label.strip()
        for column in field.columns:
            assert column.question.label.strip()


def test_no_question_is_asked_for_an_argument_that_no_act_has() -> None:
    known = {
        f"{code}.{name}"
        for code, act in catalogue().items()
        for field in asked_by(act)
        for name in (field.name, *(column.name for column in field.columns))
    }
    # A column of a column (the scores of a sheet) is read by a page of its own.
    asked = {name for name in questions() if name.count(".") <= 3}
    assert {name for name in asked if name not in known} == set()


def test_choices_that_must_be_made_are_never_taken_for_no() -> None:
    for act in catalogue().values():
        for field in asked_by(act):
            if field.kind is bool and field.question.choices is not None:
                assert field.question.kind == "radios", f"{act.header.code}.{field.name}"
