"""drand: rounds signed by the threshold of an international group; whoever has the group's key can check one.

Randomness is SHA-256 of the signature; the signed message is SHA-256 of the previous signature, where the scheme chains
rounds, and the round number in eight bytes. The keys are those the groups publish.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

_DOMAIN = "BLS_SIG_BLS12381{}_XMD:SHA-256_SSWU_RO_NUL_"
CHAINED = "pedersen-bls-chained"
SHORT_SIGNATURES = "bls-unchained-g1-rfc9380"


@dataclass(frozen=True)
class Chain:
    """A published chain: its scheme, the public key of the whole group, when its first round came, seconds between two."""

    scheme: str
    public_key: str
    genesis: int
    period: int

    def known_at(self, round_: int) -> datetime:
        """When the round's signature comes out; OverflowError for a round of no time."""
        return datetime.fromtimestamp(self.genesis + (round_ - 1) * self.period, UTC)

    def first_after(self, moment: datetime) -> int:
        """The first round that is not out yet at that moment."""
        return max((int(moment.timestamp()) - self.genesis) // self.period + 2, 1)


CHAINS = {
    "drand quicknet": Chain(
        SHORT_SIGNATURES,
        "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
        "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
        1692803367,
        3,
    ),
    "drand default": Chain(
        CHAINED,
        "868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a569937c529eeda66c7293784a9402801af31",
        1595431050,
        30,
    ),
}


def signed_by(chain: Chain, round_: int, signature: str, previous: str = "") -> bool:
    """Whether the group signed this round (takes about a quarter of a second)."""
    try:
        key, sealed, earlier = bytes.fromhex(chain.public_key), bytes.fromhex(signature), bytes.fromhex(previous)
        message = sha256(earlier + round_.to_bytes(8, "big")).digest()
    except (ValueError, TypeError, OverflowError):
        return False
    if (chain.scheme == CHAINED) != bool(earlier):
        return False
    try:
        return _pairing_holds(key, sealed, message, short=chain.scheme == SHORT_SIGNATURES)
    except (ValueError, AssertionError):  # no point of the curve
        return False


def _pairing_holds(key: bytes, signature: bytes, message: bytes, *, short: bool) -> bool:
    """e(signature, generator) = e(hash of the message, key), on whichever side the short points lie."""
    # imported here: loading the curve arithmetic is slow, and only draws of level A need it
    import py_ecc.bls.g2_primitives
    import py_ecc.bls.hash_to_curve
    import py_ecc.optimized_bls12_381

    points: Any = py_ecc.bls.g2_primitives
    hashing: Any = py_ecc.bls.hash_to_curve
    curve: Any = py_ecc.optimized_bls12_381
    if (len(signature), len(key)) != ((48, 96) if short else (96, 48)):
        return False
    if short:
        sealed = points.pubkey_to_G1(signature)
        hashed = hashing.hash_to_G1(message, _DOMAIN.format("G1").encode(), sha256)
        pairs = (curve.G2, sealed), (points.signature_to_G2(key), curve.neg(hashed))
    else:
        sealed = points.signature_to_G2(signature)
        hashed = hashing.hash_to_G2(message, _DOMAIN.format("G2").encode(), sha256)
        pairs = (sealed, curve.G1), (hashed, curve.neg(points.pubkey_to_G1(key)))
    if curve.is_inf(sealed) or not points.subgroup_check(sealed):
        return False
    product = curve.FQ12.one()
    for long, small in pairs:
        product *= curve.pairing(long, small, final_exponentiate=False)
    return bool(curve.final_exponentiate(product) == curve.FQ12.one())
