"""The life of one batch, from the plan to the certificates online, act by act; it may stop at any stage.

The demo, the tests' world, the pages' stage and the benchmarks all let a batch live by it. They differ in who sits where
(`Places`) and in when each stage happens (a `Pace`); what is performed, by whom and in which order is said here, once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any, Protocol

from hengjian.authorities.models import Office, Seat
from hengjian.authorities.roles import Role
from hengjian.certificates.acts.issue_certificates import issue_certificates
from hengjian.certificates.acts.put_online import put_online
from hengjian.certificates.models import Certificate
from hengjian.demo.candidates import Candidate, roster_file
from hengjian.demo.filing import at, working_day
from hengjian.institutions.models import Institution
from hengjian.kernel import clock, sealer
from hengjian.kernel.actor import CLOCK
from hengjian.kernel.law import National
from hengjian.kernel.uploads import keep_upload
from hengjian.personnel.models import Supervisor
from hengjian.plans.acts.batches import add_batch, add_sitting
from hengjian.plans.acts.draft_plan import draft_plan
from hengjian.plans.acts.submit_plan import file_plan, submit_plan
from hengjian.plans.models import Batch, Plan, Sitting
from hengjian.plans.policies import LEAD_WORKING_DAYS, PARTS_BY_LEVEL, THEORY_ROOM_SEATS_MAX
from hengjian.plans.staffing import staff_needed
from hengjian.results.acts.close_notice import close_notice
from hengjian.results.acts.confirm_results import confirm_results
from hengjian.results.acts.enter_scores import enter_scores
from hengjian.results.acts.file_results import file_results
from hengjian.results.acts.open_notice import open_notice
from hengjian.results.acts.open_sheet import open_sheet
from hengjian.results.marks import ScoreRow
from hengjian.results.models import ResultSheet, Score
from hengjian.results.totals import totals_of
from hengjian.rosters.acts.admit_candidates import admit_candidates
from hengjian.rosters.acts.draw_sample import draw_sample
from hengjian.rosters.acts.file_roster import file_roster
from hengjian.supervision.acts.attend_exam import accept_duty, file_report, report_arrival
from hengjian.supervision.acts.begin_exam import begin_exam, finish_exam
from hengjian.supervision.acts.enter_beacon import confirm_beacon, enter_beacon
from hengjian.supervision.acts.open_chain import open_chain
from hengjian.supervision.acts.publish_draw import publish_draw
from hengjian.supervision.acts.reveal_and_draw import reveal_and_draw
from hengjian.supervision.acts.seal_draw import seal_draw
from hengjian.supervision.acts.witness_draw import commit_as_witness, reveal_as_witness
from hengjian.supervision.models import CodeChain, Draw, Duty, Witness

STAGES = (
    "draft",
    "submit",
    "file",
    "roster",
    "admit",
    "seal",
    "witness",
    "draw",
    "accept",
    "begin",
    "finish",
    "publish",
    "open_sheet",
    "scores",
    "confirm",
    "notice",
    "close",
    "report_results",
    "issue",
    "online",
)
ELECTRICIAN = "6-31-01-03"
HOURS = {"theory": (9, 0, 120), "practical": (13, 30, 180), "review": (17, 0, 60)}
MARKS = (82, 74, 91, 66, 88, 58, 79, 95, 71, 85)
LOTTERY_ROUND = {"beacon_source": "welfare lottery 双色球", "beacon_round": "2026027"}
TEXTS = {
    "bank": "题库 1200 题，备用试卷 3 套，考前半小时启封。",
    "process": "报名、核查、理论考试、技能考核、公示、发证。",
    "timetable": "上午理论，下午技能。",
    "publicity": "在机构公告栏和本平台公示。",
}


class Places(Protocol):
    """Who sits where; a seat is opened when somebody is first needed."""

    def at_office(self, role: Role, office: Office, *, second: bool = False) -> Seat: ...

    def at_institution(self, role: Role, institution: Institution) -> Seat: ...

    def of_supervisor(self, supervisor: Supervisor) -> Seat: ...


@dataclass(frozen=True)
class Wanted:
    """A batch that a plan shall have; `headcount` is the number of candidates."""

    occupation_code: str = ELECTRICIAN
    level: str = "4"
    headcount: int = 20
    trade: str = ""


def plan_drafted(
    clerk: Seat,
    *,
    held_on: date,
    batches: Sequence[Wanted],
    sittings: bool = True,
    room_seats: Mapping[str, int] | None = None,
    **values: Any,
) -> Plan:
    """A plan complete enough to be submitted: every block written, and sittings for each part of each batch, in rooms that
    hold as many as the law lets (`room_seats` says otherwise for a part). `values` are arguments of `draft_plan`."""
    plan = draft_plan(clerk, held_on=held_on, **(TEXTS | values))
    for wanted in batches:
        added = add_batch(
            clerk,
            plan,
            occupation_code=wanted.occupation_code,
            level=wanted.level,
            headcount=wanted.headcount,
            trade=wanted.trade,
        )
        if sittings:
            _sittings(clerk, plan, Batch.objects.get(pk=added.batch_id), room_seats or {})
    plan.refresh_from_db()
    return plan


def _sittings(clerk: Seat, plan: Plan, batch: Batch, room_seats: Mapping[str, int]) -> None:
    law = National(clock.today())
    for part in law.policy(PARTS_BY_LEVEL)[batch.level]:
        hour, minute, length = HOURS[part]
        starts_at = at(plan.held_on, hour, minute)
        room_for = room_seats.get(part) or law.policy(THEORY_ROOM_SEATS_MAX)
        taken = Sitting.objects.filter(batch__plan=plan, part=part).count()  # no two batches share a room
        for room, first in enumerate(range(0, batch.headcount, room_for), taken + 1):
            seats = min(room_for, batch.headcount - first)
            add_sitting(
                clerk,
                plan,
                batch_id=batch.pk,
                part=part,
                room=f"{room} 号考场",
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=length),
                seats=seats,
                staff=staff_needed(Sitting(part=part, seats=seats), law),
            )


@dataclass
class BatchLife:
    """One plan with one batch; `begun` is the working day on which the clerk opens the plan, and unless `pace` says otherwise
    everything else follows from it. `BatchLife.of` takes up the life of a batch that stands already."""

    seats: Places
    institution: Institution
    occupation_code: str
    level: str
    listed: list[Candidate]
    begun: date
    title: str
    lottery: str = ""
    entrusted_by: str = ""
    exam_on: date | None = None
    pace: Pace = field(default=lambda life, stage: OF_THE_DEMO[stage](life))
    plan: Plan = field(init=False)
    batch: Batch = field(init=False)
    sheet: ResultSheet = field(init=False)

    @classmethod
    def of(cls, case: Plan | Batch | ResultSheet, seats: Places, pace: Pace) -> BatchLife:
        """The life of a case that has come so far in another way."""
        batch = case.batch if isinstance(case, ResultSheet) else case if isinstance(case, Batch) else None
        plan = case if isinstance(case, Plan) else case.plan if isinstance(case, Batch) else case.batch.plan
        occupation, level = (batch.occupation_code, batch.level) if batch else ("", "")
        life = cls(
            seats, plan.institution, occupation, level, [], plan.held_on, plan.title, exam_on=plan.held_on, pace=pace
        )
        life.plan = plan
        if batch is not None:
            life.batch = batch
        if isinstance(case, ResultSheet):
            life.sheet = case
        return life

    def live(self, until: str = STAGES[-1], *, after: str = "", without: Sequence[str] = ()) -> BatchLife:
        """Perform every stage up to and including `until`; those up to `after` have been, those in `without` never are."""
        first = STAGES.index(after) + 1 if after else 0
        for stage in STAGES[first : STAGES.index(until) + 1]:
            if stage not in without:
                self.perform(stage)
        return self

    def perform(self, stage: str, **said: Any) -> None:
        """One stage at its moment; `said` goes to the method of that name."""
        moment = self.pace(self, stage)
        with clock.at(moment) if moment else nullcontext():
            getattr(self, stage)(**said)

    @property
    def clerk(self) -> Seat:
        return self.seats.at_institution(Role.CLERK, self.institution)

    @property
    def responsible(self) -> Seat:
        return self.seats.at_institution(Role.RESPONSIBLE_PERSON, self.institution)

    @property
    def office(self) -> Office:
        return Office.objects.select_related("area").get(pk=self.plan.office_id)

    @property
    def reviewer(self) -> Seat:
        return self.seats.at_office(Role.CENTRE_REVIEWER, self.office)

    @property
    def held_on(self) -> date:
        """Unless another day was asked for, two working days later than the law's lead time allows."""
        return self.exam_on or working_day(self.begun, National(self.begun).policy(LEAD_WORKING_DAYS) + 2)

    def draft(self) -> None:
        wanted = Wanted(self.occupation_code, self.level, len(self.listed))
        self.plan = plan_drafted(
            self.clerk,
            title=self.title,
            venue=f"{self.institution.short_name}实训楼",
            held_on=self.held_on,
            batches=[wanted],
            entrusted_by=self.entrusted_by,
        )
        self.batch = self.plan.batches.get()

    def submit(self) -> None:
        submit_plan(self.responsible, self.plan)

    def file(self) -> None:
        file_plan(self.reviewer, self.plan)

    def roster(self, data: bytes | None = None) -> None:
        data = roster_file(self.batch, self.listed) if data is None else data
        upload = keep_upload(f"{self.batch.occupation_name}名册.csv", "text/csv", data, self.clerk)
        file_roster(self.clerk, self.batch, upload_id=upload.pk)

    def admit(self) -> None:
        draw_sample(self.reviewer, self.batch)
        admit_candidates(self.reviewer, self.batch)

    def seal(self, *, witnessed: bool = True, opens_at: datetime | None = None, **beacon: str) -> None:
        """The institution's responsible person commits, then the manifest is closed; a public lottery may be named."""
        if not CodeChain.objects.filter(office=self.office, year=clock.today().year).exists():
            open_chain(self.reviewer)
        if witnessed:
            commit_as_witness(self.responsible, self.plan, commitment=sha256(self._secret).hexdigest())
        beacon = beacon or (LOTTERY_ROUND if self.lottery else {})
        seal_draw(self.reviewer, self.plan, opens_at=opens_at or at(clock.today(), 15), **beacon)
        sealer.seal()

    @property
    def _secret(self) -> bytes:
        return sha256(f"witness of {self.title}".encode()).digest()

    @property
    def sealed(self) -> Draw:
        return Draw.objects.get(plan=self.plan, state=Draw.State.SEALED)

    def witness(self) -> None:
        witness = Witness.objects.get(draw=self.sealed, state=Witness.State.SEALED)
        reveal_as_witness(self.responsible, witness, secret=self._secret.hex())

    def draw(self) -> None:
        drawn = self.sealed
        if self.lottery:
            enter_beacon(self.reviewer, drawn, value=self.lottery)
            second = self.seats.at_office(Role.CENTRE_REVIEWER, self.office, second=True)
            confirm_beacon(second, drawn, value=self.lottery)
        reveal_and_draw(CLOCK, drawn)
        sealer.seal()

    def duties(self) -> list[Duty]:
        standing = (Duty.State.DRAWN, Duty.State.ACCEPTED)
        rows = Duty.objects.filter(plan=self.plan, state__in=standing).select_related("supervisor")
        return list(rows.order_by("pk"))

    def accept(self) -> None:
        for duty in self.duties():
            if duty.state == Duty.State.DRAWN:
                accept_duty(self.seats.of_supervisor(duty.supervisor), duty)

    def begin(self) -> None:
        for duty in self.duties():
            report_arrival(self.seats.of_supervisor(duty.supervisor), duty)
        begin_exam(self.clerk, self.batch)

    def finish(self, *, reported: bool = True) -> None:
        """The exam ends; with `reported` every supervisor found it in order."""
        finish_exam(self.clerk, self.batch)
        for duty in self.duties() if reported else ():
            answers = {item["key"]: "yes" for item in duty.checklist}
            seat = self.seats.of_supervisor(duty.supervisor)
            file_report(seat, duty, answers=answers, means=("现场督导",), conclusion=Duty.Conclusion.ORDERLY)

    def publish(self) -> None:
        publish_draw(CLOCK, Draw.objects.get(plan=self.plan, state=Draw.State.DRAWN))

    def open_sheet(self) -> None:
        open_sheet(self.clerk, self.batch)
        self.sheet = ResultSheet.objects.get(batch=self.batch)

    def scores(self, rows: Sequence[ScoreRow] | None = None) -> None:
        enter_scores(self.clerk, self.sheet, rows=self._marks() if rows is None else rows)

    def _marks(self) -> list[ScoreRow]:
        """Most pass, one in ten does not, the last of a large batch stayed away."""
        rows = (
            Score.objects.filter(sheet=self.sheet).order_by("candidate__row").values_list("candidate__row", flat=True)
        )
        reviewed = "review" in National(self.begun).policy(PARTS_BY_LEVEL)[self.level]
        marks = []
        for place, row in enumerate(rows):
            mark = Decimal(MARKS[place % len(MARKS)])
            if place == len(MARKS) + 1:
                marks.append(ScoreRow(row, absent=True))
            else:
                marks.append(ScoreRow(row, mark, mark + 2, mark if reviewed else None))
        return marks

    def confirm(self) -> None:
        confirm_results(self.responsible, self.sheet)

    def notice(self) -> None:
        open_notice(self.responsible, self.sheet, place="厂区公告栏与本平台")

    @property
    def closed_on(self) -> date:
        """The day after the notice's last."""
        assert self.sheet.notice_closes_on is not None
        return self.sheet.notice_closes_on + timedelta(days=1)

    def close(self) -> None:
        close_notice(CLOCK, self.sheet)

    def report_results(self) -> None:
        totals = totals_of(self.sheet.pk)
        file_results(self.reviewer, self.sheet, registered=totals.registered, sat=totals.sat, passed=totals.passed)

    def issue(self) -> None:
        issue_certificates(self.responsible, self.sheet)
        sealer.seal()

    def online(self) -> None:
        put_online(self.reviewer, list(Certificate.objects.filter(score__sheet=self.sheet).order_by("number")))


Pace = Callable[[BatchLife, str], datetime | None]
"""When a stage of this life happens; None: now."""

OF_THE_DEMO: dict[str, Callable[[BatchLife], datetime]] = {
    "draft": lambda life: at(life.begun, 9),
    "submit": lambda life: at(life.begun, 16),
    "file": lambda life: at(working_day(life.begun, 1), 10),
    "roster": lambda life: at(working_day(life.begun, 2), 9),
    "admit": lambda life: at(working_day(life.begun, 3), 10),
    "seal": lambda life: at(working_day(life.begun, 4), 9),
    "witness": lambda life: at(working_day(life.begun, 4), 14),
    "draw": lambda life: at(working_day(life.begun, 4), 15, 5),
    "accept": lambda life: at(working_day(life.begun, 5), 9),
    "begin": lambda life: at(life.held_on, 8),
    "finish": lambda life: at(life.held_on, 18),
    "publish": lambda life: at(working_day(life.held_on, 1), 9),
    "open_sheet": lambda life: at(working_day(life.held_on, 1), 9),
    "scores": lambda life: at(working_day(life.held_on, 1), 9),
    "confirm": lambda life: at(working_day(life.held_on, 1), 16),
    "notice": lambda life: at(working_day(life.held_on, 2), 9),
    "close": lambda life: at(life.closed_on, 0, 5),
    "report_results": lambda life: at(working_day(life.closed_on, 1), 10),
    "issue": lambda life: at(working_day(life.closed_on, 2), 10),
    "online": lambda life: at(working_day(life.closed_on, 3), 10),
}
