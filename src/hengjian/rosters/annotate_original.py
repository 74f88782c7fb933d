"""Marks written into the user's own .xlsx, part by part: only touched rows are changed, all others pass as bytes.

Kept are the workbook, its sheets, formats, strings and theme. Left out is whatever could act or call out: macros, formulas,
links, embedded objects, connections, drawings. Text that begins like a formula is made plain.
"""

import re
from collections.abc import Mapping

from hengjian.rosters.annotate_styles import Styles
from hengjian.rosters.findings import Severity
from hengjian.rosters.marks import OPINION_WIDTH, NotPatchable, SheetMarks, height_of
from hengjian.rosters.outgoing import escaped, neutral, neutral_strings, without_formulas
from hengjian.rosters.packing import Archive, Packed, packed
from hengjian.rosters.reading.limits import Limits
from hengjian.rosters.reading.markup import (
    attributes,
    column_letters,
    column_number,
    sheet_parts,
    within_bounds,
    workbook_part,
)
from hengjian.rosters.reading.package import Package
from hengjian.rosters.reading.roster import Reading

_KEPT_RELATIONS = ("/worksheet", "/styles", "/sharedStrings", "/theme")
_relation = re.compile(rb"<Relationship\s[^<>]*?/>|<Relationship\s[^<>]*>\s*</Relationship>")
_override = re.compile(rb"<Override\s[^<>]*?/>|<Override\s[^<>]*>\s*</Override>")
_book_dropped = re.compile(
    rb"<(externalReferences|definedNames|pivotCaches|extLst|functionGroups|customWorkbookViews|smartTagPr|fileRecoveryPr|"
    rb"webPublishing|oleSize)\b(?:[^<>]*/>|.*?</\1>)",
    re.DOTALL,
)
_sheet_dropped = re.compile(
    rb"<(drawing|legacyDrawing|legacyDrawingHF|picture|oleObjects|controls|tableParts|hyperlinks|webPublishItems|extLst|"
    rb"customProperties|customSheetViews|smartTags|cellWatches|scenarios|dataConsolidate)\b(?:[^<>]*?/>|.*?</\1>)",
    re.DOTALL,
)
_dropped_opening = re.compile(
    rb"<(?:mc:AlternateContent|drawing|legacyDrawing|picture|oleObjects|controls|tableParts|"
    rb"hyperlinks|webPublishItems|extLst|customProperties|customSheetViews|smartTags|cellWatches|scenarios|dataConsolidate|"
    rb"externalReferences|definedNames|pivotCaches|functionGroups|customWorkbookViews|webPublishing|oleSize)\b"
)
_MOST_DROPPED = 2_000
_LONGEST_BOOK = 200_000
_alternate = re.compile(rb"<mc:AlternateContent\b.*?</mc:AlternateContent>", re.DOTALL)
_related = re.compile(rb"\s\w+:id=\"[^\"]*\"")
_sheet_data = re.compile(rb"<sheetData\b[^<>]*>")
_cell = re.compile(rb'<c r="([A-Z]+)\d+"[^<>]*?(?:/>|>(?:[^<]++|<(?!/?c[\s>]))*+</c>)')
_style = re.compile(rb'\ss="(\d+)"')
_row_r = re.compile(rb'\br="(\d+)"')
_height = re.compile(rb'\sht="([0-9.]+)"')
_DEFAULT_HEIGHT = 16.5
_column = re.compile(rb"<col\s[^<>]*?/>|<col\s[^<>]*>\s*</col>")
_MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_MACRO_TEMPLATE = b"application/vnd.ms-excel.template.macroEnabled.main+xml"
_TEMPLATE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml"
_PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def marked_original(reading: Reading, marks: Mapping[str, SheetMarks]) -> bytes:
    package = Package(reading.original, Limits())
    book = workbook_part(package)
    folder, _, leaf = book.rpartition("/")
    relations = f"{folder}/_rels/{leaf}.rels"
    styles_part = f"{folder}/styles.xml"
    sheets = sheet_parts(package)
    if not folder or styles_part not in package or relations not in package:
        raise NotPatchable
    styles = Styles(package.part(styles_part))
    out: dict[str, bytes] = {book: _book(package.part(book))}
    out[relations], kept = _relations(package.part(relations), folder)
    for name, part in sheets.items():
        xml = package.part(part)
        found = reading.sheet(name)
        if found is not None and found.grid.facts.trimmed:
            xml = within_bounds(xml, name)
        out[part] = marked_sheet(xml, marks.get(name), styles)
    untouched: dict[str, Packed] = {}
    for part in kept:
        if part in out or part not in package or part == styles_part:
            continue
        raw = package.part(part)
        clean = neutral_strings(raw) if part.endswith("sharedStrings.xml") else raw
        as_it_was = package.packed(part) if clean is raw or clean == raw else None
        if as_it_was is not None:
            untouched[part] = as_it_was
        else:
            out[part] = clean
    out[styles_part] = styles.part()
    out["[Content_Types].xml"] = _types(package.part("[Content_Types].xml"), {*out, *untouched})
    out["_rels/.rels"] = (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="'
        + book.encode()
        + b'"/></Relationships>'
    )
    archive = Archive()
    for name in [
        "[Content_Types].xml",
        "_rels/.rels",
        *sorted({*out, *untouched} - {"[Content_Types].xml", "_rels/.rels"}),
    ]:
        archive.add(name, untouched[name] if name in untouched else packed(out.pop(name)))
    return archive.to_bytes()


def _book(xml: bytes) -> bytes:
    if b"<sheets" not in xml or len(xml) > _LONGEST_BOOK:
        raise NotPatchable
    return _still(_book_dropped.sub(b"", xml), keep_relations=True)


def _relations(xml: bytes, folder: str) -> tuple[bytes, set[str]]:
    kept: set[str] = set()

    def keep(found: re.Match[bytes]) -> bytes:
        tag = attributes(found[0])
        if not tag.get("Type", "").endswith(_KEPT_RELATIONS) or tag.get("TargetMode") == "External":
            return b""
        target = tag.get("Target", "")
        kept.add(target.lstrip("/") if target.startswith("/") else f"{folder}/{target}")
        return found[0]

    return _relation.sub(keep, xml), kept


def _types(xml: bytes, parts: set[str]) -> bytes:
    for found in (_MACRO_TYPE, _MACRO_TEMPLATE, _TEMPLATE):
        xml = xml.replace(found, _PLAIN_TYPE)

    def keep(found: re.Match[bytes]) -> bytes:
        return found[0] if attributes(found[0]).get("PartName", "").lstrip("/") in parts else b""

    return _override.sub(keep, xml)


def marked_sheet(xml: bytes, marks: SheetMarks | None, styles: Styles) -> bytes:
    """One sheet without what acts, and with its marks where it was read."""
    opening = _sheet_data.search(xml)
    if opening is None:
        raise NotPatchable
    end = xml.rfind(b"</sheetData>")
    if end < 0:
        if opening[0].endswith(b"/>"):
            return _still(xml)
        raise NotPatchable
    head = _still(xml[: opening.start()])
    tail = _still(xml[end:])
    data = without_formulas(xml[opening.start() : end])
    if marks is None:
        return head + data + tail
    rows = data.split(b"</row>")
    _mark_rows(rows, marks, styles)
    return _with_column(head, marks.column) + b"</row>".join(rows) + tail


def _still(xml: bytes, *, keep_relations: bool = False) -> bytes:
    if (
        sum(1 for _ in _dropped_opening.finditer(xml)) > _MOST_DROPPED
    ):  # no sheet has so many; the search would take long
        raise NotPatchable
    still = _sheet_dropped.sub(b"", _alternate.sub(b"", xml))
    return still if keep_relations else _related.sub(b"", still)


def _mark_rows(rows: list[bytes], marks: SheetMarks, styles: Styles) -> None:
    """Touches the rows that have findings, and the header."""
    letters = column_letters(marks.column)
    wanted = {**marks.sentences, marks.header_row: marks.heading}
    for place, chunk in enumerate(rows[:-1]):
        begin = chunk.rfind(b"<row")
        found = _row_r.search(chunk, begin, chunk.find(b">", begin)) if begin >= 0 else None
        if found is None:
            raise NotPatchable
        number = int(found[1])
        if number not in wanted:
            continue
        severity = None if number == marks.header_row else marks.severities[number]
        row = chunk[begin:]
        opinion = _opinion(letters, number, wanted[number], styles.opinion(severity))
        row = _tall_enough(row, height_of(wanted.pop(number)))
        marked = _marked_row(row, number, marks.cells.get(number, {}), marks.column, opinion, styles)
        rows[place] = chunk[:begin] + marked
    if marks.header_row in wanted:
        raise NotPatchable


def _opinion(letters: str, number: int, text: str, style: int) -> bytes:
    body = escaped(neutral(text))
    return (
        f'<c r="{letters}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{body}</t></is></c>'.encode()
    )


def _marked_row(
    row: bytes, number: int, cells: Mapping[int, Severity], column: int, opinion: bytes, styles: Styles
) -> bytes:
    close = row.find(b">")
    tag, body = row[: close + 1], row[close + 1 :]
    tag = re.sub(rb'\sspans="[^"]*"', b"", tag)
    absent: dict[int, bytes] = {column: opinion}
    for place, severity in cells.items():
        name = f'<c r="{column_letters(place)}{number}"'.encode()
        at = body.find(name)
        if at < 0:
            absent[place] = name + b' s="%d"/>' % styles.marked(0, severity)
            continue
        stop = body.find(b">", at)
        body = body[:at] + _restyled(body[at:stop], severity, styles) + body[stop:]
    return tag + _inserted(body, absent)


def _tall_enough(row: bytes, height: float) -> bytes:
    close = row.find(b">")
    tag = row[:close]
    found = _height.search(tag)
    if height <= max(_DEFAULT_HEIGHT, float(found[1]) if found else 0.0):
        return row
    tag = _height.sub(b"", re.sub(rb'\scustomHeight="[^"]*"', b"", tag))
    return tag + b' ht="%.1f" customHeight="1"' % height + row[close:]


def _restyled(tag: bytes, severity: Severity, styles: Styles) -> bytes:
    found = _style.search(tag)
    style = styles.marked(int(found[1]) if found else 0, severity)
    bare = _style.sub(b"", tag)
    alone = bare.endswith(b"/")
    return bare.removesuffix(b"/") + b' s="%d"' % style + (b"/" if alone else b"")


def _inserted(body: bytes, absent: Mapping[int, bytes]) -> bytes:
    """Cells put where they belong; one that was there is replaced. Rows are mostly shorter than the added column."""
    last = body.rfind(b'<c r="')
    if last >= 0:
        stop = last + 6
        while body[stop : stop + 1].isalpha():
            stop += 1
        if all(column > column_number(body[last + 6 : stop].decode()) for column in absent):
            return body + b"".join(cell for _, cell in sorted(absent.items()))
    found = {column_number(cell[1].decode()): cell[0] for cell in _cell.finditer(body)}
    return b"".join(cell for _, cell in sorted({**found, **absent}.items()))


def _with_column(head: bytes, column: int) -> bytes:
    """The widths with that of the added column; the stated extent of the sheet is left out, it would be wrong."""
    head = re.sub(rb"<dimension\b[^<>]*/>", b"", head)
    number = column + 1
    own = f'<col min="{number}" max="{number}" width="{OPINION_WIDTH}" customWidth="1"/>'.encode()
    begin, end = head.find(b"<cols>"), head.find(b"</cols>")
    if begin < 0 or end < 0:
        return re.sub(rb"<cols\s*/>", b"", head) + b"<cols>" + own + b"</cols>"
    spans: list[tuple[int, bytes]] = [(number, own)]
    for tag in _column.findall(head[begin:end]):
        given = attributes(tag)
        first, last = int(given.get("min", "1")), int(given.get("max", "1"))
        for start, stop in ((first, min(last, number - 1)), (max(first, number + 1), last)):
            if start <= stop:
                cut = re.sub(rb'\bmin="\d+"', b'min="%d"' % start, tag)
                spans.append((start, re.sub(rb'\bmax="\d+"', b'max="%d"' % stop, cut)))
    return head[:begin] + b"<cols>" + b"".join(tag for _, tag in sorted(spans)) + head[end:]
