"""Beacons: the public values nobody can know when a draw is sealed. Their bytes, their form, their assurance level.

A  a round of drand, verified by its threshold signature (BLS12-381)
B  numbers of a public lottery, checkable in print, in the form of RFC 3797 section 4: `3.8.12.19.25.33./7./`
C  none: commitments and reveals only, for a network without any outside
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, Literal

from hengjian.kernel.drand import CHAINS, signed_by
from hengjian.kernel.words import say, words_of

Level = Literal["A", "B", "C"]
NONE = "none"
_LOTTERY = re.compile(r"(?:(?:(?:0|[1-9][0-9]{0,8})\.)+/)+")


def level_of(source: str) -> Level:
    if source == NONE:
        return "C"
    return "A" if source in CHAINS else "B"


def lottery_value(sets: Sequence[Iterable[int]], *, ordered: bool = False) -> str:
    """The value to publish for a lottery: each set of balls ascending, unless the game's digits have an order."""
    return "".join("".join(f"{ball}." for ball in (balls if ordered else sorted(balls))) + "/" for balls in sets)


def beacon_bytes(source: str, value: Any) -> bytes:
    """What the draw is mixed with: nothing, the lottery's text, or drand's randomness. ValueError if malformed."""
    match level_of(source):
        case "C":
            if value is not None:
                raise ValueError("未设信标的抽取不得填写信标值。")
            return b""
        case "B":
            if not isinstance(value, str) or not _LOTTERY.fullmatch(value):
                raise ValueError("彩票号码须写作“3.8.12.19.25.33./7./”的形式：每个号码后加点，每组号码后加斜线。")
            return value.encode()
        case "A":
            return sha256(_signature_of(value)).digest()


def problems_of_beacon(source: str, round_: str, value: Any) -> list[str]:
    """Empty if the value is well formed and, for drand, truly signed for this round."""
    try:
        beacon_bytes(source, value)
    except ValueError as problem:
        return [words_of(problem)]
    if chain := CHAINS.get(source):
        previous = value.get("previous_signature") or ""
        if not round_.isdecimal() or not signed_by(chain, int(round_), value["signature"], previous):
            return [say("drand 第 {round_} 轮的签名不成立。", round_=round_)]
    return []


def _signature_of(value: Any) -> bytes:
    try:
        return bytes.fromhex(value["signature"])
    except (TypeError, KeyError, ValueError):
        raise ValueError("drand 信标值须含十六进制的 signature 字段。") from None
