"""Marks and whether they pass: each part of the level on its own, by the standard's pass mark (国家职业标准·鉴定方式)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.words import say

TITLES = {"theory": "理论", "practical": "技能", "review": "综合评审"}
TENTH = Decimal("0.1")  # the column keeps one decimal


@dataclass(frozen=True)
class ScoreRow:
    """One row of a score list as entered; `row` is the candidate's row of the roster."""

    row: int
    theory: Decimal | None = None
    practical: Decimal | None = None
    review: Decimal | None = None
    absent: bool = False

    @property
    def marks(self) -> dict[str, Decimal | None]:
        return {"theory": self.theory, "practical": self.practical, "review": self.review}


@dataclass(frozen=True)
class Marking:
    """The law one level is marked by."""

    parts: tuple[str, ...]
    pass_mark: int
    full_mark: int
    every_part: bool

    def check(self, row: ScoreRow) -> None:
        """Refuse a row that cannot stand: a missing part, a foreign part, a mark out of range."""
        for part, mark in row.marks.items():
            if row.absent and mark is not None:
                raise _wrong(row, part, "已标记缺考，不能再有成绩。")
            if part not in self.parts and mark is not None:
                raise _wrong(row, part, say("本等级不考{part}。", part=TITLES[part]))
            if part in self.parts and mark is None and not row.absent:
                raise _wrong(row, part, say("缺少{part}成绩；未参加的请标记缺考。", part=TITLES[part]))
            if mark is not None and not 0 <= mark <= self.full_mark:
                raise _wrong(
                    row,
                    part,
                    say(
                        "{part}成绩应在 0 至 {full_mark} 分之间，现为 {mark}。",
                        part=TITLES[part],
                        full_mark=self.full_mark,
                        mark=mark,
                    ),
                )
            if mark is not None and mark != mark.quantize(TENTH):
                raise _wrong(row, part, say("{part}成绩最多保留一位小数，现为 {mark}。", part=TITLES[part], mark=mark))

    def passes(self, row: ScoreRow) -> bool:
        if row.absent:
            return False
        marks = [mark for part, mark in row.marks.items() if part in self.parts and mark is not None]
        if self.every_part:
            return all(mark >= self.pass_mark for mark in marks)
        return sum(marks, Decimal()) >= self.pass_mark * len(marks)


def marking(
    level: str, parts_by_level: Mapping[str, tuple[str, ...]], pass_mark: int, full_mark: int, every_part: bool
) -> Marking:
    """A level the standard does not split is examined like the highest that it does."""
    parts = parts_by_level.get(level) or parts_by_level[min(parts_by_level)]
    return Marking(tuple(parts), pass_mark, full_mark, every_part)


def as_mark(value: object) -> Decimal | None:
    """What a form or the API hands in: text, a number or nothing."""
    if value is None or value == "":
        return None
    try:
        mark = Decimal(str(value))
    except ArithmeticError:
        mark = Decimal("NaN")
    if not mark.is_finite():
        raise refuse(
            "results.mark_unreadable",
            say("成绩“{value}”不是数字。", value=value),
            field="rows",
            remedy="请填写数字，例如 78.5；未参加的标记缺考。",
            clause=PRODUCT,
        )
    return mark


def _wrong(row: ScoreRow, part: str, sentence: str) -> Exception:
    return refuse(
        "results.mark_wrong",
        say("第 {row} 行：{sentence}", row=row.row, sentence=sentence),
        field=f"rows.{row.row}.{part}",
        remedy="请对照评分记录改正。",
        clause=PRODUCT,
    )
