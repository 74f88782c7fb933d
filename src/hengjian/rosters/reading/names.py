"""What is no name is no person: masks, error values, words for nothing, two people in one cell, headings, signs.

A name that cannot stand is an error on its cell; nothing is guessed from it. No name is tested against a list of surnames.
"""

from __future__ import annotations

import re
import unicodedata

from hengjian.kernel.words import say
from hengjian.rosters.reading.header import key_of
from hengjian.tables.text import RADICALS

# A bound of the column, not of the law: the longest names on identity cards are far shorter.
LONGEST = 40
LONGEST_WITHOUT_DOT = 12

_han = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_private = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_mask = re.compile("[*＊×✕✖○◯〇●■█▇_＿#＃~～]|^某|^[^某]某{1,3}$|[xX]{2,}$|^·|·$|··")
_several = re.compile("[、，,；;/／\\\\|｜&＆+＋]|以及|\\band\\b")
_broken_lines = re.compile(r"[\r\n]+|_x000[dD]_")
_remark = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
# Signs that stand in names: the middle dot, and in Latin names the blank, hyphen, apostrophe and full stop.
_MAY_STAND = frozenset("·-'’. ()（）[]【】")

_HEADINGS = "姓名|名字|考生|身份|证件|号码|性别|民族|备注|说明|合计|小计|总计|序号|单位|电话|手机|学历|职业|工种|等级|照片|岗位|专业|学校|科目"  # not said: words of rosters
_heading = re.compile(f"^(?:{_HEADINGS})")
# What a name needs a second look for; any other text of Chinese characters stands as it is.
ODD = re.compile(
    f"[^\u3400-\u9fff\U00020000-\U0003ffff\n]|某|.{{7}}|^.$|^(?:{_HEADINGS}|无|空|缺)",
    re.MULTILINE,
)


def trouble(name: str, written: str) -> str:
    """Why a clean name cannot stand as it is, or an empty text; `written` is the cell before it was cleaned."""
    bare = _remark.sub("", name) or name
    if _private.search(name):
        return "姓名中有本机造字（私用区编码），换一台电脑就显示不出来"
    if "?" in name or "？" in name or "\ufffd" in name or "□" in name:
        return "姓名中有以问号或方框代替的字"
    if _mask.search(bare):
        return "姓名有隐去的字"
    if _heading.search(name) and key_of(name):
        return say("“{name}”是栏目名称，不是姓名", name=name)
    if _han.search(bare) and _several.search(bare):
        return "一格里有两个姓名"
    if len([part for part in _broken_lines.split(written.strip()) if len(_han.findall(part)) > 1]) > 1:
        return "一格里有两行文字，像是两个姓名"
    if any(sign.isdigit() for sign in bare):
        return "姓名中有数字"
    if not any(unicodedata.category(sign)[0] == "L" for sign in bare):
        return say("“{name}”不是姓名", name=name)
    if odd := next((sign for sign in bare if unicodedata.category(sign)[0] not in "LM" and sign not in _MAY_STAND), ""):
        return say("姓名中有符号“{odd}”", odd=odd)
    if re.search(f"[{RADICALS}]", bare):
        return "姓名中有部首字形，不是汉字"
    if len(name) > LONGEST or (_han.search(bare) and "·" not in bare and len(bare) > LONGEST_WITHOUT_DOT):
        return say("姓名有 {name} 个字，过长", name=len(name))
    return ""


def bracketed(name: str) -> bool:
    """A remark in brackets after the name, such as the sound of a rare character."""
    return any(sign in name for sign in "()（）[]【】")


def single(name: str) -> bool:
    """One Chinese character alone: rarely a whole name."""
    return len(name) == 1
