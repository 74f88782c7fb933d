"""The institution issues: numbers by the coding rule, gapless per site, year and level; what is printed is stored (R61, R62)."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.certificates import coding, identity, policies, rules
from hengjian.certificates.facts import CertificatesIssued
from hengjian.certificates.models import Certificate
from hengjian.kernel import numbering
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.certificate_number import Layout
from hengjian.kernel.rule import overtaken
from hengjian.results.following import held, not_yet_filed, scores_to_certify
from hengjian.results.models import ResultSheet, Score
from hengjian.results.states import ScoreState, SheetState


@act(
    "certificates.issue_certificates",
    ResultSheet,
    by=Role.RESPONSIBLE_PERSON.of_own_institution,
    step=Step(SheetState.FILED, to=SheetState.CERTIFIED),
    requires=[rules.institution_may_issue, rules.serials_suffice],
    cites=[*coding.LAYOUT, policies.SERIAL_RANGE, policies.SERIAL_RESTARTS_PER, policies.EMPTY_TRADE_TEXT],
    clause=rules.CODING,
    turn=True,
    seals_at_once="certificate",
)
def issue_certificates(doing: Doing[ResultSheet]) -> CertificatesIssued:
    """制证发证。

    For everyone whose result is filed and stands; rows under objection follow once they are answered and filed.
    """
    sheet = doing.subject
    scores = scores_to_certify(sheet.pk)
    held_back = held(sheet.pk) + len(not_yet_filed(sheet.pk))
    if not scores:
        return CertificatesIssued(0, "", "", held_back)
    numbers = _numbers(doing, len(scores))
    doing.bulk(Certificate, [_certificate(doing, score, number) for score, number in zip(scores, numbers, strict=True)])
    for score in scores:
        score.state = ScoreState.CERTIFIED
    doing.bulk_save(Score, scores, ["state"])
    return CertificatesIssued(len(scores), numbers[0], numbers[-1], held_back)


def _numbers(doing: Doing[ResultSheet], count: int) -> list[str]:
    institution, level = doing.subject.batch.plan.institution, doing.subject.batch.level
    layout: Layout = coding.layout(doing)
    restarts = doing.policy(policies.SERIAL_RESTARTS_PER)
    taken = numbering.take(doing, coding.counter(institution, doing.today, level, restarts), count)
    span = doing.policy(policies.SERIAL_RANGE)
    serials = [span["first"] - 1 + place for place in taken]
    if serials[-1] > span["last"]:
        # Between the rule's look and the lock on the counter another sheet took them.
        raise overtaken(rules.serials_suffice, *rules.too_few_serials(serials[0] - 1, count))
    return [coding.number(layout, institution, doing.today, level, serial) for serial in serials]


def _certificate(doing: Doing[ResultSheet], score: Score, number: str) -> Certificate:
    batch, candidate = doing.subject.batch, score.candidate
    institution = batch.plan.institution
    return Certificate(
        number=number,
        score=score,
        institution=institution,
        office_id=batch.plan.office_id,
        area_path=batch.plan.area_path,
        institution_name=institution.name,
        name=candidate.name,
        masked_name=candidate.masked_name,
        name_index=identity.name_index(candidate.name),
        document_number=candidate.document_number,
        document_index=identity.document_index(candidate.document_type, candidate.document_number),
        masked_number=candidate.masked_number,
        document_tail=identity.tail_index(number, candidate.document_number),
        occupation_code=batch.occupation_code,
        occupation_name=batch.occupation_name,
        trade=batch.trade or doing.policy(policies.EMPTY_TRADE_TEXT),
        level=batch.level,
        issued_on=doing.today,
    )
