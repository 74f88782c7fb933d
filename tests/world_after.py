"""The world after a plan is filed: roster, admission, draw, exam, scores, notice, certificates; all by performing acts.

    batch = an_examined_batch(people=some_people(3))
    sheet = a_sheet_on_notice(opened_on=date(2026, 2, 13))
    sheet = a_certified_sheet()

Every step happens on its own day: the exam on the plan's day, the rest after it. The functions move the clock for their
own acts only, so a test asks with `clock.at(sheet.notice_closes_on)` what may be done then.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.certificates.acts.issue_certificates import issue_certificates
from hengjian.institutions.models import Institution
from hengjian.kernel import clock, sealer
from hengjian.kernel.actor import CLOCK, PUBLIC
from hengjian.kernel.identity import resident_check_digit
from hengjian.plans.models import Batch, Plan
from hengjian.results.acts.close_notice import close_notice
from hengjian.results.acts.confirm_results import confirm_results
from hengjian.results.acts.enter_scores import enter_scores
from hengjian.results.acts.file_results import file_results
from hengjian.results.acts.object_to_result import object_to_result
from hengjian.results.acts.open_notice import open_notice
from hengjian.results.acts.open_sheet import open_sheet
from hengjian.results.acts.triage_objection import accept_objection
from hengjian.results.marks import ScoreRow
from hengjian.results.models import Objection, ResultSheet, Score
from hengjian.results.states import ObjectionPart
from hengjian.results.totals import totals_of
from hengjian.rosters.acts.admit_candidates import admit_candidates
from hengjian.rosters.acts.draw_sample import draw_sample
from hengjian.rosters.acts.file_roster import file_roster
from hengjian.supervision.acts.attend_exam import accept_duty, file_report, report_arrival
from hengjian.supervision.acts.begin_exam import begin_exam, finish_exam
from hengjian.supervision.acts.open_chain import open_chain
from hengjian.supervision.acts.reveal_and_draw import reveal_and_draw
from hengjian.supervision.acts.seal_draw import seal_draw
from hengjian.supervision.acts.witness_draw import commit_as_witness
from hengjian.supervision.models import CodeChain, Draw, Duty
from tests.harness.laid import laid_once
from tests.harness.numbers import Numbers
from tests.world import Wanted, a_filed_plan, a_seat, a_supervisor, an_upload, at_hour

HEADER = (
    "姓名",
    "证件号码",
    "文化程度",
    "手机号码",
    "工作单位",
    "岗位",
    "劳动合同开始日期",
    "劳动合同终止日期",
    "申报职业",
    "职业编码",
    "申报等级",
    "申报条件编号",
    "本职业年限",
)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
GIVEN = "知行明德格物致远守正日新厚朴"
_people = Numbers()
_serials = Numbers()


@dataclass(frozen=True)
class Person:
    """An invented candidate; `values` replace cells of the roster by their title."""

    name: str
    number: str
    values: tuple[tuple[str, str], ...] = ()


def a_person(name: str = "", *, number: str = "", **values: str) -> Person:
    serial = next(_people)
    name = name or SURNAMES[serial % len(SURNAMES)] + GIVEN[serial % 13] + GIVEN[serial // 13 % 14]
    return Person(name, number or a_resident_id(serial), tuple(values.items()))


def some_people(size: int) -> list[Person]:
    return [a_person() for _ in range(size)]


def a_resident_id(serial: int) -> str:
    """An invented number with a right check character; born in 1988, 999 people a day."""
    born = date(1988, 1, 1) + timedelta(days=serial // 990)
    head = f"130203{born:%Y%m%d}{serial % 990 + 1:03d}"
    return head + resident_check_digit(head)


def a_roster_file(batch: Batch, people: Sequence[Person]) -> bytes:
    """A roster as CSV that passes every check for the batch."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for person in people:
        row = {
            "姓名": person.name,
            "证件号码": person.number,
            "文化程度": "大学专科",
            "手机号码": "13900000000",
            "工作单位": batch.plan.institution.name,
            "岗位": batch.occupation_name,
            "劳动合同开始日期": "2012-07-01",
            "劳动合同终止日期": "无固定期限",
            "申报职业": batch.occupation_name,
            "职业编码": batch.occupation_code,
            "申报等级": LEVEL_TEXTS[batch.level],
            "申报条件编号": "1",
            "本职业年限": "12",
        } | dict(person.values)
        writer.writerow([row[title] for title in HEADER])
    return text.getvalue().encode("utf-8-sig")


LEVEL_TEXTS = {"5": "五级/初级工", "4": "四级/中级工", "3": "三级/高级工", "2": "二级/技师", "1": "一级/高级技师"}


def seats_of(plan: Plan) -> tuple[Seat, Seat, Seat]:
    """Clerk and responsible person of the institution, reviewer of the responsible office."""
    return (
        a_seat(Role.CLERK, institution=plan.institution),
        a_seat(Role.RESPONSIBLE_PERSON, institution=plan.institution),
        a_seat(Role.CENTRE_REVIEWER, office=plan.office),
    )


@laid_once
def a_rostered_batch(
    *, people: Sequence[Person] | None = None, plan: Plan | None = None, level: str = "4", **values: Any
) -> Batch:
    """A batch of a filed plan with its roster."""
    people = some_people(3) if people is None else people
    values.setdefault("venue", f"示例考点{next(_serials)}")
    plan = plan or a_filed_plan(batches=(Wanted(level=level, headcount=max(len(people), 1)),), **values)
    batch = plan.batches.order_by("pk").get()
    clerk = a_seat(Role.CLERK, institution=plan.institution)
    upload = an_upload(clerk, name="名册.csv", data=a_roster_file(batch, people))
    file_roster(clerk, batch, upload_id=upload.pk)
    return batch


@laid_once
def an_admitted_batch(**values: Any) -> Batch:
    batch = a_rostered_batch(**values)
    _, _, reviewer = seats_of(batch.plan)
    draw_sample(reviewer, batch)
    admit_candidates(reviewer, batch)
    return batch


def a_chain(office: Any) -> CodeChain:
    found = CodeChain.objects.filter(office=office, year=clock.today().year).order_by("pk").first()
    return found or open_chain(a_seat(Role.CENTRE_REVIEWER, office=office))


def a_sealed_draw(plan: Plan, *, supervisors: int = 3, **values: Any) -> Draw:
    """The manifest is sealed now, opens in an hour, and the log has a checkpoint over it."""
    for _ in range(supervisors):
        a_supervisor(at=plan.office.area.path)
    a_chain(plan.office)
    values.setdefault("opens_at", clock.now() + timedelta(hours=1))
    seal_draw(a_seat(Role.CENTRE_REVIEWER, office=plan.office), plan, **values)
    sealer.seal()
    return Draw.objects.filter(plan=plan).latest("pk")


@laid_once
def a_drawn_plan(plan: Plan | None = None, **values: Any) -> Plan:
    """A plan whose supervisors are drawn."""
    values.setdefault("venue", f"示例考点{next(_serials)}")
    plan = plan or a_filed_plan(**values)
    draw = a_sealed_draw(plan)
    with clock.at(draw.opens_at):
        reveal_and_draw(a_seat(Role.CENTRE_REVIEWER, office=plan.office), draw)
    return plan


def seat_of_supervisor(duty: Duty) -> Seat:
    return a_seat(Role.SUPERVISOR, office=duty.supervisor.office, person_id=duty.supervisor_id)


def accepted_duties(plan: Plan) -> list[Duty]:
    duties = list(Duty.objects.filter(plan=plan, state=Duty.State.DRAWN).order_by("pk"))
    for duty in duties:
        accept_duty(seat_of_supervisor(duty), duty)
    return duties


@laid_once
def an_examined_batch(*, reported: bool = True, **values: Any) -> Batch:
    """Examined on the plan's day, attended by those drawn; with `reported` their reports are in."""
    batch = an_admitted_batch(**values)
    plan = a_drawn_plan(batch.plan)
    clerk, _, _ = seats_of(plan)
    duties = accepted_duties(plan)
    with clock.at(at_hour(plan.held_on, 8)):
        for duty in duties:
            report_arrival(seat_of_supervisor(duty), duty)
        begin_exam(clerk, batch)
    with clock.at(at_hour(plan.held_on, 18)):
        finish_exam(clerk, batch)
        for duty in duties if reported else ():
            file_report(seat_of_supervisor(duty), duty, answers=all_in_order(duty), conclusion="orderly")
    return batch


def all_in_order(duty: Duty) -> dict[str, str]:
    return {item["key"]: "yes" for item in duty.checklist}


@laid_once
def a_sheet(**values: Any) -> ResultSheet:
    """The empty score sheet of an examined batch."""
    batch = an_examined_batch(**values)
    with clock.at(at_hour(batch.plan.held_on, 19)):
        open_sheet(a_seat(Role.CLERK, institution=batch.plan.institution), batch)
    return ResultSheet.objects.get(batch=batch)


def passing(sheet: ResultSheet, *, mark: str = "82") -> list[ScoreRow]:
    """A passing row for every candidate of the sheet."""
    full = sheet.batch.level in "12"
    rows = Score.objects.filter(sheet=sheet).order_by("candidate__row").values_list("candidate__row", flat=True)
    value = Decimal(mark)
    return [ScoreRow(row, value, value, value if full else None) for row in rows]


@laid_once
def a_scored_sheet(*, scores: Sequence[ScoreRow] | None = None, **values: Any) -> ResultSheet:
    sheet = a_sheet(**values)
    with clock.at(at_hour(sheet.batch.plan.held_on, 20)):
        clerk = a_seat(Role.CLERK, institution=sheet.batch.plan.institution)
        enter_scores(clerk, sheet, rows=scores if scores is not None else passing(sheet))
    return sheet


@laid_once
def a_confirmed_sheet(**values: Any) -> ResultSheet:
    sheet = a_scored_sheet(**values)
    with clock.at(at_hour(sheet.batch.plan.held_on, 21)):
        confirm_results(a_seat(Role.RESPONSIBLE_PERSON, institution=sheet.batch.plan.institution), sheet)
    return sheet


LEAD = timedelta(days=60)  # enough for filing, lead time and exam before a given day


@laid_once
def a_sheet_on_notice(*, opened_on: date | None = None, **values: Any) -> ResultSheet:
    """On notice since `opened_on`, by default the day after the exam."""
    if opened_on is None:
        sheet = a_confirmed_sheet(**values)
    else:
        with clock.at(at_hour(opened_on - LEAD, 9)):
            sheet = a_confirmed_sheet(**values)
    opened_on = opened_on or sheet.batch.plan.held_on + timedelta(days=1)
    with clock.at(at_hour(opened_on, 9)):
        open_notice(
            a_seat(Role.RESPONSIBLE_PERSON, institution=sheet.batch.plan.institution), sheet, place="机构公告栏"
        )
    return sheet


def objected(sheet: ResultSheet, row: int = 1, *, accepted: bool = True, **said: Any) -> Objection:
    """An objection to a row, made now; with `accepted` the centre has looked at it and the row is held."""
    score = Score.objects.get(sheet=sheet, candidate__row=row)
    said = {"part": ObjectionPart.PRACTICAL, "text": "该考生当日未到场，由他人代考。"} | said
    fact = object_to_result(PUBLIC, score, happened_on=min(sheet.batch.plan.held_on, clock.today()), **said)
    objection = Objection.objects.get(code=fact.tracking)
    if accepted:
        accept_objection(a_seat(Role.CENTRE_REVIEWER, office=sheet.batch.plan.office), objection)
    return objection


def the_day_after(sheet: ResultSheet) -> datetime:
    """Nine in the morning of the day after the notice's last."""
    assert sheet.notice_closes_on is not None
    return at_hour(sheet.notice_closes_on + timedelta(days=1), 9)


@laid_once
def a_closed_notice(**values: Any) -> ResultSheet:
    sheet = a_sheet_on_notice(**values)
    with clock.at(the_day_after(sheet)):
        close_notice(CLOCK, sheet)
    return sheet


def filed(sheet: ResultSheet) -> ResultSheet:
    """File a closed notice with the totals of its records."""
    totals = totals_of(sheet.pk)
    with clock.at(the_day_after(sheet) + timedelta(hours=1)):
        file_results(
            a_seat(Role.CENTRE_REVIEWER, office=sheet.batch.plan.office),
            sheet,
            registered=totals.registered,
            sat=totals.sat,
            passed=totals.passed,
        )
    return sheet


@laid_once
def a_filed_sheet(**values: Any) -> ResultSheet:
    return filed(a_closed_notice(**values))


@laid_once
def a_certified_sheet(**values: Any) -> ResultSheet:
    """Certificates issued two hours after the filing desk opened."""
    sheet = a_filed_sheet(**values)
    with clock.at(the_day_after(sheet) + timedelta(hours=2)):
        issue_certificates(a_seat(Role.RESPONSIBLE_PERSON, institution=sheet.batch.plan.institution), sheet)
    return sheet


def a_witness(plan: Plan, *, role: Role = Role.RESPONSIBLE_PERSON) -> tuple[Seat, str]:
    """A seat that commits itself to witness the draw of this plan, and its secret."""
    secret, commitment = a_secret()
    at_plan = {"institution": plan.institution} if role is Role.RESPONSIBLE_PERSON else {"office": plan.office}
    seat = a_seat(role, **at_plan)
    commit_as_witness(seat, plan, commitment=commitment)
    return seat, secret


def a_secret() -> tuple[str, str]:
    """A witness's secret and its commitment."""
    secret = sha256(f"witness {next(_serials)}".encode())
    return secret.hexdigest(), sha256(secret.digest()).hexdigest()


def at_institution(sheet: ResultSheet) -> Institution:
    return sheet.batch.plan.institution
