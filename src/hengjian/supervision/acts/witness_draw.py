"""A witness is an account that commits itself: to a secret of its own before the list is sealed, revealed after (M1).

The platform never holds the secret before: it knows the hash alone, so that it cannot work out what will be drawn. A name
somebody else types is no witness and has no place here.
"""

from __future__ import annotations

import re
from hashlib import sha256

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.beacon import NONE
from hengjian.kernel.refusal import refuse
from hengjian.plans.models import Plan
from hengjian.plans.states import PlanState
from hengjian.supervision import draw_rules, rules
from hengjian.supervision.facts import WitnessCommitted, WitnessRevealed, WitnessWithdrew
from hengjian.supervision.models import Witness

HEX32 = re.compile(r"[0-9a-f]{64}")
# Whoever audits or manages from outside the drawing desk, and whoever is examined: none of them draws.
WITNESSES = (
    Role.AUDITOR.of_area,
    Role.PROVINCE_OFFICER.of_area,
    Role.DISTRICT_OFFICER.of_area,
    Role.RESPONSIBLE_PERSON.of_own_institution,
)
ONESELF = tuple(
    role.in_own_seat for role in (Role.AUDITOR, Role.PROVINCE_OFFICER, Role.DISTRICT_OFFICER, Role.RESPONSIBLE_PERSON)
)


@act(
    "supervision.commit_as_witness",
    Plan,
    by=WITNESSES,
    step=Step(PlanState.FILED),
    requires=[rules.exam_lies_ahead, rules.no_draw_stands, draw_rules.witness_kept_the_word],
    clause=rules.SCHEME,
    seals_at_once="draw",
)
def commit_as_witness(doing: Doing[Plan], *, commitment: str) -> WitnessCommitted:
    """见证抽取。

    Whoever lost the secret commits again before the sealing; the earlier commitment is withdrawn.
    """
    plan, actor = doing.subject, doing.actor
    commitment = commitment.strip().lower()
    if not HEX32.fullmatch(commitment):
        raise refuse(
            "supervision.commitment",
            "承诺值应为 64 位十六进制（秘密值的 SHA-256）。",
            field="commitment",
            clause=rules.SCHEME,
            remedy="请用页面上的按钮生成；秘密值留在您自己的设备上。",
        )
    if Witness.objects.filter(plan=plan, commitment=commitment).exists():
        raise refuse(
            "supervision.commitment_known",
            "这个承诺值已经用过，请另行生成。",
            field="commitment",
            remedy="请用页面上的按钮另生成一个秘密值。",
            clause=rules.SCHEME,
        )
    for earlier in Witness.objects.filter(plan=plan, person=actor.person, state=Witness.State.COMMITTED).order_by("pk"):
        earlier.state = Witness.State.WITHDRAWN
        doing.save(earlier)
    doing.create(
        Witness,
        plan=plan,
        seat=actor.actor_id,
        person=actor.person,
        label=actor.label,
        commitment=commitment,
        committed_at=doing.now,
    )
    return WitnessCommitted(plan.number or "", actor.label, commitment)


@act(
    "supervision.withdraw_as_witness",
    Witness,
    by=ONESELF,
    step=Step(Witness.State.COMMITTED, to=Witness.State.WITHDRAWN),
    clause=rules.SCHEME,
)
def withdraw_as_witness(doing: Doing[Witness]) -> WitnessWithdrew:
    """撤回见证。

    Before the sealing only: a commitment in a sealed list stays.
    """
    return WitnessWithdrew(doing.subject.plan.number or "", doing.subject.label)


@act(
    "supervision.reveal_as_witness",
    Witness,
    by=ONESELF,
    step=Step(Witness.State.SEALED, to=Witness.State.REVEALED),
    requires=[draw_rules.public_value_is_not_yet_out],
    clause=rules.SCHEME,
    turn=True,
    seals_at_once="draw",
)
def reveal_as_witness(doing: Doing[Witness], *, secret: str) -> WitnessRevealed:
    """揭示秘密值。

    Where a public value was named, before it is known: whoever holds a secret back must not know the outcome.
    """
    witness = doing.subject
    secret = secret.strip().lower()
    if not HEX32.fullmatch(secret) or sha256(bytes.fromhex(secret)).hexdigest() != witness.commitment:
        raise refuse(
            "supervision.secret_does_not_fit",
            "这个秘密值与您封存前的承诺不符。",
            field="secret",
            clause=rules.SCHEME,
            remedy="请用承诺时保存的秘密值；找不到的，由中心负责人作废本次抽取。",
        )
    witness.secret, witness.revealed_at = secret, doing.now
    assert witness.draw is not None
    named = witness.draw.manifest["beacon"]["source"] != NONE
    return WitnessRevealed(witness.draw.code, witness.place or 0, witness.label, named)
