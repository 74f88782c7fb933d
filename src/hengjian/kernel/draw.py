"""`draw/1`: a random draw that anybody can run again (RFC 5869 ticketing after draft-thomson-elegy-vrs).

The manifest says everything before anything is known: who can be drawn with which weight, how many per stratum, which
staff may not go where, which future public value will be used, and the hashes of the witnesses' secrets. Its digest is
logged, the secrets are revealed, then the beacon's value appears; the platform adds the next code of its hash chain.
From these bytes the result follows, without a floating point number and without a choice left to anyone:

    IKM = LP("draw/1") LP(digest) LP(beacon) LP(secret 1) ...      LP = length in eight bytes, then the bytes
    PRK = HMAC-SHA256(code, IKM)        pos(label) = HMAC-SHA256(PRK, label 0x01)

An item of weight w holds the tickets `target/<id>/1..w` and its smallest counts; each stratum's lowest are drawn, and
all drawn stand in the order of their tickets. For each, staff are ranked by `pos(pair/<target>/<staff>)`; teams are the
first feasible assignment (`assignment.py`).
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from hengjian.kernel.assignment import first_feasible
from hengjian.kernel.beacon import NONE, Level, beacon_bytes, level_of, problems_of_beacon
from hengjian.kernel.draw_manifest import canonical, digest, problems_of_manifest
from hengjian.kernel.words import listed, say

__all__ = [
    "DoesNotOpen",
    "canonical",
    "chain_code",
    "chain_head",
    "chain_index",
    "compute",
    "digest",
    "level",
    "of_layout",
    "positions",
    "problems_of_manifest",
    "problems_of_opening",
    "pseudorandom_key",
    "publish",
    "ranking",
    "teams",
    "verify",
]

Result = dict[str, Any]


def level(manifest: Mapping[str, Any]) -> Level:
    """The assurance the beacon gives: A verified by signature, B checkable in print, C witnesses only."""
    return level_of(manifest["beacon"]["source"])


def chain_code(seed: bytes, length: int, index: int) -> bytes:
    """The one-time code of draw `index` (1 to `length`): hashed once, it gives the code of the draw before.

    Index 0 is the head, published before the first draw; a hidden draw would leave a hole in the count.
    """
    if not 0 <= index <= length:
        raise ValueError(f"a chain of {length} codes has no code {index}")
    value = seed
    for _ in range(length - index):
        value = sha256(value).digest()
    return value


def chain_head(seed: bytes, length: int) -> bytes:
    return chain_code(seed, length, 0)


def chain_index(head: bytes, value: bytes, length: int) -> int | None:
    """Which code of the chain this is, counted from its published head: the number of the draw. None if of another."""
    for index in range(length + 1):
        if value == head:
            return index
        value = sha256(value).digest()
    return None


def pseudorandom_key(manifest: Mapping[str, Any], secrets: Sequence[bytes], code: bytes, beacon: bytes) -> bytes:
    parts = [b"draw/1", bytes.fromhex(digest(manifest)), beacon, *secrets]
    return hmac.digest(code, b"".join(len(part).to_bytes(8, "big") + part for part in parts), "sha256")


def positions(key: bytes, labels: Iterable[str]) -> list[bytes]:
    """Where each label falls: HKDF-Expand to 32 bytes."""
    return [hmac.digest(key, label.encode() + b"\x01", "sha256") for label in labels]


def ranking(manifest: Mapping[str, Any], key: bytes) -> dict[str, list[tuple[bytes, str]]]:
    """Each stratum's items behind their smallest tickets, in order: first those drawn, then the substitutes."""
    ranked: dict[str, list[tuple[bytes, str]]] = {stratum: [] for stratum, _ in manifest["take"]}
    for item in manifest["pool"]:
        if item["stratum"] in ranked:
            tickets = positions(key, (f"target/{item['id']}/{n}" for n in range(1, item["weight"] + 1)))
            ranked[item["stratum"]].append((min(tickets), item["id"]))
    return {stratum: sorted(items) for stratum, items in ranked.items()}


def compute(manifest: Mapping[str, Any], secrets: Sequence[bytes], code: bytes, beacon: bytes) -> Result:
    """What is drawn. `teams` is None where no assignment respects all recusals and capacities: the draw is void.

    Raises DoesNotOpen where secrets, code or beacon are missing or are not those of the manifest."""
    if problems := problems_of_opening(manifest, secrets, code, beacon):
        raise DoesNotOpen(problems)
    key = pseudorandom_key(manifest, secrets, code, beacon)
    order = ranking(manifest, key)
    drawn = sorted(place for stratum, count in manifest["take"] for place in order[stratum][:count])
    targets = [name for _, name in drawn]
    return {
        "manifest_sha256": digest(manifest),
        "prk": key.hex(),
        "targets": targets,
        "teams": teams(manifest, key, targets),
    }


def teams(manifest: Mapping[str, Any], key: bytes, targets: Sequence[str]) -> dict[str, list[str]] | None:
    """Who goes where: the first assignment in order of rank that respects every recusal and capacity, or None."""
    staff = [person["id"] for person in manifest["staff"]]
    barred = {(person, target) for person, target in manifest["barred"]}
    ranked = []
    for target in targets:
        able = [number for number, person in enumerate(staff) if (person, target) not in barred]
        places = positions(key, (f"pair/{target}/{staff[number]}" for number in able))
        ranked.append([number for _, number in sorted(zip(places, able, strict=True))])
    chosen = first_feasible(ranked, [person["cap"] for person in manifest["staff"]], manifest["team"])
    if chosen is None:
        return None
    return {target: [staff[number] for number in team] for target, team in zip(targets, chosen, strict=True)}


def publish(manifest: Mapping[str, Any], secrets: Sequence[bytes], code: bytes, value: Any) -> dict[str, Any]:
    """The published draw: everything anybody needs to run it again. The value is that of the manifest's beacon."""
    source, round_ = manifest["beacon"]["source"], manifest["beacon"]["round"]
    return {
        "manifest": dict(manifest),
        "secrets": [secret.hex() for secret in secrets],
        "code": code.hex(),
        "beacon": {"source": source, "round": round_, "value": value},
        "result": compute(manifest, secrets, code, beacon_bytes(source, value)),
    }


class DoesNotOpen(ValueError):
    """The secrets, the code or the beacon's value are not those the manifest committed itself to; `problems` says which."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(listed(problems, ""))
        self.problems = list(problems)


def problems_of_opening(manifest: Mapping[str, Any], secrets: Sequence[bytes], code: bytes, beacon: bytes) -> list[str]:
    """Why these are not what the manifest was sealed with; empty if they are. A draw from others would be another draw."""
    problems: list[str] = []
    if len(secrets) != len(manifest["commitments"]):
        problems.append(
            say(
                "清单承诺了 {commitments} 个秘密值，交来 {secrets} 个。",
                commitments=len(manifest["commitments"]),
                secrets=len(secrets),
            )
        )
    for number, (secret, sealed) in enumerate(zip(secrets, manifest["commitments"], strict=False), 1):
        if sha256(secret).hexdigest() != sealed:
            problems.append(say("第 {number} 个秘密值与清单中的承诺不符。", number=number))
    if sha256(code).hexdigest() != manifest["chain_head"]:
        problems.append("一次性代码不是清单所载哈希链的下一个。")
    if bool(beacon) != (manifest["beacon"]["source"] != NONE):
        problems.append("清单指定了信标而没有信标值，或者相反。")
    return problems


def verify(published: Mapping[str, Any]) -> list[str]:
    """Every reason why this published draw does not hold; empty if it does."""
    try:
        published = of_layout(published)
        manifest = published["manifest"]
        secrets = [bytes.fromhex(secret) for secret in published["secrets"]]
        code = bytes.fromhex(published["code"])
        beacon, claimed = dict(published["beacon"]), published["result"]
        source, round_, value = beacon["source"], beacon["round"], beacon["value"]
    except (KeyError, TypeError, ValueError):
        return ["公布内容不完整：须有清单、秘密值、一次性代码、信标和结果，秘密值和代码为十六进制。"]
    if problems := problems_of_manifest(manifest):
        return problems
    if (source, round_) != (manifest["beacon"]["source"], manifest["beacon"]["round"]):
        return ["所用信标不是清单预先指定的信标。"]
    if problems := problems_of_beacon(source, round_, value):
        return problems
    try:
        return _differences(claimed, compute(manifest, secrets, code, beacon_bytes(source, value)))
    except DoesNotOpen as closed:
        return closed.problems


def of_layout(whole: Mapping[str, Any]) -> Mapping[str, Any]:
    """The published form, whichever of the two layouts the draw lies in: as published, or flat with the bytes of its
    beacon, as test vectors are. ValueError if the bytes are no beacon's."""
    return _from_vector(whole) if "beacon_hex" in whole else whole


def _from_vector(case: Mapping[str, Any]) -> dict[str, Any]:
    beacon, text = case["manifest"]["beacon"], bytes.fromhex(case["beacon_hex"]).decode("ascii")
    return {
        "manifest": case["manifest"],
        "secrets": case["reveals"],
        "code": case["one_time_code"],
        "beacon": {"source": beacon["source"], "round": beacon["round"], "value": text or None},
        "result": {name: case[name] for name in ("manifest_sha256", "prk", "targets", "teams") if name in case},
    }


def _differences(claimed: Any, result: Result) -> list[str]:
    if not isinstance(claimed, dict):
        return ["公布的结果不是一个对象。"]
    names = {
        "manifest_sha256": "清单摘要与公布的不同。",
        "prk": "随机种子与公布的不同。",
        "targets": "重新计算抽中的对象或其次序与公布的不同。",
        "teams": "重新计算的人员分派与公布的不同。",
    }
    return [sentence for name, sentence in names.items() if name not in claimed or claimed[name] != result[name]]
