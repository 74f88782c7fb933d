"""When the time has come the secrets are revealed and the result follows by `draw/1`; nobody chooses (M1, R32)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256

from hengjian.authorities.roles import Role
from hengjian.kernel import draw as scheme
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.actor import BY_CLOCK
from hengjian.kernel.beacon import NONE
from hengjian.kernel.facts import canonical
from hengjian.kernel.refusal import refuse
from hengjian.personnel.models import Supervisor
from hengjian.supervision import policies, rules
from hengjian.supervision.checklist import OF_CHECKLIST, checklist_for
from hengjian.supervision.facts import SecretsRevealed, SupervisorsDrawn
from hengjian.supervision.models import Draw, Duty
from hengjian.supervision.pool import staff_id

NO_ASSIGNMENT = "清单中的人员在回避与上限之下排不出一组，抽取无结果"


@act(
    "supervision.reveal_secrets",
    Draw,
    by=Role.CENTRE_REVIEWER.of_responsible_office,
    step=Step(Draw.State.SEALED),
    clause=rules.SCHEME,
    seals_at_once=True,
)
def reveal_secrets(doing: Doing[Draw], *, secrets: Sequence[str]) -> SecretsRevealed:
    """揭示见证值。

    Where a public value was named, before it is known: whoever holds a secret back must not know the outcome.
    """
    draw = doing.subject
    if draw.revealed:
        raise refuse("supervision.revealed_before", "见证值已经揭示。", clause=rules.SCHEME, remedy="不必再次揭示。")
    if draw.manifest["beacon"]["source"] != NONE and doing.now >= draw.opens_at:
        raise refuse(
            "supervision.revealed_late",
            "公开随机值已经产生，见证值未在此前揭示。",
            clause=rules.SCHEME,
            remedy="作废本次抽取，另行封存。",
        )
    draw.revealed = _opened(draw, secrets)
    return SecretsRevealed(draw.code, len(draw.revealed))


@act(
    "supervision.reveal_and_draw",
    Draw,
    by=[Role.CENTRE_REVIEWER.of_responsible_office, BY_CLOCK],
    step=Step(Draw.State.SEALED),
    requires=[rules.draw_time_has_come, rules.sealed_in_time, rules.beacon_is_known],
    cites=[policies.REPORT_WORKING_DAYS, *OF_CHECKLIST],
    clause=rules.SCHEME,
    turn=True,
    seals_at_once=True,
)
def reveal_and_draw(doing: Doing[Draw], *, secrets: Sequence[str] = ()) -> SupervisorsDrawn:
    """抽取质量督导员。

    `secrets` are those of the witnesses, in their order, where they were not revealed before.
    """
    draw = doing.subject
    if not draw.revealed:
        if draw.manifest["beacon"]["source"] != NONE:
            raise refuse(
                "supervision.not_revealed",
                "见证值未在公开随机值产生之前揭示。",
                clause=rules.SCHEME,
                remedy="作废本次抽取，另行封存。",
            )
        draw.revealed = _opened(draw, secrets)
    code = scheme.chain_code(bytes.fromhex(draw.chain.seed), draw.chain.length, draw.chain_index)
    value = draw.beacon["value"] if draw.beacon else None
    published = scheme.publish(draw.manifest, [bytes.fromhex(secret) for secret in draw.revealed], code, value)
    if problems := scheme.verify(published):
        raise refuse(
            "supervision.draw_does_not_hold",
            "；".join(problems),
            clause=rules.SCHEME,
            remedy="请作废本次抽取，另行封存。",
        )
    draw.one_time_code, draw.result = code.hex(), published["result"]
    teams = draw.result["teams"]
    if teams is None:
        draw.state, draw.void_reason = Draw.State.VOID, NO_ASSIGNMENT
    else:
        draw.state = Draw.State.DRAWN
    people = _assign(doing, teams or {})
    return SupervisorsDrawn(
        draw.code, draw.chain_index, people, teams is None, sha256(canonical(draw.result)).hexdigest()
    )


def _opened(draw: Draw, secrets: Sequence[str]) -> list[str]:
    """The platform's secret and those of the witnesses, each fitting its commitment; a missing one ends the draw."""
    kept = json.loads(draw.secrets)
    given = [kept["platform"], *(secret.strip().lower() for secret in secrets)]
    wanted = draw.manifest["commitments"]
    if len(given) != len(wanted):
        raise refuse(
            "supervision.secrets_missing",
            f"清单有 {len(wanted) - 1} 名见证人，交来见证值 {len(given) - 1} 个。",
            field="secrets",
            clause=rules.SCHEME,
            remedy="请全部见证人交出见证值；有人拒不交出的，作废本次抽取。",
        )
    for place, (secret, commitment) in enumerate(zip(given, wanted, strict=True)):
        try:
            fits = sha256(bytes.fromhex(secret)).hexdigest() == commitment
        except ValueError:
            fits = False
        if not fits:
            name = kept["witnesses"][place - 1] if place else "平台"
            raise refuse(
                "supervision.secret_does_not_fit",
                f"“{name}”的见证值与封存的承诺不符。",
                field="secrets",
                clause=rules.SCHEME,
                remedy="请由见证人核对自己保存的见证值。",
            )
    return given


def _assign(doing: Doing[Draw], teams: dict[str, list[str]]) -> int:
    """A duty for everyone drawn, with the checklist of the plan and the day the report is due."""
    draw = doing.subject
    drawn = {person for team in teams.values() for person in team}
    if not drawn:
        return 0
    plan = draw.plan
    items = checklist_for(plan, doing)
    people = [
        person
        for person in Supervisor.objects.filter(office=draw.office_id).order_by("code")
        if staff_id(person) in drawn
    ]
    duties = [Duty(plan=plan, supervisor=person, draw=draw, checklist=items) for person in people]
    for duty in duties:
        doing.set_deadline(duty, "due", start=plan.ends_on)
    doing.bulk(Duty, duties)
    return len(people)
