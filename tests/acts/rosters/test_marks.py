"""Search marks follow the rows: written with the roster, changed with a name, gone with an erasure, made again by command."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hengjian.authorities.roles import Role
from hengjian.certificates.acts.erase_candidate import erase_candidate
from hengjian.kernel import clock, marks
from hengjian.kernel.spans import after_months
from hengjian.rosters.acts.file_roster import replace_roster
from hengjian.rosters.marking import everybody
from hengjian.rosters.models import Candidate, CandidateMark
from hengjian.rosters.search import CANDIDATES
from tests import world, world_after
from tests.acts.rosters.test_rosters import _clerk, _uploaded
from tests.cli.running import Hengjian

pytestmark = pytest.mark.django_db


def in_step() -> bool:
    found = marks.drift(CandidateMark, everybody())
    return found.expected > 0 and not found.missing and not found.stale


def found_by(seat: Any, words: str) -> list[int]:
    return [hit.id for hit in CANDIDATES.find(seat, words)]


def test_a_roster_filed_is_found_and_a_name_mended_is_found_by_the_new_name_alone(province: Any) -> None:
    first, second = world_after.a_person("陈示例"), world_after.a_person("李四方")
    batch = world_after.a_rostered_batch(people=[first, second])
    assert in_step()
    clerk = _clerk(batch)
    (pk,) = found_by(clerk, "陈示例")
    replace_roster(
        clerk, batch, upload_id=_uploaded(batch, [world_after.a_person("程示例", number=first.number), second])
    )
    assert in_step()
    assert found_by(clerk, "程示例")[0] == pk
    assert {hit.reason for hit in CANDIDATES.find(clerk, "陈示例") if hit.id == pk} <= {"同音", "一字之差"}


def test_erasure_takes_the_marks_out(province: Any, in_march: Any) -> None:
    sheet = world_after.a_certified_sheet(people=[world_after.a_person("陈示例"), world_after.a_person("李四方")])
    candidate = Candidate.objects.get(batch=sheet.batch, masked_name="陈**")
    person = world.a_seat(Role.RESPONSIBLE_PERSON, institution=sheet.batch.plan.institution)
    assert CandidateMark.objects.filter(row=candidate.pk).exists()
    from hengjian.certificates.acts.revoke_certificate import revoke_certificate
    from hengjian.certificates.models import Certificate
    from hengjian.certificates.policies import ELECTRONIC_YEARS, REVOCATION_GROUNDS

    certificate = Certificate.objects.get(score__candidate=candidate)
    with clock.at(certificate.issued_on + timedelta(days=1)):
        ground = REVOCATION_GROUNDS.on(clock.today())[0]
        revoke_certificate(person, certificate, ground=ground, reason="演示，情况属实")
    ends = sheet.batch.plan.ends_on
    with clock.at(after_months(ends, 12 * ELECTRONIC_YEARS.on(ends)) + timedelta(days=1)):
        erase_candidate(person, candidate, reason="本人申请")
    assert not CandidateMark.objects.filter(row=candidate.pk).exists()
    assert in_step()
    assert found_by(person, "陈示例") == []


def test_the_command_finds_what_is_missing_or_too_much_and_makes_it_again(province: Any, capsys: Any) -> None:
    run, batch = Hengjian(capsys), world_after.a_rostered_batch()
    assert run("search", "--json").data["missing"] == 0
    somebody = Candidate.objects.filter(batch=batch).order_by("pk").first()
    CandidateMark.objects.filter(row=somebody.pk).delete()
    marks.write(CandidateMark, [marks.Named(somebody.pk, "并无此人", "", 1)])
    ran = run("search", "--json")
    assert ran.status == 1
    assert ran.data["missing"] > 0 and ran.data["stale"] > 0
    assert run("search", "--rebuild", "--json").data["rebuilt"]
    assert in_step()
    assert run("search", "--json").status == 0
