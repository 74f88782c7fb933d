"""Builds the demo province: lays the ground, opens the seats, then lets institutions live through a year, act by act.

The demo's clock stands at `NOW`, so that every start shows the same cases at the same steps; from there it runs on and
can be moved ahead by an act.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from hengjian.authorities.acts.move_demo_clock import set_up_demo_clock
from hengjian.authorities.acts.open_seat import open_seat
from hengjian.authorities.models import Office, Seat
from hengjian.authorities.roles import Role
from hengjian.demo import ground, people
from hengjian.demo.candidates import Candidate, candidates
from hengjian.demo.exams import BatchLife
from hengjian.demo.filing import FilingLife, Profile, at
from hengjian.demo.people import LOGINS
from hengjian.demo.seats import Seats
from hengjian.institutions.models import Institution
from hengjian.kernel import clock, sealer
from hengjian.kernel.actor import OPERATOR, PUBLIC
from hengjian.kernel.models import DemoClock
from hengjian.kernel.words import say
from hengjian.occupations.acts.publish_standard import publish_standard
from hengjian.occupations.models import Standard
from hengjian.personnel.acts.appoint_supervisor import appoint_supervisor
from hengjian.personnel.models import Supervisor
from hengjian.plans.acts.submit_plan import withdraw_plan
from hengjian.results.acts.object_to_result import object_to_result
from hengjian.results.acts.triage_objection import accept_objection
from hengjian.results.models import Objection, Score
from hengjian.results.states import ObjectionPart

Say = Callable[[str], None]

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=clock.ZONE)
YEAR_BEGAN = date(2026, 1, 12)
ELECTRICIAN, WELDER, LATHE, CRANE = "6-31-01-03", "6-18-02-04", "6-18-01-01", "6-30-05-02"
NAMES = {ELECTRICIAN: "电工", WELDER: "焊工", LATHE: "车工", CRANE: "起重工"}
WIDE = tuple((code, level) for code in (ELECTRICIAN, WELDER, LATHE, CRANE) for level in "543")
COMMON: tuple[str, ...] = ("6-31-01", "6-18-02", "6-18-01")
TANGSHAN = "13/1302/"

HEAVY = Profile("演示：冀东重工装备有限公司", "冀东重工", "Y", "municipal", "130203", "city", WIDE)
LUANHE = Profile(
    "演示：滦河职业技能培训中心", "滦河培训", "S", "private", "130202", "city", ((ELECTRICIAN, "5"), (WELDER, "5"))
)
BOHAI = Profile("演示：渤海现代技工学校", "渤海技校", "J", "municipal", "130203", "city", ((LATHE, "4"), (LATHE, "3")))
HARBOUR = Profile("演示：滨海港口装备有限公司", "滨海港装", "Y", "private", "130203", "city", ((CRANE, "4"),))
ELSEWHERE = (
    ("130102", "滹沱动力设备有限公司", "滹沱动力"),
    ("130602", "古城输变电有限公司", "古城输变电"),
    ("130402", "漳滨机械制造有限公司", "漳滨机械"),
    ("130902", "运河管道工程有限公司", "运河管道"),
    ("130302", "山海船舶修造有限公司", "山海船舶"),
)


@dataclass
class Builder:
    """Counts the invented people and numbers while the province grows."""

    say: Say
    scale: int = 1
    seats: Seats = field(default_factory=Seats)
    _people: int = 0
    _numbers: int = 100

    def crowd(self, size: int) -> list[Candidate]:
        """So many candidates who have not been anywhere yet."""
        found = candidates(self._people, size)
        self._people += size
        return found

    def file(self, profile: Profile, begun: date, until: str = "decide", **holders: object) -> FilingLife:
        self._numbers += 1
        life = FilingLife(self.seats, profile, self._numbers, begun, **holders)  # type: ignore[arg-type]
        return life.live(until)

    def batch(
        self, institution: Institution, occupation: str, level: str, size: int, begun: date, until: str, title: str
    ) -> BatchLife:
        life = BatchLife(self.seats, institution, occupation, level, self.crowd(size), begun, title)
        life.live(until)
        self.say(say("  {institution}：{title}", institution=institution.short_name, title=title))
        return life

    def office(self, path: str) -> Office:
        return Office.objects.select_related("area").get(area__path=path)

    def supervisors(self, office: Office, names: list[tuple[str, tuple[str, ...]]]) -> list[Supervisor]:
        """Appointed at the beginning of the year by the head of their office."""
        head = self.seats.at_office(Role.CENTRE_HEAD, office)
        with clock.at(at(YEAR_BEGAN, 10)):
            return [
                appoint_supervisor(
                    head,
                    name=name,
                    employer=f"示例技师学院{place}系",
                    competence=classes,
                    practice_years=3 + place,
                    phone="13900000000",
                    safety_trained_on=YEAR_BEGAN,
                )
                for place, (name, classes) in enumerate(names, 1)
            ]


def is_empty() -> bool:
    """Nobody has a seat yet: the installation is new."""
    return not Seat.objects.exists()


def build(*, scale: int = 1, say: Say = lambda line: None) -> Builder:
    """The whole province. `scale` multiplies the institutions elsewhere and their candidates; the named cases stay."""
    builder = Builder(say, scale)
    with clock.at(at(YEAR_BEGAN, 8)):
        say("录入区划、机关、放假安排、职业与标准 …")
        ground.lay()
        for login in LOGINS:
            if login.area and login.role != Role.SUPERVISOR:
                builder.seats.at_office(login.role, builder.office(login.area))
        publish_norms(builder)
    _tangshan(builder)
    _elsewhere(builder)
    _what_presses(builder)
    if not DemoClock.objects.exists():
        set_up_demo_clock(OPERATOR, to=NOW)
    sealer.seal()
    return builder


def publish_norms(builder: Builder) -> None:
    """The national standards of these trades are not among the published list, so the province files norms."""
    officer = builder.seats.at_office(Role.PROVINCE_OFFICER, builder.office("13/"))
    for code, name in NAMES.items():
        publish_standard(
            officer,
            kind=Standard.Kind.NORM,
            occupation_code=code,
            name=f"{name}评价规范（演示）",
            edition="2025 年版",
            levels="543",
            issued_on=date(2025, 12, 1),
            document_number="演示〔2025〕1号",
        )


def _tangshan(builder: Builder) -> None:
    """The city of the demo log-ins: one institution with a batch at every step, three on their way to a filing."""
    builder.say("唐山市：备案、计划、名册、督导、公示、发证 …")
    office = builder.office(TANGSHAN)
    # Only two know cranes: whoever draws for that exam draws the demo's supervisor.
    named: list[tuple[str, tuple[str, ...]]] = [("唐明远", (*COMMON, "6-30-05")), ("江月白", ("6-30-05",))]
    others = [(people.invented(200 + place), COMMON) for place in range(4)]
    tang, *_ = builder.supervisors(office, named + others)
    login = next(login for login in LOGINS if login.role == Role.SUPERVISOR)
    builder.seats.of_supervisor(tang, holder=people.user(login.name, login.person))
    holders = {login.role: people.user(login.name, login.person) for login in LOGINS if not login.area}
    heavy = builder.file(
        HEAVY,
        date(2026, 2, 2),
        clerk=holders[Role.CLERK],
        responsible=holders[Role.RESPONSIBLE_PERSON],
    ).institution
    builder.seats.at_institution(Role.INSTITUTION_ADMINISTRATOR, heavy, holder=holders[Role.INSTITUTION_ADMINISTRATOR])
    builder.batch(heavy, ELECTRICIAN, "4", 24, date(2026, 3, 16), "online", "2026 年第一期电工认定")
    builder.batch(heavy, WELDER, "4", 18, date(2026, 10, 12), "issue", "2026 年第二期焊工认定")
    on_notice = builder.batch(heavy, LATHE, "4", 16, date(2026, 10, 29), "notice", "2026 年第三期车工认定")
    _objections(on_notice)
    builder.batch(heavy, CRANE, "4", 12, date(2026, 11, 17), "draw", "2026 年第四期起重装卸机械操作认定")
    builder.batch(heavy, ELECTRICIAN, "5", 120, date(2026, 11, 19), "roster", "2026 年第五期电工认定（大批次）")
    builder.batch(heavy, ELECTRICIAN, "3", 20, date(2026, 11, 23), "submit", "2026 年第六期高级电工认定")
    builder.batch(heavy, WELDER, "5", 30, date(2026, 11, 24), "draft", "2026 年第七期焊工认定")
    builder.file(LUANHE, date(2026, 11, 20), "submit")
    builder.file(BOHAI, date(2026, 11, 12), "conclude_visit")
    returned = builder.file(HARBOUR, date(2026, 11, 16), "submit")
    returned.return_one("营业执照副本字迹不清，请重新上传。")


def _objections(life: BatchLife) -> None:
    """One that the centre has accepted and the institution has to answer, one that says nothing and waits to be looked at."""
    first, second = Score.objects.filter(sheet=life.sheet, passed=True).order_by("candidate__row")[:2]
    with clock.at(datetime(2026, 11, 20, 14, tzinfo=clock.ZONE)):
        given = object_to_result(
            PUBLIC,
            first,
            part=ObjectionPart.PRACTICAL,
            happened_on=life.held_on,
            text="该考生的技能成绩与现场表现不符，请复核评分记录。",
            contact="演示联系方式",
        )
    with clock.at(datetime(2026, 11, 23, 10, tzinfo=clock.ZONE)):
        accept_objection(life.reviewer, Objection.objects.get(code=given.tracking))
    with clock.at(datetime(2026, 11, 23, 16, tzinfo=clock.ZONE)):
        object_to_result(
            PUBLIC, second, part=ObjectionPart.OTHER, happened_on=life.held_on, text="就是不公平，请重新处理这个人。"
        )


def _what_presses(builder: Builder) -> None:
    """For the desks of province, auditor and administrator: an exam of tomorrow nobody accepted, a filing past its day, a
    plan taken back, a seat that waits for a second person."""
    baoding = Institution.objects.get(short_name="古城输变电")
    builder.batch(baoding, WELDER, "4", 16, date(2026, 11, 9), "draw", "2026 年第二期焊工认定")
    taken_back = builder.batch(baoding, WELDER, "4", 10, date(2026, 11, 18), "submit", "2026 年第三期焊工认定")
    with clock.at(datetime(2026, 11, 20, 15, tzinfo=clock.ZONE)):
        withdraw_plan(taken_back.responsible, taken_back.plan, reason="报名人数不足，改期另行报送。")
    late = Profile("演示：滏阳数控设备有限公司", "滏阳数控", "Y", "private", "130402", "city", ((LATHE, "4"),))
    builder.file(late, date(2026, 10, 26), "submit")
    province = builder.office("13/")
    administrator = builder.seats.at_office(Role.ADMINISTRATOR, province)
    colleague = people.colleague(900, "13/")
    with clock.at(datetime(2026, 11, 23, 9, tzinfo=clock.ZONE)):
        open_seat(administrator, user_id=colleague.pk, role=Role.AUDITOR, office_id=province.pk)


def _elsewhere(builder: Builder) -> None:
    """Other cities, so that maps, lists and statistics have something to show."""
    for turn in range(builder.scale):
        for place, (code, name, short) in enumerate(ELSEWHERE):
            suffix = f"第{turn + 1}分公司" if turn else ""
            profile = Profile(
                f"演示：{name}{suffix}", f"{short}{suffix}", "Y", "municipal", code, "city", ((WELDER, "4"),)
            )
            institution = builder.file(profile, date(2026, 2, 9)).institution
            office = Office.objects.select_related("area").get(pk=institution.office_id)
            if not Supervisor.objects.filter(office=office).exists():
                names = [(people.invented(210 + 4 * place + number), COMMON) for number in range(4)]
                builder.supervisors(office, names)
            begun = date(2026, 3 + place, 9 + place)
            builder.batch(institution, WELDER, "4", 20 + 4 * place, begun, "online", "2026 年焊工认定")
