"""A column of telephone numbers: mobile numbers as they are dialled, the first of several, land lines with a word."""

from __future__ import annotations

import re

from hengjian.kernel.words import say
from hengjian.tables.cells import (
    ERROR,
    NOTE,
    NOTHING,
    WARNING,
    Read,
    Remark,
    absent,
    left_empty,
    number_text,
    shown,
)
from hengjian.tables.grid import Cell
from hengjian.tables.text import clean, half_width, without_blanks

_mobile = re.compile(r"1\d{10}", re.ASCII)
_landline = re.compile(r"(0\d{2,3}-?)?\d{7,8}(-\d{1,6})?", re.ASCII)
_phone_noise = re.compile(r"[\s\-()（）]")


def read_phone(cell: Cell) -> Read:
    if cell == "" or cell is None:
        return NOTHING
    if isinstance(cell, float):
        text = number_text(cell)
        if _mobile.fullmatch(text) or _landline.fullmatch(text):
            return Read(text, (Remark("reading.phone_number", NOTE, "手机号码以数值存放，已转为文本。", "", text),))
        return _no_phone(text)
    written = shown(cell)
    if _mobile.fullmatch(written):
        return Read(written)
    text = half_width(clean(written))
    if not text:
        return NOTHING
    if absent(text):
        return left_empty(text)
    text = re.sub(r"^(\+?86|0086)[\s-]*(?=1\d{2})", "", re.sub(r"\.0+$", "", text))
    several = [part for part in re.split(r"[/,，、;；|]|\s{1,}(?=1\d{10}|0\d{2,3}-)", text) if part]
    numbers = [_phone_noise.sub("", part) for part in several]
    if numbers and _mobile.fullmatch(numbers[0]):
        if len(numbers) > 1:
            message = say("一格填了 {numbers} 个电话，取第一个。", numbers=len(numbers))
            return Read(numbers[0], (Remark("reading.phones", NOTE, message, "", numbers[0]),))
        return Read(
            numbers[0], (Remark("reading.phone_mended", NOTE, "手机号码中的空格、区号或符号已去掉。", "", numbers[0]),)
        )
    if several and _landline.fullmatch(without_blanks(several[0])):
        return Read(
            without_blanks(several[0]),
            (Remark("reading.landline", WARNING, "这是固定电话，收不到短信通知。", "请填写手机号码。"),),
        )
    return _no_phone(text)


def _no_phone(text: str) -> Read:
    return Read(
        None,
        (Remark("reading.phone", ERROR, say("“{text}”不是手机号码。", text=text), "请填写 11 位数字的手机号码。"),),
    )
