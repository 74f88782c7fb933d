"""The world of the tests: states reached by performing acts, as officers and institutions would reach them.

    province = a_province()
    institution = a_filed_institution(area_code="130203")
    plan = a_filed_plan(institution=institution, batches=(Wanted("6-31-01-03", "4", 12),))

Everything is invented; a small part of Hebei, five occupations and one standard for each are enough for every test. The
fixture `province` builds it once per test and gives the offices by name; times are moved with `hengjian.kernel.clock.at`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password

from hengjian.authorities.acts.enter_calendar_year import load_calendar
from hengjian.authorities.acts.load_areas import AreaRow, load_areas
from hengjian.authorities.acts.open_seat import open_seat
from hengjian.authorities.models import Area, Office, Seat, User
from hengjian.authorities.roles import INSTITUTION_ROLES, Role
from hengjian.institutions.acts.decide_filing import decide_filing
from hengjian.institutions.acts.draft_filing import draft_filing
from hengjian.institutions.acts.materials import add_material, review_material
from hengjian.institutions.acts.register_applicant import register_applicant
from hengjian.institutions.acts.site_visit import FIT, conclude_visit, plan_visit
from hengjian.institutions.acts.submit_filing import accept_filing, submit_filing
from hengjian.institutions.models import Filing, Institution
from hengjian.institutions.policies import LINKAGE_PRINCIPLES, REQUIRED_PAPERS, SITE_ITEMS
from hengjian.institutions.sheets import Item, Score, Sheet, SiteAssessor
from hengjian.kernel import clock
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.identity import organisation_check_character, uscc_check_character
from hengjian.kernel.models import Upload
from hengjian.kernel.refusal import Kind, Refusal, Refused
from hengjian.occupations import seeds as occupation_seeds
from hengjian.occupations.acts.load_catalogue import load_catalogue
from hengjian.occupations.acts.load_standards import load_standards
from hengjian.occupations.seeds import SeedStandard
from hengjian.personnel.acts.appoint_supervisor import appoint_supervisor
from hengjian.personnel.models import Supervisor
from hengjian.plans.acts.batches import add_batch, add_sitting
from hengjian.plans.acts.draft_plan import draft_plan
from hengjian.plans.acts.submit_plan import file_plan, submit_plan
from hengjian.plans.models import Batch, Plan
from hengjian.plans.policies import LEAD_WORKING_DAYS, PARTS_BY_LEVEL

ELECTRICIAN, WELDER, LATHE, CARE, CRANE = "6-31-01-03", "6-18-02-04", "6-18-01-01", "4-10-01-05", "6-30-05-02"
OCCUPATIONS = {ELECTRICIAN: "电工", WELDER: "焊工", LATHE: "车工", CARE: "养老护理员", CRANE: "起重工"}
AREAS = (
    AreaRow("130000", "13/", "河北省", "province", "河北省职业技能鉴定指导中心"),
    AreaRow("130200", "13/1302/", "唐山市", "city", "唐山市职业技能鉴定中心"),
    AreaRow("130202", "13/1302/130202/", "路南区", "county", "路南区人力资源和社会保障局"),
    AreaRow("130203", "13/1302/130203/", "路北区", "county", "路北区人力资源和社会保障局"),
    AreaRow("130273", "13/1302/130273/", "唐山高新技术产业开发区", "zone"),
    AreaRow("130600", "13/1306/", "保定市", "city", "保定市职业技能鉴定中心"),
    AreaRow("130602", "13/1306/130602/", "竞秀区", "county"),
    AreaRow("133100", "13/1331/", "河北雄安新区", "city", "雄安新区管理委员会公共服务局"),
    AreaRow("130629", "13/1331/130629/", "容城县", "county"),
    AreaRow("130682", "13/130682/", "定州市", "county", "定州市人力资源和社会保障局"),
    AreaRow("130181", "13/130181/", "辛集市", "county", "辛集市人力资源和社会保障局"),
)
PROVINCE, TANGSHAN, LUBEI, BAODING, XIONGAN, DINGZHOU = (
    "13/",
    "13/1302/",
    "13/1302/130203/",
    "13/1306/",
    "13/1331/",
    "13/130682/",
)
DEFAULT_SCOPE = tuple((code, level) for code in (ELECTRICIAN, WELDER) for level in "5432")
_numbers = count(1)


@dataclass(frozen=True)
class Province:
    """Offices by closed area path."""

    offices: dict[str, Office]

    def office(self, path: str) -> Office:
        return self.offices[path]


@dataclass(frozen=True)
class Wanted:
    """A batch that a plan of the world shall have."""

    occupation_code: str = ELECTRICIAN
    level: str = "4"
    headcount: int = 20
    trade: str = ""


DEFAULT_BATCHES = (Wanted(),)


def a_province() -> Province:
    """Areas, offices, calendar, five occupations and their standards; performed once for a database."""
    if not Area.objects.exists():
        load_areas(OPERATOR, rows=AREAS, source="测试用行政区划节选")
        load_calendar(OPERATOR, years=tuple(range(2019, 2027)), source="国务院办公厅历年节假日安排")
        known = [row for row in occupation_seeds.occupations() if row.code in OCCUPATIONS]
        load_catalogue(OPERATOR, rows=known, source="职业分类大典节选")
        load_standards(OPERATOR, rows=_standards(), source="测试用标准")
    offices = Office.objects.select_related("area").order_by("area__path")
    return Province({office.area.path: office for office in offices})


def _standards() -> list[SeedStandard]:
    return [
        SeedStandard(code, "", name, code, date(2024, 1, 15), "测试用标准文号") for code, name in OCCUPATIONS.items()
    ]


def a_user(name: str = "测试用户") -> User:
    number = next(_numbers)
    return User.objects.create(username=f"user{number}", name=f"{name}{number}", password=make_password(None))


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
        held = Seat.objects.filter(role=role, institution_id=institution.pk, ended_on__isnull=True).order_by("id")
        return held.first() or open_seat(
            OPERATOR,
            user_id=a_user(str(role.label)).pk,
            role=role,
            institution_id=institution.pk,
            place_name=institution.name,
            area_path=institution.area_path,
        )
    place = office or province.office(at)
    held = Seat.objects.filter(role=role, office=place, person_id=person_id, ended_on__isnull=True).order_by("id")
    return held.first() or open_seat(
        OPERATOR, user_id=a_user(str(role.label)).pk, role=role, office_id=place.pk, person_id=person_id
    )


def another_seat(like: Seat) -> Seat:
    """A second person in the same role at the same place: two clerks, one case."""
    return open_seat(
        OPERATOR,
        user_id=a_user("同事").pk,
        role=like.role,
        office_id=like.office_id,
        institution_id=like.institution_id,
        person_id=like.person_id,
        place_name=like.place_name,
        area_path=like.area_path,
    )


def a_uscc(number: int | None = None) -> str:
    """An invented unified social credit code with both check characters right."""
    body = f"{next(_numbers) if number is None else number:08d}"
    code = f"91130200{body}{organisation_check_character(body)}"
    return code + uscc_check_character(code)


def an_upload(owner: Seat, *, name: str = "材料.pdf", data: bytes | None = None) -> Upload:
    data = data if data is not None else f"file {next(_numbers)}".encode()
    return Upload.objects.create(
        sha256=hashlib.sha256(data).hexdigest(),
        name=name,
        content_type="application/pdf",
        size=len(data),
        data=data,
        owner=owner.actor_id,
        at=clock.now(),
    )


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
    number = next(_numbers)
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


def a_submitted_filing(institution: Institution | None = None, **values: Any) -> Filing:
    filing = a_draft_filing(institution, **values)
    submit_filing(a_seat(Role.RESPONSIBLE_PERSON, institution=filing.institution), filing)
    return filing


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
    principles, items = LINKAGE_PRINCIPLES.on(day), SITE_ITEMS.on(day)

    def scores(subjects: Sequence[str]) -> tuple[Score, ...]:
        return tuple(Score(subject, 85, f"查阅记录并现场核对：{subject}", TEAM[0].name) for subject in subjects)

    codes = dict.fromkeys(filing.items.filter(withdrawn=False).order_by("id").values_list("occupation_code", flat=True))
    return (Sheet("", scores([*principles, *items])), *(Sheet(code, scores(principles)) for code in codes))


def a_visiting_filing(institution: Institution | None = None, **values: Any) -> Filing:
    filing = an_accepted_filing(institution, **values)
    plan_visit(a_seat(Role.CENTRE_REVIEWER, office=filing.office), filing, planned_on=clock.today(), team=TEAM)
    return filing


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


def a_working_day(ahead: int = 0) -> date:
    """The day so many working days after today."""
    return stored_calendar().add_working_days(clock.today(), ahead).on


def earliest_exam() -> date:
    """The first day for which a plan may be submitted today."""
    return a_working_day(LEAD_WORKING_DAYS.on(clock.today()))


def at_hour(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=clock.ZONE)


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
    texts = {
        "bank": "题库 1200 题，每场备用试卷 3 套。",
        "process": "报名、核查、理论考试、技能考核、公示、发证。",
        "timetable": "上午理论，下午技能。",
        "publicity": "在机构公告栏和本平台公示。",
    }
    plan = draft_plan(
        clerk,
        title=values.pop("title", f"第 {next(_numbers)} 期职业技能等级认定计划"),
        venue=venue or f"{institution.short_name}第{next(_numbers)}实训楼",
        held_on=held_on,
        **(texts | values),
    )
    for wanted in batches:
        fact = add_batch(
            clerk,
            plan,
            occupation_code=wanted.occupation_code,
            level=wanted.level,
            headcount=wanted.headcount,
            trade=wanted.trade,
        )
        if sittings:
            _sittings(clerk, plan, Batch.objects.get(pk=fact.batch_id))
    plan.refresh_from_db()
    return plan


HOURS = {"theory": (9, 0, 120), "practical": (13, 30, 180), "review": (17, 0, 60)}
SEATS = {"theory": 30, "practical": 100, "review": 100}


def _sittings(clerk: Seat, plan: Plan, batch: Batch) -> None:
    """As many rooms as the headcount needs, each batch in rooms of its own."""
    for part in PARTS_BY_LEVEL.on(clock.today())[batch.level]:
        hour, minute, length = HOURS[part]
        start = at_hour(plan.held_on, hour, minute)
        left, room = batch.headcount, 1
        while left > 0:
            seats = min(left, SEATS[part])
            add_sitting(
                clerk,
                plan,
                batch_id=batch.pk,
                part=part,
                room=f"{batch.occupation_name}{batch.level}级{part}{room}号考场",
                starts_at=start,
                ends_at=start + timedelta(minutes=length),
                seats=seats,
            )
            left, room = left - seats, room + 1


def a_submitted_plan(**values: Any) -> Plan:
    plan = a_draft_plan(**values)
    submit_plan(a_seat(Role.RESPONSIBLE_PERSON, institution=plan.institution), plan)
    return plan


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
    number = next(_numbers)
    return appoint_supervisor(
        head,
        name=values.pop("name", f"督导员{number}"),
        employer=values.pop("employer", f"示例学校{number}"),
        competence=competence,
        safety_trained_on=values.pop("safety_trained_on", clock.today()),
        **values,
    )


MARCH = datetime(2026, 3, 2, 9, tzinfo=clock.ZONE)  # a Monday; the year's holidays are known


@contextmanager
def refused(code: str, kind: Kind | None = None) -> Iterator[list[Refusal]]:
    """What happens inside is refused with this code, in a whole sentence; the refusal is in the list afterwards."""
    caught: list[Refusal] = []
    with pytest.raises(Refused) as raised:
        yield caught
    refusal = raised.value.refusal
    assert (refusal.code, refusal.sentence[-1]) == (code, "。"), refusal
    assert kind is None or refusal.kind == kind
    caught.append(refusal)


@pytest.fixture
def in_march() -> Iterator[datetime]:
    """Everything happens on the morning of Monday, 2 March 2026."""
    with clock.at(MARCH):
        yield MARCH


@pytest.fixture
def province(db: None) -> Province:
    return a_province()
