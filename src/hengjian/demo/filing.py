"""How an institution of the demo province comes to its filing, stage by stage; it may stop at any of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time

from hengjian.authorities.models import Office, User
from hengjian.authorities.roles import Role
from hengjian.demo.materials import a_material
from hengjian.demo.seats import Seats
from hengjian.institutions.acts.decide_filing import decide_filing
from hengjian.institutions.acts.draft_filing import draft_filing
from hengjian.institutions.acts.materials import add_material, review_material
from hengjian.institutions.acts.register_applicant import register_applicant
from hengjian.institutions.acts.site_visit import FIT, conclude_visit, plan_visit
from hengjian.institutions.acts.submit_filing import MaterialReturn, accept_filing, return_filing, submit_filing
from hengjian.institutions.models import Filing, Institution
from hengjian.institutions.policies import LINKAGE_PRINCIPLES, REQUIRED_PAPERS
from hengjian.institutions.sheets import Item, Score, Sheet, SiteAssessor, site_items
from hengjian.kernel import clock
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.identity import organisation_check_character, uscc_check_character
from hengjian.kernel.law import National
from hengjian.kernel.uploads import keep_upload

STAGES = ("draft", "submit", "accept", "plan_visit", "conclude_visit", "decide")
TEAM = (SiteAssessor("岳衡远", "示例职业技术大学", True), SiteAssessor("江鉴明", "示例装备研究院", True))


@dataclass(frozen=True)
class Profile:
    """An invented institution; its name says that it is one."""

    name: str
    short_name: str
    kind: str
    ownership: str
    area_code: str
    filing_level: str
    scope: tuple[tuple[str, str], ...]
    address: str = "示例路 1 号"


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=clock.ZONE)


def working_day(start: date, days: int) -> date:
    """The day `days` working days after `start`."""
    return stored_calendar().add_working_days(start, days).on


def invented_uscc(number: int) -> str:
    body = f"{number:08d}"
    code = f"91130200{body}{organisation_check_character(body)}"
    return code + uscc_check_character(code)


@dataclass
class FilingLife:
    """One application; `begun` is the day of registration, a working day."""

    seats: Seats
    profile: Profile
    number: int
    begun: date
    clerk: User | None = None
    responsible: User | None = None
    institution: Institution = field(init=False)
    filing: Filing = field(init=False)

    def live(self, until: str = STAGES[-1]) -> FilingLife:
        """Perform every stage up to and including `until`."""
        for stage in STAGES[: STAGES.index(until) + 1]:
            getattr(self, stage)()
        return self

    @property
    def office(self) -> Office:
        return Office.objects.select_related("area").get(pk=self.filing.office_id)

    def draft(self) -> None:
        profile = self.profile
        with clock.at(at(self.begun, 9)):
            self.institution = register_applicant(
                OPERATOR,
                name=profile.name,
                short_name=profile.short_name,
                uscc=invented_uscc(self.number),
                kind=profile.kind,
                ownership=profile.ownership,
                area_code=profile.area_code,
                filing_level=profile.filing_level,
                address=profile.address,
                contact="演示联系人",
            )
            clerk = self.seats.at_institution(Role.CLERK, self.institution, holder=self.clerk)
            self.seats.at_institution(Role.RESPONSIBLE_PERSON, self.institution, holder=self.responsible)
            items = tuple(Item(code, level, "实训工位与检测设备齐全", 4) for code, level in profile.scope)
            self.filing = draft_filing(clerk, items=items, statement="申请开展职业技能等级认定（演示）。")
            for kind in National(self.begun).policy(REQUIRED_PAPERS)[self.filing.kind]:
                name, data = a_material(kind)
                upload = keep_upload(name, "application/octet-stream", data, clerk)
                add_material(clerk, self.filing, kind=kind, upload_id=upload.pk)

    def submit(self) -> None:
        with clock.at(at(self.begun, 15)):
            submit_filing(self.seats.at_institution(Role.RESPONSIBLE_PERSON, self.institution), self.filing)

    def return_one(self, reason: str) -> None:
        """Send the first material back instead of accepting."""
        material = self.filing.materials.order_by("id")[0]
        with clock.at(at(working_day(self.begun, 1), 10)):
            reviewer = self.seats.at_office(Role.CENTRE_REVIEWER, self.office)
            return_filing(reviewer, self.filing, returns=(MaterialReturn(material.pk, reason),))

    def accept(self) -> None:
        reviewer = self.seats.at_office(Role.CENTRE_REVIEWER, self.office)
        with clock.at(at(working_day(self.begun, 1), 10)):
            accept_filing(reviewer, self.filing)
            for material in self.filing.materials.order_by("id"):
                review_material(reviewer, material, accepted=True)

    def plan_visit(self) -> None:
        with clock.at(at(working_day(self.begun, 2), 10)):
            reviewer = self.seats.at_office(Role.CENTRE_REVIEWER, self.office)
            plan_visit(reviewer, self.filing, planned_on=working_day(self.begun, 5), team=TEAM)

    def conclude_visit(self) -> None:
        with clock.at(at(working_day(self.begun, 5), 16)):
            conclude_visit(
                self.seats.at_office(Role.CENTRE_REVIEWER, self.office),
                self.filing,
                visited_on=clock.today(),
                team=TEAM,
                sheets=self._sheets(),
                conclusion=FIT,
            )

    def decide(self) -> None:
        with clock.at(at(working_day(self.begun, 7), 11)):
            decide_filing(
                self.seats.at_office(Role.CENTRE_HEAD, self.office),
                self.filing,
                granted=True,
                reason="材料齐全，现场考察符合条件。",
                clauses=("《技能等级认定试点企业监管服务措施研究》第 2.3 节",),
            )
        self.institution.refresh_from_db()

    def _sheets(self) -> tuple[Sheet, ...]:
        today = clock.today()
        law = National(today)
        principles, items = law.policy(LINKAGE_PRINCIPLES), site_items(law, self.profile.kind)

        def scored(subjects: tuple[str, ...]) -> tuple[Score, ...]:
            return tuple(Score(subject, 88, f"查阅记录并现场核对：{subject}", TEAM[0].name) for subject in subjects)

        codes = dict.fromkeys(code for code, _ in self.profile.scope)
        return (Sheet("", scored((*principles, *items))), *(Sheet(code, scored(principles)) for code in codes))
