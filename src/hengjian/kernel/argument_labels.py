"""What an argument of an act is called where people read of it: the label under which the forms ask for it.

The labels stand with the forms, above the kernel; whoever holds them says so once (`labels_are`). An argument without a label
keeps its own name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hengjian.kernel.words import say

Labels = Callable[[str, str], str]
_labels: list[Labels] = []


def labels_are(labels: Labels) -> None:
    """`labels(act code, "rows.mark")` gives the label of an argument or of a column of it, or nothing."""
    _labels[:] = [labels]


def label(code: str, name: str) -> str:
    """The label of argument `name` (`rows.mark` for a column) of act `code`."""
    return next((found for labels in _labels if (found := labels(code, name))), name.rsplit(".", 1)[-1])


def place_in_words(code: str, place: Sequence[str | int]) -> str:
    """`("rows", 0, "mark")` as people call it: the list, the row counted from one, the column."""
    if not place:
        return ""
    name = str(place[0])
    called = label(code, name)
    for part in place[1:]:
        if isinstance(part, int):
            called = say("{list}第 {row} 行", list=called, row=part + 1)
        else:
            name = f"{name}.{part}"
            called = say("{place}，{column}", place=called, column=label(code, name))
    return called
