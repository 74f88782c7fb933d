"""The public value named in the manifest: a drand signature proves itself, lottery numbers are typed by two persons."""

from __future__ import annotations

from typing import Any

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.beacon import level_of, problems_of_beacon
from hengjian.kernel.refusal import refuse
from hengjian.kernel.words import listed
from hengjian.supervision import rules
from hengjian.supervision.facts import BeaconConfirmed, BeaconEntered
from hengjian.supervision.models import Draw

_NAMED_AND_DUE = [rules.names_a_beacon, rules.draw_time_has_come]
_DECLARED: dict[str, Any] = {
    "by": Role.CENTRE_REVIEWER.of_responsible_office,
    "step": Step(Draw.State.SEALED),
    "clause": rules.SCHEME,
}


@act("supervision.enter_beacon", Draw, requires=_NAMED_AND_DUE, recalled=True, **_DECLARED)
def enter_beacon(doing: Doing[Draw], *, value: str, previous: str = "") -> BeaconEntered:
    """录入公开随机值。

    A lottery in the form `3.8.12.19.25.33./7./`; drand by the round's signature, with the previous one if it chains.
    """
    draw = doing.subject
    source, round_ = draw.manifest["beacon"]["source"], draw.manifest["beacon"]["round"]
    proven = level_of(source) == "A"
    told: Any = {"signature": value.strip(), "previous_signature": previous.strip()} if proven else value.strip()
    if problems := problems_of_beacon(source, round_, told):
        raise refuse(
            "supervision.beacon_malformed",
            listed(problems, "；"),
            field="value",
            clause=rules.SCHEME,
            remedy="请对照公开的结果重新录入。",
        )
    confirmed = "signature" if proven else ""
    draw.beacon = {"value": told, "confirmed_by": confirmed}
    return BeaconEntered(draw.code, value.strip())


@act(
    "supervision.confirm_beacon",
    Draw,
    requires=[*_NAMED_AND_DUE, rules.beacon_is_entered],
    not_by=["supervision.enter_beacon"],
    **_DECLARED,
)
def confirm_beacon(doing: Doing[Draw], *, value: str) -> BeaconConfirmed:
    """复核公开随机值。

    The second person types the numbers from print without copying the first.
    """
    draw = doing.subject
    entered: dict[str, Any] = draw.beacon or {}  # `beacon_is_entered` has seen that there is one
    if value.strip() != entered["value"]:
        raise refuse(
            "supervision.beacon_differs",
            "两次录入的随机值不一致。",
            field="value",
            clause=rules.SCHEME,
            remedy="对照公开的开奖结果核对，先录入的有误时重新录入。",
        )
    draw.beacon = {**entered, "confirmed_by": doing.actor.actor_id}
    return BeaconConfirmed(draw.code, value.strip())
