"""Where the header is, and which column means what: by the words of the one specification, not by position.

The header is looked for among title and note rows; two lines are joined downward; two tables side by side become two
blocks; a header that comes again further down is told from the people under it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from hengjian.rosters.columns import COLUMNS
from hengjian.rosters.reading.grid import Cell, Grid
from hengjian.rosters.reading.text import comparable

_brackets = re.compile(r"[(（\[【<《][^)）\]】>》]*[)）\]】>》]")
_marks = re.compile(r"[*★※#:：;；、,，.。!！]+")
OPINION = "核查意见"
PEOPLE = frozenset({"name", "document_number"})


@cache
def known_words() -> dict[str, str]:
    """Every title and synonym, ready for comparison → key; a title wins over a synonym of another column."""
    words = {_bare(column.title): column.key for column in COLUMNS}
    for column in COLUMNS:
        for synonym in (*column.synonyms, column.key):
            words.setdefault(_bare(synonym), column.key)
    return words


def _bare(text: str) -> str:
    return _marks.sub("", comparable(text))


@cache
def key_of(text: str) -> str:
    """The key a header text stands for, or an empty text; blanks, marks and bracketed remarks do not count."""
    words = known_words()
    bare = _bare(text)
    if len(bare) > 40:
        return ""
    return words.get(bare) or words.get(_bare(_brackets.sub("", text))) or ""


def score_of(row: Sequence[Cell]) -> int:
    """How many different columns a row names; a serial alone counts nothing, and without a person's column neither."""
    keys = {key_of(cell) for cell in row if isinstance(cell, str) and cell} - {"", "serial"}
    return len(keys) if keys & PEOPLE else 0


@dataclass(frozen=True)
class Block:
    """One table of people: its columns by key, and where it begins and ends across the sheet."""

    columns: dict[str, int]
    begin: int
    end: int


@dataclass(frozen=True)
class Header:
    """`first` and `last` are rows from 0; `labels` what stands over each column; `unread` columns without a meaning."""

    first: int
    last: int
    labels: tuple[str, ...]
    blocks: tuple[Block, ...]
    unread: tuple[int, ...]
    doubled: tuple[int, ...]


def find_header(grid: Grid, rows: int) -> Header | None:
    """The best single row, or pair of rows where a pair says more, among the first rows of a sheet."""
    best: tuple[int, int, int, list[tuple[str, ...]]] | None = None
    height = min(rows, len(grid.rows))
    for place in range(height):
        single: list[tuple[str, ...]] = [(cell,) if isinstance(cell, str) and cell else () for cell in grid.rows[place]]
        score = _score(single)
        if score >= 2 and (best is None or score > best[0] or (score == best[0] and best[1] < place == best[2])):
            best = (score, place, place, single)
        if place + 1 < len(grid.rows):
            pair = _joined(grid, place)
            score = _score(pair)
            if score >= 2 and (best is None or score > best[0]):
                best = (score, place, place + 1, pair)
    if best is None:
        return None
    _, first, last, labels = best
    return _laid_out(first, last, labels)


def _score(labels: Sequence[tuple[str, ...]]) -> int:
    keys = {_meant(forms) for forms in labels} - {"", "serial"}
    return len(keys) if keys & PEOPLE else 0


def _meant(forms: tuple[str, ...]) -> str:
    return next((key for key in map(key_of, forms) if key), "")


def _joined(grid: Grid, place: int) -> list[tuple[str, ...]]:
    """For each column the ways to read two header lines: joined, the lower alone, the upper alone."""
    upper = [cell if isinstance(cell, str) else "" for cell in grid.rows[place]]
    lower = [cell if isinstance(cell, str) else "" for cell in grid.rows[place + 1]]
    across = list(upper)
    for top, left, bottom, right in grid.merges:
        if top <= place <= bottom and right > left:
            for column in range(left, min(right + 1, len(across))):
                across[column] = across[column] or upper[left]
    if not grid.merges:
        for column in range(1, len(across)):
            if not across[column] and lower[column]:
                across[column] = across[column - 1]
    labels: list[tuple[str, ...]] = []
    for own, over, under in zip(upper, across, lower, strict=True):
        if under and over:
            labels.append((over + under, under, over) if own else (over + under, under))
        else:
            labels.append((under,) if under else ((own,) if own else ()))
    return labels


def _laid_out(first: int, last: int, labels: Sequence[tuple[str, ...]]) -> Header:
    keys = [_meant(forms) for forms in labels]
    starts = [place for place, key in enumerate(keys) if key == "name"]
    opinion = next((place for place, forms in enumerate(labels) if forms and forms[0].startswith(OPINION)), len(keys))
    bounds = _bounds(keys[:opinion], starts)
    blocks = []
    doubled = []
    for begin, end in bounds:
        columns: dict[str, int] = {}
        for place in range(begin, end):
            key = keys[place]
            if not key:
                continue
            if key in columns:
                doubled.append(place)
                continue
            columns[key] = place
        blocks.append(Block(columns, begin, end))
    shown = tuple(forms[0] if forms else "" for forms in labels)
    unread = tuple(
        place
        for place, key in enumerate(keys)
        if not key and shown[place].strip() and not shown[place].startswith(OPINION)
    )
    return Header(first, last, shown, tuple(blocks), unread, tuple(doubled))


def _bounds(keys: Sequence[str], starts: Sequence[int]) -> list[tuple[int, int]]:
    """Side by side only where the later part repeats at least half of the first part's columns."""
    if len(starts) < 2:
        return [(0, len(keys))]
    edges = [0]
    for start in starts[1:]:
        edge = start - 1 if start and keys[start - 1] == "serial" else start
        before = set(keys[edges[-1] : edge]) - {"", "serial"}
        after = set(keys[edge:]) - {"", "serial"}
        if len(before & after) * 2 >= len(before) and len(before & after) >= 2:
            edges.append(edge)
    edges.append(len(keys))
    return list(pairwise(edges))
