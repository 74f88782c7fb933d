"""The life of one batch, from the plan to the certificates online, stage by stage; it may stop at any of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256

from hengjian.authorities.models import Office, Seat
from hengjian.authorities.roles import Role
from hengjian.certificates.acts.issue_certificates import issue_certificates
from hengjian.certificates.acts.put_online import put_online
from hengjian.certificates.models import Certificate
from hengjian.demo.candidates import Candidate, roster_file
from hengjian.demo.filing import at, working_day
from hengjian.demo.seats import Seats
from hengjian.institutions.models import Institution
from hengjian.kernel import clock, sealer
from hengjian.kernel.actor import CLOCK
from hengjian.kernel.law import National
from hengjian.kernel.uploads import keep_upload
from hengjian.plans.acts.batches import add_batch, add_sitting
from hengjian.plans.acts.draft_plan import draft_plan
from hengjian.plans.acts.submit_plan import file_plan, submit_plan
from hengjian.plans.models import Batch, Plan
from hengjian.plans.policies import LEAD_WORKING_DAYS, PARTS_BY_LEVEL, THEORY_ROOM_SEATS_MAX
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
    "draw",
    "accept",
    "exam",
    "scores",
    "notice",
    "close",
    "report_results",
    "issue",
    "online",
)
HOURS = {"theory": (9, 0, 120), "practical": (13, 30, 180), "review": (17, 0, 60)}
MARKS = (82, 74, 91, 66, 88, 58, 79, 95, 71, 85)


@dataclass
class BatchLife:
    """One plan with one batch; `begun` is the working day on which the clerk opens the plan."""

    seats: Seats
    institution: Institution
    occupation_code: str
    level: str
    listed: list[Candidate]
    begun: date
    title: str
    lottery: str = ""
    entrusted_by: str = ""
    plan: Plan = field(init=False)
    batch: Batch = field(init=False)
    sheet: ResultSheet = field(init=False)

    def live(self, until: str = STAGES[-1]) -> BatchLife:
        """Perform every stage up to and including `until`."""
        for stage in STAGES[: STAGES.index(until) + 1]:
            getattr(self, stage)()
        return self

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
        """Two working days later than the law's lead time allows."""
        return working_day(self.begun, National(self.begun).policy(LEAD_WORKING_DAYS) + 2)

    def draft(self) -> None:
        with clock.at(at(self.begun, 9)):
            self.plan = draft_plan(
                self.clerk,
                title=self.title,
                venue=f"{self.institution.short_name}实训楼",
                held_on=self.held_on,
                bank="题库 1200 题，备用试卷 3 套，考前半小时启封。",
                process="报名、核查、理论考试、技能考核、公示、发证。",
                timetable="上午理论，下午技能。",
                publicity="在机构公告栏和本平台公示。",
                entrusted_by=self.entrusted_by,
            )
            added = add_batch(
                self.clerk,
                self.plan,
                occupation_code=self.occupation_code,
                level=self.level,
                headcount=len(self.listed),
            )
            self.batch = Batch.objects.get(pk=added.batch_id)
            for part in National(self.begun).policy(PARTS_BY_LEVEL)[self.level]:
                self._sittings(part)
            self.plan.refresh_from_db()

    def _sittings(self, part: str) -> None:
        hour, minute, length = HOURS[part]
        starts_at = at(self.held_on, hour, minute)
        room_for = National(self.begun).policy(THEORY_ROOM_SEATS_MAX)
        for room, first in enumerate(range(0, len(self.listed), room_for), 1):
            add_sitting(
                self.clerk,
                self.plan,
                batch_id=self.batch.pk,
                part=part,
                room=f"{room} 号考场",
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=length),
                seats=min(room_for, len(self.listed) - first),
            )

    def submit(self) -> None:
        with clock.at(at(self.begun, 16)):
            submit_plan(self.responsible, self.plan)

    def file(self) -> None:
        with clock.at(at(working_day(self.begun, 1), 10)):
            file_plan(self.reviewer, self.plan)

    def roster(self) -> None:
        with clock.at(at(working_day(self.begun, 2), 9)):
            data = roster_file(self.batch, self.listed)
            upload = keep_upload(f"{self.batch.occupation_name}名册.csv", "text/csv", data, self.clerk)
            file_roster(self.clerk, self.batch, upload_id=upload.pk)

    def admit(self) -> None:
        with clock.at(at(working_day(self.begun, 3), 10)):
            draw_sample(self.reviewer, self.batch)
            admit_candidates(self.reviewer, self.batch)

    def seal(self) -> None:
        """The institution's responsible person commits, then the manifest is closed; a public lottery may be named."""
        with clock.at(at(working_day(self.begun, 4), 9)):
            if not CodeChain.objects.filter(office=self.office, year=clock.today().year).exists():
                open_chain(self.reviewer)
            commit_as_witness(self.responsible, self.plan, commitment=sha256(self._secret).hexdigest())
            seal_draw(
                self.reviewer,
                self.plan,
                opens_at=at(clock.today(), 15),
                **({"beacon_source": "welfare lottery 双色球", "beacon_round": "2026027"} if self.lottery else {}),
            )
            sealer.seal()

    @property
    def _secret(self) -> bytes:
        return sha256(f"witness of {self.title}".encode()).digest()

    def draw(self) -> None:
        drawn = Draw.objects.get(plan=self.plan, state=Draw.State.SEALED)
        day = working_day(self.begun, 4)
        with clock.at(at(day, 14)):
            witness = Witness.objects.get(draw=drawn, state=Witness.State.SEALED)
            reveal_as_witness(self.responsible, witness, secret=self._secret.hex())
        with clock.at(at(day, 15, 5)):
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
        with clock.at(at(working_day(self.begun, 5), 9)):
            for duty in self.duties():
                accept_duty(self.seats.of_supervisor(duty.supervisor), duty)

    def exam(self) -> None:
        duties = self.duties()
        with clock.at(at(self.held_on, 8)):
            for duty in duties:
                report_arrival(self.seats.of_supervisor(duty.supervisor), duty)
            begin_exam(self.clerk, self.batch)
        with clock.at(at(self.held_on, 18)):
            finish_exam(self.clerk, self.batch)
            for duty in duties:
                answers = {item["key"]: "yes" for item in duty.checklist}
                seat = self.seats.of_supervisor(duty.supervisor)
                file_report(seat, duty, answers=answers, conclusion=Duty.Conclusion.ORDERLY)

    def scores(self) -> None:
        day = working_day(self.held_on, 1)
        with clock.at(at(day, 9)):
            publish_draw(CLOCK, Draw.objects.get(plan=self.plan, state=Draw.State.DRAWN))
            open_sheet(self.clerk, self.batch)
            self.sheet = ResultSheet.objects.get(batch=self.batch)
            enter_scores(self.clerk, self.sheet, rows=self._marks())
        with clock.at(at(day, 16)):
            confirm_results(self.responsible, self.sheet)

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

    def notice(self) -> None:
        with clock.at(at(working_day(self.held_on, 2), 9)):
            open_notice(self.responsible, self.sheet, place="厂区公告栏与本平台")

    @property
    def closed_on(self) -> date:
        """The day after the notice's last."""
        assert self.sheet.notice_closes_on is not None
        return self.sheet.notice_closes_on + timedelta(days=1)

    def close(self) -> None:
        with clock.at(at(self.closed_on, 0, 5)):
            close_notice(CLOCK, self.sheet)

    def report_results(self) -> None:
        totals = totals_of(self.sheet.pk)
        with clock.at(at(working_day(self.closed_on, 1), 10)):
            file_results(self.reviewer, self.sheet, registered=totals.registered, sat=totals.sat, passed=totals.passed)

    def issue(self) -> None:
        with clock.at(at(working_day(self.closed_on, 2), 10)):
            issue_certificates(self.responsible, self.sheet)
            sealer.seal()

    def online(self) -> None:
        issued = list(Certificate.objects.filter(score__sheet=self.sheet).order_by("number"))
        with clock.at(at(working_day(self.closed_on, 3), 10)):
            put_online(self.reviewer, issued)
