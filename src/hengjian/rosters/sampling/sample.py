"""Which files are read: a `draw/1` manifest in which every candidate of the lot has weight 1, and the draw itself.

The manifest is sealed before its beacon opens, so neither institution nor reviewer chooses the sample, and anybody can
run it again (`hengjian draw verify`). Pool ids are enrolment numbers, never names or identity numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hengjian.kernel.draw import compute, problems_of_manifest
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.words import listed

STRATUM = "files"


def manifest(
    draw_id: str,
    candidates: Iterable[str],
    size: int,
    *,
    nonce: str,
    beacon: Mapping[str, str],
    commitments: Sequence[str],
    chain_head: str,
) -> dict[str, Any]:
    """The manifest by which `size` of the candidates' files are drawn; refused where it could not be sealed."""
    made: dict[str, Any] = {
        "v": "draw/1",
        "draw_id": draw_id,
        "nonce": nonce,
        "pool": [{"id": name, "stratum": STRATUM, "weight": 1} for name in sorted(set(candidates))],
        "take": [[STRATUM, size]],
        "staff": [],
        "team": 0,
        "barred": [],
        "beacon": dict(beacon),
        "commitments": list(commitments),
        "chain_head": chain_head,
    }
    problems = problems_of_manifest(made)
    if problems:
        raise refuse(
            "sampling.manifest_refused", listed(problems, ""), remedy="请改正后再封存抽取清单。", clause=PRODUCT
        )
    return made


def drawn(sealed: Mapping[str, Any], secrets: Sequence[bytes], code: bytes, beacon: bytes) -> list[str]:
    """The files to read, in the order of their tickets."""
    targets: list[str] = compute(sealed, secrets, code, beacon)["targets"]
    return targets
