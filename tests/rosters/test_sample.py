"""The sample is drawn by `draw/1`: sealed before, computable by anybody, equal weight for every candidate."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

import pytest

from hengjian.kernel.draw import chain_code, chain_head, problems_of_manifest
from hengjian.kernel.refusal import Refused
from hengjian.rosters.sampling.sample import drawn, manifest

SEED = b"seed of the chain of this test.."
SECRET = b"a witness's secret of 32 bytes.."
NONE = {"source": "none", "round": "", "opens": "2026-11-01T09:00:00+08:00"}


def _manifest(names: list[str], size: int, nonce: int = 0) -> dict[str, object]:
    return manifest(
        "sample-2026-1",
        names,
        size,
        nonce=f"{nonce:064x}",
        beacon=NONE,
        commitments=[sha256(SECRET).hexdigest()],
        chain_head=chain_head(SEED, 8).hex(),
    )


def test_the_sample_has_its_size_and_comes_from_the_lot() -> None:
    names = [f"e{number}" for number in range(120)]
    sealed = _manifest(names, 13)
    assert problems_of_manifest(sealed) == []
    sample = drawn(sealed, [SECRET], chain_code(SEED, 8, 1), b"")
    assert len(sample) == len(set(sample)) == 13
    assert set(sample) <= set(names)
    assert sample == drawn(_manifest(names[::-1], 13), [SECRET], chain_code(SEED, 8, 1), b""), "order does not matter"


def test_every_candidate_is_as_likely_as_every_other() -> None:
    names, seen = [f"e{number}" for number in range(10)], Counter[str]()
    for nonce in range(2000):
        seen.update(drawn(_manifest(names, 3, nonce), [SECRET], chain_code(SEED, 8, 1), b""))
    chi_square = sum((seen[name] - 600) ** 2 / 600 for name in names)
    assert chi_square < 27.9, "nine degrees of freedom, one in a thousand"


def test_more_files_than_there_are_cannot_be_sealed() -> None:
    with pytest.raises(Refused) as refused:
        _manifest(["e1", "e2"], 3)
    assert refused.value.refusal.code == "sampling.manifest_refused"
    assert "不足抽取" in refused.value.refusal.sentence
