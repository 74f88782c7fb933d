"""Which rows under a header are people: not the empty ones, not the pre-numbered ones, not a header come again, not the
signatures below. What is left out with words in it is said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from hengjian.rosters.reading.header import key_of
from hengjian.tables.grid import Cell, Grid
from hengjian.tables.header import Block, Header
from hengjian.tables.text import without_blanks

_footer = re.compile(
    r"^(合计|总计|小计|共计|总人数|共\d*人|注|备注|说明|填表|制表|审核|审批|复核|负责|经办|联系人|单位|盖章|公章|日期|时间|签字|签章|申报单位|"
    r"主管|领导|人力资源|评价机构|鉴定|附件|填报)|[（(]?(盖章|公章|签章|签字|签名)[)）]?[:：]?|^\d{4}年\d{1,2}月\d{1,2}日$"
)
_footer_mark = re.compile(r"[:：]|盖章|公章|签字|签章|签名|^(合计|总计|小计|共计)|^共\d+人|^\d{4}年\d{1,2}月")
_NUMBER = re.compile(r"[\d０-９.]+|[一二三四五六七八九十百]+|[①-⑳]|No\.?\d+", re.IGNORECASE)
_MINIMUM_OF_A_PERSON = 3
_SHORT = 5  # no number of a document is so short
_EMPTY = frozenset({"", " ", "\u3000", None})


@dataclass
class Body:
    """Rows of people from 0, and what was left out."""

    people: list[int] = field(default_factory=list)
    footers: dict[int, str] = field(default_factory=dict)
    repeated: list[int] = field(default_factory=list)
    numbered: int = 0
    empty: int = 0


def is_footer(text: str) -> bool:
    """合计, 注：, 填表人：, 单位（盖章）, a date line."""
    plain = without_blanks(text)
    return _footer.search(plain) is not None and _footer_mark.search(plain) is not None


def people_of(grid: Grid, header: Header, block: Block) -> Body:
    """Sorts the rows below the header of one block."""
    body = Body()
    name_column = block.columns.get("name")
    number_column = block.columns.get("document_number")
    names = _column(grid, header, name_column)
    numbers = _column(grid, header, number_column)
    first = header.last + 1
    name_label = header.labels[name_column] if name_column is not None else ""
    label = header.labels[number_column] if number_column is not None else ""
    if (
        _EMPTY.isdisjoint(names)
        and label not in numbers
        and all(type(n) is not str or len(n) > _SHORT for n in numbers)
    ):
        body.people = list(range(first, first + len(names)))
        return body
    for place, (name, number) in enumerate(zip(names, numbers, strict=True), start=first):
        if number != "" and name != "" and number != " ":
            if number == label and key_of(label) == "document_number":
                body.repeated.append(place)
                continue
            if not isinstance(number, str) or len(number) > _SHORT:
                body.people.append(place)
                continue
        _doubtful(body, grid, block, place, name, number, name_label)
    _titles_above(body, grid, block)
    return body


def _titles_above(body: Body, grid: Grid, block: Block) -> None:
    """The one word above a header that comes again is its title, not a name."""
    for place in body.repeated:
        above = place - 1
        while above >= 0 and all(_blank(cell) for cell in grid.rows[above]):
            above -= 1
        words = [str(cell) for cell in grid.rows[above][block.begin : block.end] if not _blank(cell)]
        if above in body.people and len(words) == 1:
            body.people.remove(above)
            body.footers[above] = words[0]


def _column(grid: Grid, header: Header, column: int | None) -> Sequence[Cell]:
    first = header.last + 1
    if column is None:
        return [""] * (len(grid.rows) - first)
    return grid.column(column)[first:]


def _doubtful(body: Body, grid: Grid, block: Block, place: int, name: Cell, number: Cell, label: str) -> None:
    """A row without a name or without a number."""
    row = grid.rows[place]
    own = {key: row[column] for key, column in block.columns.items()}
    filled = {key for key, cell in own.items() if not _blank(cell)}
    words = [str(cell) for cell in row[block.begin : block.end] if not _blank(cell)]
    if not words:
        body.empty += 1
    elif any(is_footer(word) for word in words) and (len(str(number).strip()) <= _SHORT or is_footer(str(number))):
        body.footers[place] = " ".join(words)
    elif not _blank(name) and without_blanks(str(name)) == without_blanks(label):
        body.repeated.append(place)
    elif not _blank(name) or not _blank(number):
        body.people.append(place)
    elif filled <= {"serial"} and len(words) == len(filled) and _NUMBER.fullmatch(without_blanks(words[0])):
        body.numbered += 1
    elif len(filled - {"serial"}) >= _MINIMUM_OF_A_PERSON:
        body.people.append(place)
    else:
        body.footers[place] = " ".join(words)


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not without_blanks(cell))


def gathered(grid: Grid, people: Sequence[int], column: int) -> Sequence[Cell]:
    """One column's cells of the chosen rows."""
    cells = grid.column(column)
    first, last = people[0], people[-1]
    if last - first + 1 == len(people):
        return cells[first : last + 1]
    return [cells[place] for place in people]
