"""个人信息保护法 Art. 47: what may be erased is erased everywhere, and the log still verifies."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hengjian.authorities.roles import Role
from hengjian.certificates.acts.erase_candidate import erase_candidate
from hengjian.certificates.acts.revoke_certificate import revoke_certificate
from hengjian.certificates.models import Certificate
from hengjian.certificates.policies import ELECTRONIC_YEARS
from hengjian.kernel import clock, sealer
from hengjian.kernel.models import Entry, EntryRow
from hengjian.kernel.refusal import Refused
from hengjian.kernel.spans import after_months
from hengjian.kernel.verification import verify
from hengjian.rosters.models import Candidate
from tests.world import a_seat
from tests.world_after import a_certified_sheet, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def certified(province, in_march):
    sheet = a_certified_sheet(people=[a_person("陈示例"), a_person("李示例")])
    candidate = Candidate.objects.filter(batch=sheet.batch).order_by("row").first()
    person = a_seat(Role.RESPONSIBLE_PERSON, institution=sheet.batch.plan.institution)
    return sheet, candidate, person


def when_kept_long_enough(sheet):
    ends = sheet.batch.plan.ends_on
    return after_months(ends, 12 * ELECTRONIC_YEARS.on(ends)) + timedelta(days=1)


def test_a_holder_s_record_is_kept_while_the_certificate_stands(certified) -> None:
    sheet, candidate, person = certified
    with clock.at(when_kept_long_enough(sheet)), pytest.raises(Refused) as refused:
        erase_candidate(person, candidate, reason="本人申请")
    assert refused.value.refusal.code == "certificates.no_certificate_in_force"


def test_the_archive_s_term_runs_first_and_the_refusal_says_until_when(certified) -> None:
    sheet, candidate, person = certified
    certificate = Certificate.objects.get(score__candidate=candidate)
    with clock.at(certificate.issued_on + timedelta(days=1)):
        revoke_certificate(person, certificate, ground=_a_ground(), reason="演示，情况属实")
        refusal = erase_candidate.why_not(person, candidate)
    assert refusal.code == "certificates.retention_is_over"
    assert after_months(sheet.batch.plan.ends_on, 60).isoformat() in refusal.remedy


def test_after_it_nobody_can_be_told_from_the_tables_or_the_log(certified) -> None:
    sheet, candidate, person = certified
    certificate = Certificate.objects.get(score__candidate=candidate)
    with clock.at(certificate.issued_on + timedelta(days=1)):
        revoke_certificate(person, certificate, ground=_a_ground(), reason="演示，情况属实")
    sealer.seal()
    with clock.at(when_kept_long_enough(sheet)):
        erase_candidate(person, candidate, reason="本人申请")
    sealer.seal()
    candidate.refresh_from_db()
    certificate.refresh_from_db()
    assert (candidate.name, candidate.document_number, candidate.facts) == ("", "", "")
    assert (certificate.name, certificate.masked_name) == ("", "（已删除）")
    opened = EntryRow.objects.filter(table="rosters_candidate", row_id=candidate.pk, salt__isnull=False)
    assert opened.count() == 1
    assert Entry.objects.filter(
        subject_table="certificates_certificate", subject_id=certificate.pk, details=None
    ).exists()
    assert verify().differences == []


def _a_ground() -> str:
    from hengjian.certificates.policies import REVOCATION_GROUNDS

    return REVOCATION_GROUNDS.on(clock.today())[0]
