"""Where a file is dropped or chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.web.components.component import Component
from hengjian.web.components.progress import Progress


@dataclass(frozen=True, slots=True)
class Received(Component):
    """A file that is there already; `meta` says its size and the moment."""

    name: str
    meta: str = ""


@dataclass(frozen=True, slots=True)
class Drop(Component):
    """`limit` in bytes, refused before sending; `kept` the upload that has been received already."""

    name: str
    label: str
    id: str = ""
    help: str = ""
    accept: str = ""
    multiple: bool = False
    required: bool = False
    errors: Sequence[str] = ()
    limit: int | None = None
    progress: Progress | None = None
    done: Received | None = None
    kept: int | None = None
    kind: str = "file"
