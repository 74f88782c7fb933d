"""A batch for the pages to show, of an institution of its own, in the autumn of 2026: brought by acts to any point between
plan and certificate (`hengjian.demo.exams`). States are laid once and put back.

    made = stage(candidates=4).objected()
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.demo.exams import STAGES, BatchLife
from hengjian.institutions.models import Institution
from hengjian.kernel import clock, sealer
from hengjian.kernel.actor import PUBLIC
from hengjian.plans.models import Batch, Plan
from hengjian.results.acts.object_to_result import object_to_result
from hengjian.results.acts.triage_objection import accept_objection
from hengjian.results.marks import ScoreRow
from hengjian.results.models import Objection, ResultSheet, Score
from hengjian.results.states import ObjectionPart
from hengjian.rosters.models import Candidate
from hengjian.supervision.models import Draw, Duty
from tests.harness.laid import laid_once
from tests.world import BAODING, ELECTRICIAN, TANGSHAN, a_filed_institution, a_seat, a_supervisor, an_applicant, numbers
from tests.world_after import TheWorldsPlaces, some_people

BEGUN, EXAM = datetime(2026, 8, 3, 9, tzinfo=clock.ZONE), date(2026, 9, 19)
AUTUMN = {
    "draft": "2026-08-20T09:00",
    "submit": "2026-08-20T16:00",
    "file": "2026-08-21T10:00",
    "roster": "2026-08-25T09:00",
    "admit": "2026-08-26T10:00",
    "seal": "2026-09-10T09:00",
    "draw": "2026-09-10T10:30",
    "accept": "2026-09-11T09:00",
    "begin": "2026-09-19T08:30",
    "finish": "2026-09-19T17:30",
    "publish": "2026-09-21T09:00",
    "open_sheet": "2026-09-21T09:00",
    "scores": "2026-09-22T10:00",
    "confirm": "2026-09-29T16:31",
    "notice": "2026-09-29T16:31",
    "close": "2026-10-13T09:00",
    "report_results": "2026-10-13T09:00",
    "issue": "2026-10-13T15:00",
    "online": "2026-10-13T15:00",
}
OPENS_AT = datetime(2026, 9, 10, 10, tzinfo=clock.ZONE)
PLACES = TheWorldsPlaces()


def in_autumn(life: BatchLife, stage: str) -> datetime:
    return datetime.fromisoformat(AUTUMN[stage]).replace(tzinfo=clock.ZONE)


@dataclass
class Stage:
    """The places and people of one batch; each method brings it one step on."""

    plan: Plan
    reached: str
    objection_code: str = ""
    batch: Batch = field(init=False)

    def __post_init__(self) -> None:
        self.batch = self.plan.batches.get()

    @property
    def life(self) -> BatchLife:
        return BatchLife.of(self.batch, PLACES, in_autumn)

    @property
    def institution(self) -> Institution:
        return self.plan.institution

    @property
    def clerk(self) -> Seat:
        return a_seat(Role.CLERK, institution=self.institution)

    @property
    def responsible(self) -> Seat:
        return a_seat(Role.RESPONSIBLE_PERSON, institution=self.institution)

    @property
    def reviewer(self) -> Seat:
        return a_seat(Role.CENTRE_REVIEWER, office=self.plan.office)

    @property
    def head(self) -> Seat:
        return a_seat(Role.CENTRE_HEAD, office=self.plan.office)

    @property
    def foreign(self) -> Seat:
        """A reviewer of another city."""
        return a_seat(Role.CENTRE_REVIEWER, at=BAODING)

    @property
    def supervisor(self) -> Seat:
        """Whoever was drawn first; before the draw somebody of the base."""
        duty = Duty.objects.filter(plan=self.plan).order_by("pk").first()
        if duty is not None:
            return PLACES.of_supervisor(duty.supervisor)
        return Seat.objects.filter(role=Role.SUPERVISOR).order_by("pk")[0]

    @property
    def roles(self) -> dict[str, Seat]:
        return {
            name: getattr(self, name) for name in ("clerk", "responsible", "reviewer", "head", "foreign", "supervisor")
        }

    @property
    def sheet(self) -> ResultSheet:
        found: ResultSheet = ResultSheet.objects.get(batch=self.batch)
        return found

    @property
    def draw(self) -> Draw:
        found: Draw = Draw.objects.get(plan=self.plan)
        return found

    @property
    def duty(self) -> Duty:
        found: Duty = Duty.objects.filter(plan=self.plan).order_by("pk")[0]
        return found

    @property
    def names(self) -> list[str]:
        return [person.name for person in Candidate.objects.filter(batch=self.batch).order_by("row")]

    @property
    def numbers(self) -> list[str]:
        return [person.document_number for person in Candidate.objects.filter(batch=self.batch).order_by("row")]

    def lived(self, until: str) -> Stage:
        """Everything up to this stage that has not been yet."""
        coming = STAGES[STAGES.index(self.reached) + 1 : STAGES.index(until) + 1]
        stages = tuple(stage for stage in coming if stage not in ("witness", "publish"))
        if stages:
            _lived(self.plan, stages)
            self.reached = until
        self.plan.refresh_from_db()
        self.batch.refresh_from_db()
        return self

    def sealed_draw(self) -> Stage:
        return self.lived("seal")

    def drawn(self) -> Stage:
        return self.lived("draw")

    def reported(self) -> Stage:
        return self.lived("finish")

    def published_draw(self) -> Stage:
        self.life.perform("publish")
        sealer.seal()
        return self

    def sheet_open(self) -> Stage:
        return self.lived("open_sheet")

    def entered(self) -> Stage:
        return self.lived("scores")

    def on_notice(self) -> Stage:
        return self.lived("notice")

    def objected(self, *, accepted: bool = True) -> Stage:
        self.on_notice()
        score = Score.objects.filter(sheet=self.sheet, passed=True).order_by("candidate__row")[0]
        with clock.at("2026-09-30T09:12"):
            fact = object_to_result(
                PUBLIC,
                score,
                part=ObjectionPart.PRACTICAL,
                happened_on=EXAM,
                text="实操评分漏记一项，请核对评分表。",
                contact="演示联系方式",
            )
            objection = Objection.objects.get(code=fact.tracking)
            if accepted:
                accept_objection(self.reviewer, objection)
        self.objection_code = fact.tracking
        return self

    def filed(self) -> Stage:
        return self.lived("report_results")

    def certified(self, *, online: bool = True) -> Stage:
        return self.lived("online" if online else "issue")


def stage(*, candidates: int = 8, admitted: bool = True) -> Stage:
    """A filed plan with one batch, and unless `admitted` is False its candidates."""
    plan = _planned(candidates)
    made = Stage(plan, "file")
    return made.lived("admit") if admitted else made


@laid_once
def _planned(candidates: int) -> Plan:
    with clock.at(BEGUN):
        name = f"燕北机械第{next(numbers)}分厂"
        institution = a_filed_institution(institution=an_applicant(name=name))
        for place in range(6):
            untrained = {"safety_trained_on": None} if place == 0 else {}
            PLACES.of_supervisor(a_supervisor(at=TANGSHAN, **untrained))
        a_seat(Role.CENTRE_REVIEWER, at=BAODING)
    life = BatchLife(
        PLACES,
        institution,
        ELECTRICIAN,
        "3",
        some_people(candidates),
        date(2026, 8, 20),
        "2026 年第三季度电工认定",
        exam_on=EXAM,
        pace=in_autumn,
    )
    return life.live("file").plan


@laid_once
def _lived(plan: Plan, stages: tuple[str, ...]) -> Plan:
    life = BatchLife.of(plan.batches.get(), PLACES, in_autumn)
    life.listed = some_people(life.batch.headcount) if "roster" in stages else []
    if (sheet := ResultSheet.objects.filter(batch=life.batch).first()) is not None:
        life.sheet = sheet
    for name in stages:
        life.perform(name, **_said(life, name))
    sealer.seal()
    return plan


def _said(life: BatchLife, name: str) -> dict[str, Any]:
    if name == "seal":
        return {"witnessed": False, "opens_at": OPENS_AT}
    if name == "scores":
        rows = Score.objects.filter(sheet=life.sheet).order_by("candidate__row")
        return {"rows": _marks(list(rows.values_list("candidate__row", flat=True)))}
    return {}


def _marks(rows: Sequence[int]) -> list[ScoreRow]:
    """The first stayed away, the second did not pass, the others did."""
    return [
        ScoreRow(row, absent=True)
        if place == 0
        else ScoreRow(row, Decimal("58") if place == 1 else Decimal("70") + place % 25, Decimal("71.5") + place % 20)
        for place, row in enumerate(rows)
    ]
