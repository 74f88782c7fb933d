"""Cell formats of the user's workbook, each once more with the ground of a mark; everything else of a format stays."""

import re

from hengjian.tables.findings import Severity
from hengjian.tables.marks import FILLS, INKS, NotPatchable

_fills = re.compile(rb"<fills\b[^<>]*>((?:[^<]++|<(?!/?fills[\s>]))*+)</fills>")
_fonts = re.compile(rb"<fonts\b[^<>]*>((?:[^<]++|<(?!/?fonts[\s>]))*+)</fonts>")
_formats = re.compile(rb"<cellXfs\b[^<>]*>((?:[^<]++|<(?!/?cellXfs[\s>]))*+)</cellXfs>")
_fill = re.compile(rb"<fill\s*/>|<fill\b(?:[^<]++|<(?!/?fill[\s>]))*+</fill>")
_font = re.compile(rb"<font\s*/>|<font\b(?:[^<]++|<(?!/?font[\s>]))*+</font>")
_format = re.compile(rb"<xf\b[^<>]*/>|<xf\b[^<>]*>(?:[^<]++|<(?!/?xf[\s>]))*+</xf>")


class Styles:
    """`marked(style, severity)` is the number of the marked twin; `part()` the styles with all twins made so far."""

    def __init__(self, xml: bytes) -> None:
        blocks = _fills.search(xml), _fonts.search(xml), _formats.search(xml)
        if None in blocks:
            raise NotPatchable
        self._xml = xml
        fills, fonts, formats = (block[1] for block in blocks if block is not None)
        self._fills = _fill.findall(fills)
        self._fonts = _font.findall(fonts)
        self._formats = _format.findall(formats)
        if not self._formats or not self._fonts:
            raise NotPatchable
        self._twins: dict[tuple[int, Severity], int] = {}
        self._grounds = {severity: self._ground(colour) for severity, colour in FILLS.items()}
        self._opinions: dict[Severity | None, int] = {}

    def _ground(self, colour: str) -> int:
        shape = f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/><bgColor indexed="64"/></patternFill></fill>'
        self._fills.append(shape.encode())
        return len(self._fills) - 1

    def marked(self, style: int, severity: Severity) -> int:
        key = (style, severity)
        if key not in self._twins:
            base = self._formats[style] if style < len(self._formats) else self._formats[0]
            self._formats.append(_with(base, fillId=self._grounds[severity], applyFill=1))
            self._twins[key] = len(self._formats) - 1
        return self._twins[key]

    def opinion(self, severity: Severity | None) -> int:
        """The format of a sentence; None is the heading."""
        if severity not in self._opinions:
            ink = INKS[severity] if severity else "FF1F2937"
            weight = b"" if severity else b"<b/>"
            font = (
                b"<font>"
                + weight
                + f'<sz val="10"/><color rgb="{ink}"/><name val="等线"/><family val="2"/></font>'.encode()
            )
            self._fonts.append(font)
            ground = self._grounds[Severity.NOTE] if severity is None else 0
            shape = (
                f'<xf numFmtId="49" fontId="{len(self._fonts) - 1}" fillId="{ground}" borderId="0" xfId="0" applyFont="1" '
                f'applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
            )
            self._formats.append(shape.encode())
            self._opinions[severity] = len(self._formats) - 1
        return self._opinions[severity]

    def part(self) -> bytes:
        xml = self._xml
        for pattern, name, items in (
            (_fills, b"fills", self._fills),
            (_fonts, b"fonts", self._fonts),
            (_formats, b"cellXfs", self._formats),
        ):
            block = b'<%b count="%d">%b</%b>' % (name, len(items), b"".join(items), name)
            xml = pattern.sub(lambda _, block=block: block, xml, count=1)  # type: ignore[misc]
        return xml


def _with(shape: bytes, **attributes: int) -> bytes:
    """A format with attributes set, keeping all others and the children."""
    head, closing, rest = shape.partition(b">")
    alone = head.endswith(b"/")
    head = head.removesuffix(b"/")
    for name, value in attributes.items():
        head = re.sub(rb"\s%b=\"[^\"]*\"" % name.encode(), b"", head) + b' %b="%d"' % (name.encode(), value)
    return head + (b"/" if alone else b"") + closing + rest
