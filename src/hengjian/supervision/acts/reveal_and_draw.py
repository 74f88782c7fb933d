"""When the time has come the secrets are revealed and the result follows by `draw/1`; nobody chooses (M1, R32)."""

from __future__ import annotations

from hashlib import sha256

from hengjian.authorities.roles import Role
from hengjian.kernel import draw as scheme
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.actor import BY_CLOCK
from hengjian.kernel.broken import Broken
from hengjian.kernel.facts import canonical
from hengjian.personnel.models import Supervisor
from hengjian.supervision import draw_rules, policies, rules
from hengjian.supervision.checklist import OF_CHECKLIST, checklist_for
from hengjian.supervision.facts import SupervisorsDrawn
from hengjian.supervision.models import Draw, Duty, Witness
from hengjian.supervision.pool import staff_id

NO_ASSIGNMENT = "清单中的人员在回避与上限之下排不出一组，抽取无结果"


@act(
    "supervision.reveal_and_draw",
    Draw,
    by=[Role.CENTRE_REVIEWER.of_responsible_office, BY_CLOCK],
    step=Step(Draw.State.SEALED),
    requires=[
        rules.draw_time_has_come,
        rules.sealed_in_time,
        rules.beacon_is_known,
        draw_rules.every_witness_has_revealed,
    ],
    cites=[policies.REPORT_WORKING_DAYS, *OF_CHECKLIST],
    clause=rules.SCHEME,
    turn=True,
    seals_at_once="draw",
)
def reveal_and_draw(doing: Doing[Draw]) -> SupervisorsDrawn:
    """抽取质量督导员。

    From the platform's secret, those the witnesses revealed, the next code and the public value: nothing is left to choose.
    """
    draw = doing.subject
    revealed = Witness.objects.filter(draw=draw).order_by("place")
    draw.revealed = [draw.secrets, *(witness.secret for witness in revealed)]
    code = scheme.chain_code(bytes.fromhex(draw.chain.seed), draw.chain.length, draw.chain_index)
    value = draw.beacon["value"] if draw.beacon else None
    try:
        published = scheme.publish(draw.manifest, [bytes.fromhex(secret) for secret in draw.revealed], code, value)
        problems = scheme.verify(published)
    except scheme.DoesNotOpen as closed:
        problems = closed.problems
    if problems:
        raise Broken("supervision.draw_does_not_hold", draw.code, problems)
    draw.one_time_code, draw.result = code.hex(), published["result"]
    teams = draw.result["teams"]
    if teams is None:
        draw.state, draw.void_ground, draw.void_reason = Draw.State.VOID, draw_rules.NO_TEAM, NO_ASSIGNMENT
    else:
        draw.state = Draw.State.DRAWN
    people = _assign(doing, teams or {})
    return SupervisorsDrawn(
        draw.code, draw.chain_index, people, teams is None, sha256(canonical(draw.result)).hexdigest()
    )


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
