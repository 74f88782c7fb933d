"""The papers of an invented institution: something to look at in every kind of file that is taken."""

from __future__ import annotations

import zipfile
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import typst
import xlsxwriter

from hengjian.papers import fonts

EQUIPMENT = (
    ("配电实训台", "KLT-20", 20, "一号实训楼 101"),
    ("万用表", "MF-47", 40, "一号实训楼 101"),
    ("钳工工作台", "QG-6", 12, "一号实训楼 103"),
    ("数控车床", "CK-36", 6, "二号实训楼 201"),
)
PEOPLE = (("岳衡远", "考评员", "高级技师"), ("江鉴明", "考评员", "技师"), ("严守正", "内部质量督导员", "工程师"))


@cache
def a_material(kind: str) -> tuple[str, bytes]:
    """(file name, file) of an invented paper of this kind."""
    if "清单" in kind:
        return f"{kind}.xlsx", _workbook(kind, ("名称", "型号", "数量", "地点"), EQUIPMENT)
    if "名单" in kind:
        return f"{kind}.xlsx", _workbook(kind, ("姓名", "岗位", "职称或技能等级"), PEOPLE)
    if "制度" in kind or "说明" in kind:
        return f"{kind}.docx", _document(kind)
    try:
        return f"{kind}.pdf", _pdf(kind)
    except fonts.FontsMissing:  # a demonstration does not need the typefaces of papers
        return f"{kind}.docx", _document(kind)


def _workbook(title: str, head: tuple[str, ...], rows: tuple[tuple[object, ...], ...]) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 1, 5)})  # noqa: DTZ001 - a day written into a file, not a moment
    sheet = book.add_worksheet(title[:20])
    for number, row in enumerate((head, *rows)):
        sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _document(title: str) -> bytes:
    lines = (
        title,
        "本件为演示材料，机构和人员均为虚构。",
        "一、评价工作由评价负责人统一组织，命题、考务、阅卷分岗负责。",
        "二、试卷一案一封，启封须两人在场，全程记录。",
        "三、成绩公示五个工作日，有异议的由质量督导员核查后答复。",
    )
    body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{_TYPES}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_RELATION}" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_WORDS}"><w:body>{body}</w:body></w:document>',
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(
                zipfile.ZipInfo(name, (2026, 1, 5, 9, 0, 0)), f'<?xml version="1.0" encoding="UTF-8"?>{text}'
            )
    return out.getvalue()


def _pdf(title: str) -> bytes:
    text = f"""
#set page(width: 210mm, height: 297mm, margin: 28mm)
#set text(font: ("FandolSong", "Noto Serif CJK SC", "Noto Sans CJK SC"), size: 12pt, lang: "zh")
#align(center, text(size: 20pt)[{title}])
#v(12mm)
本件为演示材料，机构和人员均为虚构。

#table(columns: (40mm, 1fr), [单位名称], [演示评价机构], [申报事项], [职业技能等级认定备案], [材料名称], [{title}], [提交日期], [2026 年 1 月 5 日])

本单位对所提交材料的真实性负责。
"""
    folders = [str(path) for path in fonts.folders()]
    source: Any = text.encode()
    made: Any = typst.compile(source, font_paths=folders, ignore_system_fonts=True, timestamp=1767575000)
    return bytes(made)
