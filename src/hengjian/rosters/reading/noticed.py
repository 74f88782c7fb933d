"""What is noticed beside the values: columns and rows not read, merged and hidden cells, error values, formulas, pictures.

The places come from `Grid.facts`, whatever kind of file they were found in; what is said is the same for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengjian.kernel.words import say, unstopped
from hengjian.rosters.columns import BY_KEY
from hengjian.rosters.reading.body import Body
from hengjian.rosters.reading.derived import absent
from hengjian.rosters.reading.header import why_unread
from hengjian.rosters.reading.parse import Parsing
from hengjian.tables import cells
from hengjian.tables.findings import Finding, Severity
from hengjian.tables.grid import Grid
from hengjian.tables.header import Block, Header
from hengjian.tables.markup import column_letters

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


def about_columns(sheet: str, grid: Grid, header: Header) -> Iterator[Finding]:
    """Columns not read, read twice or read by a word that may mean other things, hidden ones, and required ones not there."""
    row = header.last + 1

    def tell(code: str, severity: Severity, message: str, remedy: str = "", column: str = "") -> Finding:
        return Finding(row, sheet, column, f"reading.{code}", severity, message, "", remedy)

    def label(place: int) -> str:
        return header.labels[place].strip()[:40]

    if grid.facts.far_columns:
        yield tell("far_columns", NOTE, "第 200 列以后还有内容或格式，没有读取。")
    for place in header.unread:
        reason = why_unread(header.labels[place])
        why = say("没有读取：{reason}。", reason=reason) if reason else "不是名册的栏目，这一列没有读取。"
        yield tell("column_unread", NOTE, f"“{label(place)}”{why}")
    for place, kept in header.doubled:
        message = say(
            "“{label}”与“{label2}”是同一栏，只读取“{label2}”（{column_letters} 列）。",
            label=label(place),
            label2=label(kept),
            column_letters=column_letters(kept),
        )
        if _differ(grid, header, place, kept):
            message = unstopped(message) + "；两列内容并不相同。"
        yield tell("column_doubled", WARNING, message, "请核对，并删去多余的一列。")
    for place in header.loose:
        key = next(key for block in header.blocks for key, at in block.columns.items() if at == place)
        title = BY_KEY[key].title
        message = say("“{label}”按“{title}”读取。", label=label(place), title=title)
        yield tell("column_meaning", WARNING, message, say("如不是{title}，请改表头或删去此列。", title=title), key)
    for place in sorted(grid.facts.hidden_columns):
        if any(place in block.columns.values() for block in header.blocks):
            yield tell(
                "hidden_column",
                WARNING,
                say("“{label}”是隐藏列，已一并读取。", label=label(place)),
                "如不用，请删除该列。",
            )
    for block in header.blocks:
        for column in absent(frozenset(block.columns)):
            message = say("没有“{title}”一栏，这一栏必填。", title=column.title)
            yield tell("column_missing", ERROR, message, "请按名册模板补上这一栏，逐人填写。", column.key)


def _differ(grid: Grid, header: Header, one: int, other: int) -> bool:
    below = grid.rows[header.last + 1 :]
    return any(cells.shown(row[one]).strip() != cells.shown(row[other]).strip() for row in below)


def about_rows(sheet: str, body: Body) -> Iterator[Finding]:
    """Words among the rows that are no person; those above people may change what the people below are."""
    last = body.people[-1] if body.people else -1
    for place, words in body.footers.items():
        if place < last and place + 1 not in body.repeated:  # the words above a repeated header are its title
            message = say("“{words}”不是人员，没有读取；它下面的人员照常读取。", words=words[:60])
            remedy = "如下面的人员不申报或已作废，请删除他们所在的行。"
            yield Finding(place + 1, sheet, "", "reading.note_among_rows", WARNING, message, "", remedy)
        else:
            yield Finding(
                place + 1, sheet, "", "reading.footer", NOTE, say("“{words}”不是人员，没有读取。", words=words[:60])
            )


def tell_cell_facts(parsing: Parsing, grid: Grid, block: Block, body: Body, filled: Sequence[tuple[int, int]]) -> None:
    """What stands in no value: merged cells filled, error values, formulas never computed, hidden rows."""
    by_column = {place: key for key, place in block.columns.items()}
    facts = grid.facts
    at = {place: index for index, place in enumerate(body.people)}
    _tell_merged(parsing, grid, by_column, at, filled)
    for (row, column), value in facts.error_cells.items():
        if row in at and column in by_column:
            title = BY_KEY[by_column[column]].title
            remark = cells.Remark(
                "reading.error_cell",
                ERROR,
                say("{title}的单元格是错误值 {value}。", title=title, value=value),
                "请改为填写实际内容。",
            )
            _instead(parsing, at[row], by_column[column], remark, value)
    for row, column in facts.bare_formulas:
        if row in at and column in by_column and not _told(parsing, at[row], by_column[column]):
            title = BY_KEY[by_column[column]].title
            message = say("{title}的单元格是公式，文件中没有计算结果；平台不计算公式。", title=title)
            remark = cells.Remark("reading.bare_formula", ERROR, message, "请把公式粘贴为数值后重新上传。")
            parsing.tell(at[row], by_column[column], remark, "")
    for row in sorted(facts.hidden_rows & at.keys()):
        remark = cells.Remark("reading.hidden_row", WARNING, "这是隐藏行，已一并读取。", "如不申报，请删除该行。")
        parsing.tell(at[row], "", remark, "")


def _tell_merged(
    parsing: Parsing, grid: Grid, by_column: dict[int, str], at: dict[int, int], filled: Sequence[tuple[int, int]]
) -> None:
    numbers = parsing.values.get("document_number") or [None] * len(parsing.rows)
    for row, column in filled:
        key = by_column.get(column, "serial")
        if row not in at or key == "serial":
            continue
        value = cells.shown(grid.rows[row][column])
        above = at.get(row - 1)
        other = above is not None and numbers[at[row]] != numbers[above]
        if key == "name" and numbers[at[row]] and other:
            message = say(
                "姓名的单元格合并了几行，这一行的证件号码却是另一个人；不能把“{value}”当作此人的姓名。", value=value
            )
            parsing.tell(
                at[row], key, cells.Remark("reading.merged_name", ERROR, message, "请取消合并，逐行填写姓名。"), ""
            )
        else:
            remark = cells.Remark("reading.merged", NOTE, "合并单元格，取首格的内容。", "", value)
            parsing.tell(at[row], key, remark, "")


def _told(parsing: Parsing, place: int, key: str) -> bool:
    row = parsing.rows[place]
    return any(f.row == row and f.column == key and f.severity is ERROR for f in parsing.findings)


def _instead(parsing: Parsing, place: int, key: str, remark: cells.Remark, value: str) -> None:
    """One error a cell: what the reader made of the error value is taken back."""
    row = parsing.rows[place]
    parsing.findings[:] = [f for f in parsing.findings if not (f.row == row and f.column == key)]
    parsing.tell(place, key, remark, value)
