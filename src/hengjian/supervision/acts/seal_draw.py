"""The manifest of a draw is closed before anybody can know the outcome (M1, R32): who, how many, barred where, and when."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from hengjian.authorities.roles import Role
from hengjian.kernel import draw, numbering
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.beacon import NONE
from hengjian.kernel.refusal import refuse
from hengjian.plans.models import Plan
from hengjian.plans.states import PlanState
from hengjian.supervision import policies, pool, rules
from hengjian.supervision.facts import DrawSealed
from hengjian.supervision.models import CodeChain, Draw

SECRET_BYTES = 32
_HEX32 = re.compile(r"[0-9a-f]{64}")


@act(
    "supervision.seal_draw",
    Plan,
    by=Role.CENTRE_REVIEWER.of_responsible_office,
    step=Step(PlanState.FILED),
    requires=[rules.exam_lies_ahead, rules.chain_is_open, rules.no_draw_stands],
    cites=[policies.SUPERVISORS_PER_SITTING_MIN, policies.DRAWN_AT_RANDOM],
    clause=rules.RANDOM,
    turn=True,
    seals_at_once=True,
)
def seal_draw(
    doing: Doing[Plan],
    *,
    opens_at: datetime,
    witnesses: Sequence[str] = (),
    commitments: Sequence[str] = (),
    beacon_source: str = NONE,
    beacon_round: str = "",
    reason: str = "",
) -> DrawSealed:
    """封存抽取清单。

    Each witness keeps a secret of 32 bytes and hands in its SHA-256; a further draw for one exam needs a reason.
    """
    plan = doing.subject
    if opens_at.tzinfo is None or opens_at <= doing.now:
        raise refuse(
            "supervision.opens_at_past", "抽取时刻须晚于现在，先封存、后抽取。", field="opens_at", clause=rules.SCHEME
        )
    _check_witnesses(witnesses, commitments)
    earlier = Draw.objects.filter(plan=plan).exists()
    if earlier and not reason.strip():
        raise refuse(
            "supervision.redraw_reason", "这次考试已有过抽取，另行抽取须写明理由。", field="reason", clause=rules.RANDOM
        )
    places = pool.places_open(plan, doing.policy(policies.SUPERVISORS_PER_SITTING_MIN))
    drawn_from = pool.pool_for(plan, places)
    team = max(places.values())
    _check_pool(drawn_from, places, team)

    code = f"D-{doing.today.year}-{numbering.take(doing, f'draw/{doing.today.year}')[0]:04d}"
    chain = CodeChain._base_manager.select_for_update().get(office=plan.office_id, year=doing.today.year)
    chain.used += 1
    doing.save(chain)
    own = secrets.token_bytes(SECRET_BYTES)
    manifest: dict[str, Any] = {
        "v": "draw/1",
        "draw_id": code,
        "nonce": secrets.token_hex(SECRET_BYTES),
        "pool": [{"id": target, "stratum": pool.STRATUM, "weight": 1} for target in sorted(places)],
        "take": [[pool.STRATUM, len(places)]],
        "staff": [{"id": person, "cap": len(places)} for person in drawn_from.staff],
        "team": team,
        "barred": [list(pair) for pair in drawn_from.barred],
        "beacon": {"source": beacon_source, "round": beacon_round, "opens": opens_at.isoformat()},
        "commitments": [sha256(own).hexdigest(), *commitments],
        "chain_head": draw.chain_code(bytes.fromhex(chain.seed), chain.length, chain.used - 1).hex(),
    }
    _check_manifest(manifest)
    sealed = doing.create(
        Draw,
        plan=plan,
        office_id=plan.office_id,
        code=code,
        purpose=f"{plan.number} 质量督导员抽取" + (f"（补抽：{reason.strip()[:120]}）" if earlier else ""),
        level=draw.level(manifest),
        manifest=manifest,
        digest=draw.digest(manifest),
        excluded=list(drawn_from.excluded),
        opens_at=opens_at,
        chain=chain,
        chain_index=chain.used,
        secrets=json.dumps({"platform": own.hex(), "witnesses": list(witnesses)}, ensure_ascii=False),
    )
    return DrawSealed(
        draw=code,
        digest=sealed.digest,
        targets=len(places),
        staff=len(drawn_from.staff),
        excluded=len(drawn_from.excluded),
        opens_at=opens_at,
        level=sealed.level,
        witnesses=tuple(witnesses),
        reason=reason.strip(),
    )


def _check_witnesses(witnesses: Sequence[str], commitments: Sequence[str]) -> None:
    if len(witnesses) != len(commitments):
        raise refuse("supervision.witnesses", "每名见证人须各交一个承诺值。", field="commitments", clause=rules.SCHEME)
    for witness, commitment in zip(witnesses, commitments, strict=True):
        if not _HEX32.fullmatch(commitment):
            raise refuse(
                "supervision.commitment",
                f"见证人“{witness}”的承诺值应为 64 位小写十六进制（秘密值的 SHA-256）。",
                field="commitments",
                clause=rules.SCHEME,
            )


def _check_pool(drawn_from: pool.Pool, places: Mapping[str, int], team: int) -> None:
    for target in places:
        able = drawn_from.able(target)
        if able < team:
            day, small = target.split(".", 1)
            raise refuse(
                "supervision.pool_too_small",
                f"{day} 小类 {small} 须督导 {team} 人，可抽的只有 {able} 人。",
                clause=rules.RANDOM,
                policy=policies.SUPERVISORS_PER_SITTING_MIN.key,
                remedy="增聘该小类的督导员，或请上级机关调派人员后再抽取。",
            )


def _check_manifest(manifest: dict[str, Any]) -> None:
    if problems := draw.problems_of_manifest(manifest):
        raise refuse(
            "supervision.manifest",
            "；".join(problems),
            field="beacon_source",
            clause=rules.SCHEME,
            remedy="请改正清单后重新封存。",
        )
