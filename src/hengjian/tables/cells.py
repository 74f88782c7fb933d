"""One cell of each plain kind of column: the value others may rely on, and what had to be mended or could not be read.

Every function takes the raw cell and returns value and remarks; a remark is (code, severity, message, remedy, new).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import NamedTuple

from hengjian.kernel.words import listed, say
from hengjian.tables.coded import Table
from hengjian.tables.findings import Severity
from hengjian.tables.grid import Cell
from hengjian.tables.text import clean, comparable, half_width, without_blanks

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
# not said: words looked for in cells
EMPTY_WORDS = frozenset(
    {"/", "／", "\\", "无", "-", "—", "——", "－", "--", "N/A", "NA", "NULL", "NONE", "暂无", "没有", "空", "***"}
    | {"NAN", "NIL", "UNDEFINED", "(NULL)", "<NULL>", "[NULL]", "\\N", "未填", "待填", "不详", "缺", "空白", "未知"}
)
ERROR_WORDS = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|GETTING_DATA|#+)|Err:\d{3}",
    re.IGNORECASE,
)
_picture = re.compile(r"=?\s*(?:_xlfn\.)?(?:DISPIMG|IMAGE)\(", re.IGNORECASE)
_WHOLE = 10**15


class Remark(NamedTuple):
    code: str
    severity: Severity
    message: str
    remedy: str = ""
    new: str = ""


class Read(NamedTuple):
    value: object
    remarks: tuple[Remark, ...] = ()


NOTHING = Read(None)
Reader = Callable[[Cell], Read]
_years = re.compile(r"(?:满|约|共)?(\d+(?:\.\d+)?)\s*年?(?:以上)?", re.ASCII)
_years_months = re.compile(r"(\d+)年(?:零|又)?(\d{1,2})个?月", re.ASCII)
_formula_guard = re.compile(r'^="(.*)"$')


def shown(cell: Cell) -> str:
    """A raw cell as a person would see it."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell == cell and abs(cell) < 1e18 and cell == int(cell) else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def number_text(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number:.10g}"


def absent(text: str) -> bool:
    return text.upper() in EMPTY_WORDS


def left_empty(written: str) -> Read:
    return Read(None, (Remark("reading.placeholder", NOTE, say("“{written}”按未填写读取。", written=written)),))


def whatever_the_column(cell: Cell) -> Read | None:
    """What a cell of no column may hold: the words of an error value, or a picture laid into the cell."""
    if not isinstance(cell, str):
        return None
    plain = without_blanks(cell)
    if ERROR_WORDS.fullmatch(plain):
        message = say("单元格的内容是错误值 {plain}。", plain=plain)
        return Read(None, (Remark("reading.error_cell", ERROR, message, "请改为填写实际内容。"),))
    if _picture.match(plain):
        message = "单元格里是嵌入的图片，不是文字，读不到内容；图片也不算照片文件。"
        return Read(
            None, (Remark("reading.cell_picture", ERROR, message, "请填写文字；照片填文件名，照片文件另行上传。"),)
        )
    return None


def read_text(cell: Cell) -> Read:
    if cell == "" or cell is None:
        return NOTHING
    if not isinstance(cell, str):
        return Read(number_text(cell) if isinstance(cell, float) else shown(cell))
    text = _formula_guard.sub(r"\1", clean(cell))
    if not text:
        return NOTHING
    if absent(text):
        return left_empty(text)
    if text == cell or (cell[0] == "'" and text == cell[1:]):
        return Read(text)
    return Read(text, (Remark("reading.text", NOTE, "已去掉多余的空格、不可见字符或换行。", "", text),))


def read_code(table: Table) -> Reader:
    def read(cell: Cell) -> Read:
        if cell == "" or cell is None:
            return NOTHING
        written = clean(shown(cell))
        text = comparable(written)
        if not text:
            return NOTHING
        code = table.code(text)
        if code is None:
            if absent(written):
                return left_empty(written)
            return Read(None, (_no_code(table, written, text),))
        return Read(code)

    return read


def _no_code(table: Table, written: str, text: str) -> Remark:
    choices = listed(entry.title for entry in table.entries[:8]) + ("等" if len(table.entries) > 8 else "")
    reason = table.why_not(text)
    message = (
        say("“{written}”没有读取：{reason}。", written=written, reason=reason)
        if reason
        else say("“{written}”不在“{title}”之内。", written=written, title=table.title)
    )
    return Remark("reading.code", ERROR, message, say("可填：{choices}。", choices=choices))


_separators = re.compile(r"[、,，;；/／+＋|\s和及]+")


def read_codes(table: Table) -> Reader:
    """Several codes of one table, joined by + in the table's order."""

    def read(cell: Cell) -> Read:
        if cell == "" or cell is None:
            return NOTHING
        written = clean(shown(cell))
        whole = table.code(comparable(written))
        words = [written] if whole else [word for word in _separators.split(written) if word]
        if not words:
            return NOTHING
        codes = {table.code(comparable(word)) or "" for word in words}
        if "" in codes:
            if absent(written):
                return left_empty(written)
            strange = next(word for word in words if table.code(comparable(word)) is None)
            return Read(None, (_no_code(table, strange, comparable(strange)),))
        return Read("+".join(entry.code for entry in table.entries if entry.code in codes))

    return read


def read_number(cell: Cell) -> Read:
    """A number that is a name: certificates, conditions. As a spreadsheet number it may have lost zeros or digits."""
    if cell == "" or cell is None:
        return NOTHING
    if isinstance(cell, float):
        if abs(cell) >= _WHOLE:
            return Read(
                None,
                (
                    Remark(
                        "reading.number_lost",
                        ERROR,
                        "编号以数值存放，15 位以后的数字已丢失，无法还原。",
                        "请把该列设为文本格式后重新录入。",
                    ),
                ),
            )
        text = number_text(cell)
        return Read(
            text, (Remark("reading.number", NOTE, "编号以数值存放，已转为文本；如原有前导 0，请补上。", "", text),)
        )
    text = half_width(without_blanks(_formula_guard.sub(r"\1", clean(shown(cell)))))
    if not text:
        return NOTHING
    if absent(text):
        return left_empty(text)
    if re.fullmatch(r"\d(\.\d+)?E\+\d+", text, re.IGNORECASE):
        return Read(
            None,
            (
                Remark(
                    "reading.number_lost",
                    ERROR,
                    "编号已变成科学记数，后面的数字已丢失，无法还原。",
                    "请把该列设为文本格式后重新录入。",
                ),
            ),
        )
    if text == cell:
        return Read(text)
    return Read(text, (Remark("reading.text", NOTE, "编号中的空格、全角字符或不可见字符已统一。", "", text),))


def read_years(cell: Cell) -> Read:
    if cell == "" or cell is None:
        return NOTHING
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        number = float(cell)
        return Read(number) if 0 <= number < 80 else _no_years(shown(cell))
    text = half_width(without_blanks(clean(shown(cell))))
    if not text:
        return NOTHING
    if absent(text):
        return left_empty(text)
    if found := _years_months.fullmatch(text):
        number = int(found[1]) + min(int(found[2]), 12) / 12
        return Read(number, (Remark("reading.years", NOTE, "年限已换算为年数。", "", f"{number:.2f}"),))
    decimal = re.sub(r"^(\d+),(\d+)$", r"\1.\2", text)
    if (found := _years.fullmatch(decimal)) and float(found[1]) < 80:
        number = float(found[1])
        if decimal != text:
            return Read(number, (Remark("reading.years", NOTE, "小数逗号已按小数点读取。", "", f"{number:g}"),))
        return Read(number)
    return _no_years(text)


def _no_years(text: str) -> Read:
    return Read(
        None, (Remark("reading.years", ERROR, say("“{text}”不是年数。", text=text), "请填写数字，如 8 或 8.5。"),)
    )


def read_flag(table: Table) -> Reader:
    code = read_code(table)

    def read(cell: Cell) -> Read:
        if isinstance(cell, bool):
            return Read(cell)
        found = code(cell)
        return Read(None if found.value is None else found.value == "1", found.remarks)

    return read


def serial(cell: Cell) -> int | None:
    """Only for people to look at: 1.0 is 1, and anything else is let be."""
    if isinstance(cell, (int, float)):
        return int(cell) if 0 <= cell < 2**31 and cell == int(cell) else None
    if isinstance(cell, str) and cell.isascii() and cell.isdecimal() and len(cell) < 10:
        return int(cell)
    return None
