"""3.1: the roster. Nothing wrong is filed, nobody is shown, nobody is deleted, and who is checked is not a matter of choice."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.db import connection

from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.kernel.actor import CLOCK
from hengjian.kernel.asking import Asking
from hengjian.kernel.draw import compute
from hengjian.kernel.ledger import course_of
from hengjian.kernel.models import Entry
from hengjian.kernel.refusal import Kind, Refused
from hengjian.plans.acts.submit_plan import file_plan, second_review
from hengjian.plans.models import Batch, Plan
from hengjian.plans.states import BatchState
from hengjian.rosters import drawing, dry_run, identity, queries
from hengjian.rosters.acts.admit_candidates import admit_candidates, exclude_candidate
from hengjian.rosters.acts.draw_sample import check_everyone, draw_sample
from hengjian.rosters.acts.file_roster import file_roster, replace_roster
from hengjian.rosters.facts import RosterFiled, SampleDrawn
from hengjian.rosters.models import Candidate, RosterCheck
from hengjian.rosters.reading.roster import read_roster
from hengjian.rosters.sampling.depth import Mode
from hengjian.rosters.sampling.switching import State
from tests.world import (
    Province,
    Wanted,
    a_filed_institution,
    a_filed_plan,
    a_seat,
    a_submitted_plan,
    an_upload,
    another_seat,
    at_hour,
)
from tests.world_after import (
    Person,
    a_certified_sheet,
    a_person,
    a_roster_file,
    a_rostered_batch,
    an_admitted_batch,
    seats_of,
    some_people,
)

At = Callable[[object], None]


def _open_batch(size: int = 5, **values: object) -> Batch:
    plan = a_filed_plan(batches=(Wanted(headcount=size),), **values)
    return plan.batches.get()


def _uploaded(batch: Batch, people: Sequence[Person]) -> int:
    clerk = a_seat(Role.CLERK, institution=batch.plan.institution)
    return an_upload(clerk, name="名册.csv", data=a_roster_file(batch, people)).pk


def _clerk(batch: Batch) -> object:
    return a_seat(Role.CLERK, institution=batch.plan.institution)


def test_a_roster_in_order_is_filed_with_counts_and_digest(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = a_rostered_batch(people=[a_person("王知行"), a_person("李致远")])
    fact = course_of(batch)[0].fact
    assert isinstance(fact, RosterFiled)
    assert (fact.rows, fact.sha256, fact.replaced) == (2, batch.roster_sha256, False)
    assert (batch.state, batch.roster_rows, batch.roster_name) == (BatchState.ROSTERED, 2, "电工名册.csv")
    rows = list(Candidate.objects.filter(batch=batch).order_by("row"))
    assert [(row.row, row.name, row.masked_name, row.state) for row in rows] == [
        (1, "王知行", "王**", "listed"),
        (2, "李致远", "李**", "listed"),
    ]
    assert rows[0].entry_row, "the entry condition that is met is kept"
    assert rows[0].person_key != rows[1].person_key


def test_masks_show_no_more_than_they_say() -> None:
    assert identity.masked_name("王知行") == "王**"
    assert identity.masked_number("130203199003074417") == "1302**********4417"
    assert identity.masked_number("E12345678") == "E1*****78"


def test_identities_are_stored_encrypted(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    person = a_person("王知行")
    batch = a_rostered_batch(people=[person])
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, document_number, facts FROM rosters_candidate WHERE batch_id = %s", [batch.pk])
        stored = b"".join(bytes(cell) for cell in cursor.fetchone())
    for secret in (person.name, person.number, "13900000000"):
        assert secret.encode() not in stored
    told = json.loads(Candidate.objects.get(batch=batch).facts)
    assert told["phone"] == "13900000000"
    assert "document_number" not in told


def test_a_roster_with_an_error_is_refused_with_counts_and_nobody_is_enrolled(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = _open_batch()
    wrong = a_person(number="130203198801010019")
    short = a_person(本职业年限="1")
    with pytest.raises(Refused, match="has_errors") as caught:
        file_roster(_clerk(batch), batch, upload_id=_uploaded(batch, [a_person(), wrong, short]))  # type: ignore[arg-type]
    assert "涉及 2 人" in caught.value.refusal.sentence
    assert "下载标注了错误的名册" in caught.value.refusal.remedy
    assert not Candidate.objects.exists()
    batch.refresh_from_db()
    assert batch.state == BatchState.OPEN


def test_an_unreadable_file_is_refused_in_a_sentence(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = _open_batch()
    clerk = a_seat(Role.CLERK, institution=batch.plan.institution)
    with pytest.raises(Refused, match=r"rosters\.unreadable") as caught:
        file_roster(clerk, batch, upload_id=an_upload(clerk, data=b"%PDF-1.7 nothing").pk)
    assert "PDF" in caught.value.refusal.sentence


def test_a_clerk_files_only_what_the_clerk_uploaded(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = _open_batch()
    stranger = a_seat(Role.CLERK, institution=a_filed_institution())
    upload = an_upload(stranger, data=a_roster_file(batch, some_people(1)))
    with pytest.raises(Refused, match="no_upload"):
        file_roster(_clerk(batch), batch, upload_id=upload.pk)  # type: ignore[arg-type]
    refusal = file_roster.why_not(stranger, batch)
    assert refusal is not None
    assert refusal.kind is Kind.ROLE


def test_more_people_than_the_plan_names_are_refused(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = _open_batch(2)
    with pytest.raises(Refused, match="over_headcount"):
        file_roster(_clerk(batch), batch, upload_id=_uploaded(batch, some_people(3)))  # type: ignore[arg-type]


def test_a_roster_comes_before_the_day_of_the_exam(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = _open_batch()
    with clock.at(at_hour(batch.plan.held_on, 8)):
        refusal = file_roster.why_not(_clerk(batch), batch)  # type: ignore[arg-type]
    assert refusal is not None
    assert refusal.code == "rosters.plan_takes_rosters"


def test_one_person_is_not_enrolled_for_one_occupation_twice(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    person = a_person()
    a_rostered_batch(people=[person])
    second = _open_batch(venue="另一考点")
    with pytest.raises(Refused, match="has_errors"):
        file_roster(_clerk(second), second, upload_id=_uploaded(second, [person]))  # type: ignore[arg-type]


def test_a_level_already_held_by_this_registers_certificates_is_found(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    person = a_person()
    institution = a_filed_institution()
    a_certified_sheet(people=[person], institution=institution)
    at("2026-08-03T09:00")
    batch = _open_batch(institution=institution)
    clerk = a_seat(Role.CLERK, institution=institution)
    upload = an_upload(clerk, name="名册.csv", data=a_roster_file(batch, [person]))
    check = dry_run.start(batch, upload, clerk)
    assert "rosters.level_held" in {finding.code for finding in dry_run.findings_of(check)}


def test_a_replaced_roster_deletes_nobody(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    stays, leaves, comes = a_person("王知行"), a_person("李致远"), a_person("周守正")
    batch = a_rostered_batch(people=[stays, leaves])
    fact = replace_roster(_clerk(batch), batch, upload_id=_uploaded(batch, [comes, stays]))  # type: ignore[arg-type]
    assert (fact.replaced, fact.rows, fact.withdrawn) == (True, 2, 1)
    rows = Candidate.objects.filter(batch=batch).order_by("row").values_list("row", "masked_name", "state", "reason")
    assert list(rows) == [
        (2, "李**", "excluded", drawing.WITHDRAWN),
        (3, "周**", "listed", ""),
        (4, "王**", "listed", ""),
    ]
    _, _, reviewer = seats_of(batch.plan)
    assert [row.masked_name for row in queries.candidates(reviewer, batch.pk)] == ["周**", "王**"]
    found = queries.roster(reviewer, batch.pk)
    assert found is not None
    assert (found.rows, found.excluded) == (2, 0)


def test_a_small_batch_is_checked_in_full_and_a_large_one_by_sample(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    small = a_rostered_batch(people=some_people(8))
    _, _, reviewer = seats_of(small.plan)
    fact = draw_sample(reviewer, small)
    assert (fact.mode, len(fact.rows)) == (Mode.FULL, 8)
    assert "不超过 25 人" in fact.reason
    large = a_rostered_batch(people=some_people(60))
    fact = draw_sample(reviewer, large)
    assert fact.mode == Mode.SAMPLED
    assert 0 < len(fact.rows) < 60
    sampled = Candidate.objects.filter(batch=large, sampled=True).order_by("row").values_list("row", flat=True)
    assert tuple(sampled) == fact.rows


def test_the_sample_was_settled_when_the_roster_was_filed(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = a_rostered_batch(people=some_people(60))
    filed = course_of(batch)[0].fact
    assert isinstance(filed, RosterFiled)
    _, _, reviewer = seats_of(batch.plan)
    candidates = drawing.on_roster(batch)
    told = drawing.depth_today(Asking(reviewer, batch))
    assert told == drawing.depth_of(Asking(reviewer, batch), candidates), "the page tells what will be done"
    exclude_candidate(reviewer, Candidate.objects.filter(batch=batch).order_by("row")[0], reason="材料不实。")
    fact = draw_sample(reviewer, batch)
    secret, code = bytes.fromhex(fact.secret), bytes.fromhex(fact.one_time_code)
    keys = drawing.secrets_of(batch)
    assert (filed.sample_commitment, filed.sample_code_hash) == (keys.commitment, keys.code_hash)
    depth = drawing.depth_of(Asking(reviewer, batch), candidates)
    manifest = drawing.manifest_of(batch, depth, candidates, fact.draw)
    again = compute(manifest, [secret], code, b"")
    assert again["manifest_sha256"] == fact.manifest_sha256
    assert {f"B{batch.pk}.{row}" for row in fact.rows} == set(again["targets"])
    with pytest.raises(Refused, match="no_sample_yet"):
        draw_sample(reviewer, batch)


def test_candidates_are_admitted_after_the_sample_and_get_tickets(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = a_rostered_batch(people=some_people(3))
    clerk, _, reviewer = seats_of(batch.plan)
    refusal = admit_candidates.why_not(reviewer, batch)
    assert refusal is not None
    assert refusal.code == "rosters.sample_is_drawn"
    draw_sample(reviewer, batch)
    second = Candidate.objects.get(batch=batch, row=2)
    with pytest.raises(Refused, match=r"kernel\.argument"):
        exclude_candidate(reviewer, second, reason=" ")
    exclude_candidate(reviewer, second, reason="劳动合同系伪造。")
    assert admit_candidates.why_not(clerk, batch) is not None
    fact = admit_candidates(reviewer, batch)
    assert (fact.admitted, fact.excluded, fact.sampled, fact.bad) == (2, 1, 3, 1)
    head = f"{batch.plan.held_on:%y%m%d}13{batch.plan.institution.site_code}"
    tickets = Candidate.objects.filter(batch=batch).order_by("row").values_list("ticket", flat=True)
    assert list(tickets) == [f"{head}00001", "", f"{head}00002"]
    assert len(tickets[0]) == 19
    refusal = exclude_candidate.why_not(reviewer, Candidate.objects.get(batch=batch, row=1))
    assert refusal is not None, "who is admitted is not excluded any more"


def test_a_sample_with_too_many_bad_files_sends_everybody_to_the_check(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = a_rostered_batch(people=some_people(60))
    _, _, reviewer = seats_of(batch.plan)
    fact = draw_sample(reviewer, batch)
    assert isinstance(fact, SampleDrawn)
    for row in fact.rows[: fact.accept + 1]:
        exclude_candidate(reviewer, Candidate.objects.get(batch=batch, row=row), reason="工作年限不实。")
    refusal = admit_candidates.why_not(reviewer, batch)
    assert refusal is not None
    assert refusal.code == "rosters.sample_is_accepted"
    assert "全面核查" in refusal.remedy
    check_everyone(reviewer, batch, reason="样本不接收")
    admitted = admit_candidates(reviewer, batch)
    assert (admitted.accepted, admitted.admitted) == (False, 60 - fact.accept - 1)


def test_the_institutions_earlier_lots_decide_by_which_plan_it_is_sampled(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    institution = a_filed_institution()
    first = a_rostered_batch(institution=institution, people=some_people(30))
    reviewer = seats_of(first.plan)[2]
    assert "孤立批" in draw_sample(reviewer, first).reason
    admit_candidates(reviewer, first)
    an_admitted_batch(institution=institution, people=some_people(2))
    third = a_rostered_batch(institution=institution, people=some_people(60))
    assert drawing.record_of(Asking(CLOCK, third)) == (2, State.NORMAL)
    fact = draw_sample(reviewer, third)
    assert "GB/T 2828.1-2012 检验水平 II" in fact.reason
    assert "正常检验" in fact.reason


def test_an_entrusted_batch_is_approved_by_a_second_person(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_submitted_plan(batches=(Wanted(headcount=3),), entrusted_by="示例能源有限公司")
    _, _, reviewer = seats_of(plan)
    second_review(a_seat(Role.CENTRE_HEAD, office=plan.office), plan, opinion="培训对象与资质已核。")
    file_plan(reviewer, plan)
    batch = a_rostered_batch(plan=plan)
    draw_sample(reviewer, batch)
    with pytest.raises(Refused, match="second_person"):
        admit_candidates(reviewer, batch)
    assert admit_candidates(another_seat(reviewer), batch).admitted == 3


def test_nobody_is_admitted_before_the_plan_is_filed(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan: Plan = a_submitted_plan(batches=(Wanted(headcount=3),))
    batch = a_rostered_batch(plan=plan)
    refusal = draw_sample.why_not(seats_of(plan)[2], batch)
    assert refusal is not None
    assert refusal.code == "rosters.plan_is_filed"


def test_full_names_are_for_the_own_institution_and_numbers_for_nobody(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    person = a_person("王知行")
    batch = an_admitted_batch(people=[person])
    clerk, _, reviewer = seats_of(batch.plan)
    assert queries.candidates(clerk, batch.pk)[0].name == "王知行"
    assert queries.candidates(reviewer, batch.pk)[0].name == ""
    for seat in (clerk, reviewer):
        assert person.number not in repr(list(queries.candidates(seat, batch.pk)))
    assert not queries.candidates(a_seat(Role.CLERK, institution=a_filed_institution()), batch.pk)


def test_the_ledger_keeps_no_name_and_no_number_of_a_candidate(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    person = a_person("王知行")
    batch = an_admitted_batch(people=[person])
    for recorded in course_of(batch):
        assert person.name not in repr(recorded)
        assert person.number not in repr(recorded)
    for leaf in Entry.objects.order_by("id").values_list("leaf", flat=True):
        assert person.number.encode() not in bytes(leaf)


def test_a_dry_run_reports_and_decides_nothing(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = _open_batch()
    clerk = a_seat(Role.CLERK, institution=batch.plan.institution)
    wrong = a_person(number="130203198801010019")
    upload = an_upload(clerk, name="名册.csv", data=a_roster_file(batch, [a_person(), wrong]))
    check = dry_run.start(batch, upload, clerk)
    assert (check.state, check.rows) == (RosterCheck.State.DONE, 2)
    assert check.errors >= 1
    findings = dry_run.findings_of(check)
    assert {(finding.row, finding.column) for finding in findings if finding.severity == "error"} == {
        (3, "document_number")
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT report FROM rosters_rostercheck WHERE id = %s", [check.pk])
        assert wrong.number.encode() not in bytes(cursor.fetchone()[0])
    assert read_roster(dry_run.annotated(check), "批注.xlsx").people == 2
    assert not Candidate.objects.exists()
    assert dry_run.own(another_seat(clerk), check.pk) is None
    assert [row.check for row in queries.checks(clerk, batch.pk)] == [check.pk]


def test_a_dry_run_of_a_file_that_is_no_roster_says_so(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = _open_batch()
    clerk = a_seat(Role.CLERK, institution=batch.plan.institution)
    check = dry_run.start(batch, an_upload(clerk, data=b"%PDF-1.7 nothing"), clerk)
    assert check.state == RosterCheck.State.REFUSED
    assert "PDF" in check.sentence


def test_a_cancelled_dry_run_stops(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = _open_batch()
    clerk = a_seat(Role.CLERK, institution=batch.plan.institution)
    upload = an_upload(clerk, name="名册.csv", data=a_roster_file(batch, some_people(2)))
    check = RosterCheck.objects.create(
        batch_id=batch.pk, upload_id=upload.pk, owner=clerk.actor_id, at=clock.now() - timedelta(minutes=1)
    )
    dry_run.cancel(check)
    dry_run.examine_upload.call(check.pk)
    check.refresh_from_db()
    assert (check.state, check.rows) == (RosterCheck.State.CANCELLED, 0)
