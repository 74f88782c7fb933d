"""Where the header is, and which column means what: by the words of the one specification, not by position.

The header is looked for among title and note rows; two lines are joined downward; two tables side by side become two
blocks; a header that comes again further down is told from the people under it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from hengjian.rosters.columns import COLUMNS
from hengjian.rosters.headings import NOT_READ, TO_SIMPLIFIED
from hengjian.rosters.reading.grid import Cell, Grid
from hengjian.rosters.reading.text import comparable

_brackets = re.compile(r"[(（\[【<《][^)）\]】>》]*[)）\]】>》]")
_marks = re.compile(r"[*★※#:：;；、,，.。!！]+")
_numbered = re.compile("^(?:[①-⓿❶-➓㈠-㈩㊀-㊉]|[0-9]{1,2}(?=[^0-9/-])|[一二三四五六七八九十]{1,2}、)+")
_translated = re.compile(r"(?<=[\u4e00-\u9fff])[A-Z][A-Z/&'-]*$")
OPINION = "核查意见"
PEOPLE = frozenset({"name", "document_number"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading stands for and how surely: 3 the title, 2 another word for it, 1 a word that may mean other things."""

    key: str
    rank: int


UNKNOWN = Meaning("", 0)
TITLE, SYNONYM, LOOSE = 3, 2, 1


@cache
def known_words() -> dict[str, Meaning]:
    """Every title, synonym and loose word, ready for comparison; the surer meaning wins over that of another column."""
    words = {_bare(column.title): Meaning(column.key, TITLE) for column in COLUMNS if column.in_template}
    for column in COLUMNS:
        for synonym in (column.title, *column.synonyms, column.key):
            words.setdefault(_bare(synonym), Meaning(column.key, SYNONYM))
    for column in COLUMNS:
        for word in column.loose:
            words.setdefault(_bare(word), Meaning(column.key, LOOSE))
    return words


@cache
def _not_read() -> dict[str, str]:
    return {_bare(word): reason for word, reason in NOT_READ.items()}


def _bare(text: str) -> str:
    return _marks.sub("", comparable(text)).translate(TO_SIMPLIFIED)


def _forms(text: str) -> Iterator[str]:
    """The ways in which a heading may be meant: as it is, without its remark, its number, its translation."""
    yield _bare(text)
    short = _bare(_brackets.sub("", text))
    yield short
    unnumbered = _numbered.sub("", short)
    yield unnumbered
    yield _translated.sub("", unnumbered)


@cache
def meaning_of(text: str) -> Meaning:
    """What a header text stands for; blanks, marks, numbers, translations and bracketed remarks do not count."""
    words = known_words()
    if len(_bare(text)) > 40:
        return UNKNOWN
    return next((words[form] for form in _forms(text) if form in words), UNKNOWN)


def key_of(text: str) -> str:
    """The key a header text stands for, or an empty text."""
    return meaning_of(text).key


def why_unread(text: str) -> str:
    """Why a known heading is not read, or an empty text where it is not known at all."""
    reasons = _not_read()
    return next((reasons[form] for form in _forms(text) if form in reasons), "")


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
    """`first` and `last` are rows from 0; `labels` what stands over each column; `unread` columns without a meaning; `doubled`
    pairs of a column not read and the one read in its place; `loose` columns read by a word that may mean other things."""

    first: int
    last: int
    labels: tuple[str, ...]
    blocks: tuple[Block, ...]
    unread: tuple[int, ...]
    doubled: tuple[tuple[int, int], ...]
    loose: tuple[int, ...] = ()


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
    return _meaning(forms).key


def _meaning(forms: tuple[str, ...]) -> Meaning:
    return next((found for found in map(meaning_of, forms) if found.key), UNKNOWN)


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
    meanings = [_meaning(forms) for forms in labels]
    keys = [found.key for found in meanings]
    starts = [place for place, key in enumerate(keys) if key == "name"]
    opinion = next((place for place, forms in enumerate(labels) if forms and forms[0].startswith(OPINION)), len(keys))
    bounds = _bounds(keys[:opinion], starts)
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
        place
        for place, key in enumerate(keys)
        if not key and shown[place].strip() and not shown[place].startswith(OPINION)
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
