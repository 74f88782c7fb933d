"""The decision on a filing: reason, clauses, number and validity (R10, R22); and the end that comes by itself."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from hengjian.authorities.roles import Role
from hengjian.institutions import papers, rules
from hengjian.institutions.acts.site_visit import UNFIT
from hengjian.institutions.facts import FilingDecided, FilingExpired
from hengjian.institutions.models import Filing, Institution, ScopeItem
from hengjian.institutions.policies import FILING_NUMBER, SITE_CODE, VALIDITY_YEARS
from hengjian.institutions.states import FilingState, InstitutionState
from hengjian.kernel import numbering
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.actor import BY_CLOCK
from hengjian.kernel.arguments import Reason
from hengjian.kernel.clock_acts import due
from hengjian.kernel.refusal import refuse
from hengjian.kernel.spans import last_day_of
from hengjian.kernel.words import say
from hengjian.messages.declared import Notify
from hengjian.papers.policies import OF_ISSUING

CLAUSE = "《技能等级认定试点企业监管服务措施研究》第 2.3 节"


@act(
    "institutions.decide_filing",
    Filing,
    by=Role.CENTRE_HEAD.of_responsible_office,
    step=Step(FilingState.ASSESSED),
    requires=[rules.the_visit_is_concluded],
    cites=[VALIDITY_YEARS, FILING_NUMBER, SITE_CODE, *OF_ISSUING],
    clause=CLAUSE,
    turn=True,
    notify=[
        Notify(
            "institutions.filing_decided",
            [Role.CLERK.of_own_institution, Role.RESPONSIBLE_PERSON.of_own_institution],
            "备案决定",
            lambda filing, fact: (
                say("{filing}：准予备案，备案号 {number}。", filing=str(filing), number=fact.filing_number)
                if fact.granted
                else say("{filing}：不予备案。理由和依据见备案页面。", filing=str(filing))
            ),
            claims=(FilingState.FILED, FilingState.REFUSED),
        )
    ],
)
def decide_filing(doing: Doing[Filing], *, granted: bool, reason: Reason, clauses: tuple[str, ...]) -> FilingDecided:
    """作出备案决定。"""
    filing = doing.subject
    cited = [clause.strip() for clause in clauses if clause.strip()]
    if not cited:
        raise refuse(
            "institutions.decision_clause",
            "备案决定至少须引用一条依据。",
            field="clauses",
            clause=CLAUSE,
            remedy="请写明文件名称和条款。",
        )
    visit = filing.visits.exclude(conclusion="").order_by("-id").first()
    if granted and visit is not None and visit.conclusion == UNFIT:
        raise refuse(
            "institutions.visit_unfit",
            "现场考察的结论是不符合条件，不能准予备案。",
            field="granted",
            clause=CLAUSE,
            remedy="请不予备案，机构整改后重新申请。",
        )
    filing.state = FilingState.FILED if granted else FilingState.REFUSED
    filing.decided_on, filing.decided_by = doing.today, doing.actor.label
    filing.decision_reason, filing.decision_clauses = reason.strip(), cited
    filing.due_provisional = False
    if not granted:
        papers.refused(doing)
        return FilingDecided(False, reason, tuple(cited), "", "", None)
    institution = _granted(doing, filing)
    return FilingDecided(
        True,
        reason,
        tuple(cited),
        institution.filing_number or "",
        institution.site_code or "",
        institution.valid_until,
    )


def _granted(doing: Doing[Filing], filing: Filing) -> Institution:
    institution = Institution._base_manager.select_for_update().get(pk=filing.institution_id)
    starts = doing.today
    if filing.kind == Filing.Kind.SCOPE:
        if institution.state != InstitutionState.FILED:
            raise refuse(
                "institutions.scope_without_filing",
                "机构的备案已不在有效期内，不能增项。",
                field="granted",
                clause=CLAUSE,
                remedy="请先办理续期备案。",
            )
    else:
        if filing.kind == Filing.Kind.RENEWAL and institution.valid_until and institution.valid_until >= doing.today:
            starts = date.fromordinal(institution.valid_until.toordinal() + 1)
        institution.valid_until = last_day_of(starts, doing.policy(VALIDITY_YEARS))
        institution.filed_on = institution.filed_on if filing.kind == Filing.Kind.RENEWAL else doing.today
        institution.filing_number = institution.filing_number or _filing_number(doing)
        institution.site_code = institution.site_code or next_site_code(doing, institution.area_path)
        institution.barred_until = None
        institution.state = InstitutionState.FILED
        doing.save(institution)
    assert institution.valid_until is not None
    for item in filing.items.filter(withdrawn=False).order_by("id"):
        doing.create(
            ScopeItem,
            institution=institution,
            occupation_code=item.occupation_code,
            occupation_name=item.occupation_name,
            level=item.level,
            valid_from=starts,
            valid_until=institution.valid_until,
        )
    papers.granted(doing, institution, starts)
    return institution


def _filing_number(doing: Doing[Filing]) -> str:
    form, year = doing.policy(FILING_NUMBER), doing.today.year
    while True:  # a number that somebody taken over brought along is passed over
        (serial,) = numbering.take(doing, f"institutions.filing:{year}")
        # not said: the number of a document
        number = f"{form['prefix']}〔{year}〕{serial:0{form['serial_digits']}d}号"
        if not Institution.objects.filter(filing_number=number).exists():
            return number


def next_site_code(doing: Doing[Any], area_path: str) -> str:
    """Digits of the city, then a serial within it; 雄安新区 counts as a city, the province itself as 00."""
    form = doing.policy(SITE_CODE)
    province, *lower = area_path.strip("/").split("/")
    city = lower[0][len(province) :][: form["area_digits"]] if lower else ""
    city = city.ljust(form["area_digits"], "0")
    while True:
        (number,) = numbering.take(doing, f"institutions.site:{province}{city}")
        code = f"{city}{number:0{form['serial_digits']}d}"
        if not Institution.objects.filter(site_code=code).exists():
            return code


@act(
    "institutions.expire_filing",
    Institution,
    by=BY_CLOCK,
    step=Step(InstitutionState.FILED, InstitutionState.SUSPENDED, to=InstitutionState.ENDED),
    requires=[rules.its_validity_is_over],
    clause=VALIDITY_YEARS.text.citation,
)
def expire_filing(doing: Doing[Institution]) -> FilingExpired:
    """备案到期终止。"""
    institution = doing.subject
    assert institution.valid_until is not None
    return FilingExpired(institution.filing_number or "", institution.valid_until)


def _expired(now: datetime) -> QuerySet[Institution]:
    held: QuerySet[Institution] = Institution.objects.filter(
        state__in=[InstitutionState.FILED, InstitutionState.SUSPENDED], valid_until__lt=now.date()
    )
    return held.order_by("id")


due(expire_filing, _expired)
