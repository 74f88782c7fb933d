"""A draw of 2,800 institutions against the bare HMAC-SHA256 of the same labels.

Ours is the whole draw as anybody runs it again: the manifest made canonical and digested, the key derived, every ticket
taken, the strata put in order, the teams assigned. The reference only hashes the labels, written down beforehand.
"""

from __future__ import annotations

import hmac
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench._ground import in_turn, line

SECRETS, CODE = [b"1" * 32, b"2" * 32], b"3" * 32
POOL, ROUNDS = 2_800, 9
STRATA = [(f"13/{code}/", 10) for code in (1301, 1302, 1303, 1304, 1305, 1306, 1307, 1308, 1309, 1310, 1311, 1331)]
WEIGHTS = (1, 1, 1, 2, 2, 3, 3, 4, 1, 4)  # 22 tickets to ten institutions: about 6,100 of them


def manifest(*, staff: int, team: int) -> dict[str, Any]:
    return {
        "v": "draw/1",
        "draw_id": "D-2026-1",
        "nonce": "5a" * 32,
        "pool": [
            {"id": f"P{at:05d}", "stratum": STRATA[at % len(STRATA)][0], "weight": WEIGHTS[at % len(WEIGHTS)]}
            for at in range(POOL)
        ],
        "take": [list(pair) for pair in STRATA],
        "staff": [{"id": f"S{at:04d}", "cap": 2} for at in range(staff)],
        "team": team,
        "barred": [[f"S{at:04d}", f"P{at * 7:05d}"] for at in range(staff)],
        "beacon": {"source": "none", "round": "", "opens": "2026-11-24T21:15:00+08:00"},
        "commitments": [sha256(secret).hexdigest() for secret in SECRETS],
        "chain_head": sha256(CODE).hexdigest(),
    }


def drawn(*, staff: int, team: int, goal: float) -> dict[str, Any]:
    from hengjian.kernel import draw

    sealed = manifest(staff=staff, team=team)
    if problems := draw.problems_of_manifest(sealed):
        raise AssertionError(problems)
    result = draw.compute(sealed, SECRETS, CODE, b"")
    barred = {(person, target) for person, target in sealed["barred"]}
    labels = [f"target/{item['id']}/{n}\x01" for item in sealed["pool"] for n in range(1, item["weight"] + 1)]
    tickets = len(labels)
    if team:
        labels += [
            f"pair/{target}/{person['id']}\x01"
            for target in result["targets"]
            for person in sealed["staff"]
            if (person["id"], target) not in barred
        ]
    key, messages = bytes.fromhex(result["prk"]), [label.encode() for label in labels]

    def bare() -> None:
        for message in messages:
            hmac.digest(key, message, "sha256")

    found = in_turn(lambda: draw.compute(sealed, SECRETS, CODE, b""), bare, ROUNDS)
    what = f"{len(result['targets'])} of {POOL:,} institutions by {tickets:,} tickets"
    what += f", with teams of {team} from {staff}" if team else ""
    return line(
        f"draw of {what}, s, against bare HMAC of the {len(labels):,} labels",
        found.ours,
        found.bare,
        found.ratio,
        f"≤ {goal:g} ×",
        found.ratio <= goal,
    )


def run() -> list[dict[str, Any]]:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
    return [drawn(staff=0, team=0, goal=4), drawn(staff=300, team=2, goal=4)]


if __name__ == "__main__":
    for result in run():
        print(result)
