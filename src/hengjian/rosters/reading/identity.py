"""Identity numbers: repaired in width, blanks and the x, and in nothing else.

What is checked follows the number, not the kind of document somebody chose: eighteen digits are judged by GB 11643 and its
neighbours (港澳台居民居住证, 外国人永久居留身份证), whatever stands in the column beside.

A number kept as a number has lost its last digits (15 are kept) and is said to be lost, even where the check digit happens to
hold (1 in 11 does). The same goes for what a spreadsheet wrote into a text file as 1.30203E+17. GB 11643.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from hengjian.kernel.identity import check_resident_id
from hengjian.kernel.words import listed, say, unstopped
from hengjian.rosters.codes import DOCUMENT
from hengjian.tables.text import half_width, unescaped, without_blanks

RESIDENT = "01"

_guard = re.compile(r'="([^"]*)"')
_scientific = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
_decimal = re.compile(r"\d{15,}\.0+", re.ASCII)
_letters_for_digits = re.compile(r"[OoIlU]")
_masked = re.compile(r"[*＊]+|[xX]{2,}")
_x_alike = dict.fromkeys("×xХхΧχⅹⅩ✕✖", "X")
_plain_number = re.compile(r"\d{17}[\dX]", re.ASCII)
_groups = re.compile("[-\u2010-\u2015\u2212－—.·]")
_SEX = {"男": "1", "女": "2"}
_other_document = re.compile(r"[A-Z0-9()]{5,20}")
_military = re.compile(r"[\u4e00-\u9fff]{1,6}字?(?:第)?\d{4,12}号?|\d{7,12}", re.ASCII)
_MILITARY = frozenset({"02", "03"})
# The kinds of document whose numbers have eighteen digits, and how each number begins.
_EIGHTEEN = {"resident": "01", "hong_kong": "09", "macao": "09", "taiwan": "09", "foreign_permanent": "07"}

LOST = "证件号码以数值存放，表格只保留 15 位有效数字，后几位已丢失，无法还原"
LOST_REMEDY = "请把该列设为文本格式，再按证件原件重新录入。"


@dataclass(frozen=True, slots=True)
class ReadIdentity:
    """`number` is what may be stored; `trouble` names the code of an error, `repaired` the kinds of repair."""

    number: str | None = None
    ok: bool = False
    kind: str = ""
    birth: date | None = None
    sex: str | None = None
    trouble: str = ""
    message: str = ""
    remedy: str = ""
    repaired: str = ""
    doubt: str = ""


NOTHING = ReadIdentity()


def _repaired(written: str) -> tuple[str, str]:
    """The number after the three allowed repairs, and their names."""
    kinds = []
    narrow = half_width(written)
    text = without_blanks(unescaped(narrow))
    protected = _guard.sub(r"\1", text.lstrip("'’`"))
    if protected != narrow:
        kinds.append("空格或防护符号")
    text = protected
    if _plain_number.fullmatch(joined := _groups.sub("", text).upper()) and joined != text.upper():
        text = joined
        kinds.append("分组的连字符")
    if narrow != written:
        kinds.append("全角字符")
    if len(text) == 18 and text[-1] in _x_alike:
        text = text[:-1] + "X"
        kinds.append("末位 X 的写法")
    return text, listed(kinds)


def read_identity(cell: object, document: str | None = None, today: date | None = None) -> ReadIdentity:
    """One cell of the column of document numbers; `document` is the code of its kind, none is the resident's card; a birth
    after `today` is impossible."""
    if cell is None or cell == "":
        return NOTHING
    if not isinstance(cell, str):
        return ReadIdentity(trouble="identity_lost", message=LOST, remedy=LOST_REMEDY)
    if _plain_number.fullmatch(cell):
        return _of_its_kind(_judged(cell, "", today), document)
    text, repaired = _repaired(cell)
    if not text:
        return NOTHING
    if _scientific.fullmatch(text) or _decimal.fullmatch(text):
        return ReadIdentity(trouble="identity_lost", message=LOST, remedy=LOST_REMEDY)
    text = unicodedata.normalize("NFC", text.upper())
    if document in (None, RESIDENT) or _plain_number.fullmatch(text):
        return _of_its_kind(_judged(text, repaired, today), document)
    if _masked.search(text):
        return ReadIdentity(
            text, kind="other", trouble="identity_masked", message="证件号码有隐去的数位", remedy="请填写完整的号码。"
        )
    if not _other_document.fullmatch(text) and not (document in _MILITARY and _military.fullmatch(text)):
        return ReadIdentity(
            text,
            kind="other",
            trouble="identity_form",
            message="证件号码的写法不符合该类证件",
            remedy="请按证件原件核对。",
        )
    return ReadIdentity(text, True, "other", repaired=repaired)


def _of_its_kind(found: ReadIdentity, document: str | None) -> ReadIdentity:
    """The number says what document it is of; where another was chosen, a person looks at it."""
    meant = _EIGHTEEN.get(found.kind, "")
    if not meant or document is None or document == meant or found.trouble:
        return found
    return replace(
        found,
        doubt=say(
            "号码是{meant}的号码，证件类型却填“{document}”",
            meant=DOCUMENT.titles[meant],
            document=DOCUMENT.titles[document],
        ),
    )


def _judged(text: str, repaired: str, today: date | None) -> ReadIdentity:
    verdict = check_resident_id(text, today=today)
    kind = verdict.kind.name.lower()
    if verdict.ok and _plain_number.fullmatch(text):
        return ReadIdentity(text, True, kind, verdict.born, _SEX[verdict.sex], repaired=repaired)
    trouble, message, remedy = _why_not(text, verdict.reason)
    return ReadIdentity(
        text, kind=kind, trouble=f"identity_{trouble}", message=message, remedy=remedy, repaired=repaired
    )


def _why_not(text: str, reason: str) -> tuple[str, str, str]:
    if _masked.search(text):
        return "masked", "证件号码有隐去的数位", "请填写完整的 18 位号码。"
    if _letters_for_digits.search(text):
        return (
            "letters",
            "证件号码中有字母，可能把数字 0、1 写成了字母 O、l",
            "平台不代为改动证件号码，请按证件原件更正。",
        )
    if len(text) == 15 and text.isdecimal():
        return "old", "证件号码是已停用的 15 位旧号码", "请按现行居民身份证填写 18 位号码。"
    return (
        "wrong",
        say("证件号码有误：{reason}", reason=unstopped(reason or "中间夹有其他符号")),
        "请按证件原件核对。",
    )
