"""Checking a certificate under restraint, the same for page, table and API.

How often one network may ask is counted, and so are misses per certificate, wherever they come from: the four last
characters of a number must not come out by trying. Name and number are counted apart, so that nobody can shut the
holder out; nothing says who asked or for which certificate (`kernel.restraint`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.certificates import public_queries
from hengjian.certificates.identity import TAIL
from hengjian.certificates.policies import BATCH_CHECKS, CHECK_MISSES, PUBLIC_QUERIES
from hengjian.certificates.public_queries import Asked
from hengjian.certificates.queries import CheckAnswer
from hengjian.kernel import typed
from hengjian.kernel.certificate_number import Problem
from hengjian.kernel.refusal import Kind, Refusal, Refused
from hengjian.kernel.restraint import Read, Restraint, Tally, note_wait

CHECK = Read("certificates.check", "核验证书", (Restraint("address", PUBLIC_QUERIES),))
CHECK_BATCH = Read("certificates.check_batch", "批量核验", (Restraint("address", BATCH_CHECKS),))
MISSES = Tally("certificates.check_miss", CHECK_MISSES)


@dataclass(frozen=True)
class Spent:
    """A line whose second item has been wrong too often for this certificate."""

    sentence: str
    remedy: str


def check(number: str, *, name: str = "", tail: str = "") -> CheckAnswer | Problem | None:
    """As `public_queries.check`; raises `Refused` once this certificate was missed too often by this kind of item."""
    whos = _whos(number, name, tail)
    for who in whos:
        wait = MISSES.wait(who)
        if wait:
            note_wait(wait)
            spent = _spent(who)
            raise Refused(
                Refusal(
                    "certificates.missed_too_often",
                    spent.sentence,
                    policy=CHECK_MISSES.key,
                    remedy=spent.remedy,
                    kind=Kind.RESTRAINT,
                )
            )
    found = public_queries.check(number, name=name, tail=tail)
    if found is None:
        MISSES.note(*whos)
    return found


def check_lines(lines: Sequence[Asked]) -> list[CheckAnswer | Spent | None]:
    """Many lines; those of a certificate that was missed too often are not looked at."""
    whos = [_whos(line.number, line.name, line.tail) for line in lines]
    noted = MISSES.noted({who for each in whos for who in each})
    most = MISSES.most()
    answers: list[CheckAnswer | Spent | None] = list(public_queries.check_many(lines))
    missed: list[str] = []
    for place, each in enumerate(whos):
        worn = next((who for who in each if noted[who] >= most), None)
        if worn is not None:
            answers[place] = _spent(worn)
        elif answers[place] is None:
            missed += each
    MISSES.note(*missed)
    return answers


def guessed(lines: Sequence[Asked]) -> str:
    """A number that stands there with different second items, as it was written; empty where there is none."""
    items: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for line in lines:
        given = (line.name, line.tail)
        if given == ("", ""):
            continue
        seen = items[typed.number_code(line.number)]
        seen.add(given)
        if len(seen) > 1:
            return line.number
    return ""


def _whos(number: str, name: str, tail: str) -> list[str]:
    bare = typed.number_code(number)
    kinds = [kind for kind, given in (("name", name.strip()), ("tail", tail.strip()[:TAIL])) if given]
    return [f"{kind}/{bare}" for kind in kinds]


def _spent(who: str) -> Spent:
    if who.startswith("tail/"):
        return Spent("这张证书的证件号码后四位今天填错得太多，暂停用后四位核验。", "请改用持证人姓名核验，或明天再试。")
    return Spent("这张证书的持证人姓名今天填错得太多，暂停用姓名核验。", "请改用证件号码后四位核验，或明天再试。")
