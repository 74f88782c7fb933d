"""An empty table to fill in, made from the declared columns: headings, notes, drop-downs, one sheet with an example."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from hengjian.kernel.words import in_words, listed, say
from hengjian.tables.columns import Column
from hengjian.tables.outgoing import FONT
from hengjian.tables.tongues import sheet_name

ROWS = 1_000
_HEADER = 1  # from 0: title, header
_INLINE = 200  # a drop-down written in the sheet itself holds 255 characters
EXAMPLE = "填写示例"


def blank(columns: Sequence[Column], title: str, name: str) -> bytes:
    """An .xlsx in the reader's language; `name` is that of its first sheet. The sheet with the example is told apart by its name and never read."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        _page(book, book.add_worksheet(sheet_name(name)), columns, title, example=False)
        _page(book, book.add_worksheet(sheet_name(EXAMPLE)), columns, title, example=True)
    return out.getvalue()


def note_of(column: Column) -> str:
    """What stands in the note of a header cell."""
    lines = [column.help, "必填" if column.required else "选填"]
    if column.choices:
        lines.append(say("可填：{choices}", choices=listed(column.choices)))
    if column.example:
        lines.append(say("例：{example}", example=column.example))
    return "\n".join(map(in_words, lines))


def _page(book: Any, page: Any, columns: Sequence[Column], title: str, *, example: bool) -> None:
    text = book.add_format({"font_name": FONT, "font_size": 11, "num_format": "@"})
    head = {
        "font_name": FONT,
        "font_size": 11,
        "bold": True,
        "border": 1,
        "border_color": "#C5CCD6",
        "text_wrap": True,
    }
    required, optional = (
        book.add_format({**head, "bg_color": "#DCE6F2"}),
        book.add_format({**head, "bg_color": "#F1F3F6"}),
    )
    page.write_string(0, 0, in_words(title), book.add_format({"font_name": FONT, "font_size": 14, "bold": True}))
    page.freeze_panes(_HEADER + 1, 0)
    for place, column in enumerate(columns):
        page.set_column(place, place, column.width, text)
        heading = f"{in_words(column.title)}*" if column.required else in_words(column.title)
        page.write_string(_HEADER, place, heading, required if column.required else optional)
        page.write_comment(_HEADER, place, note_of(column), {"x_scale": 2.0, "y_scale": 1.4, "font_size": 9})
        if example:
            page.write_string(_HEADER + 1, place, column.example, text)
        elif column.choices and len(",".join(column.choices)) < _INLINE:
            rule = {"validate": "list", "source": list(column.choices), "error_title": in_words(column.title)[:32]}
            rule["error_message"] = in_words("请从下拉列表中选择。")
            page.data_validation(_HEADER + 1, place, _HEADER + ROWS, place, rule)
