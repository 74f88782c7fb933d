"""The maker: a face (what stands on the paper) → PDF/A-3a, the same bytes for the same face.

Fonts are embedded as subsets, the file is tagged for screen readers (PDF/UA-1); what proves the paper off line is attached.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import typst

from hengjian.kernel import clock
from hengjian.kernel.facts import plain
from hengjian.papers import fonts

TEMPLATES = Path(__file__).parent / "templates"
STANDARDS = ["a-3a", "ua-1"]
_one_at_a_time = threading.Lock()


class Unmakeable(ValueError):
    """The template or its fonts do not give a paper: a character no typeface has, a text that does not fit."""


@dataclass(frozen=True)
class Attached:
    """A file inside the PDF."""

    text: str
    about: str
    mime: str = "application/json"
    relationship: str = "data"


@dataclass(frozen=True)
class Face:
    """All that a template is given. `lang` is `zh` or `en`; `facts` are those of the kind; `seal` and `qr` are SVG."""

    kind: str
    lang: str
    title: str
    number: str
    replaces: str
    addressee: str
    office: str
    office_face: str
    seal: str
    signer: str
    issued_at: datetime
    demo: bool
    test_key: bool
    address: str
    site: str
    code_face: str
    index: int
    leaf: str
    checkpoint: int
    facts: Mapping[str, Any]
    levels: Mapping[str, str]
    attached: Mapping[str, Attached] = field(default_factory=dict)


def make(face: Face) -> bytes:
    """The PDF. Raises FontsMissing, or Unmakeable with what the compiler said."""
    return compiled(face.kind, given(face), "pdf", pdf_standards=STANDARDS, timestamp=int(face.issued_at.timestamp()))[
        0
    ]


def pictures(face: Face, ppi: float = 110) -> list[bytes]:
    """Its pages as PNG."""
    return compiled(face.kind, given(face), "png", ppi=ppi)


def given(face: Face) -> str:
    """What the template reads: the face as JSON, with the code's picture."""
    # plain() brings dates to their ISO form.
    values = plain({**asdict(face), "issued_at": face.issued_at.astimezone(clock.ZONE), "qr": _code(face.address)})
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def compiled(kind: str, paper: str, form: str, **options: Any) -> list[bytes]:
    """The template of this kind with what it is given, as a PDF or as the pictures of its pages."""
    with _one_at_a_time:  # one compiler for all threads: its fonts are loaded once
        try:
            made = _compiler(fonts.folders()).compile(
                TEMPLATES / f"{kind}.typ",
                format=form,  # type: ignore[arg-type]
                sys_inputs={"paper": paper},
                **options,
            )
        except typst.TypstError as error:
            raise Unmakeable(f"{kind}: {error}") from error
    assert made is not None
    return made if isinstance(made, list) else [made]


@lru_cache(maxsize=2)
def _compiler(folders: tuple[Path, ...]) -> typst.Compiler:
    return typst.Compiler(root=TEMPLATES, font_paths=[str(path) for path in folders], ignore_system_fonts=True)


def _code(address: str) -> str:
    """The address as a QR code: level L gives the coarsest modules, four modules of quiet. One mask for all: the address ends
    in a hash, so no mask is better than another, and trying all eight took longer than setting the paper."""
    return segno.make(address, error="l", boost_error=False, micro=False, mask=0).svg_inline(scale=4, border=4)
