"""What was entered in a form of an act: Django forms made of the act's arguments, with the act's own bounds and sentences."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from hengjian.kernel.actor import PUBLIC
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.arguments import Count, Line, Reason
from hengjian.web.components import Rows
from hengjian.web.entered import Argument, Filled, _form_of, _formset_of, fill
from hengjian.web.forms import Asked, asked_by, shown
from hengjian.web.questions import Question


@dataclasses.dataclass(frozen=True)
class Seat:
    room: Line
    seats: Count
    mark: Decimal | None = None
    heated: bool = False


def asked(name: str, kind: Any, annotation: Any = None, *, required: bool = True, **more: Any) -> Asked:
    return Asked(name, kind, annotation or kind, Question(name.rsplit(".", 1)[-1]), required, **more)


ROWS = asked(
    "rows", Seat, list[Seat], many=True,
    columns=(asked("rows.room", str, Line), asked("rows.seats", int, Count), asked("rows.mark", Decimal, Decimal | None, required=False), asked("rows.heated", bool, required=False)),
)  # fmt: skip
FIELDS = [asked("reason", str, Reason), asked("on", date), asked("note", str, required=False), asked("codes", str, list[Line], required=False, many=True), ROWS]  # fmt: skip


def entered(**given: str) -> Filled:
    post = QueryDict(mutable=True)
    post.update(
        {"reason": "设备检修，情况属实", "on": "2026-09-01", "rows-TOTAL_FORMS": "9", "rows-INITIAL_FORMS": "0"}
    )
    post.update({"rows-0-room": "一号", "rows-0-seats": "20"})
    for name, value in given.items():
        post[name.replace("__", "-")] = value
    return fill(FIELDS, post, MultiValueDict(), PUBLIC, None)


def test_what_is_typed_becomes_what_the_act_takes_and_what_is_left_out_stays_out() -> None:
    filled = entered(
        on="２０２６年9月1日", rows__2__room=" 三号 ", rows__2__seats="３０", rows__2__heated="on", codes="甲\n\n乙"
    )
    assert filled.errors == {}
    assert filled.arguments == {
        "reason": "设备检修，情况属实",
        "on": date(2026, 9, 1),
        "codes": ["甲", "乙"],
        "rows": [Seat("一号", 20), Seat("三号", 30, None, True)],
    }


def test_all_faults_are_said_at_once_each_at_its_cell() -> None:
    filled = entered(reason="行", on="2026-02-30", rows__0__seats="9" * 400, rows__3__room="四号", rows__3__mark="x")
    assert list(filled.errors) == ["reason", "on", "rows-0-seats", "rows-3-seats", "rows-3-mark"]
    assert filled.errors["rows-3-seats"] == "第 4 行请填写“seats”。"
    assert "现为“2026-02-30”" in filled.errors["on"]
    assert "rows" not in filled.arguments


def test_a_refusal_by_the_act_is_shown_where_the_row_stands_on_the_page() -> None:
    filled = entered(rows__2__room="三号", rows__2__seats="30")
    assert filled.places == {"rows": [0, 2]}
    assert [filled.at(name) for name in ("rows.1.seats", "rows.7.seats", "rows", "reason", "answers.a.b")] == [
        "rows-2-seats", "rows.7.seats", "rows", "reason", "answers.a.b",
    ]  # fmt: skip


@pytest.mark.parametrize("count", ["²", "", "-5", "abc", "9" * 400])
def test_a_count_of_rows_that_is_none_is_said_at_the_list(count: str) -> None:
    assert list(entered(**{"rows-TOTAL_FORMS": count}).errors) == ["rows"]


@pytest.mark.parametrize("count", ["²", "", "1", "abc", "3", "9" * 400])
def test_the_rows_that_are_read_are_the_rows_that_are_shown_again(count: str) -> None:
    post = QueryDict(mutable=True)
    post.update(
        {
            "rows-TOTAL_FORMS": count,
            "rows-INITIAL_FORMS": "0",
            "rows-0-room": "",
            "rows-1-room": "二号",
            "rows-1-seats": "x",
        }
    )
    filled = fill([ROWS], post, MultiValueDict(), PUBLIC, None)
    (part,) = shown([ROWS], PUBLIC, None, post=post, errors=filled.errors)
    assert isinstance(part, Rows)
    on_the_page = {cell.name for row in part.rows for cell in row}
    assert set(filled.errors) - {"rows"} <= on_the_page
    assert ("rows-1-seats" in filled.errors) is (count != "1")


def test_a_count_without_rows_makes_no_rows() -> None:
    assert len(entered(**{"rows-TOTAL_FORMS": "20000"}).arguments["rows"]) == 1
    assert entered(**{"rows-0-room": "", "rows-0-seats": ""}).errors == {"rows": "请至少填写一行“rows”。"}


@pytest.mark.parametrize("act", [pytest.param(act, id=code) for code, act in catalogue().items()])
def test_the_form_of_every_act_is_a_django_form_with_a_field_for_each_argument(act: Any) -> None:
    fields = asked_by(act)
    form = _form_of([each for each in fields if not each.columns])
    assert issubclass(form, forms.Form) and all(isinstance(each, Argument) for each in form.base_fields.values())
    rows = [each for each in fields if each.columns]
    assert set(form.base_fields) | {each.name for each in rows} == {each.name for each in fields}
    for each in rows:
        made = _formset_of(each)
        assert issubclass(made, forms.BaseFormSet)
        assert [f"{each.name}.{name}" for name in made.form.base_fields] == [column.name for column in each.columns]
