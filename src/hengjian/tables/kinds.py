"""Which kind of file it is, by its first bytes and its parts, never by its name."""

from __future__ import annotations

import zipfile
from enum import StrEnum
from io import BytesIO

from hengjian.kernel.words import say
from hengjian.tables.compound import WORKBOOK, Damaged, streams
from hengjian.tables.limits import Limits, Unreadable
from hengjian.tables.package import BROKEN

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = "这是 Word 文档，不是表格。请上传 .xlsx、.xls 或 .csv 文件。"
BROKEN_CONTAINER = "文件已损坏，无法读取。请用表格软件重新打开并另存为 .xlsx 后上传。"
_ZIP = b"PK\x03\x04"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_STRANGERS = {
    b"%PDF": "PDF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"{\\rtf": "RTF 文档",
}


class FileKind(StrEnum):
    XLSX = "xlsx"
    XLS = "xls"
    HTML = "html"
    XML = "xml"
    CSV = "csv"

    @property
    def label(self) -> str:
        titles = {"xlsx": "Excel 工作簿", "xls": "Excel 97–2003 工作簿或 WPS 表格", "html": "网页格式的表格"}
        return titles.get(self.value, "XML 表格" if self is FileKind.XML else "文本表格（CSV）")


def file_kind(data: bytes, limits: Limits) -> FileKind:
    """The kind, or a refusal that says what the file is instead."""
    if not data.strip():
        raise Unreadable("文件是空的，没有任何内容。")
    if len(data) > limits.file_bytes:
        raise Unreadable(
            say(
                "文件超过 {file_bytes} MiB 的上限。请分批上传，或删除文件中的图片。",
                file_bytes=limits.file_bytes // 1024 // 1024,
            )
        )
    if data.startswith(_OLE):
        return _compound(data)
    if data.startswith(_ZIP):
        return _zipped(data)
    for mark, name in _STRANGERS.items():
        if data.startswith(mark):
            raise Unreadable(say("这是{name}，不是表格。请上传 .xlsx、.xls 或 .csv 文件。", name=name))
    head = data[:4096]
    for mark in _MARKS:
        head = head.removeprefix(mark)
    plain = head.replace(b"\0", b"").lstrip().lower()
    if plain.startswith(b"<"):
        spreadsheet = b"urn:schemas-microsoft-com:office:spreadsheet" in data[:8192].replace(b"\0", b"")
        return FileKind.XML if spreadsheet and b"<html" not in plain[:1024] else FileKind.HTML
    return FileKind.CSV


def _compound(data: bytes) -> FileKind:
    try:
        names = streams(data)
    except Damaged:
        raise Unreadable(WORD if "WordDocument".encode("utf-16-le") in data else BROKEN_CONTAINER) from None
    if "encryptedpackage" in names:
        raise Unreadable("文件设有打开密码，无法读取。请取消密码后重新上传。")
    if names & {name.lower() for name in WORKBOOK}:
        return FileKind.XLS
    if "worddocument" in names:
        raise Unreadable(WORD)
    raise Unreadable("这不是表格文件。请上传 .xlsx、.xls 或 .csv 文件。")


def _zipped(data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = [name.replace("\\", "/") for name in archive.namelist()]
    except Exception as broken:  # the directory of a mutated archive fails in many ways
        raise Unreadable(BROKEN) from broken
    leaves = {name.rpartition("/")[2].lower() for name in names}
    if "workbook.bin" in leaves:
        raise Unreadable("这是二进制工作簿（.xlsb）。请另存为 .xlsx 后重新上传。")
    if "workbook.xml" in leaves:
        return FileKind.XLSX
    if any(name.startswith("word/") for name in names):
        raise Unreadable(WORD)
    if "content.xml" in leaves:
        raise Unreadable("这是开放文档表格（.ods）。请另存为 .xlsx 后重新上传。")
    if any(name.lower().endswith((".xlsx", ".xls", ".csv")) for name in names):
        raise Unreadable("这是压缩包。请先解压，再上传其中的表格文件。")
    raise Unreadable("这不是表格文件。请上传 .xlsx、.xls 或 .csv 文件。")
