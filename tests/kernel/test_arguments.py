"""Every act's arguments are one model: bounded, read as people type, with a sentence in Chinese for every fault."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hengjian.kernel import arguments
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.arguments import Count, Line, Reason


@dataclass(frozen=True)
class Row:
    name: Line
    mark: Decimal | None = None


def _act(
    doing: object, *, reason: Reason, on: date, seats: Count = 0, rows: tuple[Row, ...] = (), note: str = ""
) -> None:
    """An act's body."""


def test_what_people_type_becomes_what_the_body_wants() -> None:
    given_ = {
        "reason": " 材料与实际\u200b不符　",
        "on": "２０２６年9月1日",
        "seats": "６０",
        "rows": [{"name": "甲", "mark": "78.5"}],
    }
    read, faults = arguments.read(_act, given_)
    assert faults == []
    assert read == {
        "reason": "材料与实际不符",
        "on": date(2026, 9, 1),
        "seats": 60,
        "rows": (Row("甲", Decimal("78.5")),),
    }


def test_all_faults_are_said_at_once_each_at_its_place() -> None:
    given_ = {
        "reason": "行",
        "on": "2026-02-30",
        "seats": "9" * 400,
        "rows": [{"name": "甲"}, {"name": " ", "mark": "x"}],
    }
    _, faults = arguments.read(_act, given_)
    assert [fault.place for fault in faults] == [
        ("reason",),
        ("on",),
        ("seats",),
        ("rows", 1, "name"),
        ("rows", 1, "mark"),
    ]
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in fault.says) for fault in faults)


@pytest.mark.parametrize("reason", ["", ".", "行", "……", "aaaaaaaa", "   。。。。  ", "\u200b\u200b\u200b\u200b"])
def test_a_reason_has_substance(reason: str) -> None:
    assert arguments.read(_act, {"reason": reason, "on": "2026-09-01"})[1]


def test_values_of_the_right_type_pass_the_same_gate() -> None:
    row = Row("甲", Decimal("1"))
    read, faults = arguments.read(_act, {"reason": "事实清楚，依据充分", "on": date(2026, 9, 1), "rows": [row]})
    assert faults == [] and read["rows"] == (row,)
    assert arguments.read(_act, {"reason": "事实清楚，依据充分", "on": date(1, 1, 1)})[1]
    assert (
        arguments.read(_act, {"reason": "事实清楚，依据充分", "on": date(2026, 9, 1), "note": "\x00"})[0]["note"] == ""
    )


@pytest.mark.parametrize("act", [pytest.param(act, id=code) for code, act in catalogue().items()])
def test_every_act_has_a_model_and_nothing_in_it_is_unbounded(act: Any) -> None:
    schema = arguments.model_of(act.body).model_json_schema()
    loose = [name for name, part in schema.get("properties", {}).items() if part in ({}, {"title": part.get("title")})]
    assert not loose, f"{act.header.code}: {loose}"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_is_given_is_read_or_refused_in_chinese(data: Any) -> None:
    act = data.draw(st.sampled_from(list(catalogue().values())))
    hostile = st.one_of(
        st.text(max_size=20), st.integers(), st.none(), st.floats(), st.lists(st.text(max_size=3), max_size=3),
        st.sampled_from(["²", "9" * 5000, "\x00", "\ud800", "1e999", "NaN", "-0", "0000-00-00"]),
    )  # fmt: skip
    given_ = {name: data.draw(hostile) for name in arguments.annotations_of(act.body)}
    _, faults = arguments.read(act.body, given_)
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in fault.says) for fault in faults)
