"""What a file may cost, and the two ways reading can end without a result.

These are technical bounds of one upload, not numbers of the law: they keep one file from taking the whole machine.
"""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    file_bytes: int = 50 * MIB
    expanded_bytes: int = 768 * MIB
    ratio: int = 150  # a table unpacks to ten or thirty times its size; a bomb to a thousand times
    always_expanded: int = 48 * MIB  # so much may come of the smallest file
    parts: int = 2_000
    rows: int = 200_000
    columns: int = 200
    cells: int = 8_000_000  # all rows of forty columns
    sheets: int = 100
    header_rows: int = 30
    notes: int = 1_000  # on the cells of one sheet of the copy: a table program opens that many at once
    summary_lines: int = 20_000
    seconds: int = 60
    child_bytes: int = 1536 * MIB


class Unreadable(Exception):
    """The file is refused as a whole; the sentence says why and what would mend it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Cancelled(Unreadable):
    """The person stopped the reading; nothing was kept."""

    def __init__(self) -> None:
        super().__init__("已按要求停止读取，没有保存任何内容。")
