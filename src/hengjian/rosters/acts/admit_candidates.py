"""The centre decides who may sit: each exclusion with its reason, each admission with a ticket (R29)."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.kernel import numbering
from hengjian.kernel.act import Doing, NotBy, Step, act
from hengjian.kernel.arguments import Reason
from hengjian.kernel.refusal import refuse
from hengjian.plans.models import Batch
from hengjian.plans.states import BatchState
from hengjian.rosters import drawing, policies, rules, ticket_code
from hengjian.rosters.facts import CandidateExcluded, CandidatesAdmitted
from hengjian.rosters.models import Candidate, Sample


@act(
    "rosters.exclude_candidate",
    Candidate,
    by=Role.CENTRE_REVIEWER.of_responsible_office,
    step=Step(Candidate.State.LISTED, to=Candidate.State.EXCLUDED),
    requires=[rules.roster_is_open],
    clause=rules.CANDIDATES,
    danger=True,
)
def exclude_candidate(doing: Doing[Candidate], *, reason: Reason) -> CandidateExcluded:
    """不予参加。"""
    if not reason.strip() or reason.strip() == drawing.WITHDRAWN:
        raise refuse(
            "rosters.exclusion_reason",
            "请写明不予参加的理由和依据。",
            field="reason",
            clause=rules.CANDIDATES,
            remedy="请写明事实和所依条款。",
        )
    doing.subject.reason = reason.strip()[:300]
    return CandidateExcluded(doing.subject.row, doing.subject.sampled, doing.subject.reason)


@act(
    "rosters.admit_candidates",
    Batch,
    by=Role.CENTRE_REVIEWER.of_responsible_office,
    step=Step(BatchState.ROSTERED, to=BatchState.ADMITTED),
    requires=[rules.plan_is_filed, rules.sample_is_drawn, rules.sample_is_accepted, rules.somebody_is_left],
    not_by=[NotBy("rosters.draw_sample", law=policies.ENTRUSTED_SECOND_APPROVER, where=rules.is_entrusted)],
    clause=rules.CANDIDATES,
    turn=True,
)
def admit_candidates(doing: Doing[Batch]) -> CandidatesAdmitted:
    """核定考生。

    Everybody listed and not excluded is admitted and gets a ticket: its number, and the code only its holder knows.
    """
    batch = doing.subject
    listed = list(Candidate.objects.filter(batch=batch, state=Candidate.State.LISTED).order_by("row"))
    for candidate, ticket in zip(listed, _tickets(doing, len(listed)), strict=True):
        candidate.state, candidate.ticket = Candidate.State.ADMITTED, ticket
        ticket_code.give(candidate)
    doing.bulk_save(Candidate, listed, ["state", "ticket", "ticket_code", "ticket_code_index"])
    excluded = Candidate.objects.filter(batch=batch, state=Candidate.State.EXCLUDED).exclude(reason=drawing.WITHDRAWN)
    sample = Sample.objects.get(batch=batch.pk)
    bad = excluded.filter(row__in=sample.rows).count()
    accepted = bad <= sample.accept
    sample.state = Sample.State.ACCEPTED if accepted else Sample.State.REFUSED
    sample.bad, sample.decided_at = bad, doing.now
    sample.disclosed_on = doing.today if sample.drawn else None  # its files are read: from now on anybody runs it again
    doing.save(sample)
    return CandidatesAdmitted(
        admitted=len(listed),
        excluded=excluded.count(),
        sampled=len(sample.rows),
        bad=bad,
        accept=sample.accept,
        accepted=accepted,
        by_lot=sample.drawn > 0,
    )


def _tickets(doing: Doing[Batch], count: int) -> list[str]:
    """准考证号: six digits of the exam day, province, site, five digits in order."""
    plan = doing.subject.plan
    head = f"{plan.held_on:%y%m%d}{plan.area_path[:2]}{plan.institution.site_code}"
    return [f"{head}{number:05d}" for number in numbering.take(doing, f"ticket/{head}", count)]
