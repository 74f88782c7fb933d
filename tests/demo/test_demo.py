"""The demo province is built by acts alone, leaves a case at every step, and the play tells a batch's whole life."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from hengjian.authorities.models import Seat, User
from hengjian.authorities.roles import Role
from hengjian.certificates.models import Certificate
from hengjian.cli.main import main
from hengjian.demo import people, play, province
from hengjian.demo.candidates import candidates
from hengjian.institutions.models import Filing, Institution
from hengjian.kernel import verification
from hengjian.kernel.identity import check_resident_id
from hengjian.kernel.models import Entry
from hengjian.plans.models import Batch, Plan
from hengjian.results.models import ResultSheet
from hengjian.results.public_queries import find_by_number
from hengjian.supervision.models import Duty
from tests.demo.walking import names_of_the_house, pages_at_fault, raw, read, stored_values

pytestmark = pytest.mark.django_db


def test_the_province_has_a_case_at_every_step() -> None:
    province.build()
    assert set(Plan.objects.values_list("state", flat=True)) >= {"draft", "submitted", "filed"}
    assert set(Filing.objects.values_list("state", flat=True)) >= {"submitted", "returned", "assessed", "filed"}
    assert set(ResultSheet.objects.values_list("state", flat=True)) >= {"on_notice", "certified"}
    assert set(Batch.objects.values_list("state", flat=True)) >= {"open", "rostered", "admitted", "examined"}
    assert Certificate.objects.filter(online_on__isnull=False).exists()
    assert Certificate.objects.filter(online_on__isnull=True).exists()
    assert all(name.startswith("演示：") for name in Institution.objects.values_list("name", flat=True))
    held = Seat.objects.filter(user__username__in=[login.name for login in people.LOGINS])
    assert set(held.values_list("role", flat=True)) == set(Role.values)
    tang = Seat.objects.get(role=Role.SUPERVISOR, user__username="tang")
    assert Duty.objects.filter(supervisor=tang.person_id, state=Duty.State.DRAWN).exists(), (
        "a duty waits for the demo's supervisor"
    )
    _the_readme_names_them()
    report = verification.verify()
    assert report.differences == [] and report.entries == Entry.objects.count()
    assert not province.is_empty()
    _its_pages_are_in_words()


def _its_pages_are_in_words() -> None:
    """As a stranger, a reviewer, a clerk, a supervisor and the administrator meet them: no key, code, JSON or stored value."""
    clients = {"": Client()}
    for name in ("zhou", "zhao", "tang", "wei"):
        clients[name] = Client()
        clients[name].force_login(User.objects.get(username=name))
    faults = pages_at_fault(clients)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ("<p>on_notice</p>", "stored value"),
        ("<td><span>drawn</span></td>", "stored value"),
        ("<p>期限 results.notice_working_days</p>", "key"),
        ('<p>{"serial_digits": 4}</p>', "raw value"),
        ("<p>人数 None</p>", "raw value"),
        ('<p title="seal_draw">抽取</p>', "key"),
    ],
)
def test_a_raw_value_on_a_page_is_noticed(markup: str, fault: str) -> None:
    (found,) = raw(read(markup), stored_values(), names_of_the_house())
    assert found.startswith(fault)


def test_words_and_what_is_set_as_code_are_no_raw_values() -> None:
    for markup in ("<p>公示中</p>", '<span class="mono">results.notice_working_days</span>', "<p>AB-2026_x 号</p>"):
        assert not list(raw(read(markup), stored_values(), names_of_the_house()))


def _the_readme_names_them() -> None:
    """The examples of the tour: a certificate to check, and a row to find in the notice."""
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    ((number, name),) = re.findall(r"`(Y\d{21})`，(\w+)", readme)
    assert Certificate.objects.get(number=number).name == name
    ((name, number),) = re.findall(r"（(\w+)，证件号码 `(\w{18})`", readme)
    (sheet,) = ResultSheet.objects.filter(state="on_notice").order_by("pk")
    assert find_by_number(sheet.pk, name, number) is not None


def test_the_play_tells_every_step_in_order() -> None:
    told = list(play.play())
    codes = [act.code for act in told]
    course = [
        "institutions.register_applicant",
        "institutions.decide_filing",
        "plans.file_plan",
        "rosters.file_roster",
        "rosters.draw_sample",
        "supervision.seal_draw",
        "supervision.reveal_as_witness",
        "supervision.confirm_beacon",
        "supervision.reveal_and_draw",
        "supervision.begin_exam",
        "supervision.file_report",
        "results.open_notice",
        "results.close_notice",
        "results.file_results",
        "certificates.issue_certificates",
        "certificates.put_online",
    ]
    assert [codes.index(code) for code in course] == sorted(codes.index(code) for code in course)
    assert all(act.clause and act.title and act.who for act in told)
    assert [act.index for act in told] == sorted({act.index for act in told})


def test_invented_people_have_sound_numbers_and_no_two_share_one() -> None:
    listed = candidates(0, 600)
    assert len({person.number for person in listed}) == 600
    assert all(check_resident_id(person.number).ok for person in listed)
    assert {person.number[14:17] for person in listed} == {"000", "999"}, "serials that nobody is given"


def test_an_installation_in_use_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    from tests.world import a_seat

    a_seat(Role.CENTRE_HEAD)
    before = Entry.objects.count()
    assert main(["demo", "load"]) == 1
    assert "空库" in capsys.readouterr().out
    assert Entry.objects.count() == before
