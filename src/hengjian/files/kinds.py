"""What a file is, by its bytes and never by its name; and whether anything in it could act or cannot be opened.

    looked_at("营业执照.pdf", data)      # Looked(kind=Kind.PDF) or raises Unwelcome with a sentence and what mends it

A file whose name says another kind than its bytes, that is locked, or that brings a programme with it is not taken.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from warnings import catch_warnings, simplefilter

import olefile
import pikepdf
from PIL import Image, UnidentifiedImageError

PIXELS = 80_000_000  # a picture larger than that is a bomb or a mistake; technical bounds, not numbers of the law
ENTRIES, EXPANDED = 5_000, 512 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Kind(StrEnum):
    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    XLSX = "xlsx"
    XLS = "xls"
    DOCX = "docx"
    DOC = "doc"
    CSV = "csv"
    TEXT = "txt"
    ZIP = "zip"

    @property
    def media(self) -> str:
        return _MEDIA[self]

    @property
    def is_picture(self) -> bool:
        return self in (Kind.JPEG, Kind.PNG)


_OFFICE = "application/vnd.openxmlformats-officedocument"
_MEDIA = {
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    Kind.XLS: "application/vnd.ms-excel",
    Kind.DOCX: f"{_OFFICE}.wordprocessingml.document",
    Kind.DOC: "application/msword",
    Kind.CSV: "text/csv",
    Kind.TEXT: "text/plain",
    Kind.ZIP: "application/zip",
}
_SUFFIXES = {"jpg": Kind.JPEG, "jpe": Kind.JPEG, "text": Kind.TEXT, "et": Kind.XLS, "wps": Kind.DOC}


class Unwelcome(ValueError):
    """The file is not taken; `remedy` says what mends it. Both are to be said with `values` (`kernel.words.say`, which is
    above this storey)."""

    def __init__(self, sentence: str, remedy: str, **values: str) -> None:
        super().__init__(sentence)
        self.sentence, self.remedy, self.values = sentence, remedy, values


@dataclass(frozen=True)
class Looked:
    kind: Kind
    size: int


def looked_at(name: str, data: bytes) -> Looked:
    """Raises Unwelcome. The name only has to agree with what the bytes are."""
    kind = kind_of(data)
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    named = _SUFFIXES.get(suffix) or (Kind(suffix) if suffix in list(Kind) else None)
    if kind is Kind.TEXT and named is Kind.CSV:
        kind = Kind.CSV
    if named is not kind:
        raise Unwelcome(
            "文件名是“{name}”，内容却是 {kind}。",
            "请核对是否选对了文件，并把扩展名改为 .{kind} 后重新上传。",
            name=name[-60:],
            kind=kind.value,
        )
    if kind in _ASKED:
        _ASKED[kind](data)
    return Looked(kind, len(data))


def kind_of(data: bytes) -> Kind:
    """By the first bytes and the parts. Raises Unwelcome for what is none of these."""
    if not data.strip():
        raise Unwelcome("文件是空的。", "请核对是否选对了文件。")
    if data.startswith(b"%PDF-"):
        return Kind.PDF
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data.startswith(_OLE):
        return _compound(data)
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if _is_text(data):
        return Kind.TEXT
    raise Unwelcome("这种文件不收。", "请另存为 PDF、JPG、PNG、DOCX、XLSX 或 CSV 后重新上传。")


def _is_text(data: bytes) -> bool:
    """Decodes, has no control characters, and is no page of the web or drawing."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not any(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in text) and not text.lstrip().startswith("<")
    return False


def _compound(data: bytes) -> Kind:
    try:
        with olefile.OleFileIO(BytesIO(data)) as file:
            names = {"/".join(path).lower() for path in file.listdir(streams=True, storages=True)}
    except Exception as broken:  # a mutated container fails in many ways
        raise _broken() from broken
    if "encryptedpackage" in names:
        raise _locked()
    if any("vba" in name or "macros" in name for name in names):
        raise _active("宏")
    if names & {"workbook", "book"}:
        return Kind.XLS
    if "worddocument" in names:
        return Kind.DOC
    raise Unwelcome("这种文件不收。", "请另存为 PDF、DOCX 或 XLSX 后重新上传。")


def _zipped(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except Exception as broken:
        raise _broken() from broken
    if len(parts) > ENTRIES or sum(part.file_size for part in parts) > EXPANDED:
        raise Unwelcome("文件展开后过大。", "请分成几份，或删除其中的图片后重新上传。")
    if any(part.flag_bits & 1 for part in parts):
        raise _locked()
    names = {part.filename.replace("\\", "/").lower() for part in parts}
    kind = Kind.ZIP
    if "word/document.xml" in names:
        kind = Kind.DOCX
    elif "xl/workbook.xml" in names or any(name.endswith("/workbook.xml") for name in names):
        kind = Kind.XLSX
    elif "[content_types].xml" in names or "mimetype" in names:
        raise Unwelcome("这种文件不收。", "请另存为 PDF、DOCX 或 XLSX 后重新上传。")
    if kind is not Kind.ZIP and (found := next(_programmes(names), "")):
        raise _active(found)
    return kind


def _programmes(names: set[str]) -> Iterator[str]:
    for name in sorted(names):
        if name.endswith("vbaproject.bin") or "/macrosheets/" in name:
            yield "宏"
        if "/activex/" in name:
            yield "控件"
        if "/embeddings/" in name and name.endswith((".bin", ".exe")):
            yield "嵌入的对象"


_ACTING = ("/JavaScript", "/JS", "/Launch", "/RichMedia", "/EmbeddedFile", "/XFA", "/ImportData", "/SubmitForm")


def _pdf(data: bytes) -> None:
    try:
        with pikepdf.open(BytesIO(data)) as file:
            if file.is_encrypted:
                raise _locked()
            if not len(file.pages):
                raise _broken()
            for part in file.objects:
                if isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
                    _ask(part)
    except pikepdf.PasswordError:
        raise _locked() from None
    except Unwelcome:
        raise
    except Exception as broken:  # a mutated file fails in many ways
        raise _broken() from broken


def _ask(part: pikepdf.Object, depth: int = 0) -> None:
    """Also what stands directly inside: an action need not be an object of its own."""
    held = part.stream_dict if isinstance(part, pikepdf.Stream) else part
    for key in held.keys():  # noqa: SIM118 - no mapping
        value = held.get(key)
        said = str(value) if isinstance(value, pikepdf.Name) else ""
        if key in _ACTING or (key in ("/S", "/Type", "/Subtype") and said in _ACTING):
            raise _active("脚本或附带的文件")
        if depth < 12 and not getattr(value, "is_indirect", False):
            for inner in value if isinstance(value, pikepdf.Array) else (value,):
                if isinstance(inner, pikepdf.Dictionary):
                    _ask(inner, depth + 1)


def _picture(data: bytes) -> None:
    opened_picture(data).close()


def opened_picture(data: bytes) -> Image.Image:
    """Decoded as a whole, so that what is cut or mutated is found. Raises Unwelcome."""
    try:
        with catch_warnings():
            simplefilter("ignore", Image.DecompressionBombWarning)
            found: Image.Image = Image.open(BytesIO(data), formats=("JPEG", "PNG"))
            if found.width * found.height > PIXELS:
                raise Unwelcome("图片的像素过多。", "请缩小后重新上传。")
            found.load()
    except Unwelcome:
        raise
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as broken:
        raise _broken() from broken
    return found


_ASKED: dict[Kind, Callable[[bytes], None]] = {Kind.PDF: _pdf, Kind.JPEG: _picture, Kind.PNG: _picture}


def _locked() -> Unwelcome:
    return Unwelcome("文件设有密码，打不开。", "请取消密码后重新上传。")


def _broken() -> Unwelcome:
    return Unwelcome("文件已损坏或不完整，打不开。", "请用原来的软件打开、另存后重新上传。")


def _active(what: str) -> Unwelcome:
    return Unwelcome("文件里有{what}，不收。", "请打印成 PDF，或去掉以后另存，再重新上传。", what=what)
