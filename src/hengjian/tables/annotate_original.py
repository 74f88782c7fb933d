"""Marks written into the user's own .xlsx, part by part: only touched rows are changed, all others pass as bytes.

Kept are the workbook, its sheets, formats, strings and theme. Left out is whatever could act or call out: macros, formulas,
links, embedded objects, connections, drawings. Text that begins like a formula is made plain.
"""

import re
from collections.abc import Mapping, Sequence

from hengjian.kernel.words import in_words
from hengjian.tables.annotate_notes import SUMMARY, comments_part, drawing_part, lines_of, notes_of, summary_part
from hengjian.tables.annotate_styles import Styles
from hengjian.tables.book import book_of, laid_out
from hengjian.tables.findings import Finding, Severity
from hengjian.tables.limits import Limits
from hengjian.tables.marks import OPINION_WIDTH, NotPatchable, SheetMarks, height_of
from hengjian.tables.markup import column_letters, column_number, with_bounded_merges, within_bounds
from hengjian.tables.outgoing import escaped, neutral, neutral_strings, without_formulas
from hengjian.tables.package import Package
from hengjian.tables.packing import Archive, Packed, packed
from hengjian.tables.sheets import Opened
from hengjian.tables.tongues import named, sheet_name
from hengjian.tables.xml import well_formed

_attribute = re.compile(rb'([\w:.-]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')
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
_alternate = re.compile(rb"</?mc:AlternateContent\b[^<>]*>")
_sheet_id = re.compile(rb'\bsheetId="(\d{1,6})"')
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_STRICT = b"purl.oclc.org/ooxml"  # the strict form has other names for everything
_SUMMARY_ID = "rIdOpinions"
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


def marked_original(reading: Opened, marks: Mapping[str, SheetMarks], findings: Sequence[Finding]) -> bytes:
    package = Package(reading.original, Limits())
    book = book_of(package)
    if book.odd or package.odd:  # laid out as every reader expects it, then marked
        package = Package(laid_out(package, book, {}), Limits())
        book = book_of(package)
    folder, _, leaf = book.part.rpartition("/")
    relations = f"{folder}/_rels/{leaf}.rels"
    if not folder or not book.styles or relations not in package or _STRICT in package.part(book.part):
        raise NotPatchable
    styles = Styles(package.part(book.styles))
    out: dict[str, bytes] = {}
    added: dict[str, str] = {}  # part → its kind of content
    for number, entry in enumerate(book.sheets, start=1):
        xml = package.part(entry.part)
        found = reading.sheet(entry.name)
        if found is not None and found.grid.facts.trimmed:
            xml = within_bounds(xml, entry.name)
        xml = with_bounded_merges(xml, Limits().rows - 1)
        out[entry.part] = marked_sheet(xml, marks.get(entry.name), styles)
        notes = notes_of(marks[entry.name]) if entry.name in marks else []
        if notes:
            _add_notes(out, added, entry.part, notes, number)
    summary = next(
        (entry.part for entry in book.sheets if named(entry.name, (SUMMARY,))), f"{folder}/worksheets/opinions.xml"
    )
    if summary not in out:
        added[summary] = "worksheet"
    told = lines_of(findings, reading.words.titles)
    out[summary] = summary_part(told, styles.opinion(None), {in_words(s.label): styles.opinion(s) for s in Severity})
    out[book.part] = _book(package.part(book.part), new=summary in added)
    out[relations], kept = _relations(package.part(relations), folder, summary if summary in added else "")
    untouched: dict[str, Packed] = {}
    for part in kept:
        if part in out or part not in package or part == book.styles:
            continue
        raw = package.part(part)
        clean = neutral_strings(raw) if part.endswith("sharedStrings.xml") else raw
        as_it_was = package.packed(part) if clean is raw or clean == raw else None
        if as_it_was is not None:
            untouched[part] = as_it_was
        else:
            out[part] = clean
    out[book.styles] = styles.part()
    out["[Content_Types].xml"] = _types(package.part("[Content_Types].xml"), {*out, *untouched}, added)
    out["_rels/.rels"] = relations_part([("officeDocument", book.part)])
    if not all(well_formed(part) for part in out.values()):
        raise NotPatchable
    archive = Archive()
    for name in [
        "[Content_Types].xml",
        "_rels/.rels",
        *sorted({*out, *untouched} - {"[Content_Types].xml", "_rels/.rels"}),
    ]:
        archive.add(name, untouched[name] if name in untouched else packed(out.pop(name)))
    return archive.to_bytes()


def _add_notes(
    out: dict[str, bytes], added: dict[str, str], part: str, notes: Sequence[tuple[int, int, str]], number: int
) -> None:
    """The notes of one sheet: their words, their boxes, and the relations that tie both to the sheet."""
    folder, _, leaf = part.rpartition("/")
    words, boxes = f"xl/notes{number}.xml", f"xl/drawings/notes{number}.vml"
    out[words], out[boxes] = comments_part(notes), drawing_part(notes, number)
    out[f"{folder}/_rels/{leaf}.rels"] = relations_part([("comments", f"/{words}"), ("vmlDrawing", f"/{boxes}")])
    added[words] = "comments"
    end = out[part].rfind(b"</worksheet>")
    if end < 0:
        raise NotPatchable
    tie = f'<legacyDrawing xmlns:r="{_OFFICE}" r:id="rId2"/>'.encode()
    out[part] = out[part][:end] + tie + out[part][end:]


def relations_part(targets: Sequence[tuple[str, str]]) -> bytes:
    told = "".join(
        f'<Relationship Id="rId{place}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets, start=1)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{told}</Relationships>'.encode()


def _book(xml: bytes, *, new: bool) -> bytes:
    """The workbook without what acts, and with the sheet of findings where it is new."""
    end = xml.find(b"</sheets>")
    if end < 0 or len(xml) > _LONGEST_BOOK:
        raise NotPatchable
    if new:
        number = max([0, *(int(found) for found in _sheet_id.findall(xml))]) + 1
        entry = f'<sheet name="{sheet_name(SUMMARY)}" sheetId="{number}" xmlns:r="{_OFFICE}" r:id="{_SUMMARY_ID}"/>'
        xml = xml[:end] + entry.encode() + xml[end:]
    return _still(_book_dropped.sub(b"", xml), keep_relations=True)


def _relations(xml: bytes, folder: str, summary: str) -> tuple[bytes, set[str]]:
    kept: set[str] = set()
    if summary:
        own = f'<Relationship Id="{_SUMMARY_ID}" Type="{_OFFICE}/worksheet" Target="/{summary}"/></Relationships>'
        if b"</Relationships>" not in xml:
            raise NotPatchable
        xml = xml.replace(b"</Relationships>", own.encode())

    def keep(found: re.Match[bytes]) -> bytes:
        tag = attributes(found[0])
        if not tag.get("Type", "").endswith(_KEPT_RELATIONS) or tag.get("TargetMode") == "External":
            return b""
        target = tag.get("Target", "")
        kept.add(target.lstrip("/") if target.startswith("/") else f"{folder}/{target}")
        return found[0]

    return _relation.sub(keep, xml), kept


def _types(xml: bytes, parts: set[str], added: Mapping[str, str]) -> bytes:
    for found in (_MACRO_TYPE, _MACRO_TEMPLATE, _TEMPLATE):
        xml = xml.replace(found, _PLAIN_TYPE)

    def keep(found: re.Match[bytes]) -> bytes:
        return found[0] if attributes(found[0]).get("PartName", "").lstrip("/") in parts else b""

    told = "".join(
        f'<Override PartName="/{part}" ContentType="{_CONTENT}.{kind}+xml"/>' for part, kind in added.items()
    )
    if any(part.endswith(".vml") for part in parts) and b'"vml"' not in xml:
        told += f'<Default Extension="vml" ContentType="{_VML}"/>'
    return _override.sub(keep, xml).replace(b"</Types>", told.encode() + b"</Types>")


def attributes(tag: bytes) -> dict[str, str]:
    """Attributes of one tag by their local names."""
    return {
        name.decode().rpartition(":")[2]: (double or single).decode("utf-8", "replace")
        for name, double, single in _attribute.findall(tag)
    }


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
    still = _sheet_dropped.sub(b"", _without_alternates(xml))
    return still if keep_relations else _related.sub(b"", still)


def _without_alternates(xml: bytes) -> bytes:
    """Without alternate contents, which hold form controls and stand one within the other."""
    kept, depth, begin = [], 0, 0
    for found in _alternate.finditer(xml):
        if found[0].startswith(b"</"):
            depth -= 1
            if depth < 0:
                raise NotPatchable
            if depth == 0:
                begin = found.end()
        elif not found[0].endswith(b"/>"):
            if depth == 0:
                kept.append(xml[begin : found.start()])
            depth += 1
    return b"".join([*kept, xml[begin:]]) if depth == 0 else xml


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
