"""承接: certificates of before this system, under whatever coding, can be checked from then on as what they are: records that were brought."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from hengjian.authorities.roles import Role
from hengjian.certificates import public_queries
from hengjian.certificates.acts.take_over_certificates import take_over_certificates
from hengjian.certificates.held import held_by
from hengjian.certificates.marking import everybody
from hengjian.certificates.models import Certificate, EarlierCertificate, EarlierMark
from hengjian.certificates.queries import CheckAnswer
from hengjian.certificates.search import EARLIER
from hengjian.certificates.takeover_reading import read_certificates
from hengjian.institutions.acts.take_over import undo_takeover
from hengjian.institutions.models import Takeover
from hengjian.institutions.taking import Lines, refusal_of
from hengjian.kernel import clock, marks
from hengjian.kernel.asking import Asking
from hengjian.kernel.certificate_number import Problem
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.ledger import course_of
from hengjian.kernel.refusal import Refused
from hengjian.kernel.uploads import keep_upload
from hengjian.rosters.identity import person_number
from hengjian.rosters.models import Candidate
from hengjian.tables.findings import Severity
from tests.acts.institutions.tables import a_certificate_line, certificates
from tests.world import BAODING, ELECTRICIAN, TANGSHAN, a_filed_institution, a_seat, refused
from tests.world_after import a_certified_sheet, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province", "in_march")]
OLD, PILOT = "1913022030400001", "RSN13020000119400017"


def reviewer() -> Any:
    return a_seat(Role.CENTRE_REVIEWER, at=TANGSHAN)


def dry_run(data: bytes) -> Lines:
    return read_certificates(Asking(reviewer(), None), data, "证书.xlsx")


def taken(data: bytes, seat: Any = None) -> Takeover:
    seat = seat or reviewer()
    return take_over_certificates(seat, upload_id=keep_upload("证书.xlsx", "", data, seat).pk)


def told(taking: Lines) -> dict[tuple[int, str], str]:
    return {(f.row, f.column): f.code for f in taking.findings if f.severity is Severity.ERROR}


def test_certificates_of_every_coding_can_be_checked_as_taken_over_and_by_whom() -> None:
    new = "Y000013009999194000003"
    lines = [a_certificate_line(number=number, issued_on="2019-06-18") for number in (OLD, PILOT, new)]
    takeover = taken(certificates(*lines))
    assert takeover.rows == 3
    for number, scheme in ((OLD, "国家职业资格证书"), (PILOT, "试点时期等级证书"), (new, "")):
        found = public_queries.check(number, name="旧证甲")
        assert isinstance(found, CheckAnswer), number
        assert (found.taken_over_by, found.scheme) == (takeover.office.name, scheme)
        assert (found.certificate, found.online_on) == (0, None), "nothing that could lead to a proof"
        assert found == public_queries.check_many([public_queries.Asked(number, tail="1235")])[0]
        assert public_queries.check(number, name="别人") is None
        assert public_queries.check(number) is None
    assert not Certificate.objects.exists()


def test_numbers_of_no_scheme_are_still_told_what_is_wrong() -> None:
    for number in ("1913029030400001", "RXX13020000119240001", "Y0000130099991940000031"):
        assert isinstance(public_queries.check(number, name="谁"), Problem), number


def test_the_fact_names_no_holder_and_what_is_personal_lies_encrypted() -> None:
    takeover = taken(certificates(a_certificate_line()))
    (record,) = course_of(takeover)
    assert (record.fact.certificates, record.fact.sha256) == (1, takeover.sha256)
    raw = EarlierCertificate.objects.extra(select={"n": "name", "d": "document_number"}).values("n", "d").get()
    assert "旧证甲".encode() not in bytes(raw["n"]) and b"1990" not in bytes(raw["d"])
    assert marks.drift(EarlierMark, everybody()).missing == 0
    for words in ("旧证甲", "130203199003071235", OLD):
        assert [hit.detail for hit in EARLIER.find(reviewer(), words)] == ["旧**"], words
    assert not EARLIER.find(a_seat(Role.CENTRE_REVIEWER, at=BAODING), OLD)


def test_the_issuer_in_the_register_sees_its_own_and_its_numbering_goes_on_behind_them() -> None:
    institution = a_filed_institution()
    site = f"{institution.kind}{institution.organisation_code}13{institution.site_code}"
    number = f"{site}26{'4'}000007"
    taken(certificates(a_certificate_line(number=number, uscc=institution.uscc, issued_on="2026-01-05")))
    assert disclosed(EarlierCertificate, a_seat(Role.CLERK, institution=institution)).get().number == number
    a_certified_sheet(people=[a_person("新证乙")], institution=institution)
    assert [one.number[-6:] for one in Certificate.objects.order_by("pk")] == ["000008"]


def test_who_holds_one_is_known_to_the_checks_of_a_roster() -> None:
    a_certified_sheet(people=[a_person("新证乙")])
    candidate = Candidate.objects.get()
    assert candidate.person_key == person_number(candidate.document_type, candidate.document_number)
    line = a_certificate_line(document_number=candidate.document_number, occupation_code=ELECTRICIAN)
    taken(certificates(line))
    assert len(held_by(frozenset({candidate.person_key}))) == 2


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"number": 1.913022030400001e15}, "number", "reading.number_lost"),
        ({"number": "12345"}, "number", "certificates.number_form"),
        ({"number": "1913029030400001"}, "number", "certificates.number_form"),
        ({"number": ""}, "number", "reading.required"),
        ({"level": "三级"}, "level", "certificates.level_differs"),
        ({"level": "很高"}, "level", "reading.code"),
        ({"name": "王*"}, "name", "certificates.name"),
        ({"name": ""}, "name", "reading.required"),
        ({"document_number": 130203199003071235.0}, "document_number", "certificates.identity_lost"),
        ({"document_number": "1302031990****1235"}, "document_number", "certificates.identity_masked"),
        ({"document_number": ""}, "document_number", "reading.required"),
        ({"issued_on": "2019年6月"}, "issued_on", "reading.date"),
        ({"issued_on": "2029-01-01"}, "issued_on", "certificates.issued_later"),
        ({"uscc": "91130200MA0000000X"}, "uscc", "certificates.no_institution"),
        ({"issuer": ""}, "issuer", "reading.required"),
        ({"occupation_code": "电工"}, "occupation_code", "reading.shape"),
    ],
)
def test_a_faulty_cell_is_said_at_the_cell(change: dict[str, Any], column: str, code: str) -> None:
    table = certificates(a_certificate_line(), a_certificate_line(number="1913022030400002") | change)
    taking = dry_run(table)
    assert told(taking) == {(4, column): code}
    assert all(found.remedy for found in taking.findings if found.severity is Severity.ERROR)
    with pytest.raises(Refused) as stopped:
        taken(table)
    assert stopped.value.refusal == refusal_of(taking)


def test_a_number_that_stands_here_is_known_and_none_stands_twice() -> None:
    taken(certificates(a_certificate_line()))
    again = dry_run(certificates(a_certificate_line(name="别人"), a_certificate_line(number="1913022030400002")))
    assert (again.known, len(again.fresh)) == (1, 1)
    twice = dry_run(certificates(*[a_certificate_line(number="1913022030400003")] * 2))
    assert told(twice) == {(4, "number"): "institutions.row_twice"}


def test_undone_the_public_finds_nothing_and_the_table_may_come_again() -> None:
    takeover = taken(certificates(a_certificate_line(name="写错")))
    undo_takeover(reviewer(), takeover, reason="姓名有误，改正后重新承接。")
    row = takeover.certificates.get()
    assert (row.state, row.withdrawn_on) == (EarlierCertificate.State.WITHDRAWN, clock.today())
    assert public_queries.check(OLD, name="写错") is None
    taken(certificates(a_certificate_line()))
    assert isinstance(public_queries.check(OLD, name="旧证甲"), CheckAnswer)
    with clock.at(takeover.until + timedelta(days=1)), refused("institutions.takeover_recent"):
        undo_takeover(reviewer(), Takeover.objects.latest("pk"), reason="次日才发现有误。")


def test_only_an_office_takes_certificates_over() -> None:
    for role in (Role.CLERK, Role.RESPONSIBLE_PERSON, Role.PROVINCE_OFFICER, Role.AUDITOR):
        assert take_over_certificates.why_not(a_seat(role)) is not None


@pytest.mark.parametrize("seed", range(10))
def test_the_dry_run_is_the_act(seed: int) -> None:
    chance = Random(seed)
    spoilt = {
        "number": [OLD, "", "１９１３０２２０３０４０００９９", "Y000013009999194000003", "12"],
        "document_number": ["13020319900307123５", "130203199003071236", "'130203199003071235"],
        "name": ["张　三", "", "阿依·古丽"],
        "issued_on": ["2019-06-18", "2019/6", 43634.0],
    }
    lines = []
    for place in range(chance.randint(1, 4)):
        line = a_certificate_line(number=f"19130220304000{place:02d}")
        if chance.random() < 0.6:
            key = chance.choice(sorted(spoilt))
            line[key] = chance.choice(spoilt[key])
        lines.append(line)
    table = certificates(*lines)
    foreseen = dry_run(table)
    why = refusal_of(foreseen)
    if why is None:
        takeover = taken(table)
        assert (takeover.rows, takeover.known) == (len(foreseen.fresh), foreseen.known)
        assert takeover.certificates.count() == takeover.rows
        assert all(row.issued_on == date(2019, 6, 18) for row in takeover.certificates.order_by("pk"))
    else:
        with pytest.raises(Refused) as stopped:
            taken(table)
        assert stopped.value.refusal == why
