"""The manifest of a draw is closed before anybody can know the outcome (M1, R32): who, how many, barred where, and when."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256
from typing import Any

from hengjian.authorities.roles import Role
from hengjian.kernel import draw, numbering, typed
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.beacon import NONE
from hengjian.kernel.clock import ZONE
from hengjian.kernel.drand import CHAINS
from hengjian.kernel.refusal import refuse
from hengjian.kernel.words import listed, say
from hengjian.plans.models import Plan
from hengjian.plans.states import PlanState
from hengjian.supervision import draw_rules, list_rules, policies, pool, rules
from hengjian.supervision.facts import DrawSealed
from hengjian.supervision.models import CodeChain, Draw, Witness

SECRET_BYTES = 32


@act(
    "supervision.seal_draw",
    Plan,
    by=Role.CENTRE_REVIEWER.of_responsible_office,
    step=Step(PlanState.FILED),
    requires=[
        rules.exam_lies_ahead,
        rules.chain_is_open,
        rules.no_draw_stands,
        list_rules.pool_is_large_enough,
        draw_rules.sealer_is_no_witness,
    ],
    cites=[policies.SUPERVISORS_PER_SITTING_MIN, policies.BEACON_AFTER_VOIDS],
    clause=rules.RANDOM,
    turn=True,
    seals_at_once="draw",
)
def seal_draw(
    doing: Doing[Plan],
    *,
    opens_at: datetime,
    beacon_source: str = NONE,
    beacon_round: str = "",
    reason: str = "",
) -> DrawSealed:
    """封存抽取清单。

    Whoever committed as a witness stands in the list, none chosen and none left out; a further draw needs a reason.
    """
    plan = doing.subject
    earlier = _redrawn(doing, opens_at, reason)
    _check_beacon(doing, beacon_source, beacon_round, opens_at)
    witnesses = _witnesses(plan)
    places = pool.places_open(plan, doing.policy(policies.SUPERVISORS_PER_SITTING_MIN))
    drawn_from = pool.pool_for(plan, places)
    team = max(places.values())

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
        "commitments": [sha256(own).hexdigest(), *(witness.commitment for witness in witnesses)],
        "chain_head": draw.chain_code(bytes.fromhex(chain.seed), chain.length, chain.used - 1).hex(),
    }
    _check_manifest(manifest)
    sealed = doing.create(
        Draw,
        plan=plan,
        office_id=plan.office_id,
        code=code,
        purpose=say("{number} 质量督导员抽取", number=plan.number)
        + (say("（补抽：{reason}）", reason=reason.strip()[:120]) if earlier else ""),
        level=draw.level(manifest),
        manifest=manifest,
        digest=draw.digest(manifest),
        excluded=list(drawn_from.excluded),
        opens_at=opens_at,
        chain=chain,
        chain_index=chain.used,
        secrets=own.hex(),
        sealed_by=doing.actor.person,
    )
    for place, witness in enumerate(witnesses, start=1):
        witness.state, witness.draw, witness.place = Witness.State.SEALED, sealed, place
    if witnesses:
        doing.bulk_save(Witness, witnesses, ["state", "draw", "place"])
    return DrawSealed(
        draw=code,
        digest=sealed.digest,
        targets=len(places),
        staff=len(drawn_from.staff),
        excluded=len(drawn_from.excluded),
        opens_at=opens_at,
        level=sealed.level,
        witnesses=tuple(witness.label for witness in witnesses),
        reason=reason.strip(),
    )


def _redrawn(doing: Doing[Plan], opens_at: datetime, reason: str) -> bool:
    """Whether an earlier draw of this exam exists, which wants a reason; the moment lies ahead in any case."""
    if opens_at.tzinfo is None or opens_at <= doing.now:
        raise refuse(
            "supervision.opens_at_past",
            "抽取时刻须晚于现在，先封存、后抽取。",
            field="opens_at",
            clause=rules.SCHEME,
            remedy="请填写现在以后的时刻。",
        )
    earlier = Draw.objects.filter(plan=doing.subject).exists()
    if earlier and not reason.strip():
        raise refuse(
            "supervision.redraw_reason",
            "这次考试已有过抽取，另行抽取须写明理由。",
            field="reason",
            clause=rules.RANDOM,
            remedy="请写明为什么要另行抽取。",
        )
    return earlier


def _witnesses(plan: Plan) -> list[Witness]:
    """Everybody who committed, in the order of their commitments."""
    return list(Witness.objects.filter(plan=plan, state=Witness.State.COMMITTED).order_by("pk"))


def _check_beacon(doing: Doing[Plan], source: str, round_: str, opens_at: datetime) -> None:
    """After a void of the same exam nobody draws without a public value; a drand round must not be out yet."""
    voids = draw_rules.voids_of(doing.subject)
    if source == NONE and voids >= doing.policy(policies.BEACON_AFTER_VOIDS):
        raise refuse(
            "supervision.beacon_compulsory",
            say("这次考试的抽取已作废 {voids} 次，另行抽取必须使用公开随机值（A 级或 B 级）。", voids=voids),
            field="beacon_source",
            clause=policies.BEACON_AFTER_VOIDS.text.citation,
            policy=policies.BEACON_AFTER_VOIDS.key,
            remedy="选择一种尚未开出的公开随机值并写明期号，即可封存。",
        )
    chain = CHAINS.get(source)
    if chain is None:
        return
    try:
        known_at = chain.known_at(typed.whole(round_, least=1))
    except (typed.Unreadable, OverflowError, OSError, ValueError):
        raise refuse(
            "supervision.beacon_round",
            "drand 的期号是轮次，应为整数。",
            field="beacon_round",
            clause=rules.SCHEME,
            remedy="请只填写轮次的数字。",
        ) from None
    if not doing.now < known_at <= opens_at:
        raise refuse(
            "supervision.beacon_round_time",
            say(
                "第 {round_} 轮在 {known_at:%Y-%m-%d %H:%M:%S} 产生，须晚于封存、不晚于抽取时刻。",
                round_=round_,
                known_at=known_at.astimezone(ZONE),
            ),
            field="beacon_round",
            clause=rules.SCHEME,
            remedy=say(
                "从第 {first_after} 轮起尚未产生，选其中不晚于抽取时刻的一轮。",
                first_after=chain.first_after(doing.now),
            ),
        )


def _check_manifest(manifest: dict[str, Any]) -> None:
    if problems := draw.problems_of_manifest(manifest):
        raise refuse(
            "supervision.manifest",
            listed(problems, "；"),
            field="beacon_source",
            clause=rules.SCHEME,
            remedy="请改正清单后重新封存。",
        )
