"""A roster of invented workers that carries the 41 kinds of mess met in real ones, and its corrected twin.

    python -m tests.rosters.mess OUT.xlsx

writes OUT.xlsx, OUT.clean.xlsx (the twin) and the other kinds of file beside it. What was planted is returned with row and
column, so a test can ask for each of it.
"""

import io
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

from hengjian.rosters.columns import BY_KEY
from tests.rosters.workers import Person, people

KEYS = (
    "serial", "name", "document_number", "sex", "birth", "ethnicity", "education", "phone", "employer", "job",
    "contract_begin", "contract_end", "occupation_name", "occupation_code", "level", "entry_condition",
    "years_in_occupation", "prior_number", "prior_level", "prior_occupation", "prior_date", "trade", "remark",
)  # fmt: skip
SCORE = "理论成绩"
STUDENT_NUMBER = "学籍号"
HEADER_ROWS = (3, 4)  # 1-based; title in 1, note in 2
FIRST = 5


@dataclass(frozen=True)
class Formula:
    text: str
    value: str = ""


@dataclass(frozen=True)
class Styled:
    """A value under a number format, by its index or its code."""

    value: Any
    shape: int | str


@dataclass(frozen=True)
class Planted:
    """`code` is what the reading must say of the cell; empty: it must be read in silence."""

    point: int
    row: int
    column: str
    cell: object
    code: str = ""


@dataclass
class Mess:
    """`rows` maps 1-based rows to cells by key; the value `expected` is what must be read, where it can be read at all."""

    rows: dict[int, dict[str, object]] = field(default_factory=dict)
    expected: dict[int, Person] = field(default_factory=dict)
    planted: list[Planted] = field(default_factory=list)
    loose: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[tuple[int, str, int]] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)

    def plant(self, point: int, row: int, column: str, cell: object, code: str = "") -> None:
        self.rows[row][column] = cell
        self.planted.append(Planted(point, row, column, cell, code))


Spoil = Callable[[Person, random.Random], tuple[str, object, str]]
NOTE, LOST, WRONG = "reading.identity_mended", "reading.identity_lost", "reading.identity_wrong"


def dotted(dot: str) -> Spoil:
    return lambda p, d: ("name", f"买买提{dot}{p.name}", "reading.name_mended")


def levelled(word: object) -> Spoil:
    return lambda p, d: ("level", word, "")


#: point → ways to spoil one person: column, cell, code of the finding
SPOILS: dict[int, tuple[Spoil, ...]] = {
    1: (lambda p, d: ("document_number", float(p.number[:15] + "000"), LOST),),
    2: (lambda p, d: ("document_number", float(int(p.number[:17] + "2")), LOST),),
    3: (lambda p, d: ("document_number", f"{float(p.number[:17] + '0'):.5E}", LOST),),
    4: (
        lambda p, d: ("document_number", "'" + p.number, NOTE),
        lambda p, d: ("document_number", p.number + "\t", NOTE),
    ),
    5: (
        lambda p, d: ("document_number", p.number.translate({48 + n: 0xFF10 + n for n in range(10)}), NOTE),
        lambda p, d: ("document_number", p.number[:6] + " " + p.number[6:14] + " " + p.number[14:], NOTE),
    ),
    6: (
        lambda p, d: ("document_number", p.number.replace("0", "O", 1), "reading.identity_letters"),
        lambda p, d: ("phone", p.phone[:5] + "U" + p.phone[6:], "reading.phone"),
    ),
    7: (lambda p, d: ("document_number", p.number[:6] + p.number[8:17], "reading.identity_old"),),
    8: (lambda p, d: ("document_number", p.number[:14] + "XXXX", "reading.identity_masked"),),
    10: (
        lambda p, d: ("phone", float(p.phone), "reading.phone_number"),
        lambda p, d: ("phone", "+86 " + p.phone[:3] + " " + p.phone[3:7] + " " + p.phone[7:], "reading.phone_mended"),
        lambda p, d: ("phone", p.phone + "/0315-2345678", "reading.phones"),
        lambda p, d: ("phone", p.phone + ".0", "reading.phone_mended"),
    ),
    11: (lambda p, d: ("entry_condition", 203.0, "reading.number"),),
    14: (
        lambda p, d: ("prior_date", Styled(p.prior_date, 31), ""),
        lambda p, d: ("prior_date", Styled(p.prior_date.replace(day=1), 57), ""),
    ),
    15: (
        lambda p, d: ("prior_date", float((p.prior_date - date(1899, 12, 30)).days), "reading.date_mended"),
        lambda p, d: ("prior_date", str((p.prior_date - date(1899, 12, 30)).days), "reading.date_mended"),
    ),
    17: (
        lambda p, d: ("prior_date", 2020.1, "reading.date"),
        lambda p, d: ("prior_date", "2020.1", "reading.date_doubt"),
        lambda p, d: ("prior_date", "2020.3", ""),
    ),
    18: (
        lambda p, d: ("prior_date", f"{p.prior_date:%Y.%m.%d}", ""),
        lambda p, d: ("prior_date", f"{p.prior_date:%Y%m%d}", ""),
        lambda p, d: ("prior_date", f"{p.prior_date.year}年{p.prior_date.month}月{p.prior_date.day}日", ""),
        lambda p, d: (
            "prior_date",
            f"{p.prior_date:%y}-{p.prior_date.month}-{p.prior_date.day}",
            "reading.date_mended",
        ),
        lambda p, d: ("prior_date", "二〇二〇年三月", "reading.date_mended"),
        lambda p, d: ("prior_date", "1-一月-21", "reading.date_mended"),
    ),
    19: (
        lambda p, d: ("prior_date", f"{p.prior_date.year}年{p.prior_date.month}月", ""),
        lambda p, d: ("prior_date", f"{p.prior_date.year}年", ""),
    ),
    20: (
        lambda p, d: ("contract_end", "至今", ""),
        lambda p, d: ("contract_end", "长期", ""),
        lambda p, d: ("contract_end", "/", "reading.placeholder"),
        lambda p, d: ("prior_date", "无", "reading.placeholder"),
    ),
    21: (
        lambda p, d: (
            "contract_begin",
            Styled(datetime.combine(p.contract_begin, time(23, 59, 59, 600_000)), "yyyy-mm-dd"),
            "reading.date_mended",
        ),
    ),
    22: (lambda p, d: ("contract_begin", f"{p.contract_begin} 08:30", "reading.date_mended"),),
    23: (
        lambda p, d: ("name", p.name[0] + "\u3000" + p.name[1:], "reading.name_mended"),
        lambda p, d: ("name", "\u202d" + p.name + "\u202c", "reading.name_mended"),
        lambda p, d: ("name", p.name + "\u200b\n", "reading.name_mended"),
        lambda p, d: ("employer", "\u00a0" + p.firm + "\t", "reading.text"),
    ),
    24: tuple(dotted(dot) for dot in "•‧・．."),
    25: (
        lambda p, d: ("name", "\U00020be8" + p.name, ""),
        lambda p, d: ("name", "\ue1a3" + p.name, "reading.name"),
        lambda p, d: ("name", "?" + p.name, "reading.name"),
        lambda p, d: ("name", p.name + "（yue）", "reading.name_remark"),
    ),
    26: (lambda p, d: ("name", "死岳", ""), lambda p, d: ("name", "第五庚辰", "")),
    27: (lambda p, d: ("employer", p.firm + "_x000D_", "reading.text"),),
    28: tuple(
        levelled(word) for word in ("高级", "高级工（三级）", 3.0, "三", "Ⅲ", "国家职业资格三级", "三级", "高级工")
    ),
    29: (
        lambda p, d: ("occupation_name", "炼钢工 L", "reading.occupation"),
        lambda p, d: ("occupation_name", "起重装卸机械操作工（天车工）", "reading.occupation"),
        lambda p, d: ("occupation_name", "金属轧制工／轧钢工", "reading.occupation"),
        lambda p, d: ("occupation_name", "电工（工种）", "reading.occupation"),
    ),
    30: (
        lambda p, d: ("sex", "1" if p.male else "2", ""),
        lambda p, d: ("sex", "M" if p.male else "F", ""),
        lambda p, d: ("sex", "", ""),
    ),
    40: (
        lambda p, d: ("years_in_occupation", Formula("=2026-2010", "16"), ""),
        lambda p, d: ("job", Formula("=A1&B1"), "reading.bare_formula"),
        lambda p, d: ("employer", Formula("=#REF!", "#REF!"), "reading.error_cell"),
    ),
}


def make_mess(count: int = 2_000, seed: int = 41) -> Mess:
    """Every kind of mess at least once among `count` workers; about one in twenty is spoiled."""
    mess = Mess()
    dice = random.Random(seed)
    crowd = people(count, seed)
    row = FIRST
    ways = [(point, way) for point, several in SPOILS.items() for way in several]
    for place, person in enumerate(crowd):
        if place and place % 331 == 0:
            row += 1  # point 35: an empty row between records
        mess.rows[row] = {"serial": float(place + 1), **person.clean()}
        mess.expected[row] = person
        if place % 11 == 10 and (which := place // 11) < 2 * len(ways):
            point, way = ways[which % len(ways)]
            mess.plant(point, row, *way(person, dice))
        row += 1
    _shared_lines(mess)
    for number in range(17):
        mess.rows[row + number] = {"serial": float(count + number + 1)}
    row += 17
    for line in (
        {0: "合计", 1: f"{count}人"},
        {0: "注：1.本表由用人单位填写；2.证件号码以文本填写。"},
        {1: "填表人：禾麦", 6: "负责人签字："},
        {6: "单位（盖章）"},
        {6: "2026年11月20日"},
    ):
        mess.loose[row] = line
        mess.planted.append(Planted(34, row, "", next(iter(line.values())), "reading.footer"))
        row += 1
    return mess


def _shared_lines(mess: Mess) -> None:
    """Points 33 and 37: one value for three people over a true merge, and a hidden row."""
    rows = [row for row in sorted(mess.rows) if not any(p.row == row for p in mess.planted)]
    top = next(row for row in rows if {row + 1, row + 2} <= set(rows))
    mess.merged.append((top, "employer", top + 2))
    for below in (top + 1, top + 2):
        mess.rows[below]["employer"] = ""
        mess.planted.append(Planted(33, below, "employer", "", "reading.merged"))
    hidden = rows[-1]
    mess.hidden.append(hidden)
    mess.planted.append(Planted(37, hidden, "", "", "reading.hidden_row"))


def upper_and_lower() -> list[tuple[str, str, str]]:
    """Two header lines, with blanks and line feeds in the words: key, upper, lower."""
    lines = []
    for key in KEYS:
        title = BY_KEY[key].title
        if key.startswith("contract_"):
            lines.append((key, "劳动合同", {"contract_begin": "起始\n日期", "contract_end": "终止日期 "}[key]))
        elif key.startswith("prior_"):
            words = {
                "prior_number": "编号",
                "prior_level": "等级",
                "prior_occupation": "职业",
                "prior_date": "发证日期",
            }
            lines.append((key, "原证书", words[key]))
        else:
            written = {"phone": "联 系\n电 话", "birth": "生日 ", "name": "姓  名", "document_number": "身份证号"}
            lines.append((key, written.get(key, title), ""))
    return lines


def mess_xlsx(mess: Mess, *, from_1904: bool = False) -> bytes:
    """The workbook: title, note, two header lines, people, signatures; empty, hidden and second sheets."""
    out = io.BytesIO()
    options = {"date_1904": from_1904, "strings_to_numbers": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet("一车间")
        _write_page(book, page, mess)
        other = book.add_worksheet("二车间")
        second = people(3, 7)
        other.write_row(0, 0, ["姓名", "证件号码", "申报等级", "手机号码", "文化程度", "申报职业", "申报条件编号"])
        for line, person in enumerate(second, start=1):
            cells = person.clean()
            keys = ("name", "document_number", "level", "phone", "education", "occupation_name", "entry_condition")
            other.write_row(line, 0, [cells[key] for key in keys])
        hidden = book.add_worksheet("旧名单")
        hidden.write_row(0, 0, ["姓名", "身份证号"])
        hidden.write_row(1, 0, ["禾麦", "130203"])
        hidden.hide()
        book.add_worksheet("Sheet2")
        book.add_worksheet("Sheet3")
    return out.getvalue()


def _write_page(book: Any, page: Any, mess: Mess) -> None:
    bold = book.add_format({"bold": True, "align": "center", "text_wrap": True, "border": 1})
    shapes: dict[int | str, Any] = {}
    lines = upper_and_lower()
    extra = len(lines)
    page.merge_range(0, 0, 0, extra + 1, "曹妃甸示例钢铁有限公司职业技能等级认定报名表", bold)
    page.write_string(1, 0, "注：带*为必填，证件号码请填写18位")
    start = 0
    for place, (_, upper, lower) in enumerate(lines):
        if lower:
            page.write_string(3, place, lower, bold)
            if place == 0 or lines[place - 1][1] != upper:
                start = place
            if place + 1 == extra or lines[place + 1][1] != upper:
                page.merge_range(2, start, 2, place, upper, bold)
        else:
            page.merge_range(2, place, 3, place, upper, bold)
    page.merge_range(2, extra, 3, extra, STUDENT_NUMBER, bold)
    page.merge_range(2, extra + 1, 3, extra + 1, SCORE, bold)
    places = {key: place for place, (key, _, _) in enumerate(lines)}
    for row, cells in mess.rows.items():
        for key, cell in cells.items():
            _write_cell(book, page, row - 1, places[key], cell, shapes)
        if "name" in cells:
            page.write_string(row - 1, extra, "G" + "1234567890123456789"[: 18 - row % 2])
            page.write_string(row - 1, extra + 1, ("85分", "缺考", "-", "***", "免考")[row % 5])
    for top, key, bottom in mess.merged:
        page.merge_range(top - 1, places[key], bottom - 1, places[key], mess.rows[top][key], bold)
    for row, words in mess.loose.items():
        for place, text in words.items():
            page.write_string(row - 1, place, text)
    for row in mess.hidden:
        page.set_row(row - 1, None, None, {"hidden": True})
    page.write_blank(1, 16_383, None, bold)  # point 38: formatted to the last column


def _write_cell(book: Any, page: Any, row: int, column: int, cell: object, shapes: dict[int | str, Any]) -> None:
    if isinstance(cell, Styled):
        shape = shapes.setdefault(cell.shape, book.add_format({"num_format": cell.shape}))
        page.write_datetime(row, column, cell.value, shape)
    elif isinstance(cell, Formula):
        page.write_formula(row, column, cell.text, None, cell.value)
    elif isinstance(cell, float):
        page.write_number(row, column, cell)
    elif cell != "":
        page.write_string(row, column, str(cell))


def make_clean(mess: Mess) -> bytes:
    """The corrected twin: the same people in the same rows, as they ought to have been written."""
    twin = Mess(expected=mess.expected, loose=mess.loose)
    for row, cells in mess.rows.items():
        person = mess.expected.get(row)
        twin.rows[row] = {"serial": cells["serial"], **person.clean()} if person else dict(cells)
    return mess_xlsx(twin)


def main(target: str) -> None:
    from tests.rosters.mess_kinds import mess_csv, mess_html, mess_xls

    mess = make_mess()
    path = Path(target)
    path.write_bytes(mess_xlsx(mess))
    path.with_suffix(".clean.xlsx").write_bytes(make_clean(mess))
    path.with_suffix(".csv").write_bytes(mess_csv(mess))
    path.with_suffix(".html.xls").write_bytes(mess_html(mess))
    path.with_suffix(".xls").write_bytes(mess_xls(mess))
    print(f"{len(mess.expected)} people, {len(mess.planted)} planted")


if __name__ == "__main__":
    main(sys.argv[1])
