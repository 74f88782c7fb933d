"""A paper is revoked, or replaced by a new one of the same content; what the case decided stands until an act on the case
says otherwise."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.arguments import Line, Reason
from hengjian.papers import rules
from hengjian.papers.facts import PaperReplaced, PaperRevoked
from hengjian.papers.issuing import Issuer, reissue
from hengjian.papers.kinds import kinds
from hengjian.papers.models import Paper
from hengjian.papers.policies import OF_ISSUING
from hengjian.papers.states import PaperState

BY_ISSUER = [Role.CENTRE_HEAD.of_responsible_office, Role.RESPONSIBLE_PERSON.of_own_institution]


@act(
    "papers.revoke_paper",
    Paper,
    by=BY_ISSUER,
    step=Step(PaperState.IN_FORCE, to=PaperState.REVOKED),
    clause=rules.PAPERS,
    danger=True,
    seals_at_once="paper",
)
def revoke_paper(doing: Doing[Paper], *, reason: Reason) -> PaperRevoked:
    """撤销公文。

    Whoever checks it learns so at once. The decision it told of is changed by acts on the case only.
    """
    paper = doing.subject
    paper.ended_on, paper.ended_reason = doing.today, reason.strip()
    return PaperRevoked(paper.number, paper.ended_reason)


@act(
    "papers.replace_paper",
    Paper,
    by=BY_ISSUER,
    step=Step(PaperState.IN_FORCE, to=PaperState.REPLACED),
    requires=[rules.its_kind_is_in_use],
    cites=OF_ISSUING,
    clause=rules.PAPERS,
    seals_at_once="paper",
)
def replace_paper(doing: Doing[Paper], *, addressee: Line, correction: Reason) -> PaperReplaced:
    """替代公文。

    A new paper of the same content, to this addressee, under a number of its own; it names the one it replaces and why.
    """
    paper = doing.subject
    kind = kinds()[paper.kind]
    office = paper.office
    issuer = Issuer(
        paper.issuer,
        paper.area_path,
        office.pk if office is not None else None,
        paper.institution_id,
        paper.number.partition(kind.mark + "〔")[0],
    )
    new = reissue(doing, kind, issuer, addressee=addressee.strip(), correction=correction.strip())
    paper.ended_on, paper.ended_reason = doing.today, correction.strip()
    return PaperReplaced(paper.number, new.number, paper.ended_reason)
