"""RFC 6962 and RFC 9162: the tree has the published roots, and its proofs prove that and nothing else."""

import json
from base64 import b64decode
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengjian.kernel.tlog.merkle import (
    EMPTY_ROOT,
    Frontier,
    ProofInvalid,
    check_consistency,
    check_inclusion,
    leaf_hash,
    node_hash,
    root_of,
)
from tests.shared import shared

VECTORS = Path(__file__).parent.parent / "vectors"


def unbase64(text):
    return b64decode(text or "")


def by_definition(leaves):
    """RFC 9162 section 2.1.1, word for word."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(by_definition(leaves[:split]), by_definition(leaves[split:]))


def test_the_reference_tree_has_its_published_root_at_every_size():
    vector = json.loads((VECTORS / "tlog_rfc6962_roots.json").read_text())
    leaves = [leaf_hash(bytes.fromhex(leaf)) for leaf in vector["leaves_hex"]]
    roots = [root_of(leaves[:size]).hex() for size in range(len(leaves) + 1)]
    assert roots == vector["roots_hex_by_size"]


def test_every_public_inclusion_case_is_decided_as_published():
    for case in json.loads(shared("vectors/public/merkle_inclusion.json").read_text())["cases"]:
        proof = [unbase64(node) for node in case["proof"] or []]
        arguments = (case["leafIdx"], case["treeSize"], unbase64(case["leafHash"]), proof, unbase64(case["root"]))
        if case["wantErr"]:
            with pytest.raises(ProofInvalid):
                check_inclusion(*arguments)
        else:
            check_inclusion(*arguments)


def test_every_public_consistency_case_is_decided_as_published():
    for case in json.loads(shared("vectors/public/merkle_consistency.json").read_text())["cases"]:
        proof = [unbase64(node) for node in case["proof"] or []]
        arguments = (case["size1"], case["size2"], unbase64(case["root1"]), unbase64(case["root2"]), proof)
        if case["wantErr"]:
            with pytest.raises(ProofInvalid):
                check_consistency(*arguments)
        else:
            check_consistency(*arguments)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 70), st.integers(0, 70))
def test_a_frontier_gives_the_root_of_the_definition_and_survives_being_stored(first, then):
    leaves = [leaf_hash(bytes([number])) for number in range(first + then)]
    tree = Frontier()
    tree.extend(leaves[:first])
    tree = Frontier.from_bytes(tree.to_bytes())
    tree.extend(leaves[first:])
    assert tree.size == first + then
    assert tree.root() == by_definition(leaves)


def test_a_frontier_refuses_peaks_that_do_not_fit_its_size():
    with pytest.raises(ValueError, match="3 leaves has 2"):
        Frontier(3, [EMPTY_ROOT])


def test_consistency_from_the_empty_tree_is_refused_as_it_proves_nothing():
    with pytest.raises(ProofInvalid):
        check_consistency(0, 1, EMPTY_ROOT, leaf_hash(b""), [])


def test_a_hash_of_another_length_is_refused():
    with pytest.raises(ProofInvalid, match="32 字节"):
        check_inclusion(0, 1, b"short", [], b"short")
