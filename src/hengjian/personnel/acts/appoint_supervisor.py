"""A quality supervisor is appointed by one office, competent for small classes of occupations, with a card and its term."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from hengjian.authorities.models import Office
from hengjian.authorities.roles import Role
from hengjian.kernel import numbering
from hengjian.kernel.act import Doing, Step, act, creates
from hengjian.kernel.arguments import Line, Reason
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.spans import last_day_of
from hengjian.kernel.words import say
from hengjian.occupations.models import Occupation
from hengjian.personnel.facts import (
    SupervisorAppointed,
    SupervisorEdited,
    SupervisorEnded,
    SupervisorResumed,
    SupervisorSuspended,
)
from hengjian.personnel.models import Supervisor
from hengjian.personnel.policies import (
    SUPERVISOR_ASSESSOR_YEARS,
    SUPERVISOR_CARD_NUMBER,
    SUPERVISOR_CARD_YEARS,
    SUPERVISOR_EXPERIENCE_YEARS,
)

CLAUSE = "《技能等级认定试点企业监管服务措施研究》第 3.2.3 节：需要相关的专业知识和安全知识"
Years = Annotated[int, Field(ge=0, le=70)]  # of a working life
BY_OFFICE = [Role.CENTRE_REVIEWER.of_responsible_office, Role.CENTRE_HEAD.of_responsible_office]


@creates(
    "personnel.appoint_supervisor",
    Supervisor,
    by=BY_OFFICE,
    cites=[
        SUPERVISOR_CARD_YEARS,
        SUPERVISOR_CARD_NUMBER,
        SUPERVISOR_EXPERIENCE_YEARS,
        SUPERVISOR_ASSESSOR_YEARS,
    ],
    clause=CLAUSE,
)
def appoint_supervisor(
    doing: Doing[None],
    *,
    name: Line,
    employer: Line,
    competence: tuple[str, ...],
    practice_years: Years = 0,
    assessor_years: Years = 0,
    phone: str = "",
    card_number: str = "",
    card_valid_until: date | None = None,
    safety_trained_on: date | None = None,
) -> tuple[Supervisor, SupervisorAppointed]:
    """聘任质量督导员。

    A new card runs for the years the policy says; one that is brought along keeps its number and its end. Years of managing
    assessments or of the trade count, or years as an assessor.
    """
    _check_experience(doing, practice_years, assessor_years)
    office = Office.objects.select_related("area").get(pk=doing.actor.reach["office"])
    classes = _competence(competence, doing.today)
    longest = last_day_of(doing.today, doing.policy(SUPERVISOR_CARD_YEARS))
    valid_until = card_valid_until or longest
    _check_card(valid_until, longest, doing.today)
    _check_training(safety_trained_on, doing.today)
    card_number = card_number.strip() or _card_number(doing, office)
    if _card_is_known(card_number):
        raise refuse(
            "personnel.card_known",
            "这个证卡编号已经登记。",
            field="card_number",
            remedy="请核对证卡编号，或留空由系统编号。",
            clause=PRODUCT,
        )
    supervisor = doing.create(
        Supervisor,
        office=office,
        area_path=office.area.path,
        code=next_codes(doing, office, 1)[0],
        name=name.strip(),
        employer=employer.strip(),
        phone=phone.strip(),
        competence=classes,
        card_number=card_number,
        card_valid_until=valid_until,
        safety_trained_on=safety_trained_on,
        practice_years=practice_years,
        assessor_years=assessor_years,
    )
    return supervisor, SupervisorAppointed(
        supervisor.code,
        card_number,
        valid_until,
        tuple(classes),
        safety_trained_on,
        practice_years,
        assessor_years,
    )


@act(
    "personnel.edit_supervisor",
    Supervisor,
    by=BY_OFFICE,
    step=Step(Supervisor.State.APPOINTED, Supervisor.State.SUSPENDED),
    cites=[SUPERVISOR_CARD_YEARS],
    clause=CLAUSE,
)
def edit_supervisor(
    doing: Doing[Supervisor],
    *,
    employer: str | None = None,
    competence: tuple[str, ...] | None = None,
    phone: str | None = None,
    card_valid_until: date | None = None,
    safety_trained_on: date | None = None,
) -> SupervisorEdited:
    """更新督导员资料。

    What is not given stays as it is.
    """
    supervisor = doing.subject
    given: dict[str, Any] = {
        "employer": employer.strip() or None if employer is not None else None,
        "competence": _competence(competence, doing.today) if competence is not None else None,
        "phone": phone.strip() if phone is not None else None,
        "card_valid_until": card_valid_until,
        "safety_trained_on": safety_trained_on,
    }
    if card_valid_until is not None:
        longest = last_day_of(doing.today, doing.policy(SUPERVISOR_CARD_YEARS))
        _check_card(card_valid_until, longest, doing.today)
    _check_training(safety_trained_on, doing.today)
    changed = [name for name, value in given.items() if value is not None and value != getattr(supervisor, name)]
    for name in changed:
        setattr(supervisor, name, given[name])
    return SupervisorEdited(
        supervisor.code,
        tuple(changed),
        tuple(supervisor.competence),
        supervisor.card_valid_until,
        supervisor.safety_trained_on,
    )


@act(
    "personnel.suspend_supervisor",
    Supervisor,
    by=Role.CENTRE_HEAD.of_responsible_office,
    step=Step(Supervisor.State.APPOINTED, to=Supervisor.State.SUSPENDED),
    clause=CLAUSE,
    danger=True,
)
def suspend_supervisor(doing: Doing[Supervisor], *, reason: Reason) -> SupervisorSuspended:
    """暂停督导员。"""
    return SupervisorSuspended(doing.subject.code, _set_aside(doing, reason))


@act(
    "personnel.resume_supervisor",
    Supervisor,
    by=Role.CENTRE_HEAD.of_responsible_office,
    step=Step(Supervisor.State.SUSPENDED, to=Supervisor.State.APPOINTED),
    clause=CLAUSE,
)
def resume_supervisor(doing: Doing[Supervisor], *, reason: Reason) -> SupervisorResumed:
    """恢复督导员。"""
    doing.subject.set_aside_on, doing.subject.set_aside_reason = None, ""
    return SupervisorResumed(doing.subject.code, reason)


@act(
    "personnel.end_supervisor",
    Supervisor,
    by=Role.CENTRE_HEAD.of_responsible_office,
    step=Step(Supervisor.State.APPOINTED, Supervisor.State.SUSPENDED, to=Supervisor.State.ENDED),
    clause=CLAUSE,
    danger=True,
)
def end_supervisor(doing: Doing[Supervisor], *, reason: Reason) -> SupervisorEnded:
    """解聘督导员。"""
    return SupervisorEnded(doing.subject.code, _set_aside(doing, reason))


def _set_aside(doing: Doing[Supervisor], reason: str) -> str:
    supervisor = doing.subject
    supervisor.set_aside_on, supervisor.set_aside_reason = doing.today, reason[:300]
    return reason


def _check_experience(doing: Doing[None], practice: int, assessor: int) -> None:
    """Either way is enough; a city may ask for more years of either."""
    least, as_assessor = doing.policy(SUPERVISOR_EXPERIENCE_YEARS), doing.policy(SUPERVISOR_ASSESSOR_YEARS)
    if practice >= least or assessor >= as_assessor:
        return
    raise refuse(
        "personnel.experience_too_short",
        say(
            "督导员须从事评价管理或技术工作满 {least} 年，或者担任考评人员满 {as_assessor} 年；所填为 {practice} 年、{assessor} 年。",
            least=least,
            as_assessor=as_assessor,
            practice=practice,
            assessor=assessor,
        ),
        field="practice_years",
        clause=SUPERVISOR_EXPERIENCE_YEARS.text.citation,
        policy=SUPERVISOR_EXPERIENCE_YEARS.key,
        remedy="请核对年限，填写满足的一项；两项都不满的，满后再聘任。",
    )


def _competence(classes: Sequence[str], day: date) -> list[str]:
    """Small classes of the catalogue (`6-31-01`), each at least one occupation strong."""
    wanted = sorted({entry.strip() for entry in classes if entry.strip()})
    if not wanted:
        raise refuse(
            "personnel.competence_missing",
            "请至少写明一个专业小类，例如 6-31-01。",
            field="competence",
            remedy="请在职业分类大典中查到小类编码后填写。",
            clause=CLAUSE,
        )
    for entry in wanted:
        if entry.count("-") != 2 or not Occupation.objects.filter(code__startswith=f"{entry}-").exists():
            raise refuse(
                "personnel.competence_unknown",
                say("职业分类大典中没有小类 {entry}。", entry=entry),
                field="competence",
                remedy="请对照职业分类大典填写小类，例如 6-31-01。",
                clause="《中华人民共和国职业分类大典（2022 年版）》",
            )
    return wanted


def _check_card(valid_until: date, longest: date, today: date) -> None:
    if valid_until < today:
        raise refuse(
            "personnel.card_over",
            "证卡有效期不能早于今天。",
            field="card_valid_until",
            clause=CLAUSE,
            remedy="请核对证卡；已过有效期的，换证后再登记。",
        )
    if valid_until > longest:
        raise refuse(
            "personnel.card_too_long",
            say("证卡有效期最长至 {longest}。", longest=longest),
            field="card_valid_until",
            clause=SUPERVISOR_CARD_YEARS.text.citation,
            policy=SUPERVISOR_CARD_YEARS.key,
            remedy="请核对证卡上的有效期。",
        )


def _check_training(trained_on: date | None, today: date) -> None:
    if trained_on is not None and trained_on > today:
        raise refuse(
            "personnel.training_in_future",
            "安全培训日期不能晚于今天。",
            field="safety_trained_on",
            remedy="请填写实际参加培训的日期。",
            clause=PRODUCT,
        )


def _card_is_known(card_number: str) -> bool:
    standing = Supervisor.objects.exclude(state=Supervisor.State.WITHDRAWN)
    return standing.filter(card_number=card_number).exists()


def _card_number(doing: Doing[None], office: Office) -> str:
    """Letter, province, year, serial of the year (the policy says the places)."""
    form = doing.policy(SUPERVISOR_CARD_NUMBER)
    province, year = office.area.path.split("/")[0], f"{doing.today:%y}"
    first, last = form["serial"]
    while True:  # a number that somebody taken over brought along is passed over
        (serial,) = numbering.take(doing, f"personnel.card:{province}:{year}")
        number = f"{form['first']}{province}{year}{serial:0{last - first + 1}d}"
        if not _card_is_known(number):
            return number


def next_codes(doing: Doing[None], office: Office, count: int) -> list[str]:
    """The names under which supervisors stand in a public draw: office and serial, nothing personal."""
    serials = numbering.take(doing, f"personnel.supervisor:{office.area.code}", count)
    return [f"D{office.area.code}-{serial:04d}" for serial in serials]
