"""A manifest has one byte form, and nothing doubtful can be sealed."""

import json

import pytest

from hengjian.kernel.draw import canonical, digest, level, problems_of_manifest
from tests.kernel.draws import CASES, manifest


def changed(path, value):
    sealed = manifest(barred=[("S0001", "P0001"), ("S0002", "P0001")])
    *way, last = path
    place = sealed
    for step in way:
        place = place[step]
    place[last] = value
    return sealed


def test_the_published_manifests_may_be_sealed_and_have_their_digest():
    for case in CASES:
        assert problems_of_manifest(case["manifest"]) == []
        assert digest(case["manifest"]) == case["manifest_sha256"]


def test_the_canonical_form_is_sorted_compact_and_unescaped():
    assert canonical({"b": ["武汉/甲", 1], "a": '"\\'}) == '{"a":"\\"\\\\","b":["武汉/甲",1]}'.encode()


def test_the_order_in_which_fields_were_written_does_not_matter():
    sealed = manifest()
    assert digest(dict(reversed(sealed.items()))) == digest(sealed)


@pytest.mark.parametrize("value", [1.5, True, None, {"键": 1}, "e\u0301", "a\nb", "\ud800", 1 << 53, {1: 2}, b"bytes"])
def test_what_other_languages_might_write_differently_has_no_canonical_form(value):
    with pytest.raises(ValueError, match="。"):
        canonical([value])


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("v",), "draw/2"),
        (("draw_id",), "抽取 1"),
        (("nonce",), "5A" * 32),
        (("chain_head",), "00"),
        (("commitments",), ["00"]),
        (("commitments",), []),
        (("pool", 0, "weight"), 0),
        (("pool", 0, "weight"), 1001),
        (("pool", 0, "id"), "P 1"),
        (("pool", 0, "id"), "P0002"),
        (("pool", 0, "stratum"), ""),
        (("pool", 0), {"id": "P0001", "weight": 1}),
        (("take",), []),
        (("take",), [["甲", 9]]),
        (("take",), [["乙", 1]]),
        (("take",), [["甲", 1], ["甲", 1]]),
        (("take",), [["甲", 0]]),
        (("staff", 0, "cap"), -1),
        (("staff", 0, "id"), "S0009"),
        (("team",), -1),
        (("team",), "2"),
        (("barred", 0), ["S0002", "P0001"]),
        (("barred", 0), ["S0001", "P9999"]),
        (("barred", 1), ["S0002"]),
        (("beacon",), {"source": "none"}),
        (("beacon", "round"), "1"),
        (("beacon", "source"), "福利彩票双色球"),
        (("beacon", "opens"), "2026-11-24T21:15:00"),
        (("remark",), "no such field"),
        (("pool",), "P0001"),
    ],
    ids=str,
)
def test_a_doubtful_manifest_is_refused_with_a_sentence(path, value):
    problems = problems_of_manifest(changed(path, value))
    assert problems
    assert all(problem.endswith("。") for problem in problems)


@pytest.mark.parametrize("nothing", [None, [], "draw", {}, 1.5])
def test_what_is_no_manifest_is_refused(nothing):
    assert problems_of_manifest(nothing)


def test_a_manifest_survives_being_stored_as_json():
    sealed = manifest()
    assert digest(json.loads(json.dumps(sealed))) == digest(sealed)


@pytest.mark.parametrize(
    ("source", "expected"), [("none", "C"), ("福利彩票双色球", "B"), ("drand quicknet", "A"), ("drand default", "A")]
)
def test_the_level_follows_from_the_beacon(source, expected):
    assert level(manifest(source=source)) == expected
