"""A file shown as something that cannot act: pages of a PDF and pictures as fresh pictures, a document as its words.

Nothing of the file itself reaches the reader's browser but pixels and plain text; metadata stay behind.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

import pypdfium2
from lxml import etree
from PIL import Image, ImageOps
from python_calamine import CalamineError, CalamineWorkbook

from hengjian.files.kinds import Unwelcome, opened_picture

PAGE_PIXELS = 1400  # the longer side
SHEETS, ROWS, COLUMNS = 3, 60, 20
WORDS = 200_000  # characters of a document that are shown
PART = 64 * 1024 * 1024
_ONE_AT_A_TIME = Lock()  # the renderer is not made for threads
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def page_count(pdf: bytes) -> int:
    """Raises Unwelcome where it cannot be read."""
    with _ONE_AT_A_TIME, _opened(pdf) as document:
        return len(document)


def page_picture(pdf: bytes, page: int, pixels: int = PAGE_PIXELS) -> bytes:
    """One page, counted from 0, as PNG. Raises IndexError for one that is not there, Unwelcome."""
    with _ONE_AT_A_TIME, _opened(pdf) as document:
        if not 0 <= page < len(document):
            raise IndexError(page)
        found = document[page]
        width, height = found.get_size()
        picture = found.render(scale=min(pixels / max(width, height, 1), 4), may_draw_forms=False).to_pil()
    return _png(picture)


def picture(data: bytes, pixels: int = PAGE_PIXELS) -> bytes:
    """The picture made anew as JPEG, turned as its camera said, no larger than that, without anything it said besides."""
    with opened_picture(data) as found:
        turned = ImageOps.exif_transpose(found)
        turned.thumbnail((pixels, pixels))
        return _jpeg(turned)


def words_of_document(docx: bytes) -> list[str]:
    """The paragraphs of a .docx in order, cells of tables as paragraphs of their own; no markup. Raises Unwelcome."""
    try:
        with zipfile.ZipFile(BytesIO(docx)) as archive, archive.open("word/document.xml") as part:
            xml = part.read(PART + 1)
        if len(xml) > PART:
            raise Unwelcome("文件展开后过大。", "请分成几份，或删除其中的图片后重新上传。")
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError, OSError, NotImplementedError) as broken:
        raise Unwelcome("文件已损坏或不完整，打不开。", "请用原来的软件打开、另存后重新上传。") from broken
    found, left = [], WORDS
    for paragraph in root.iter(f"{_W}p"):
        text = "".join(
            (part.text or "") if part.tag == f"{_W}t" else "\t" if part.tag == f"{_W}tab" else "\n"
            for part in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br")
        ).strip()
        if text:
            found.append(text[:left])
            left -= len(text)
        if left <= 0:
            break
    return found


@dataclass(frozen=True)
class SheetShown:
    """The first rows of a sheet as text; `more` rows follow that are not shown."""

    name: str
    rows: list[list[str]]
    more: int


def sheets(data: bytes) -> list[SheetShown]:
    """The first sheets of a workbook, the first rows and columns of each, as text. Raises Unwelcome."""
    found = []
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        for name in book.sheet_names[:SHEETS]:
            rows = book.get_sheet_by_name(name).to_python(nrows=ROWS + 1)
            height = book.get_sheet_by_name(name).total_height
            shown = [[_cell(cell) for cell in row[:COLUMNS]] for row in rows[:ROWS]]
            found.append(SheetShown(name, shown, max(0, height - ROWS)))
    except (CalamineError, OSError, ValueError) as broken:
        raise Unwelcome("文件已损坏或不完整，打不开。", "请用原来的软件打开、另存后重新上传。") from broken
    return found


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:200]


def words_of_text(data: bytes) -> list[str]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)[:WORDS].splitlines()
        except UnicodeDecodeError:
            continue
    return []


def _opened(pdf: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as broken:
        raise Unwelcome("文件已损坏或不完整，打不开。", "请用原来的软件打开、另存后重新上传。") from broken


def _png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.convert("RGB").save(out, "PNG", optimize=False)
    return out.getvalue()


def _jpeg(picture: Image.Image, quality: int = 85) -> bytes:
    """Without EXIF, profile or comment: those are written only where they are passed on. What is transparent lies on white."""
    out = BytesIO()
    if picture.mode in ("RGBA", "LA", "P"):
        over = picture.convert("RGBA")
        picture = Image.new("RGB", over.size, "white")
        picture.paste(over, mask=over.getchannel("A"))
    fresh = Image.new("RGB", picture.size)
    fresh.paste(picture.convert("RGB"))
    fresh.save(out, "JPEG", quality=quality)
    return out.getvalue()
