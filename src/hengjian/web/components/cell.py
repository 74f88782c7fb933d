"""What stands in a cell of a table or beside a label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.web.components.button import Button
from hengjian.web.components.chip import Chip
from hengjian.web.components.clause import Clause
from hengjian.web.components.component import Component
from hengjian.web.components.link import Link
from hengjian.web.components.progress import Progress
from hengjian.web.components.proof import ProofLink


@dataclass(frozen=True, slots=True)
class Cell(Component):
    """`note` is a small second line, `number` the number of a certificate, `after` a code behind the text, `time` the moment
    in ISO form that the text says, `acts` what can be done with the row; `strong`, `mono`, `hot` and `second` are the dress of the text, one of them."""

    text: str = ""
    href: str = ""
    strong: bool = False
    mono: bool = False
    hot: bool = False
    second: bool = False
    note: str = ""
    time: str = ""
    chip: Chip | None = None
    number: str = ""
    chips: Sequence[Chip] = ()
    after: str = ""
    link: Link | None = None
    clause: Clause | None = None
    proof: ProofLink | None = None
    progress: Progress | None = None
    acts: Sequence[Button] = ()
    bare: bool = False  # a value by itself, without any dress

    @property
    def more(self) -> bool:
        """Whether anything rarer than a text, a chip and a note stands in it."""
        return bool(
            self.number
            or self.chips
            or self.after
            or self.link
            or self.clause
            or self.proof
            or self.progress
            or self.acts
        )

    @property
    def blank(self) -> bool:
        return not (self.text or self.chip or self.note or self.more)


Shown = Cell | str | int | None


def as_cell(value: Shown) -> Cell:
    """A bare value is the text of a cell, and an absent one is a dash, never an empty square."""
    if isinstance(value, Cell):
        return value
    return Cell("—" if value is None or value == "" else value if isinstance(value, str) else str(value), bare=True)
