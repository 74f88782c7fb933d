"""Erasure of a person from a batch (个人信息保护法 Art. 47): names, numbers and what opens them are destroyed.

Results and counts stay, the log still verifies: its leaves hold salted commitments only. While a certificate is in force
or the archive's term runs, the record is kept by law and erasure is refused with the day from which it is possible.
"""

from __future__ import annotations

import secrets
from datetime import date

from hengjian.authorities.roles import Role
from hengjian.certificates import policies
from hengjian.certificates.facts import CandidateErased
from hengjian.certificates.models import Certificate
from hengjian.kernel import marks
from hengjian.kernel.act import Doing, act
from hengjian.kernel.arguments import Reason
from hengjian.kernel.asking import Asking
from hengjian.kernel.erasure import forget
from hengjian.kernel.law import Law
from hengjian.kernel.refusal import PRODUCT
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case
from hengjian.kernel.spans import after_months
from hengjian.kernel.words import say
from hengjian.plans.models import Batch, Plan
from hengjian.results.models import Objection, Score
from hengjian.rosters import marking
from hengjian.rosters.erasing import clear_files
from hengjian.rosters.models import Candidate, CandidateMark

LAW = "《中华人民共和国个人信息保护法》第四十七条"
ERASED = "（已删除）"
MONTHS_A_YEAR = 12
OF_RETENTION = (policies.ELECTRONIC_YEARS, policies.PAPER_YEARS, policies.LONGEST_TERM_WINS)


def holds_a_certificate(candidate: Candidate) -> bool:
    return Certificate.objects.filter(score__candidate=candidate, state=Certificate.State.ISSUED).exists()


@rule("certificates.no_certificate_in_force", clause=LAW)
def no_certificate_in_force(asking: Asking[Candidate]) -> tuple[str, str] | None:
    """证书有效期间，须保存持证人的记录。"""
    if not asking.reading(holds_a_certificate):
        return None
    return "该考生持有有效证书，证书有效期间须保存其记录。", "注销证书后方可删除。"


no_certificate_in_force.shown_by(
    case("none", Candidate(), read={holds_a_certificate: False}),
    case("valid", Candidate(), read={holds_a_certificate: True}, says="持有有效证书"),
)


def years_kept(law: Law) -> int:
    """A batch is kept on paper and electronically; of several terms for one record the longest counts where the law says so,
    else that of the electronic record, which is what stands here."""
    electronic = law.policy(policies.ELECTRONIC_YEARS)
    longest = law.policy(policies.LONGEST_TERM_WINS)
    return max(electronic, law.policy(policies.PAPER_YEARS)) if longest else electronic


@rule("certificates.retention_is_over", clause=LAW, cites=OF_RETENTION)
def retention_is_over(asking: Asking[Candidate]) -> tuple[str, str] | None:
    """参加了认定的考生，档案保管期限届满前须保存其记录。"""
    candidate = asking.subject
    if candidate.state == Candidate.State.EXCLUDED:
        return None
    years = years_kept(asking)
    until = after_months(candidate.batch.plan.ends_on, MONTHS_A_YEAR * years)
    if asking.today >= until:
        return None
    return say("档案须保管 {years} 年，至 {until} 届满。", years=years, until=until.isoformat()), say(
        "{until} 起可以删除。", until=until.isoformat()
    )


def _examined_on(day: date) -> Candidate:
    return Candidate(state="admitted", batch=Batch(plan=Plan(ends_on=day)))


retention_is_over.shown_by(
    case("excluded before the exam", Candidate(state="excluded")),
    case("examined yesterday", _examined_on(date(2026, 5, 5)), says="档案须保管"),
    case("examined long ago", _examined_on(date(1990, 1, 1))),
)


@rule("certificates.not_erased_yet", clause=PRODUCT)
def not_erased_yet(asking: Asking[Candidate]) -> tuple[str, str] | None:
    """一名考生的个人信息只删除一次。"""
    if asking.subject.masked_name != ERASED:
        return None
    return "这名考生的个人信息已经删除。", "不必再次办理。"


not_erased_yet.shown_by(
    case("kept", Candidate(masked_name="桐**")),
    case("erased", Candidate(masked_name=ERASED), says="已经删除"),
)


@act(
    "certificates.erase_candidate",
    Candidate,
    by=[Role.RESPONSIBLE_PERSON.of_own_institution, Role.CENTRE_HEAD.of_responsible_office],
    requires=[not_erased_yet, no_certificate_in_force, retention_is_over],
    cites=OF_RETENTION,
    clause=LAW,
    danger=True,
)
def erase_candidate(doing: Doing[Candidate], *, reason: Reason) -> CandidateErased:
    """删除考生个人信息。

    The row stays with its result; whose it was can no longer be told from any table or from the log.
    """
    candidate = doing.subject
    cleared = clear_files(doing, candidate)
    marks.forget(CandidateMark, [marking.named(candidate, candidate.batch.plan.institution_id)])
    candidate.name = candidate.document_number = candidate.facts = ""
    candidate.masked_name = candidate.masked_number = ERASED
    candidate.ticket_code = candidate.ticket_code_index = None
    candidate.document_index = secrets.token_bytes(16)
    candidate.person_key = -candidate.pk
    candidate.birth, candidate.sex = None, ""
    scores = list(Score.objects.filter(candidate=candidate).order_by("pk"))
    for score in scores:
        score.find_digest = ""
        doing.save(score)
    objections = list(Objection.objects.filter(score__in=scores).order_by("pk"))
    for objection in objections:
        objection.text = objection.contact = ""
        objection.claimed_name = objection.claimed_ticket = None
        doing.save(objection)
    revoked = list(Certificate.objects.filter(score__in=scores).order_by("pk"))
    for certificate in revoked:
        certificate.name = certificate.document_number = ""
        certificate.masked_name = certificate.masked_number = ERASED
        certificate.name_index = certificate.document_index = certificate.document_tail = secrets.token_bytes(16)
        doing.save(certificate)
    salts, entries = forget(doing, [candidate, *scores, *objections, *revoked])
    return CandidateErased(salts, entries, reason, cleared.destroyed, cleared.left, cleared.roster_sha256)
