"""What the words of a roster mean: occupations and trades by name, and which job or major belongs to an occupation.

Source: the occupations' seeds, or whatever catalogue the caller brings. A free text counts as belonging to an occupation
when one contains the other's core (炼钢操作 and 炼钢工); everything else must stand in the table of related jobs and majors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import pyarrow as pa

from hengjian.occupations import seeds
from hengjian.rosters.checks.tables import JOB, MAJOR, OCCUPATION, TRADE, arrow, occupation_number, text_key

_ENDING = re.compile(r"(操作|制造|加工|生产|服务)?(人员|工|员|师)$")


@dataclass(frozen=True)
class Vocabulary:
    """`names` are the occupations; `trades`, `jobs`, `majors` and `related` say what belongs to an occupation."""

    names: Mapping[int, str]
    trades: Mapping[str, int]
    aliases: tuple[tuple[int, int], ...] = ()
    jobs: tuple[tuple[str, int], ...] = ()
    majors: tuple[tuple[str, int], ...] = ()
    related: tuple[tuple[int, int], ...] = ()

    def number_of(self, name: str) -> int:
        """The occupation of this name, or of the trade of this name; 0 where neither is known."""
        return _by_key(self).get(text_key(seeds.split_mark(name)[0]), 0)

    def key_for(self, text: str | None, occupation: int) -> int:
        """The key of a job or major: that of the occupation itself where the words show that they belong together."""
        if not text:
            return 0
        name = self.names.get(occupation, "")
        words = [name, *(trade for trade, number in self.trades.items() if number == occupation)]
        belongs = any(_core(word) and (_core(word) in text or _core(text) in word) for word in words if word)
        return text_key(name) if belongs and _core(text) else text_key(text)

    def tables(self) -> dict[str, pa.Table]:
        """As the checks read it."""
        named = [(text_key(name), number) for number, name in self.names.items()]
        trades = [(text_key(name), number) for name, number in self.trades.items()]
        rows = {
            *((kind, key, number) for kind in (JOB, MAJOR, TRADE) for key, number in named),
            *((kind, key, number) for kind in (JOB, TRADE) for key, number in trades),
            *((JOB, text_key(text), number) for text, number in self.jobs),
            *((MAJOR, text_key(text), number) for text, number in self.majors),
            *((OCCUPATION, other, number) for number, other in self.related),
        }
        columns = ("kind", "key", "occupation")
        return {
            "occupations": arrow("occupations", ({"occupation": number} for number in self.names)),
            "aliases": arrow("aliases", ({"occupation": one, "named": other} for one, other in self.aliases)),
            "related": arrow("related", (dict(zip(columns, row, strict=True)) for row in sorted(rows))),
        }


def _core(word: str) -> str:
    """The word without the ending every occupation has; too short a core says nothing."""
    core = _ENDING.sub("", word)
    return core if len(core) > 1 else word if len(word) > 1 else ""


@cache
def _keys(names: tuple[tuple[int, str], ...], trades: tuple[tuple[str, int], ...]) -> Mapping[int, int]:
    return {text_key(name): number for name, number in trades} | {text_key(name): number for number, name in names}


def _by_key(vocabulary: Vocabulary) -> Mapping[int, int]:
    return _keys(tuple(vocabulary.names.items()), tuple(vocabulary.trades.items()))


@cache
def of_seeds() -> Vocabulary:
    """The occupations and trades that come with the house."""
    names = {occupation_number(row.code): row.name for row in seeds.occupations()}
    trades = {t: occupation_number(s.occupation_code) for s in seeds.standards() for t in s.trades}
    pairs = ((occupation_number(code), occupation_number(alias)) for alias, code in seeds.aliases().items())
    return Vocabulary(names=names, trades=trades, aliases=tuple(_both_ways(pairs)))


def _both_ways(pairs: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    for one, other in pairs:
        yield one, other
        yield other, one
