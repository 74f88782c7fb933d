"""Many certificates at once, for those who hire (C.9): lines pasted or a table handed in, the same with a result column.

Nothing handed in is kept. The table comes back from the memory of this one request.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from hengjian.certificates.checking import CHECK_BATCH, Spent, check_lines, guessed
from hengjian.certificates.public_queries import Asked, problem_of
from hengjian.certificates.queries import CheckAnswer
from hengjian.kernel import typed
from hengjian.kernel.words import in_words, listed, say, words_of
from hengjian.rosters.reading import Limits, Unreadable
from hengjian.rosters.reading.header import WORDS
from hengjian.tables.delimited import read_csv
from hengjian.tables.grid import Watch
from hengjian.tables.kinds import FileKind, file_kind
from hengjian.tables.outgoing import neutral
from hengjian.tables.workbooks import read_xlsx
from hengjian.web.components import Alert, Cell, Chip, Column, Figure, Head, Table, Tone, crumbs
from hengjian.web.pages import Answer, Desk, Page, page
from hengjian.web.public.second_item import second_item

MOST = 2_000  # lines at once: a bound on one request's work, not a number of the law
MIB = 1_048_576
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NUMBER_WORDS, _WHO_WORDS = ("证书编号", "证书号", "编号"), ("姓名", "身份证", "证件", "后四位", "后 4 位")
_LIMITS = Limits(file_bytes=5 * MIB, expanded_bytes=64 * MIB, rows=MOST + 50, columns=60, cells=200_000)


@dataclass(frozen=True)
class Line:
    """A line as handed in and what it comes to."""

    number: str
    who: str
    result: str
    tone: Tone
    detail: str = ""


@dataclass(frozen=True)
class Sent:
    """What was handed in, kept as it came so that the sender gets the own table back: every row, where the lines to be
    checked begin, and the pair (number, second item) of each row that has a number."""

    rows: Sequence[Sequence[str]]
    first: int
    pairs: Mapping[int, tuple[str, str]]


class Unusable(ValueError):
    """Why what was handed in cannot be checked, in a sentence."""


@page("check/batch/", "check_batch", access="public", first=2, sending=CHECK_BATCH)
def check_batch_page(desk: Desk) -> Answer:
    """批量核验。"""
    if not desk.post:
        return _page(desk, text=desk.asked("lines"))
    given = desk.request.FILES.get("table")
    text = desk.request.POST.get("lines", "")
    try:
        sent = _from_file(given) if given is not None else _from_text(text)
        pairs = list(sent.pairs.values())
        if not pairs:
            raise Unusable(gettext("没有读到可以核验的行。每行写一个证书编号，再写姓名或证件号码后四位。"))
        if len(pairs) > MOST:
            raise Unusable(say("一次最多核验 {most} 行，现有 {now} 行，请分开核验。", most=MOST, now=len(pairs)))
        if twice := guessed(asked_of(pairs)):
            raise Unusable(
                say(
                    "编号 {number} 出现了不止一次，第二项却不相同。一张证书只能填一个姓名或后四位，请核对后再提交。",
                    number=twice,
                )
            )
    except (Unusable, Unreadable) as why:
        return _page(desk, text=text, wrong=words_of(why), status=422)
    lines = checked(pairs)
    if "download" in desk.request.POST:
        return _table(sent, lines)
    return _page(desk, text=text, lines=lines)


def checked(pairs: Sequence[tuple[str, str]]) -> list[Line]:
    """Each pair with its result; one query for all."""
    answers = check_lines(asked_of(pairs))
    return [_line(number, who, answer) for (number, who), answer in zip(pairs, answers, strict=True)]


def asked_of(pairs: Sequence[tuple[str, str]]) -> list[Asked]:
    """The lines as the check wants them: what was written as second item is a name or a tail."""
    return [Asked(number, *second_item(who)) for number, who in pairs]


def _line(number: str, who: str, answer: CheckAnswer | Spent | None) -> Line:
    if isinstance(answer, Spent):
        return Line(number, who, gettext("暂不核验"), "warn", listed((answer.sentence, answer.remedy), ""))
    if answer is not None:
        detail = listed((answer.masked_name, answer.occupation_name, answer.level_text, answer.institution), " · ")
        if answer.taken_over_by:
            by = say("{office}承接的记录", office=answer.taken_over_by)
            return Line(number, who, gettext("此前发的证书，记录由机关承接"), "normal", listed((detail, by), " · "))
        if not answer.valid:
            return Line(number, who, gettext("已注销"), "seal", detail)
        if answer.online_on is None:
            return Line(number, who, gettext("已制证，数据尚未上网"), "warn", detail)
        return Line(number, who, gettext("真实有效"), "good", detail)
    problem = problem_of(number)
    if problem is not None:
        return Line(number, who, gettext("编号写法不对"), "warn", problem.reason)
    if not who.strip():
        return Line(number, who, gettext("缺少第二项"), "warn", gettext("请补姓名或证件号码后四位。"))
    return Line(number, who, gettext("没有查到"), "seal", gettext("编号与第二项对不上任何一张证书。"))


def _from_text(text: str) -> Sent:
    """One line each: the number, then the second item, parted by a tab, comma or blank. The number may hold blanks."""
    rows: list[tuple[str, str]] = []
    for written in text.replace("，", ",").replace("、", ",").splitlines():
        line = "\t".join(typed.line(part) for part in written.split("\t"))
        if not line.strip():
            continue
        number, mark, who = line.partition("\t") if "\t" in line else line.partition(",")
        if not mark:
            number, _, who = line.strip().rpartition(" ")
            number, who = (number, who) if number else (who, "")
        rows.append((number.strip()[:60], who.strip()[:60]))
    head = (gettext("证书编号"), gettext("姓名或后四位"))
    return Sent([head, *rows], 1, dict(enumerate(rows, start=1)))


def _from_file(given: UploadedFile[bytes]) -> Sent:
    if (given.size or 0) > _LIMITS.file_bytes:
        raise Unusable(gettext("文件超过 5 MB。核验只需要编号和姓名两列，请删去其他内容后再传。"))
    data = given.read()
    kind = file_kind(data, _LIMITS)
    if kind is FileKind.XLSX:
        grids = read_xlsx(data, _LIMITS, Watch())
    elif kind is FileKind.CSV:
        grids = read_csv(data, _LIMITS, WORDS.named_in, WORDS.name)
    else:
        raise Unusable(gettext("请把表格另存为 .xlsx 或 .csv 后再传。"))
    seen = [grid for grid in grids if not grid.hidden]
    if grids and not seen:
        raise Unusable(gettext("所有工作表都是隐藏的。请取消隐藏要核验的工作表后再传。"))
    rows = [[_text(cell) for cell in row] for row in seen[0].rows] if seen else []
    first, number_at, who_at = _columns(rows)
    return Sent(
        rows,
        first,
        {
            place: (row[number_at][:60], row[who_at][:60] if who_at is not None else "")
            for place, row in enumerate(rows[first:], start=first)
            if row[number_at].strip()
        },
    )


def _columns(rows: list[list[str]]) -> tuple[int, int, int | None]:
    """(first line, column of the number, column of the second item): by the heading, else the first two columns. A title
    above the table may hold the same words, so the line that names both columns is the heading before one that names one."""
    alone: tuple[int, int, int | None] | None = None
    for place, row in enumerate(rows[:20]):
        number, who = _at(row, _NUMBER_WORDS), _at(row, _WHO_WORDS)
        if number is not None and who is not None and number != who:
            return place + 1, number, who
        if number is not None and alone is None:
            alone = place + 1, number, None
    return alone or (0, 0, 1 if rows and len(rows[0]) > 1 else None)


def _at(row: list[str], words: Sequence[str]) -> int | None:
    for word in words:
        for place, cell in enumerate(row):
            if word in cell and len(cell) <= 20:
                return place
    return None


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _table(sent: Sent, lines: Sequence[Line]) -> HttpResponse:
    """The sender's own rows and columns, with the result and its explanation to the right of them."""
    import xlsxwriter

    data = io.BytesIO()
    width = max((len(row) for row in sent.rows), default=0)
    results = dict(zip(sent.pairs, lines, strict=True))
    with xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(gettext("核验结果"))
        strong = book.add_format({"bold": True})
        for place, row in enumerate(sent.rows):
            for column, value in enumerate(row):
                if value:
                    sheet.write_string(place, column, neutral(value))
            line = results.get(place)
            if line is not None:
                sheet.write_string(place, width, in_words(line.result))
                sheet.write_string(place, width + 1, neutral(in_words(line.detail)))
        if sent.first:
            sheet.write_string(sent.first - 1, width, gettext("核验结果"), strong)
            sheet.write_string(sent.first - 1, width + 1, gettext("说明"), strong)
        sheet.autofit()
    response = HttpResponse(data.getvalue(), content_type=SHEET_TYPE)
    response["Content-Disposition"] = 'attachment; filename="check-result.xlsx"'
    return response


def _page(desk: Desk, *, text: str = "", wrong: str = "", lines: Sequence[Line] = (), status: int = 200) -> Page:
    values: dict[str, object] = {
        "text": text,
        "wrong": Alert(title=gettext("没有核验"), text=wrong, tone="seal") if wrong else None,
        "most": MOST,
        "kpis": None,
        "table": None,
    }
    if lines:
        good = sum(line.tone == "good" for line in lines)
        values["kpis"] = [
            Figure(len(lines), gettext("核验行数")),
            Figure(good, gettext("真实有效"), tone="good" if good else ""),
            Figure(len(lines) - good, gettext("须再核对"), tone="warn" if good < len(lines) else ""),
        ]
        values["table"] = Table(
            columns=[Column(gettext(label)) for label in ("证书编号", "结果", "说明")],
            rows=[
                [Cell(line.number, mono=True), Cell(chip=Chip(line.result, line.tone)), line.detail] for line in lines
            ],
        )
    head = Head(
        gettext("批量核验"),
        crumbs=crumbs((gettext("证书核验"), reverse("check")), (gettext("批量核验"),)),
        lead=gettext("给用人单位核对一批证书：粘贴若干行，或上传表格，得到带结果的表格。提交的内容用完即弃，不留存。"),
    )
    return Page("public/check_batch.html", head, values, status)
