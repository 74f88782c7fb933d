"""The world after a plan is filed: roster, admission, draw, exam, scores, notice, certificates; all by performing acts.
What each stage performs is said in `hengjian.demo.exams`; here is who sits where, and when.

    batch = an_examined_batch(people=some_people(3))
    sheet = a_sheet_on_notice(opened_on=date(2026, 2, 13))
    sheet = a_certified_sheet()

Every step happens on its own day: the exam on the plan's day, the rest after it. The functions move the clock for their
own acts only, so a test asks with `clock.at(sheet.notice_closes_on)` what may be done then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from hengjian.authorities.models import Office, Seat
from hengjian.authorities.roles import Role
from hengjian.demo.candidates import Candidate as Person
from hengjian.demo.candidates import roster_file as a_roster_file
from hengjian.demo.exams import BatchLife
from hengjian.institutions.models import Institution
from hengjian.kernel import clock
from hengjian.kernel.actor import PUBLIC
from hengjian.kernel.identity import resident_check_digit
from hengjian.personnel.models import Supervisor
from hengjian.plans.models import Batch, Plan
from hengjian.results.acts.object_to_result import object_to_result
from hengjian.results.acts.triage_objection import accept_objection
from hengjian.results.marks import ScoreRow
from hengjian.results.models import Objection, ResultSheet, Score
from hengjian.results.states import ObjectionPart
from hengjian.supervision.acts.open_chain import open_chain
from hengjian.supervision.acts.witness_draw import commit_as_witness
from hengjian.supervision.models import CodeChain, Draw, Duty
from tests.harness.laid import laid_once
from tests.harness.numbers import Numbers
from tests.world import Wanted, a_filed_plan, a_seat, a_supervisor, another_seat, at_hour

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
GIVEN = "知行明德格物致远守正日新厚朴"
_people = Numbers()
_serials = Numbers()


class TheWorldsPlaces:
    """The seats of the world: the same person wherever the same seat is asked for."""

    def at_office(self, role: Role, office: Office, *, second: bool = False) -> Seat:
        seat = a_seat(role, office=office)
        return another_seat(seat) if second else seat

    def at_institution(self, role: Role, institution: Institution) -> Seat:
        return a_seat(role, institution=institution)

    def of_supervisor(self, supervisor: Supervisor) -> Seat:
        return a_seat(Role.SUPERVISOR, office=supervisor.office, person_id=supervisor.pk)


def soon(life: BatchLife, stage: str) -> datetime | None:
    """The world's pace: now, until the exam; its rest follows in the evening, its notice on the day after."""
    return THE_WORLDS_PACE[stage](life) if stage in THE_WORLDS_PACE else None


THE_WORLDS_PACE: dict[str, Callable[[BatchLife], datetime]] = {
    "draw": lambda life: life.sealed.opens_at,
    "begin": lambda life: at_hour(life.plan.held_on, 8),
    "finish": lambda life: at_hour(life.plan.held_on, 18),
    "open_sheet": lambda life: at_hour(life.plan.held_on, 19),
    "scores": lambda life: at_hour(life.plan.held_on, 20),
    "confirm": lambda life: at_hour(life.plan.held_on, 21),
    "notice": lambda life: at_hour(life.plan.held_on + timedelta(days=1), 9),
    "close": lambda life: at_hour(life.closed_on, 9),
    "report_results": lambda life: at_hour(life.closed_on, 10),
    "issue": lambda life: at_hour(life.closed_on, 11),
}


def life_of(case: Plan | Batch | ResultSheet) -> BatchLife:
    """The life of this case from where it stands."""
    return BatchLife.of(case, TheWorldsPlaces(), soon)


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
    life_of(batch).perform("roster", data=a_roster_file(batch, people))
    return batch


@laid_once
def an_admitted_batch(**values: Any) -> Batch:
    batch = a_rostered_batch(**values)
    life_of(batch).perform("admit")
    return batch


def a_chain(office: Any) -> CodeChain:
    found = CodeChain.objects.filter(office=office, year=clock.today().year).order_by("pk").first()
    return found or open_chain(a_seat(Role.CENTRE_REVIEWER, office=office))


def a_sealed_draw(plan: Plan, *, supervisors: int = 3, **values: Any) -> Draw:
    """The manifest is sealed now, opens in an hour, and the log has a checkpoint over it."""
    for _ in range(supervisors):
        a_supervisor(at=plan.office.area.path)
    values.setdefault("opens_at", clock.now() + timedelta(hours=1))
    life_of(plan).perform("seal", witnessed=False, **values)
    return Draw.objects.filter(plan=plan).latest("pk")


@laid_once
def a_drawn_plan(plan: Plan | None = None, **values: Any) -> Plan:
    """A plan whose supervisors are drawn."""
    values.setdefault("venue", f"示例考点{next(_serials)}")
    plan = plan or a_filed_plan(**values)
    a_sealed_draw(plan)
    life_of(plan).perform("draw")
    return plan


def seat_of_supervisor(duty: Duty) -> Seat:
    return a_seat(Role.SUPERVISOR, office=duty.supervisor.office, person_id=duty.supervisor_id)


def accepted_duties(plan: Plan) -> list[Duty]:
    life = life_of(plan)
    life.perform("accept")
    return life.duties()


@laid_once
def an_examined_batch(*, reported: bool = True, **values: Any) -> Batch:
    """Examined on the plan's day, attended by those drawn; with `reported` their reports are in."""
    batch = an_admitted_batch(**values)
    a_drawn_plan(batch.plan)
    life = life_of(batch)
    life.perform("accept")
    life.perform("begin")
    life.perform("finish", reported=reported)
    return batch


ON_SITE = ("现场督导",)  # the means of a supervisor who came


def all_in_order(duty: Duty) -> dict[str, str]:
    return {item["key"]: "yes" for item in duty.checklist}


@laid_once
def a_sheet(**values: Any) -> ResultSheet:
    """The empty score sheet of an examined batch."""
    life = life_of(an_examined_batch(**values))
    life.perform("open_sheet")
    return life.sheet


def passing(sheet: ResultSheet, *, mark: str = "82") -> list[ScoreRow]:
    """A passing row for every candidate of the sheet."""
    full = sheet.batch.level in "12"
    rows = Score.objects.filter(sheet=sheet).order_by("candidate__row").values_list("candidate__row", flat=True)
    value = Decimal(mark)
    return [ScoreRow(row, value, value, value if full else None) for row in rows]


@laid_once
def a_scored_sheet(*, scores: Sequence[ScoreRow] | None = None, **values: Any) -> ResultSheet:
    sheet = a_sheet(**values)
    life_of(sheet).perform("scores", rows=scores if scores is not None else passing(sheet))
    return sheet


@laid_once
def a_confirmed_sheet(**values: Any) -> ResultSheet:
    sheet = a_scored_sheet(**values)
    life_of(sheet).perform("confirm")
    return sheet


LEAD = timedelta(days=60)  # enough for filing, lead time and exam before a given day


@laid_once
def a_sheet_on_notice(*, opened_on: date | None = None, **values: Any) -> ResultSheet:
    """On notice since `opened_on`, by default the day after the exam."""
    if opened_on is None:
        sheet = a_confirmed_sheet(**values)
        life_of(sheet).perform("notice")
        return sheet
    with clock.at(at_hour(opened_on - LEAD, 9)):
        sheet = a_confirmed_sheet(**values)
    with clock.at(at_hour(opened_on, 9)):
        life_of(sheet).notice()
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
    return at_hour(life_of(sheet).closed_on, 9)


@laid_once
def a_closed_notice(**values: Any) -> ResultSheet:
    sheet = a_sheet_on_notice(**values)
    life_of(sheet).perform("close")
    return sheet


def filed(sheet: ResultSheet) -> ResultSheet:
    """File a closed notice with the totals of its records."""
    life_of(sheet).perform("report_results")
    return sheet


@laid_once
def a_filed_sheet(**values: Any) -> ResultSheet:
    return filed(a_closed_notice(**values))


@laid_once
def a_certified_sheet(**values: Any) -> ResultSheet:
    """Certificates issued two hours after the filing desk opened."""
    sheet = a_filed_sheet(**values)
    life_of(sheet).perform("issue")
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
