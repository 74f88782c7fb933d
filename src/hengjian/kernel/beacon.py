"""Beacons: the public values nobody can know when a draw is sealed. Their bytes, their form, their assurance level.

A  a round of drand, verified by its threshold signature (BLS12-381)
B  numbers of a public lottery, checkable in print, in the form of RFC 3797 section 4: `3.8.12.19.25.33./7./`
C  none: commitments and reveals only, for a network without any outside
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

Level = Literal["A", "B", "C"]
NONE = "none"
_LOTTERY = re.compile(r"(?:(?:(?:0|[1-9][0-9]{0,8})\.)+/)+")
_DOMAIN = "BLS_SIG_BLS12381{}_XMD:SHA-256_SSWU_RO_NUL_"


@dataclass(frozen=True)
class DrandChain:
    """A published chain: its scheme and the public key of the whole group."""

    scheme: str
    public_key: str


DRAND = {
    "drand quicknet": DrandChain(
        "bls-unchained-g1-rfc9380",
        "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
    ),
    "drand default": DrandChain(
        "pedersen-bls-chained",
        "868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a569937c529eeda66c7293784a9402801af31",
    ),
}


def level_of(source: str) -> Level:
    if source == NONE:
        return "C"
    return "A" if source in DRAND else "B"


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
        return [str(problem)]
    if chain := DRAND.get(source):
        previous = value.get("previous_signature") or ""
        if not round_.isdecimal() or not drand_holds(
            chain.scheme, chain.public_key, int(round_), value["signature"], previous
        ):
            return [f"drand 第 {round_} 轮的签名不成立。"]
    return []


def drand_holds(scheme: str, public_key: str, round_: int, signature: str, previous: str = "") -> bool:
    """Whether the group signed this round (takes about a quarter of a second)."""
    # imported here: loading the curve arithmetic is slow, and only draws of level A need it
    from py_ecc.bls.g2_primitives import pubkey_to_G1, signature_to_G2, subgroup_check
    from py_ecc.bls.hash_to_curve import hash_to_G1, hash_to_G2
    from py_ecc.optimized_bls12_381 import FQ12, G1, G2, final_exponentiate, is_inf, neg, pairing

    try:
        key, sealed, earlier = bytes.fromhex(public_key), bytes.fromhex(signature), bytes.fromhex(previous)
        if (scheme == "pedersen-bls-chained") != bool(earlier):
            return False
        message = sha256(earlier + round_.to_bytes(8, "big")).digest()
        point: Any
        if scheme == "bls-unchained-g1-rfc9380":  # short signatures: the key is the long point
            if (len(sealed), len(key)) != (48, 96):
                return False
            group, point = signature_to_G2(key), pubkey_to_G1(sealed)
            hashed = hash_to_G1(message, _DOMAIN.format("G1").encode(), sha256)
            product = pairing(group, neg(hashed), final_exponentiate=False) * pairing(
                G2, point, final_exponentiate=False
            )
        else:
            if (len(sealed), len(key)) != (96, 48):
                return False
            group, point = pubkey_to_G1(key), signature_to_G2(sealed)
            hashed = hash_to_G2(message, _DOMAIN.format("G2").encode(), sha256)
            product = pairing(hashed, neg(group), final_exponentiate=False) * pairing(
                point, G1, final_exponentiate=False
            )
        if is_inf(point) or not subgroup_check(point):
            return False
        return bool(final_exponentiate(product) == FQ12.one())
    except (ValueError, OverflowError, AssertionError):
        return False


def _signature_of(value: Any) -> bytes:
    try:
        return bytes.fromhex(value["signature"])
    except (TypeError, KeyError, ValueError):
        raise ValueError("drand 信标值须含十六进制的 signature 字段。") from None
