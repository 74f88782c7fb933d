"""Published draws for the tests: the four of the vectors, and one with invented people."""

import json
from hashlib import sha256
from pathlib import Path

from hengjian.kernel import draw

CASES = json.loads((Path(__file__).parent.parent / "vectors/draw_draw1_cases.json").read_text())["cases"]
RESULT = ("manifest_sha256", "prk", "targets", "teams")
SEED, LENGTH = b"a seed nobody knows", 16
SECRETS = [b"witness one".ljust(32), b"witness two".ljust(32)]


def published_case(case):
    beacon = case["manifest"]["beacon"]
    return {
        "manifest": case["manifest"],
        "secrets": case["reveals"],
        "code": case["one_time_code"],
        "beacon": {
            "source": beacon["source"],
            "round": beacon["round"],
            "value": bytes.fromhex(case["beacon_hex"]).decode(),
        },
        "result": {name: case[name] for name in RESULT},
    }


def manifest(*, pool=8, take=3, staff=5, team=2, cap=2, barred=(), source="none", round_=""):
    return {
        "v": "draw/1",
        "draw_id": "D-2026-1",
        "nonce": "5a" * 32,
        "pool": [{"id": f"P{number:04d}", "stratum": "甲", "weight": 1 + number % 3} for number in range(1, pool + 1)],
        "take": [["甲", take]],
        "staff": [{"id": f"S{number:04d}", "cap": cap} for number in range(1, staff + 1)],
        "team": team,
        "barred": sorted(map(list, barred)),
        "beacon": {"source": source, "round": round_, "opens": "2026-11-24T21:15:00+08:00"},
        "commitments": [sha256(secret).hexdigest() for secret in SECRETS],
        "chain_head": draw.chain_head(SEED, LENGTH).hex(),
    }


def published(sealed, value=None):
    return draw.publish(sealed, SECRETS, draw.chain_code(SEED, LENGTH, 1), value)
