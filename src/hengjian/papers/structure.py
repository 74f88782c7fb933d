"""What is inside a paper's file: attachments, and whether its structure is that of PDF/A-3.

The gate looks at what can be told without rendering. It is not a validator: it says "structure checked", nothing more.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

_FORBIDDEN = {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Rendition"}
_PART = re.compile(rb"pdfaid:part(?:>|=[\"'])\s*(\d)")
_CONFORMANCE = re.compile(rb"pdfaid:conformance(?:>|=[\"'])\s*([A-Z])")


def attachments(pdf: bytes) -> dict[str, str]:
    """Name → text of the files inside."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            return {name: document.attachments[name].get_file().read_bytes().decode() for name in document.attachments}
    except (pikepdf.PdfError, UnicodeDecodeError):
        return {}


def faults(pdf: bytes) -> list[str]:
    """Why the structure is not that of PDF/A-3a; nothing when it is."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            return list(_faults(document, pdf))
    except pikepdf.PdfError as problem:
        return [f"not a PDF: {problem}"]


def _faults(document: pikepdf.Pdf, pdf: bytes) -> Iterator[str]:
    root = document.Root
    metadata = root.get("/Metadata")
    text = metadata.read_bytes() if metadata is not None else b""
    part, conformance = _PART.search(text), _CONFORMANCE.search(text)
    if part is None or conformance is None:
        yield "XMP does not say PDF/A"
    elif (part[1], conformance[1]) != (b"3", b"A"):
        yield f"PDF/A-{part[1].decode()}{conformance[1].decode().lower()} instead of 3a"
    intents: Any = root.get("/OutputIntents", [])
    if not any(one.get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in one for one in intents):
        yield "no output intent with a colour profile"
    if "/ID" not in document.trailer:
        yield "no file identifier"
    if document.is_encrypted:
        yield "encrypted"
    marked: Any = root.get("/MarkInfo", {})
    if not marked.get("/Marked", False) or "/StructTreeRoot" not in root:
        yield "not tagged"
    if "/Lang" not in root:
        yield "no language"
    for each in document.objects:
        yield from _faults_of(each)
    named = set(document.attachments)
    related = {str(file.get("/UF", file.get("/F", ""))) for file in root.get("/AF", []) if "/AFRelationship" in file}
    if named - related:
        yield f"attachments without a relationship: {sorted(named - related)}"


def _faults_of(each: Any) -> Iterator[str]:
    if not isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
        return
    held = each.stream_dict if isinstance(each, pikepdf.Stream) else each
    if held.get("/S") in _FORBIDDEN or "/JS" in held:
        yield f"forbidden action {held.get('/S')}"
    if "LZWDecode" in str(held.get("/Filter", "")):
        yield "LZW"
    if held.get("/Type") == "/Font" and held.get("/Subtype") == "/Type0" and "/ToUnicode" not in held:
        yield f"no ToUnicode: {held.get('/BaseFont')}"
    if held.get("/Type") == "/FontDescriptor" and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(held.keys()):
        yield f"font not embedded: {held.get('/FontName')}"
