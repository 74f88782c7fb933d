"""The world of the tests: states reached by performing acts, as officers and institutions would reach them.

    province = a_province()
    institution = a_filed_institution(area_code="130203")
    plan = a_filed_plan(institution=institution, batches=(Wanted("6-31-01-03", "4", 12),))

The ground (`tests.ground`) is given on from here, its fixtures too: `province` builds it for a test, `in_march` stops the
clock. Times are moved with `hengjian.kernel.clock.at`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from hengjian.authorities.acts.open_seat import open_seat
from hengjian.authorities.models import Office, Seat, User
from hengjian.authorities.roles import INSTITUTION_ROLES, Role
from hengjian.demo.exams import Wanted, plan_drafted
from hengjian.institutions.acts.decide_filing import decide_filing
from hengjian.institutions.acts.draft_filing import draft_filing
from hengjian.institutions.acts.materials import add_material, review_material
from hengjian.institutions.acts.open_institution_seat import open_institution_seat
from hengjian.institutions.acts.register_applicant import register_applicant
from hengjian.institutions.acts.site_visit import FIT, conclude_visit, plan_visit
from hengjian.institutions.acts.submit_filing import accept_filing, submit_filing
from hengjian.institutions.models import Filing, Institution
from hengjian.institutions.policies import LINKAGE_PRINCIPLES, REQUIRED_PAPERS
from hengjian.institutions.sheets import Item, Score, Sheet, SiteAssessor, site_items
from hengjian.kernel import clock
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.law import National
from hengjian.personnel.acts.appoint_supervisor import appoint_supervisor
from hengjian.personnel.acts.open_supervisor_seat import open_supervisor_seat
from hengjian.personnel.models import Supervisor
from hengjian.plans.acts.submit_plan import file_plan, submit_plan
from hengjian.plans.models import Plan
from hengjian.plans.policies import LEAD_WORKING_DAYS
from tests.ground import (
    AREAS,
    BAODING,
    CARE,
    CRANE,
    DINGZHOU,
    ELECTRICIAN,
    LATHE,
    LUBEI,
    MARCH,
    OCCUPATIONS,
    PROVINCE,
    TANGSHAN,
    WELDER,
    XIONGAN,
    Province,
    a_province,
    a_uscc,
    a_user,
    a_working_day,
    an_account,
    an_identity_number,
    an_upload,
    at_hour,
    in_march,
    numbers,
    province,
    refused,
)
from tests.harness.laid import laid_once

__all__ = [
    "AREAS",
    "BAODING",
    "CARE",
    "CRANE",
    "DEFAULT_BATCHES",
    "DEFAULT_SCOPE",
    "DINGZHOU",
    "ELECTRICIAN",
    "LATHE",
    "LUBEI",
    "MARCH",
    "OCCUPATIONS",
    "PROVINCE",
    "SEATS",
    "TANGSHAN",
    "TEAM",
    "WELDER",
    "XIONGAN",
    "Province",
    "Wanted",
    "a_draft_filing",
    "a_draft_plan",
    "a_filed_institution",
    "a_filed_plan",
    "a_province",
    "a_seat",
    "a_seat_at",
    "a_submitted_filing",
    "a_submitted_plan",
    "a_supervisor",
    "a_supervisors_seat",
    "a_uscc",
    "a_user",
    "a_visiting_filing",
    "a_working_day",
    "an_accepted_filing",
    "an_account",
    "an_applicant",
    "an_assessed_filing",
    "an_identity_number",
    "an_upload",
    "another_seat",
    "at_hour",
    "complete_sheets",
    "earliest_exam",
    "in_march",
    "numbers",
    "province",
    "refused",
]

DEFAULT_SCOPE = tuple((code, level) for code in (ELECTRICIAN, WELDER) for level in "5432")


DEFAULT_BATCHES = (Wanted(),)


def a_seat(
    role: Role,
    *,
    at: str = TANGSHAN,
    office: Office | None = None,
    institution: Institution | None = None,
    person_id: int | None = None,
) -> Seat:
    """A seat of this role; the same call gives the same seat. `at` is the area of an office."""
    province = a_province()
    if institution is not None or role in INSTITUTION_ROLES:
        institution = institution or a_filed_institution()
        held = Seat.objects.filter(role=role, institution_id=institution.pk, state=Seat.State.ACTIVE).order_by("id")
        return held.first() or a_seat_at(institution, role, a_user(str(role.label)))
    place = office or province.office(at)
    held = Seat.objects.filter(role=role, office=place, person_id=person_id, state=Seat.State.ACTIVE).order_by("id")
    if (known := held.first()) is not None:
        return known
    if role == Role.SUPERVISOR:
        return a_supervisors_seat(
            Supervisor.objects.get(pk=person_id) if person_id else a_supervisor(at=place.area.path)
        )
    return open_seat(OPERATOR, user_id=a_user(str(role.label)).pk, role=role, office_id=place.pk)


def a_seat_at(institution: Institution, role: Role, user: User) -> Seat:
    """This person's seat at an institution."""
    open_institution_seat(OPERATOR, institution, user_id=user.pk, role=role)
    return Seat.objects.get(user=user, role=role, institution_id=institution.pk, ended_on__isnull=True)


def a_supervisors_seat(supervisor: Supervisor) -> Seat:
    """The seat of somebody in the base, under an account of that name."""
    user = a_user(supervisor.name, exactly=True)
    open_supervisor_seat(OPERATOR, supervisor, user_id=user.pk)
    return Seat.objects.get(user=user)


def another_seat(like: Seat) -> Seat:
    """A second person in the same role at the same place: two clerks, one case."""
    if like.institution_id is not None:
        return a_seat_at(Institution.objects.get(pk=like.institution_id), Role(like.role), a_user("同事"))
    return open_seat(OPERATOR, user_id=a_user("同事").pk, role=like.role, office_id=like.office_id)


def an_applicant(
    *,
    name: str = "",
    kind: str = "Y",
    ownership: str = "municipal",
    filing_level: str = "city",
    area_code: str = "130203",
    **values: Any,
) -> Institution:
    """A registered institution, routed, with nothing filed yet."""
    a_province()
    number = next(numbers)
    name = name or f"冀东示例装备制造有限公司第{number}分厂"
    return register_applicant(
        OPERATOR,
        name=name,
        short_name=values.pop("short_name", f"示例{number}厂"),
        uscc=values.pop("uscc", "") or a_uscc(),
        kind=kind,
        ownership=ownership,
        filing_level=filing_level,
        area_code=area_code,
        address=values.pop("address", "示例路 1 号"),
        **values,
    )


@laid_once
def a_draft_filing(
    institution: Institution | None = None, *, scope: Sequence[tuple[str, str]] = DEFAULT_SCOPE, papers: bool = True
) -> Filing:
    """A filing with its items and, if wished, every required paper."""
    institution = institution or an_applicant()
    clerk = a_seat(Role.CLERK, institution=institution)
    items = tuple(Item(code, level, "配电实训台 20 套", 3) for code, level in scope)
    filing = draft_filing(clerk, items=items, statement="申请开展职业技能等级认定。")
    for kind in REQUIRED_PAPERS.on(clock.today())[filing.kind] if papers else ():
        add_material(clerk, filing, kind=kind, upload_id=an_upload(clerk, name=f"{kind}.pdf").pk)
    return filing


@laid_once
def a_submitted_filing(institution: Institution | None = None, **values: Any) -> Filing:
    filing = a_draft_filing(institution, **values)
    submit_filing(a_seat(Role.RESPONSIBLE_PERSON, institution=filing.institution), filing)
    return filing


@laid_once
def an_accepted_filing(institution: Institution | None = None, **values: Any) -> Filing:
    """Accepted, and every material reviewed."""
    filing = a_submitted_filing(institution, **values)
    reviewer = a_seat(Role.CENTRE_REVIEWER, office=filing.office)
    accept_filing(reviewer, filing)
    for material in filing.materials.order_by("id"):
        review_material(reviewer, material, accepted=True)
    return filing


TEAM = (SiteAssessor("甲评估", "示例大学", True), SiteAssessor("乙评估", "示例研究所", True))


def complete_sheets(filing: Filing, day: date | None = None) -> tuple[Sheet, ...]:
    """One general sheet and one per occupation, every line scored with evidence."""
    day = day or clock.today()
    principles, items = LINKAGE_PRINCIPLES.on(day), site_items(National(day), filing.institution.kind)

    def scores(subjects: Sequence[str]) -> tuple[Score, ...]:
        return tuple(Score(subject, 85, f"查阅记录并现场核对：{subject}", TEAM[0].name) for subject in subjects)

    codes = dict.fromkeys(filing.items.filter(withdrawn=False).order_by("id").values_list("occupation_code", flat=True))
    return (Sheet("", scores([*principles, *items])), *(Sheet(code, scores(principles)) for code in codes))


@laid_once
def a_visiting_filing(institution: Institution | None = None, **values: Any) -> Filing:
    filing = an_accepted_filing(institution, **values)
    plan_visit(a_seat(Role.CENTRE_REVIEWER, office=filing.office), filing, planned_on=clock.today(), team=TEAM)
    return filing


@laid_once
def an_assessed_filing(institution: Institution | None = None, **values: Any) -> Filing:
    filing = a_visiting_filing(institution, **values)
    conclude_visit(
        a_seat(Role.CENTRE_REVIEWER, office=filing.office),
        filing,
        visited_on=clock.today(),
        team=TEAM,
        sheets=complete_sheets(filing),
        conclusion=FIT,
    )
    return filing


@laid_once
def a_filed_institution(
    *, scope: Sequence[tuple[str, str]] = DEFAULT_SCOPE, institution: Institution | None = None, **values: Any
) -> Institution:
    """An institution with a filing number, a site code and this scope."""
    institution = institution or an_applicant(**values)
    filing = an_assessed_filing(institution, scope=scope)
    decide_filing(
        a_seat(Role.CENTRE_HEAD, office=filing.office),
        filing,
        granted=True,
        reason="材料齐全，现场考察符合条件。",
        clauses=("《关于实行职业技能考核鉴定机构备案管理的通知》（人社部发〔2019〕30号）",),
    )
    institution.refresh_from_db()
    return institution


def earliest_exam() -> date:
    """The first day for which a plan may be submitted today."""
    return a_working_day(LEAD_WORKING_DAYS.on(clock.today()))


@laid_once
def a_draft_plan(
    *,
    institution: Institution | None = None,
    batches: Sequence[Wanted] = DEFAULT_BATCHES,
    held_on: date | None = None,
    venue: str = "",
    sittings: bool = True,
    **values: Any,
) -> Plan:
    """A plan complete enough to be submitted: every block written, a sitting for each part of each batch."""
    institution = institution or a_filed_institution()
    clerk = a_seat(Role.CLERK, institution=institution)
    held_on = held_on or earliest_exam()
    return plan_drafted(
        clerk,
        title=values.pop("title", f"第 {next(numbers)} 期职业技能等级认定计划"),
        venue=venue or f"{institution.short_name}第{next(numbers)}实训楼",
        held_on=held_on,
        batches=batches,
        sittings=sittings,
        room_seats=SEATS,
        **values,
    )


SEATS = {"theory": 30, "practical": 100, "review": 100}


@laid_once
def a_submitted_plan(**values: Any) -> Plan:
    plan = a_draft_plan(**values)
    submit_plan(a_seat(Role.RESPONSIBLE_PERSON, institution=plan.institution), plan)
    return plan


@laid_once
def a_filed_plan(**values: Any) -> Plan:
    """A plan with its number."""
    plan = a_submitted_plan(**values)
    file_plan(a_seat(Role.CENTRE_REVIEWER, office=plan.office), plan)
    return plan


def a_supervisor(
    *, at: str = TANGSHAN, competence: tuple[str, ...] = ("6-31-01", "6-18-02"), **values: Any
) -> Supervisor:
    """An appointed supervisor with a valid card and safety training."""
    head = a_seat(Role.CENTRE_HEAD, at=at)
    number = next(numbers)
    return appoint_supervisor(
        head,
        name=values.pop("name", f"督导员{number}"),
        employer=values.pop("employer", f"示例学校{number}"),
        competence=competence,
        practice_years=values.pop("practice_years", 2),
        safety_trained_on=values.pop("safety_trained_on", clock.today()),
        **values,
    )
