"""Text on its way out: a cell that begins like a formula is made a plain text, whoever opens the copy.

A leading = + - @ (also full-width), a tab or a line feed gets an apostrophe in front, which every table program shows as
text and the reader takes off again.
"""

import re

FONT = "等线"  # not said: the name of a font
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_forbidden = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def neutral(text: str) -> str:
    """The text as it may stand in a cell of a file handed out."""
    return "'" + text if text.startswith(_DANGEROUS) else text


def printable(text: str) -> str:
    """Without what XML cannot hold."""
    return _forbidden.sub("", text)


def escaped(text: str) -> str:
    """Ready for the body of an XML element."""
    return printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_leading = "|".join(re.escape(sign) for sign in _DANGEROUS).encode()
_opening = re.compile(
    rb"(<(?:si|is)>\s*(?:<r>\s*(?:<rPr>(?:[^<]++|<(?!/?rPr|/?si|/?is))*+</rPr>|<rPr/>)?\s*)?<t(?:\s[^<>]*)?>)(?="
    + _leading
    + rb"|_x000[9ADad]_)",
    re.DOTALL,
)
_cached = re.compile(rb'(<c [^<>]*\bt="str"[^<>]*>\s*<v>)(?=' + _leading + rb")")
_bare_formula = re.compile(
    rb'<c (r="[A-Z]+\d+")((?:\s(?!t=)[\w:]+="[^"]*")*)(?:\st="\w+")?((?:\s[\w:]+="[^"]*")*)>\s*<f\b[^<>]*>([^<]+)</f>\s*'
    rb"(?:<v\s*/>|<v></v>)?\s*</c>"
)
_formula = re.compile(rb"<f\b[^<>]*/>|<f\b[^<>]*>[^<]*</f>")


def neutral_strings(xml: bytes) -> bytes:
    """The strings of a workbook's part, each neutral."""
    return _opening.sub(rb"\1'", xml)


def without_formulas(xml: bytes) -> bytes:
    """The cells of a sheet as they were last shown; a formula that never was computed stands there as its words."""
    if b"<f" in xml:
        xml = _bare_formula.sub(rb'<c \1\2\3 t="inlineStr"><is><t>=\4</t></is></c>', xml)
        xml = _formula.sub(b"", xml)
    if b't="str"' in xml:
        xml = _cached.sub(rb"\1'", xml)
    return neutral_strings(xml) if b"<is>" in xml else xml
