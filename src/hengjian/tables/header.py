"""Where the header is, and which column means what: by the words of one vocabulary, not by position.

The header is looked for among title and note rows; two lines are joined downward; two tables side by side become two
blocks; a header that comes again further down is told from the rows under it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hengjian.tables.grid import Grid
from hengjian.tables.tongues import means
from hengjian.tables.vocabulary import LOOSE, Meaning, Vocabulary

OPINION = "核查意见"


@dataclass(frozen=True)
class Block:
    """One table of rows: its columns by key, and where it begins and ends across the sheet."""

    columns: dict[str, int]
    begin: int
    end: int


@dataclass(frozen=True)
class Header:
    """`first` and `last` are rows from 0; `labels` what stands over each column; `unread` columns without a meaning; `doubled`
    pairs of a column not read and the one read in its place; `loose` columns read by a word that may mean other things."""

    first: int
    last: int
    labels: tuple[str, ...]
    blocks: tuple[Block, ...]
    unread: tuple[int, ...]
    doubled: tuple[tuple[int, int], ...]
    loose: tuple[int, ...] = ()


def find_header(grid: Grid, rows: int, words: Vocabulary) -> Header | None:
    """The best single row, or pair of rows where a pair says more, among the first rows of a sheet."""
    best: tuple[int, int, int, list[tuple[str, ...]]] | None = None
    height = min(rows, len(grid.rows))
    for place in range(height):
        single: list[tuple[str, ...]] = [(cell,) if isinstance(cell, str) and cell else () for cell in grid.rows[place]]
        named = words.named_by(single)
        if named >= 2 and (best is None or named > best[0] or (named == best[0] and best[1] < place == best[2])):
            best = (named, place, place, single)
        if place + 1 < len(grid.rows):
            pair = _joined(grid, place)
            named = words.named_by(pair)
            if named >= 2 and (best is None or named > best[0]):
                best = (named, place, place + 1, pair)
    if best is None:
        return None
    _, first, last, labels = best
    return _laid_out(first, last, labels, words)


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


def _laid_out(first: int, last: int, labels: Sequence[tuple[str, ...]], words: Vocabulary) -> Header:
    meanings = [words.first_meaning(forms) for forms in labels]
    keys = [found.key for found in meanings]
    starts = [place for place, key in enumerate(keys) if words.begins and key == words.begins]
    opinion = next((place for place, forms in enumerate(labels) if forms and means(forms[0], OPINION)), len(keys))
    bounds = _bounds(keys[:opinion], starts, words.serial)
    blocks = []
    doubled = []
    for begin, end in bounds:
        columns = _surest(meanings, begin, end)
        doubled += [
            (place, columns[keys[place]])
            for place in range(begin, end)
            if keys[place] and columns[keys[place]] != place
        ]
        blocks.append(Block(columns, begin, end))
    read = {place for block in blocks for place in block.columns.values()}
    loose = tuple(place for place in sorted(read) if meanings[place].rank == LOOSE)
    shown = tuple(forms[0] if forms else "" for forms in labels)
    unread = tuple(
        place for place, key in enumerate(keys) if not key and shown[place].strip() and not means(shown[place], OPINION)
    )
    return Header(first, last, shown, tuple(blocks), unread, tuple(doubled), loose)


def _surest(meanings: Sequence[Meaning], begin: int, end: int) -> dict[str, int]:
    """Of several columns with one meaning the one that says it exactly, else the first."""
    columns: dict[str, int] = {}
    for place in range(begin, end):
        found = meanings[place]
        if found.key and (found.key not in columns or found.rank > meanings[columns[found.key]].rank):
            columns[found.key] = place
    return columns


def _bounds(keys: Sequence[str], starts: Sequence[int], serial: str) -> list[tuple[int, int]]:
    """Side by side only where the later part repeats at least half of the first part's columns."""
    if len(starts) < 2:
        return [(0, len(keys))]
    edges = [0]
    for start in starts[1:]:
        edge = start - 1 if start and keys[start - 1] == serial else start
        before = set(keys[edges[-1] : edge]) - {"", serial}
        after = set(keys[edge:]) - {"", serial}
        if len(before & after) * 2 >= len(before) and len(before & after) >= 2:
            edges.append(edge)
    edges.append(len(keys))
    return list(pairwise(edges))
