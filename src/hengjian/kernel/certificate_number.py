"""The certificate number: seven parts end to end (人社鉴发〔2019〕2号), read and written by a layout out of policy.

Nothing legal stands here: lengths, class letters, provinces and level codes, verified or not, come with the layout. The
number has no check digit, so it proves nothing by itself; certificates carry a signature for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from hengjian.kernel import typed
from hengjian.kernel.words import listed, say

PARTS = ("class_letter", "organisation", "province", "site", "year", "level", "serial")


class Parts(NamedTuple):
    """评价机构类别 · 评价机构代码 · 省级代码 · 机构（站点）序列码 · 核发年份 · 等级 · 证书序列码."""

    class_letter: str
    organisation: str
    province: str
    site: str
    year: str
    level: str
    serial: str

    @property
    def value(self) -> str:
        return "".join(self)

    def spaced(self) -> str:
        return " ".join(self)


class Problem(NamedTuple):
    """What is wrong, in a sentence, and with which part (empty: with the whole)."""

    part: str
    reason: str


@dataclass(frozen=True)
class Layout:
    """Lengths of the seven parts, and the codes with their names; `special_levels`: letters of the top levels."""

    classes: Mapping[str, str]
    provinces: Mapping[str, str]
    levels: Mapping[str, str]
    lengths: tuple[int, ...]
    special_levels: Mapping[str, str] = field(default_factory=dict)
    older: Mapping[int, str] = field(default_factory=dict)  # length → what was numbered so before

    def __post_init__(self) -> None:
        if len(self.lengths) != len(PARTS) or min(self.lengths) < 1:
            raise ValueError("a layout gives a length to each of the seven parts")
        for name, codes, place in (
            ("class", self.classes, 0),
            ("province", self.provinces, 2),
            ("level", {**self.levels, **self.special_levels}, 5),
        ):
            if wrong := [code for code in codes if len(code) != self.lengths[place]]:
                raise ValueError(f"{name} codes of another length than the layout: {', '.join(wrong)}")

    @classmethod
    def of(
        cls,
        parts: Sequence[Mapping[str, Any]],
        classes: Iterable[Mapping[str, str]],
        levels: Iterable[Mapping[str, str]],
        provinces: Mapping[str, str],
        older: Iterable[Mapping[str, Any]] = (),
    ) -> Layout:
        """From the tables of policy: parts with `first` and `last`, class `letter`s, level `code`s, provinces; `older`
        schemes have a `name` and a `length`."""
        if any(later["first"] != earlier["last"] + 1 for earlier, later in pairwise(parts)):
            raise ValueError("the parts of the number do not follow each other")
        names = {level["code"]: level["name"] for level in levels}
        return cls(
            classes={each["letter"]: each["name"] for each in classes},
            provinces=dict(provinces),
            levels={code: name for code, name in names.items() if code.isdecimal()},
            special_levels={code: name for code, name in names.items() if not code.isdecimal()},
            lengths=tuple(part["last"] - part["first"] + 1 for part in parts),
            older={scheme["length"]: scheme["name"] for scheme in older},
        )

    @property
    def length(self) -> int:
        return sum(self.lengths)

    def level_name(self, code: str) -> str:
        return self.levels.get(code) or self.special_levels[code]


TITLES = dict(
    zip(
        PARTS,
        ("评价机构类别", "评价机构代码", "省级代码", "机构（站点）序列码", "核发年份", "职业技能等级", "证书序列码"),
        strict=True,
    )
)


def parse(value: str, layout: Layout) -> Parts | Problem:
    """The seven parts of a number as typed or printed (blanks allowed), or the first thing wrong with it."""
    number = typed.number_code(value)
    if not number.isascii():
        return Problem("", "证书编号只用半角大写字母和数字。")
    if len(number) in layout.older and len(number) != layout.length:
        return Problem(
            "",
            say(
                "{number} 位的是{scheme}的编号，本系统核验的职业技能等级证书编号为 {length} 位。",
                number=len(number),
                scheme=layout.older[len(number)],
                length=layout.length,
            ),
        )
    if len(number) != layout.length:
        return Problem(
            "", say("证书编号应为 {length} 位，现为 {number} 位。", length=layout.length, number=len(number))
        )
    pieces, at = [], 0
    for length in layout.lengths:
        pieces.append(number[at : at + length])
        at += length
    parts = Parts(*pieces)
    return _problem(parts, layout) or parts


def compose(layout: Layout, **values: str | int) -> Parts:
    """The number from its parts; integers are filled with zeros. ValueError says why it would not parse."""
    if set(values) != set(PARTS):
        raise ValueError(f"the parts are {', '.join(PARTS)}")
    parts = Parts(
        *(
            f"{values[name]:0{length}d}" if isinstance(values[name], int) else str(values[name])
            for name, length in zip(PARTS, layout.lengths, strict=True)
        )
    )
    if tuple(map(len, parts)) != layout.lengths:
        raise ValueError("证书编号各部分的长度与编码规则不符。")
    if problem := _problem(parts, layout):
        raise ValueError(problem.reason)
    return parts


def spaced(value: str, layout: Layout) -> str:
    """For reading aloud and comparing: `Y 0001 23 000001 19 5 000001`; an unreadable number stays as it is."""
    parts = parse(value, layout)
    return parts.spaced() if isinstance(parts, Parts) else value


def _problem(parts: Parts, layout: Layout) -> Problem | None:
    if parts.class_letter not in layout.classes:
        return Problem(
            "class_letter",
            say(
                "首位应为{listed}，不是“{class_letter}”。",
                listed=_listed(layout.classes),
                class_letter=parts.class_letter,
            ),
        )
    for name in ("organisation", "site", "year", "serial"):
        if not getattr(parts, name).isdecimal():
            return Problem(
                name, say("{name}应为数字，现为“{getattr}”。", name=TITLES[name], getattr=getattr(parts, name))
            )
    if parts.province not in layout.provinces:
        return Problem("province", say("省级代码“{province}”不存在。", province=parts.province))
    if parts.level not in layout.levels and parts.level not in layout.special_levels:
        return Problem(
            "level",
            say(
                "等级代码应为{listed}，不是“{level}”。",
                listed=_listed({**layout.levels, **layout.special_levels}),
                level=parts.level,
            ),
        )
    if not parts.serial.strip("0"):
        return Problem("serial", "证书序列码从 1 起编，不能全为 0。")
    return None


def _listed(codes: Mapping[str, str]) -> str:
    return listed((say("{code}（{name}）", code=code, name=name) for code, name in codes.items()))
