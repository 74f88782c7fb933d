"""Scores as people write them: a number, or why there is none. 85分, 缺考, 免考, "-", "***"."""

import re
from dataclasses import dataclass
from enum import StrEnum

from hengjian.rosters.reading.grid import Cell
from hengjian.rosters.reading.text import half_width, without_blanks

_points = re.compile(r"(\d{1,3}(?:\.\d+)?)分?", re.ASCII)


class NoScore(StrEnum):
    """Why a part has no score."""

    ABSENT = "absent"
    EXEMPT = "exempt"
    NOT_GIVEN = "not_given"


_WORDS = {
    "缺考": NoScore.ABSENT,
    "缺席": NoScore.ABSENT,
    "未考": NoScore.ABSENT,
    "免考": NoScore.EXEMPT,
    "免试": NoScore.EXEMPT,
    "": NoScore.NOT_GIVEN,
    "-": NoScore.NOT_GIVEN,
    "—": NoScore.NOT_GIVEN,
    "——": NoScore.NOT_GIVEN,
    "/": NoScore.NOT_GIVEN,
    "***": NoScore.NOT_GIVEN,
}


@dataclass(frozen=True, slots=True)
class Score:
    """Points, or the reason why there are none, or `error` where the cell says neither."""

    points: float | None = None
    why_none: NoScore | None = None
    error: str = ""


def read_score(cell: Cell) -> Score:
    """One cell of a column of scores; no bound is judged here, the full mark is a policy."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell == cell and abs(cell) < 1000:
        return Score(float(cell)) if cell >= 0 else Score(error="成绩不能是负数。")
    text = half_width(without_blanks("" if cell is None else str(cell))).lstrip("'")
    if text in _WORDS:
        return Score(why_none=_WORDS[text])
    if found := _points.fullmatch(text):
        return Score(float(found[1]))
    return Score(error=f"“{text}”不是成绩。请填写数字、“缺考”或“免考”。")
