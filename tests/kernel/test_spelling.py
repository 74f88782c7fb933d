"""How names are read and mistyped: what a name keeps and what words ask for meet exactly where one slip lies between."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengjian.kernel import marks
from hengjian.kernel.marks import Named
from hengjian.kernel.spelling import initials_of, names_meant, pinyin_of, slips_meant, slips_of, typed_pinyin

NAMES = st.text("王李知行伟小明欧阳", min_size=2, max_size=6)


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("单雄", "shanxiong"),
        ("仇英", "qiuying"),
        ("区寄", "ouji"),
        ("曾巩", "zenggong"),
        ("解缙", "xiejin"),
        ("查良", "zhaliang"),
        ("尉迟恭", "yuchigong"),
        ("万俟咏", "moqiyong"),
        ("吕布", "lvbu"),
        ("朴树", "piaoshu"),
        ("翟志", "zhaizhi"),
    ],
)
def test_surnames_are_read_as_surnames_are(name: str, pinyin: str) -> None:
    assert pinyin in pinyin_of(name)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Wáng Zhī Xíng", "wangzhixing"),
        ("wang'zhi-xing", "wangzhixing"),
        ("LÜ BU", "lvbu"),
        ("lǚ bù", "lvbu"),
        ("lyu bu", "lvbu"),
        ("lin yu", "linyu"),
        ("nyu wa", "nvwa"),
        ("130203", ""),
        ("王zhi", ""),
    ],
)
def test_pinyin_is_read_however_it_is_written(typed: str, meant: str) -> None:
    assert typed_pinyin(typed) == meant


def test_initials_are_of_every_reading() -> None:
    assert set(initials_of("单行")) >= {"dx", "sx", "dh", "sh"}
    assert initials_of("王") == ()


def one_slip_apart(name: str, words: str) -> bool:
    """By the definition: one other, one missing, one too many, or two neighbours exchanged."""
    if name == words:
        return False
    if len(name) == len(words):
        differ = [place for place in range(len(name)) if name[place] != words[place]]
        exchanged = len(differ) == 2 and differ[1] == differ[0] + 1 and name[differ[0]] == words[differ[1]]
        return len(differ) == 1 or (exchanged and name[differ[1]] == words[differ[0]])
    longer, shorter = sorted((name, words), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    )


@settings(max_examples=400)
@given(NAMES, NAMES)
def test_names_and_words_meet_exactly_where_one_slip_lies_between(name: str, words: str) -> None:
    met = bool(set(slips_of(name)) & set(slips_meant(words))) or name in names_meant(words)
    only_surname = len(name) == len(words) == 2 and name[0] == words[0]
    cut_to_one = len(words) > len(name) and len(words) <= 2
    if name != words and not only_surname and not cut_to_one:
        assert met == one_slip_apart(name, words)


def test_a_mark_is_of_one_part_one_kind_and_one_table(db: object) -> None:
    from hengjian.rosters.models import CandidateMark

    marker = marks.Marker(CandidateMark)
    of = {marker.mark(part, kind, "王知行") for part in range(marks.PARTS) for kind in ("name", "slip", "pinyin")}
    assert len(of) == 3 * marks.PARTS
    assert set(marker.everywhere("name", ["王知行"])) < of
    assert list(marker.of([Named(1, "", "", 1)])) == [], "of an erased person there is nothing to find"
