"""A batch for the pages to show: brought by the house's own acts to any point between roster and certificate.

What comes before the roster (institution, plan, admitted candidates) is laid down as rows; from the draw on everything
is performed. Names and numbers are invented.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from hengjian.authorities.acts.enter_calendar_year import load_calendar
from hengjian.authorities.acts.load_areas import AreaRow, load_areas
from hengjian.authorities.acts.open_seat import open_seat
from hengjian.authorities.models import Area, Office, Seat
from hengjian.authorities.roles import Role
from hengjian.institutions.acts.open_institution_seat import open_institution_seat
from hengjian.institutions.models import Institution
from hengjian.kernel import clock, codes, guard, guard_sql, sealer
from hengjian.kernel.actor import CLOCK, OPERATOR, PUBLIC
from hengjian.kernel.identity import mask_resident_id, resident_check_digit
from hengjian.personnel.acts.open_supervisor_seat import open_supervisor_seat
from hengjian.personnel.models import Supervisor
from hengjian.plans.models import Batch, Plan
from hengjian.results.marks import ScoreRow
from hengjian.results.models import Objection, ResultSheet, Score
from hengjian.results.states import ObjectionPart
from hengjian.rosters import identity, ticket_code
from hengjian.rosters.models import Candidate
from hengjian.supervision.models import Draw, Duty
from tests.ground import the_user

AREAS = (
    AreaRow("130000", "13/", "河北省", "province", "河北省演示中心"),
    AreaRow("130200", "13/1302/", "唐山市", "city", "唐山市演示中心"),
    AreaRow("130203", "13/1302/130203/", "路北区", "county", "路北区演示局"),
    AreaRow("130300", "13/1303/", "秦皇岛市", "city", "秦皇岛市演示中心"),
)
EXAM = date(2026, 9, 19)
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", "知远行之明德守正立言"
SERIALS = iter(range(1, 10_000_000))


@contextmanager
def by_hand() -> Iterator[None]:
    """Rows written without an act, past the guard and PostgreSQL's trigger."""
    with guard.opened("test harness"), transaction.atomic():
        guard_sql.name_the_act("test.harness", None)
        yield
        guard_sql.disown()


def laid(model: type[models.Model], **values: Any) -> Any:
    """A row that no act of this story makes."""
    with by_hand():
        (row,) = models.QuerySet(model).bulk_create([model(revision=1, **values)])
    return row


@dataclass
class Stage:
    """The places and people of one batch; each method brings it one step on."""

    offices: dict[str, Office]
    institution: Institution
    clerk: Seat
    responsible: Seat
    reviewer: Seat
    head: Seat
    foreign: Seat
    supervisor: Seat
    plan: Plan
    batch: Batch
    names: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    objection_code: str = ""

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
    def roles(self) -> dict[str, Seat]:
        return {
            name: getattr(self, name) for name in ("clerk", "responsible", "reviewer", "head", "foreign", "supervisor")
        }

    # --- supervision ---

    def sealed_draw(self) -> Stage:
        from hengjian.supervision.acts.open_chain import open_chain
        from hengjian.supervision.acts.seal_draw import seal_draw
        from hengjian.supervision.models import CodeChain

        with clock.at("2026-09-10T09:00"):
            if not CodeChain.objects.filter(office=self.plan.office_id).exists():
                open_chain(self.reviewer)
            seal_draw(self.reviewer, self.plan, opens_at=datetime(2026, 9, 10, 10, tzinfo=clock.ZONE))
            sealer.seal()
        return self

    def drawn(self) -> Stage:
        from hengjian.supervision.acts.reveal_and_draw import reveal_and_draw

        self.sealed_draw()
        with clock.at("2026-09-10T10:30"):
            reveal_and_draw(self.reviewer, self.draw)
        duty = self.duty
        self.supervisor = _supervisor_seat(duty.supervisor)
        return self

    def reported(self) -> Stage:
        from hengjian.supervision.acts.attend_exam import accept_duty, file_report, report_arrival

        self.drawn()
        for duty in Duty.objects.filter(plan=self.plan).order_by("pk"):
            seat = self.supervisor if duty.supervisor_id == self.supervisor.person_id else self._seat_for(duty)
            with clock.at("2026-09-11T09:00"):
                accept_duty(seat, duty)
            with clock.at("2026-09-19T08:30"):
                report_arrival(seat, duty)
            with clock.at("2026-09-19T17:30"):
                answers = {item["key"]: "yes" for item in duty.checklist}
                file_report(seat, duty, answers=answers, conclusion="orderly")
        with by_hand():
            models.QuerySet(Batch).filter(pk=self.batch.pk).update(state="examined")
        self.batch.refresh_from_db()
        return self

    def published_draw(self) -> Stage:
        from hengjian.supervision.acts.publish_draw import publish_draw

        with clock.at("2026-09-21T09:00"):
            publish_draw(self.reviewer, self.draw)
            sealer.seal()
        return self

    def _seat_for(self, duty: Duty) -> Seat:
        return _supervisor_seat(duty.supervisor)

    # --- results ---

    def sheet_open(self) -> Stage:
        from hengjian.results.acts.open_sheet import open_sheet

        self.reported()
        with clock.at("2026-09-21T09:00"):
            open_sheet(CLOCK, self.batch)
        return self

    def entered(self) -> Stage:
        from hengjian.results.acts.enter_scores import enter_scores

        self.sheet_open()
        rows = [
            ScoreRow(row, absent=True)
            if row == 4
            else ScoreRow(row, Decimal("58") if row == 5 else Decimal("70") + row % 25, Decimal("71.5") + row % 20)
            for row in Candidate.objects.filter(batch=self.batch).order_by("row").values_list("row", flat=True)
        ]
        with clock.at("2026-09-22T10:00"):
            enter_scores(self.clerk, self.sheet, rows=rows)
        return self

    def on_notice(self) -> Stage:
        from hengjian.results.acts.confirm_results import confirm_results
        from hengjian.results.acts.open_notice import open_notice

        self.entered()
        with clock.at("2026-09-29T16:31"):
            confirm_results(self.responsible, self.sheet)
            open_notice(self.responsible, self.sheet, place="厂区公告栏")
            sealer.seal()
        return self

    def objected(self, *, accepted: bool = True) -> Stage:
        from hengjian.results.acts.object_to_result import object_to_result
        from hengjian.results.acts.triage_objection import accept_objection

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
        from hengjian.results.acts.close_notice import close_notice
        from hengjian.results.acts.file_results import file_results
        from hengjian.results.totals import totals_of

        self.on_notice()
        with clock.at("2026-10-13T09:00"):
            close_notice(CLOCK, self.sheet)
            totals = totals_of(self.sheet.pk)
            file_results(self.reviewer, self.sheet, registered=totals.registered, sat=totals.sat, passed=totals.passed)
        return self

    def certified(self, *, online: bool = True) -> Stage:
        from hengjian.certificates.acts.issue_certificates import issue_certificates
        from hengjian.certificates.acts.put_online import put_online
        from hengjian.certificates.models import Certificate

        self.filed()
        with clock.at("2026-10-13T15:00"):
            issue_certificates(self.responsible, self.sheet)
            if online:
                put_online(self.reviewer, list(Certificate.objects.filter(score__sheet=self.sheet).order_by("pk")))
            sealer.seal()
        return self


def stage(*, candidates: int = 8, admitted: bool = True) -> Stage:
    """A filed plan with one batch."""
    if not Area.objects.exists():
        load_areas(OPERATOR, rows=AREAS, source="测试")
        load_calendar(OPERATOR, years=(2025, 2026), source="国务院办公厅通知")
    offices = {office.area.path: office for office in Office.objects.select_related("area")}
    city = offices["13/1302/"]
    serial = next(SERIALS)
    institution = laid(
        Institution,
        name="燕北机械集团有限公司" if serial == 1 else f"燕北机械第{serial}分公司",
        short_name="燕北机械", uscc=f"91130203MA0G{serial:05d}X", kind="Y", ownership="municipal", filing_level="city",
        area=city.area, area_path="13/1302/130203/", office=city, office_reason="市级备案、属地路北区",
        address="唐山市路北区一号", site_code=f"{216 + serial:06d}", filing_number=f"Y13020{serial:04d}",
        filed_on=date(2025, 3, 1), valid_until=date(2028, 2, 28), state="filed",
    )  # fmt: skip
    for number in range(6):
        laid(
            Supervisor,
            office=city, area_path="13/1302/", code=f"TS{serial:03d}{number:02d}", name=f"督{GIVEN[number]}",
            employer="唐山市技师学院", competence=["6-20-01"], card_number=f"D13{serial:04d}{number:02d}",
            card_valid_until=date(2027, 12, 31), safety_trained_on=date(2026, 3, 1) if number else None,
        )  # fmt: skip
    plan = laid(
        Plan,
        institution=institution, office=city, area_path="13/1302/130203/", held_path="13/1302/130203/",
        number=f"26130200{serial:02d}", title="2026 年第三季度钳工认定", venue="一号实训楼", held_on=EXAM, ends_on=EXAM,
        bank="国家题库", process="理论机考、技能实操", state="filed", submitted_on=date(2026, 8, 20),
        filed_on=date(2026, 8, 21), filed_by=city.name,
    )  # fmt: skip
    batch = laid(
        Batch,
        plan=plan, occupation_code="6-20-01-01", occupation_name="钳工", level="3", standard_title="钳工 2020 年版",
        conditions="2023", headcount=candidates, state="admitted" if admitted else "open",
        roster_rows=candidates if admitted else 0, roster_sha256="0" * 64 if admitted else "",
        roster_filed_on=date(2026, 8, 25) if admitted else None,
    )  # fmt: skip
    made = Stage(
        offices, institution,
        clerk=_institution_seat(Role.CLERK, institution), responsible=_institution_seat(Role.RESPONSIBLE_PERSON, institution),
        reviewer=_office_seat(Role.CENTRE_REVIEWER, city), head=_office_seat(Role.CENTRE_HEAD, city),
        foreign=_office_seat(Role.CENTRE_REVIEWER, offices["13/1303/"]), supervisor=_supervisor_seat(Supervisor.objects.get(code=f"TS{serial:03d}00")),
        plan=plan, batch=batch,
    )  # fmt: skip
    if admitted:
        _candidates(made, candidates, serial)
    return made


def _candidates(made: Stage, count: int, serial: int) -> None:
    rows = []
    for place in range(1, count + 1):
        name = SURNAMES[place % 10] + GIVEN[place // 10 % 10] + GIVEN[(place * 7 + 3) % 10]
        body = f"130203{1980 + place % 15}{1 + place % 12:02d}{1 + place % 28:02d}{(serial * 37 + place) % 1000:03d}"
        number = body + resident_check_digit(body + "0")
        made.names.append(name)
        made.numbers.append(number)
        rows.append(
            Candidate(
                batch=made.batch,
                row=place + 3,
                ticket=f"{made.plan.number}{place:04d}",
                name=name,
                masked_name=name[0] + "*" * (len(name) - 1),
                document_type="01",
                document_number=number,
                document_index=identity.document_index("01", number),
                ticket_code=(code := codes.fresh(ticket_code.LENGTH)),
                ticket_code_index=ticket_code.index_of(code),
                masked_number=mask_resident_id(number),
                person_key=serial * 10_000 + place,
                birth=date(1985, 1, 1),
                sex="1",
                entry_row="3.1",
                facts=json.dumps({}),
                state="admitted",
                revision=1,
            )
        )
    with by_hand():
        models.QuerySet(Candidate).bulk_create(rows, batch_size=400)


def _office_seat(role: Role, office: Office) -> Seat:
    name = "林知远" if role is Role.CENTRE_REVIEWER else "孙可立"
    user = the_user(f"{role.value}-{office.pk}", name)
    known = Seat.objects.filter(user=user).order_by("pk").first()
    return known or open_seat(OPERATOR, user_id=user.pk, role=role.value, office_id=office.pk)


def _institution_seat(role: Role, institution: Institution) -> Seat:
    user = the_user(f"{role.value}-{institution.pk}", "赵立业" if role is Role.CLERK else "周启明")
    if not Seat.objects.filter(user=user).exists():
        open_institution_seat(OPERATOR, institution, user_id=user.pk, role=role.value)
    return Seat.objects.get(user=user)


def _supervisor_seat(supervisor: Supervisor) -> Seat:
    user = the_user(f"sup-{supervisor.pk}", supervisor.name)
    if not Seat.objects.filter(user=user).exists():
        open_supervisor_seat(OPERATOR, supervisor, user_id=user.pk)
    return Seat.objects.get(user=user)


TOMORROW = timedelta(days=1)
