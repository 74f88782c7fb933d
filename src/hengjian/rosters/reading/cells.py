"""The cells that only a roster has: names of people, levels, occupations; what holds for any table is `hengjian.tables.cells`."""

from __future__ import annotations

import re

from hengjian.kernel.words import say
from hengjian.rosters.codes import LEVEL, SEX
from hengjian.rosters.reading import names
from hengjian.tables.cells import (
    ERROR,
    NOTE,
    NOTHING,
    WARNING,
    Read,
    Reader,
    Remark,
    absent,
    left_empty,
    number_text,
    read_code,
    read_text,
    shown,
)
from hengjian.tables.coded import Table
from hengjian.tables.grid import Cell
from hengjian.tables.text import clean, clean_name, comparable, half_width, unescaped, without_blanks

_dashes = re.compile("[\u2010-\u2015\u2212－—–]")
_occupation = re.compile(r"\d-\d{2}-\d{2}-\d{2}(-\d{2,3})?", re.ASCII)
_marker = re.compile(r"\s*(L/S|L|S)$")
_level_split = re.compile(r"[/／()（）\[\]、,，\s·-]+")
_level_noise = re.compile(r"^(国家)?职业(资格|技能)(等级)?(?=.)|^技能等级(?=.)|^国家|等级$|人员$|资格$|证书$")


def read_name(cell: Cell) -> Read:
    if cell == "" or cell is None:
        return NOTHING
    if not isinstance(cell, str):
        return Read(None, (Remark("reading.name", ERROR, "姓名不是文字。", "请按证件填写姓名。"),))
    name = clean_name(cell)
    if not name:
        return NOTHING
    remarks = []
    if name != cell:
        remarks.append(
            Remark("reading.name_mended", NOTE, "姓名中的空格、不可见字符、部首字形或间隔点已统一。", "", name)
        )
    if absent(name):
        return left_empty(name)
    if trouble := names.trouble(name, cell):
        remarks.append(
            Remark("reading.name", ERROR, say("{trouble}。", trouble=trouble), "请用标准字符按证件填写姓名，一行一人。")
        )
    elif names.single(name):
        remarks.append(Remark("reading.name_remark", WARNING, "姓名只有一个字。", "请对照证件核对。"))
    elif names.bracketed(name):
        remarks.append(Remark("reading.name_remark", WARNING, "姓名中有括注，原样保留。", "证书只印姓名，请删去括注。"))
    return Read(name, tuple(remarks))


def read_level(cell: Cell) -> Read:
    """三级/高级工, 高级, 高级工（三级）, 3, 三, Ⅲ, 国家职业资格三级: all of them 3."""
    if cell == "" or cell is None:
        return NOTHING
    if isinstance(cell, float):
        code = LEVEL.code(number_text(cell))
        return Read(int(code)) if code else _no_level(shown(cell))
    text = half_width(clean(shown(cell)))
    if not text:
        return NOTHING
    if absent(text):
        return left_empty(text)
    code = LEVEL.code(comparable(text))
    if code is not None:
        return Read(int(code))
    words = [_level_noise.sub("", word) for word in _level_split.split(text)]
    codes = {LEVEL.code(comparable(word)) for word in words if word}
    if len(codes) == 1 and (only := codes.pop()) is not None:
        return Read(int(only))
    if len(codes) > 1 and None not in codes:
        return Read(
            None,
            (
                Remark(
                    "reading.level", ERROR, say("等级“{text}”前后不一致。", text=text), "请按“三级/高级工”的写法填写。"
                ),
            ),
        )
    return _no_level(text)


def _no_level(text: str) -> Read:
    return Read(
        None,
        (Remark("reading.level", ERROR, say("“{text}”不是技能等级。", text=text), "请按“三级/高级工”的写法填写。"),),
    )


def read_occupation_code(cell: Cell) -> Read:
    if cell == "" or cell is None:
        return NOTHING
    if isinstance(cell, float) and 1_000_000 <= cell < 9_000_000 and cell == int(cell):
        digits = str(int(cell))
        text = f"{digits[0]}-{digits[1:3]}-{digits[3:5]}-{digits[5:]}"
        return Read(text, (Remark("reading.occupation_code", NOTE, "职业编码以数值存放，已补上连字符。", "", text),))
    written = shown(cell)
    if _occupation.fullmatch(written):
        return Read(written)
    text = _marker.sub("", half_width(_dashes.sub("-", without_blanks(unescaped(written)))).upper())
    if not text:
        return NOTHING
    if absent(text):
        return left_empty(text)
    if re.fullmatch(r"\d{7}", text):
        text = f"{text[0]}-{text[1:3]}-{text[3:5]}-{text[5:]}"
    if _occupation.fullmatch(text):
        return Read(text, (Remark("reading.occupation_code", NOTE, "职业编码的写法已统一。", "", text),))
    return Read(
        None,
        (
            Remark(
                "reading.occupation_code",
                ERROR,
                say("“{clean}”不是职业编码。", clean=clean(written)),
                "请按 6-17-02-02 的写法填写。",
            ),
        ),
    )


_trade_brackets = re.compile(r"(.+?)[(（]([^()（）]+)[)）]$")
_trade_separator = re.compile(r"[／/、]")


def read_occupation(cell: Cell) -> Read:
    """The occupation's name and, where it was written along, its trade: the value is a pair."""
    plain = read_text(cell)
    if not isinstance(plain.value, str):
        return Read((None, None), plain.remarks)
    written = half_width(plain.value).replace("(工种)", "").replace("(职业)", "")  # not said: words of rosters
    name = without_blanks(_marker.sub("", written.strip()))
    trade = None
    if found := _trade_brackets.fullmatch(name):
        name, trade = _marker.sub("", found[1]), found[2]
    elif _trade_separator.search(name):
        name, _, trade = name.replace("／", "/").replace("、", "/").partition("/")
        name = _marker.sub("", name)
    remarks = plain.remarks
    if name != plain.value:
        new = say("{name}（{trade}）", name=name, trade=trade) if trade else name
        message = "职业名称后的绿色、数字职业标识或附写的工种已分开。"
        remarks = (Remark("reading.occupation", NOTE, message, "", new),)
    return Read((name or None, trade or None), remarks)


def read_coded(table: Table) -> Reader:
    """A word of a table; of the sexes 0 is read, and told, for two systems mean two things by it."""
    read = read_code(table)
    return _read_sex(read) if table is SEX else read


def _read_sex(read: Reader) -> Reader:
    def told(cell: Cell) -> Read:
        found = read(cell)
        if found.value is None or comparable(clean(shown(cell))) != "0":
            return found
        remark = Remark("reading.sex_zero", WARNING, "“0”按“女”读取，有的系统以 0 为女。", "请改写为男或女。", "女")
        return Read(found.value, (remark,))

    return told
