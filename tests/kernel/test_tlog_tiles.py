"""C2SP tlog-tiles: a log grows by its right edge alone, and every proof can be made from its files."""

import json
from base64 import b64decode
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengjian.kernel.tlog.merkle import ProofInvalid, check_consistency, check_inclusion, leaf_hash, root_of
from hengjian.kernel.tlog.tiles import (
    Tile,
    bundle,
    bundle_path,
    grow,
    prove_consistency,
    prove_inclusion,
    root_at,
    tiles_between,
    unbundle,
)

OWN_LOG = json.loads((Path(__file__).parent.parent / "vectors/tlog_own_log_300.json").read_text())
LEAVES = [leaf_hash(number.to_bytes(4, "big")) for number in range(70_000)]


class Store(dict):
    """Tiles in memory; notes which were read."""

    def __init__(self):
        super().__init__()
        self.read = set()

    def tile(self, level, index):
        self.read.add((level, index))
        return self[level, index]

    def append(self, size, leaves):
        growth = grow(self, size, leaves)
        self.update(growth.tiles)
        return growth


@pytest.fixture(scope="module")
def big():
    store = Store()
    store.append(0, LEAVES)
    return store


def test_the_own_log_has_its_published_tiles_roots_and_proofs():
    leaves = [leaf_hash(entry.encode()) for entry in OWN_LOG["entries"]]
    store = Store()
    for size, name in ((0, "checkpoint_256"), (256, "checkpoint_300")):
        growth = store.append(size, leaves[size : int(name[-3:])])
        assert growth.root == b64decode(OWN_LOG[name].split("\n")[2])
    assert {tile.path: sha256(store[tile.level, tile.index]).hexdigest() for tile in tiles_between(0, 300)} == OWN_LOG[
        "tile_sha256"
    ]
    assert prove_inclusion(store, 257, 300) == list(map(b64decode, OWN_LOG["inclusion_index_257_size_300"]))
    assert prove_consistency(store, 256, 300) == list(map(b64decode, OWN_LOG["consistency_256_300"]))


def test_seventy_thousand_entries_lie_in_the_tiles_the_specification_counts():
    widths = {}
    for tile in tiles_between(0, 70_000):
        widths.setdefault(tile.level, []).append(tile.width)
    assert widths == {0: [256] * 273 + [112], 1: [256, 17], 2: [1]}


def test_paths_group_the_number_by_thousands_and_name_the_width_of_a_partial_tile():
    assert Tile(0, 1_234_067).path == "tile/0/x001/x234/067"
    assert Tile(1, 67, 44).path == "tile/1/067.p/44"
    assert bundle_path(1_067) == "tile/entries/x001/067"
    with pytest.raises(ValueError, match="1 to 256"):
        _ = Tile(0, 0, 0).path


def test_growing_reads_no_tile_but_those_of_the_right_edge(big):
    big.read.clear()
    growth = grow(big, 70_000, [leaf_hash(b"one more")])
    assert big.read == {(0, 273), (1, 1), (2, 0)}
    assert set(growth.tiles) == {(0, 273)}
    assert growth.root == root_of([*LEAVES, leaf_hash(b"one more")])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 700), min_size=1, max_size=6))
def test_a_log_grown_in_any_steps_is_the_log_grown_at_once(steps):
    store, size = Store(), 0
    for step in steps:
        before = dict(store)
        growth = store.append(size, LEAVES[size : size + step])
        changed = {key for key, value in store.items() if before.get(key) != value}
        assert changed == set(growth.tiles) == {(tile.level, tile.index) for tile in tiles_between(size, growth.size)}
        size = growth.size
        assert growth.root == root_of(LEAVES[:size])


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 70_000), st.data())
def test_every_proof_made_from_the_tiles_holds_at_every_past_size(big, size, data):
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    root = root_at(big, size)
    proof = prove_inclusion(big, index, size)
    check_inclusion(index, size, LEAVES[index], proof, root)
    check_consistency(old, size, root_at(big, old), root, prove_consistency(big, old, size))
    with pytest.raises(ProofInvalid):
        check_inclusion(index, size, leaf_hash(b"never logged"), proof, root)


def test_a_changed_history_cannot_be_proven_consistent(big):
    forged = Store()
    forged.append(0, [*LEAVES[:100], leaf_hash(b"forged"), *LEAVES[101:300]])
    with pytest.raises(ProofInvalid):
        check_consistency(200, 300, root_at(big, 200), root_at(forged, 300), prove_consistency(forged, 200, 300))


def test_a_tile_that_is_too_short_is_noticed_before_a_wrong_proof_is_made(big):
    store = Store()
    store.update(big)
    store[0, 0] = store[0, 0][:-32]
    with pytest.raises(ValueError, match="fewer than"):
        prove_inclusion(store, 3, 70_000)


@given(st.lists(st.binary(max_size=300), max_size=10))
def test_entries_come_out_of_a_bundle_as_they_went_in(entries):
    assert unbundle(bundle(entries)) == entries


def test_a_bundle_cut_off_is_refused():
    with pytest.raises(ValueError, match="cut off"):
        unbundle(bundle([b"entry"])[:-1])
