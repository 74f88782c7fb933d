"""A sheet as cells, before anything is known of its meaning; every kind of file becomes this."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hengjian.tables.facts import SheetFacts
from hengjian.tables.limits import Cancelled

Cell = object
Merge = tuple[int, int, int, int]  # first row, first column, last row, last column; from 0, inclusive
Progress = Callable[[str, int, int], None]


@dataclass
class Grid:
    """`rows[0]` is row 1 of the sheet and every row has the same number of cells; an empty cell is an empty text."""

    name: str
    rows: list[list[Cell]]
    merges: list[Merge] = field(default_factory=list)
    state: str = "visible"
    filled: set[tuple[int, int]] = field(default_factory=set)  # taken over from the first cell of a merge
    place: int = 0  # among all sheets of the file
    facts: SheetFacts = field(default_factory=SheetFacts)
    from_1904: bool = False

    columns: list[tuple[Cell, ...]] | None = None

    @property
    def hidden(self) -> bool:
        return self.state != "visible"

    def column(self, place: int) -> tuple[Cell, ...]:
        """One column from top to bottom; the sheet is turned once, after merges were filled."""
        if self.columns is None:
            self.columns = list(zip(*self.rows, strict=True))
        return self.columns[place]

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0


@dataclass(frozen=True)
class Watch:
    """Tells how far the work is and asks whether to stop, between pieces of work and never within a row."""

    progress: Progress | None = None
    cancelled: Callable[[], bool] | None = None

    def tell(self, stage: str, done: int = 0, total: int = 0) -> None:
        if self.cancelled is not None and self.cancelled():
            raise Cancelled
        if self.progress is not None:
            self.progress(stage, done, total)


def squared(rows: list[list[Cell]], columns: int) -> list[list[Cell]]:
    """Rows of one width, at most `columns`."""
    width = min(max(map(len, rows), default=0), columns)
    return [row if len(row) == width else (row + [""] * (width - len(row)))[:width] for row in rows]


def filled_over_merges(grid: Grid, first_row: int) -> list[tuple[int, int]]:
    """Fills the value of a true merge into its body cells and returns the places filled; merges above are left alone."""
    filled = []
    height, width = len(grid.rows), grid.width
    for top, left, bottom, _right in grid.merges:
        if bottom < first_row or top >= height or left >= width or top == bottom:
            continue
        value = grid.rows[top][left]
        if value == "":
            continue
        for row in range(max(top, first_row), min(bottom + 1, height)):
            if grid.rows[row][left] == "":
                grid.rows[row][left] = value
                filled.append((row, left))
    grid.filled.update(filled)
    return filled
