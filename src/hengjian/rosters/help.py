"""The help page of the roster's columns: rows made from the one specification, the same that stand in the template."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.kernel.words import in_words, listed, say
from hengjian.rosters.columns import TEMPLATE, Column, Kind


@dataclass(frozen=True)
class HelpRow:
    title: str
    required_when: str
    type: str
    help: str
    choices: tuple[str, ...]
    synonyms: tuple[str, ...]
    example: str


def help_row(column: Column) -> HelpRow:
    table = column.code_table
    return HelpRow(
        title=column.title,
        required_when=column.required_when or "选填",
        type=column.type.label,
        help=column.help,
        choices=tuple(entry.title for entry in table.entries) if table else (),
        synonyms=tuple(word for word in column.synonyms if not word.isascii()),
        example=column.example,
    )


def help_rows() -> tuple[HelpRow, ...]:
    """One row per column, in the order of the template."""
    return tuple(help_row(column) for column in TEMPLATE)


FORMATS = (
    "可上传 .xlsx、.xls、.csv（UTF-8 或 GB18030 编码）与 WPS 表格；按文件内容识别，与扩展名无关。",
    "列的顺序不限，多余的列不读取；表头可在标题行、说明行之后，可为两行。",
    "证件号码、手机号码、编号各列须为文本格式；以数值存放的证件号码会丢失末几位，只能重新录入。",
    "日期可写到日、月或年，按所写的精度保留。",
    "上传只作核查，不改动原文件；标注的名册在有问题的单元格加批注，右侧新增“核查意见”一列，另附“核查意见汇总”页；改正后可再次上传。",
    "有一行存在错误，名册就不能提交；其余各行的核查不受影响。",
)


def note_of(column: Column) -> str:
    """What stands in the note of a header cell of the template."""
    row = help_row(column)
    lines = [
        row.help,
        say("填写要求：{required_when}", required_when=row.required_when),
        say("格式：{type}", type=row.type),
    ]
    if column.type in (Kind.CODE, Kind.FLAG, Kind.LEVEL, Kind.CODES) and len(row.choices) <= 12:
        lines.append(say("可填：{choices}", choices=listed(row.choices)))
    if row.example:
        lines.append(say("例：{example}", example=row.example))
    return "\n".join(map(in_words, lines))
