"""Identity numbers: of persons (GB 11643-1999) and of organisations (GB 32100-2015 with GB 11714 inside).

Format, date and check digit decide. The area code never does: numbers keep the code of the county of first registration
and many such counties have long been dissolved, so an unknown area is a hint for a person to look at, not an error.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from enum import Enum
from typing import NamedTuple

from hengjian.kernel import typed
from hengjian.kernel.words import say

_RESIDENT_CHECK = "10X98765432"
_RESIDENT = re.compile(r"[1-9][0-9]{16}[0-9X]", re.ASCII)
_OLD_RESIDENT = re.compile(r"[1-9][0-9]{14}", re.ASCII)

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z
_USCC = re.compile(rf"[{_USCC_ALPHABET}]{{2}}[0-9]{{6}}[{_USCC_ALPHABET}]{{10}}")
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
OLDEST = 1880  # the worked example of GB 11643 was born in that year; nobody with a number was before
MOST_YEARS = 130


class Kind(Enum):
    RESIDENT = "居民身份证"
    HONG_KONG = "港澳居民居住证（香港）"
    MACAO = "港澳居民居住证（澳门）"
    TAIWAN = "台湾居民居住证"
    FOREIGN_PERMANENT = "外国人永久居留身份证"
    OLD_RESIDENT = "15 位旧号码"
    USCC = "统一社会信用代码"
    UNKNOWN = "无法识别"


class Verdict(NamedTuple):
    """`reason` says why not, and what to look at; `hint` is a doubt that decides nothing."""

    ok: bool
    kind: Kind
    reason: str = ""
    hint: str = ""
    born: date | None = None
    sex: str = ""
    area: str = ""


_RESIDENT_KIND = Kind.RESIDENT
_OTHER_KINDS = {"81": Kind.HONG_KONG, "82": Kind.MACAO, "83": Kind.TAIWAN} | {
    f"9{digit}": Kind.FOREIGN_PERMANENT for digit in range(10)
}
_AREA_UNKNOWN = "前六位不在现行区划代码表中，可能为已撤并的区划，请核对证件。"


def normalise(value: str) -> str:
    """Half width, capitals, no blanks and no hyphens between groups; nothing else is guessed."""
    if value.isascii() and value.isalnum():
        return value.upper()
    return typed.number_code(value)


def check_resident_id(value: str, areas: Collection[str] = (), *, today: date | None = None) -> Verdict:
    """`areas`: the known six-digit codes, if a hint is wanted; `today`: then a birth in the future is an error."""
    number = normalise(value)
    if not _RESIDENT.fullmatch(number):
        return _not_eighteen(number)
    kind = _OTHER_KINDS.get(number[:2], _RESIDENT_KIND)
    try:
        born = date.fromisoformat(number[6:14])
    except ValueError:
        return Verdict(False, kind, say("出生日期 {number} 不存在。", number=number[6:14]))
    if born.year < OLDEST:
        return Verdict(
            False, kind, say("出生日期 {born} 不可能：早于 {oldest} 年。", born=born.isoformat(), oldest=OLDEST)
        )
    if today is not None and today.year - born.year > MOST_YEARS:
        return Verdict(
            False,
            kind,
            say("出生日期 {born} 不可能：距今超过 {most_years} 年。", born=born.isoformat(), most_years=MOST_YEARS),
        )
    if today is not None and born > today:
        return Verdict(False, kind, say("出生日期 {born} 晚于今天。", born=born.isoformat()))
    if number[17] != resident_check_digit(number):
        return Verdict(False, kind, "校验码不符，号码中至少有一位写错。")
    area = number[:6]
    hint = _AREA_UNKNOWN if areas and kind is _RESIDENT_KIND and area not in areas else ""
    return Verdict(True, kind, "", hint, born, "男" if number[16] in "13579" else "女", area)


def resident_check_digit(number: str) -> str:
    """ISO 7064 MOD 11-2: the weights of the seventeen digits are the powers of two modulo 11.

    As 13 is 2 modulo 11, reading the digits in base 13 weighs them all at once.
    """
    return _RESIDENT_CHECK[int(number[:17], 13) * 2 % 11]


def mask_resident_id(value: str) -> str:
    """For pages: the first six and the last two characters; a short number shows nothing but its end."""
    number = normalise(value)
    if len(number) < 15:
        return "*" * max(len(number) - 2, 0) + number[-2:]
    return number[:6] + "*" * (len(number) - 8) + number[-2:]


def check_uscc(value: str) -> Verdict:
    """The eighteenth character over the whole, and the seventeenth over the organisation code (9 to 17) within."""
    code = normalise(value)
    if len(code) != 18:
        return Verdict(False, Kind.UNKNOWN, say("统一社会信用代码应为 18 位，现为 {code} 位。", code=len(code)))
    if not _USCC.fullmatch(code):
        return Verdict(
            False, Kind.UNKNOWN, "统一社会信用代码含有不允许的字符（不用 I、O、S、V、Z，第 3 至 8 位为数字）。"
        )
    if code[16] != organisation_check_character(code[8:16]):
        return Verdict(False, Kind.USCC, "主体标识码（第 9 至 17 位）的校验码不符。")
    if code[17] != uscc_check_character(code):
        return Verdict(False, Kind.USCC, "校验码不符，代码中至少有一位写错。")
    return Verdict(True, Kind.USCC, area=code[2:8])


def uscc_check_character(code: str) -> str:
    total = sum(weight * _USCC_ALPHABET.index(char) for weight, char in zip(_USCC_WEIGHTS, code, strict=False))
    return _USCC_ALPHABET[-total % 31]


def organisation_check_character(body: str) -> str:
    """GB 11714: modulo 11 over eight characters, letters counting from A = 10."""
    total = sum(weight * int(char, 36) for weight, char in zip(_ORGANISATION_WEIGHTS, body, strict=True))
    return "0X987654321"[total % 11]


def _not_eighteen(number: str) -> Verdict:
    if _OLD_RESIDENT.fullmatch(number):
        return Verdict(False, Kind.OLD_RESIDENT, "这是 15 位旧号码，已停止使用，请填写现行 18 位号码。")
    if len(number) != 18:
        return Verdict(False, Kind.UNKNOWN, say("身份证件号码应为 18 位，现为 {number} 位。", number=len(number)))
    return Verdict(False, Kind.UNKNOWN, "身份证件号码前 17 位应为数字，末位应为数字或 X，首位不为 0。")
