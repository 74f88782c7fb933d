"""A stored file shown in the page: pages and pictures made anew, tables and documents as text. Nothing of it can act here.

A page of a room asks `view` for the page of a file and `part` for one picture of it; both note who opened it, of which case.
The file itself is only ever given out to be saved (`taken`), under a policy that lets nothing in it run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.http import Http404, HttpResponse

from hengjian.authorities.file_openings import FileOpening, opened
from hengjian.files import preview
from hengjian.files.kinds import Kind, Unwelcome, looked_at
from hengjian.kernel.case import CaseModel
from hengjian.kernel.words import say
from hengjian.web.components import Cell, Component, Fact, Head, Pager, Row, Table, columns, facts
from hengjian.web.pages import Answer, Desk, Page
from hengjian.web.paging import part_of

PAGES_AT_ONCE = 10
NOTHING_ACTS = "default-src 'none'; sandbox"


@dataclass(frozen=True)
class Held:
    """A file and the case that holds it: `what` says which one it is without naming a person."""

    case: CaseModel
    sha256: str
    name: str
    what: str
    area_path: str


@dataclass(frozen=True, slots=True)
class Picture(Component):
    """A picture made from the file; `alt` says which page it is."""

    href: str
    alt: str


@dataclass(frozen=True, slots=True)
class FileView(Component):
    """What of a file is shown; `said` where it cannot be, or not whole."""

    facts: Sequence[Fact]
    take: str
    pictures: Sequence[Picture] = ()
    tables: Sequence[Table] = ()
    words: Sequence[str] = ()
    said: str = ""
    pager: Pager | None = None


def view(desk: Desk, held: Held, head: Head, take: str, picture: Callable[[int], str]) -> Answer:
    """The page that shows it. `take` is where it is saved from, `picture` the address of its picture of that number."""
    data = _opened(desk, held, FileOpening.How.SHOWN)
    told = facts(("文件名", held.name), ("大小", say("{size:.1f} KB", size=len(data) / 1024)), ("摘要", held.sha256))
    try:
        shown = _shown(desk, looked_at(held.name, data).kind, data, picture)
    except Unwelcome as unwelcome:
        shown = {"said": say("{why}不在网页里显示，可以保存后查看。", why=say(unwelcome.sentence, **unwelcome.values))}
    return Page("file_view.html", head, {"file": FileView(facts=told, take=take, **shown)})  # type: ignore[arg-type]


def _shown(desk: Desk, kind: Kind, data: bytes, picture: Callable[[int], str]) -> dict[str, object]:
    if kind.is_picture:
        return {"pictures": [Picture(picture(0), "图片")]}
    if kind is Kind.PDF:
        count = preview.page_count(data)
        part = part_of(desk, range(count), size=PAGES_AT_ONCE, kept=())
        shown = [Picture(picture(number), say("第 {number} 页", number=number + 1)) for number in part.rows]
        return {"pictures": shown, "pager": part.pager}
    if kind in (Kind.XLSX, Kind.XLS):
        sheets = preview.sheets(data)
        cut = any(sheet.more for sheet in sheets)
        said = say("表格较长，只显示每张表的前 {rows} 行；全文请保存后查看。", rows=preview.ROWS) if cut else ""
        return {"tables": [_table(sheet) for sheet in sheets if sheet.rows], "said": said}
    if kind is Kind.DOCX:
        return {"words": preview.words_of_document(data)}
    if kind in (Kind.TEXT, Kind.CSV):
        return {"words": preview.words_of_text(data)}
    return {"said": "这种文件不在网页里显示，可以保存后查看。"}


def _table(sheet: preview.SheetShown) -> Table:
    width = max(map(len, sheet.rows))
    rows = [[*row, *[""] * (width - len(row))] for row in sheet.rows]
    return Table(
        columns=columns("行", *map(letter, range(width))),
        rows=[Row([Cell(str(number)), *map(Cell, row)]) for number, row in enumerate(rows, start=1)],
        caption=sheet.name,
        caption_shown=True,
    )


def letter(column: int) -> str:
    """How a spreadsheet names its columns: A, B, … Z, AA."""
    return (letter(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)


def part(desk: Desk, held: Held, number: int) -> Answer:
    """One picture of it: a page of a PDF as PNG, a picture as JPEG without metadata; 404 where there is none."""
    data = _opened(desk, held, FileOpening.How.SHOWN)
    try:
        kind = looked_at(held.name, data).kind
        if kind is Kind.PDF:
            return _safely(HttpResponse(preview.page_picture(data, number), content_type="image/png"))
        if kind.is_picture and number == 0:
            return _safely(HttpResponse(preview.picture(data), content_type="image/jpeg"))
    except (Unwelcome, IndexError):
        raise Http404 from None
    raise Http404


def taken(desk: Desk, held: Held) -> Answer:
    """The file itself, to be saved."""
    response = HttpResponse(_opened(desk, held, FileOpening.How.TAKEN), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(held.name)}"
    return _safely(response)


def _opened(desk: Desk, held: Held, how: FileOpening.How) -> bytes:
    return opened(desk.actor, held.sha256, held.case, how, what=held.what, area_path=held.area_path)


def _safely(response: HttpResponse) -> HttpResponse:
    response.headers["Content-Security-Policy"] = NOTHING_ACTS
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
