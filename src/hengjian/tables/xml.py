"""XML walked by a parser, element by element, with local names: no tree is built, no entity resolved, no document type taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.parsers import expat

from hengjian.tables.limits import Unreadable

DTD = "文件内含文档类型声明（DTD）或外部实体，可能有害，不予读取。"

Begin = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Malformed(Exception):
    """No XML; whoever reads the part says what that means for the file."""


def local(name: str) -> str:
    return name.rpartition(":")[2]


def walk(raw: bytes | str, begin: Begin, end: End | None = None, text: Text | None = None) -> None:
    """Calls `begin(name, attributes)`, `end(name)` and `text(words)` in the order of the document; prefixes are taken off.

    Raises `Malformed`, and `Unreadable` where there is a document type.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def started(name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = local(name)
        for key in attributes:
            if ":" in key:
                attributes = {local(key): value for key, value in attributes.items()}
                break
        begin(name, attributes)

    def ended(name: str) -> None:
        assert end is not None
        end(local(name) if ":" in name else name)

    def refused(*_: object) -> None:
        raise Unreadable(DTD)

    parser.StartElementHandler = started
    if end is not None:
        parser.EndElementHandler = ended
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refused
    try:
        parser.Parse(raw, True)
    except expat.ExpatError as broken:
        raise Malformed from broken


def well_formed(raw: bytes) -> bool:
    """Whether every element is closed and every prefix declared."""
    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(raw, True)
    except expat.ExpatError:
        return False
    return True
