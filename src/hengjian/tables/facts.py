"""What is known of a sheet beside its values, whatever kind of file it came from."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class SheetFacts:
    """Places are (row, column), both from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    error_cells: dict[tuple[int, int], str] = field(default_factory=dict)
    bare_formulas: set[tuple[int, int]] = field(default_factory=set)
    month_cells: set[tuple[int, int]] = field(default_factory=set)
    year_cells: set[tuple[int, int]] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    trimmed: bool = False
    far_columns: bool = False

    def as_lists(self) -> list[list[Any]]:
        """For the way from the child process, as JSON."""
        return [
            sorted(self.hidden_rows),
            [[row, column, value] for (row, column), value in self.error_cells.items()],
            [[row, column] for row, column in self.month_cells],
            [[row, column] for row, column in self.year_cells],
            sorted(self.hidden_columns),
        ]


def from_lists(told: list[list[Any]]) -> SheetFacts:
    rows, errors, months, years, columns = told
    return SheetFacts(
        hidden_rows=set(rows),
        error_cells={(row, column): value for row, column, value in errors},
        month_cells={(row, column) for row, column in months},
        year_cells={(row, column) for row, column in years},
        hidden_columns=set(columns),
    )
