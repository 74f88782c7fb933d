"""Beacons: lotteries in the form of RFC 3797, drand rounds that only their own group can have signed."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from hengjian.kernel import drand
from hengjian.kernel.beacon import beacon_bytes, lottery_value, problems_of_beacon

VECTORS = Path(__file__).parent.parent / "vectors"
DRAND = json.loads((VECTORS / "draw_drand_beacons.json").read_text())


def test_lottery_numbers_take_the_form_of_rfc_3797():
    keys = [case["key"] for case in json.loads((VECTORS / "draw_rfc3797.json").read_text())["cases"]]
    assert keys[0] == lottery_value([[9319], [10, 2, 5, 12, 8], [9, 18, 26, 34, 41, 45]])
    for key in keys:
        sets = [[int(ball) for ball in part.split(".")[:-1]] for part in key.split("/")[:-1]]
        assert lottery_value(sets) == key
        assert beacon_bytes("any lottery", key) == key.encode()


def test_digits_whose_order_counts_keep_it():
    assert lottery_value([[7, 0, 7, 1, 2]], ordered=True) == "7.0.7.1.2./"


@pytest.mark.parametrize("value", ["", "3.8", "3 8 12", "03.8./", "3.8./7", None, 7, {"signature": "00"}])
def test_numbers_typed_otherwise_are_refused(value):
    assert problems_of_beacon("any lottery", "2026131", value)


def test_no_beacon_has_no_bytes_and_no_value():
    assert beacon_bytes("none", None) == b""
    assert problems_of_beacon("none", "", "3.8./")


def test_the_published_chains_are_those_known_here():
    for ours, theirs in (("drand quicknet", "quicknet"), ("drand default", "default_chain")):
        assert drand.CHAINS[ours].public_key == DRAND[theirs]["public_key"]
        assert drand.CHAINS[ours].scheme == DRAND[theirs]["scheme"]


@pytest.mark.parametrize("beacon", DRAND["beacons"], ids=lambda beacon: beacon["scheme"])
def test_a_drand_round_is_signed_for_itself_and_no_other_round(beacon):
    chain = drand.Chain(beacon["scheme"], beacon["pk"], 0, 30)
    assert drand.signed_by(chain, beacon["round"], beacon["sig"], beacon.get("prev", ""))
    assert not drand.signed_by(chain, beacon["round"] + 1, beacon["sig"], beacon.get("prev", ""))
    assert sha256(bytes.fromhex(beacon["sig"])).hexdigest() == beacon["rand"]


def test_the_bytes_of_a_drand_round_are_its_randomness():
    beacon = DRAND["beacons"][2]
    assert beacon_bytes("drand quicknet", {"signature": beacon["sig"]}).hex() == beacon["rand"]


@pytest.mark.parametrize("value", [None, "00", {}, {"signature": "zz"}, {"signature": "00" * 48}, {"signature": ""}])
def test_what_is_no_signature_is_refused(value):
    assert problems_of_beacon("drand quicknet", "38", value)


def test_a_true_signature_of_another_group_is_refused():
    beacon = DRAND["beacons"][2]  # of a test network, not of quicknet
    assert problems_of_beacon("drand quicknet", "38", {"signature": beacon["sig"]}) == ["drand 第 38 轮的签名不成立。"]


def test_a_chained_round_needs_the_signature_before_it():
    beacon = DRAND["beacons"][1]
    assert not drand.signed_by(drand.Chain(beacon["scheme"], beacon["pk"], 0, 30), beacon["round"], beacon["sig"])
