"""What one column says for another: a term of a contract in one cell, 新考 or 补考 in a column per part.

Columns that stand in no template but in real rosters are read into those that do; where both say something and differ, it is
an error, for nothing is replaced silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from hengjian.kernel.words import say
from hengjian.rosters.codes import PARTS
from hengjian.rosters.columns import BY_KEY, REQUIRED, Column
from hengjian.rosters.reading.parse import Parsing, parse_column
from hengjian.tables import cells
from hengjian.tables.dates import read_date
from hengjian.tables.findings import Severity
from hengjian.tables.grid import Cell
from hengjian.tables.text import half_width, without_blanks

SITTINGS = {"theory_sitting": "theory", "practical_sitting": "practical", "review_sitting": "review"}
FIRST, RESIT = "first", "resit"
ERROR, NOTE = Severity.ERROR, Severity.NOTE
_joint = re.compile("至|到|起|—+|–|~|-{1,2}")


def take_term(parsing: Parsing, raw: Sequence[Cell]) -> None:
    """2015-07-01至2025-06-30 into the two columns of the contract, where those are not written themselves."""
    different = {cell: _two_dates(cell) for cell in dict.fromkeys(raw)}
    for place, cell in enumerate(raw):
        if cells.shown(cell).strip() and not different[cell]:
            message = say("“{shown}”分不出开始和终止两个日期。", shown=cells.shown(cell))
            remedy = "请写成“2015-07-01至2025-06-30”，或分填“劳动合同开始日期”“劳动合同终止日期”两栏。"
            parsing.tell(
                place, "contract_term", cells.Remark("reading.term", ERROR, message, remedy), cells.shown(cell)
            )
    for which, key in enumerate(("contract_begin", "contract_end")):
        own = {name: parsing.values.get(name) for name in (key, f"{key}_precision")}
        written = own[f"{key}_precision"] or [None] * len(raw)
        taken: list[Cell] = [
            (different[cell] or ("", ""))[which] if precise is None else ""
            for cell, precise in zip(raw, written, strict=True)
        ]
        parse_column(parsing, BY_KEY[key], taken)
        for name, values in own.items():
            if values is not None:
                pairs = zip(values, written, parsing.values[name], strict=True)
                parsing.values[name] = [old if precise is not None else new for old, precise, new in pairs]


def _two_dates(cell: Cell) -> tuple[str, str] | None:
    text = half_width(without_blanks(cells.shown(cell))).rstrip("止。").removeprefix("自")  # not said: words of rosters
    for found in _joint.finditer(text):
        begin, end = text[: found.start()], text[found.end() :].lstrip("至到-—")  # not said: words of rosters
        if begin and end and all(_is_date(part) for part in (begin, end)):
            return begin, end
    return None


def _is_date(text: str) -> bool:
    found = read_date(text)
    return not found.error and (found.precision is not None)


def take_sittings(parsing: Parsing) -> None:
    """A roster of resits says for each part 新考 or 补考: the parts sat, and whether it is a resit."""
    columns = {key: parsing.values.get(key) for key in SITTINGS}
    there = {key: values for key, values in columns.items() if values is not None}
    kinds: list[Any] = list(parsing.values.get("exam_kind") or [None] * len(parsing.rows))
    parts: list[Any] = list(parsing.values.get("parts") or [None] * len(parsing.rows))
    for place in range(len(parsing.rows)):
        told = {SITTINGS[key]: values[place] for key, values in there.items() if values[place]}
        sat = [entry.code for entry in PARTS.entries if told.get(entry.code) in (FIRST, RESIT)]
        kind, named = _of_kind(kinds[place])
        sat = sat or ([named] if named else [])
        if told and not sat:
            continue
        if told:
            meant = RESIT if RESIT in told.values() else FIRST
            if kind and kind != meant:
                _differs(parsing, place, "exam_kind", kinds[place])
            kind = meant
        if sat and parts[place] and parts[place] != "+".join(sat):
            _differs(parsing, place, "parts", parts[place])
        kinds[place] = kind
        parts[place] = parts[place] or "+".join(sat) or None
    parsing.values["exam_kind"], parsing.values["parts"] = kinds, parts


def _of_kind(written: str | None) -> tuple[str | None, str]:
    """resit_theory → a resit, of the theory."""
    if written and written.startswith(f"{RESIT}_"):
        return RESIT, written.removeprefix(f"{RESIT}_")
    return written, ""


def _differs(parsing: Parsing, place: int, key: str, written: object) -> None:
    title = BY_KEY[key].title
    message = say("“{title}”与各科的新考、补考不一致。", title=title)
    parsing.tell(place, key, cells.Remark("reading.sittings", ERROR, message, "请改正其中有误的一项。"), str(written))


def tell_missing(parsing: Parsing, there: frozenset[str]) -> None:
    """Every column the template marks * has its check: a blank in it is an error, unless another column takes its place."""
    told = {(finding.row, finding.column) for finding in parsing.findings if finding.severity is ERROR}
    for column in REQUIRED:
        if column.key in there:
            for place, remark in _missing(parsing, column):
                if (parsing.rows[place], column.key) not in told:
                    parsing.tell(place, column.key, remark, "")


def _missing(parsing: Parsing, column: Column) -> Iterator[tuple[int, cells.Remark]]:
    values = parsing.values.get(column.key) or [None] * len(parsing.rows)
    if None not in values and "" not in values:
        return
    excuses = parsing.values.get(column.excused_by) or [None] * len(parsing.rows)
    blank = cells.Remark(
        "reading.required",
        ERROR,
        say("{title}未填。", title=column.title),
        say("“{title}”为必填，请补填。", title=column.title),
    )
    for place, (value, excuse) in enumerate(zip(values, excuses, strict=True)):
        if value is None or value == "":
            if not excuse:
                yield place, blank
            elif column.key == "occupation_name":
                yield (
                    place,
                    cells.Remark("reading.taken", NOTE, say("申报职业未填，按职业编码 {excuse} 确定。", excuse=excuse)),
                )


def absent(there: frozenset[str]) -> list[Column]:
    """Required columns for which the sheet has no heading, and none that takes their place."""
    return [column for column in REQUIRED if column.key not in there and column.excused_by not in there]
