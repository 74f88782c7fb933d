"""Readings of the supervisors' base: lists, one's recusals, and the pool of a draw with everybody left out and why (R51)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from hengjian.authorities.models import Office
from hengjian.institutions.models import Institution
from hengjian.kernel.actor import Actor
from hengjian.kernel.law import nationwide
from hengjian.personnel.models import Recusal, Supervisor
from hengjian.personnel.policies import CARD_WARN_DAYS


@dataclass(frozen=True)
class PoolMember:
    """Somebody who may be drawn; `code` is the public name in the manifest."""

    id: int
    code: str
    name: str
    employer: str
    competence: tuple[str, ...]


@dataclass(frozen=True)
class Excluded:
    """Somebody who may not, with every reason as a sentence."""

    id: int
    code: str
    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Pool:
    members: tuple[PoolMember, ...]
    excluded: tuple[Excluded, ...]


@dataclass(frozen=True)
class SupervisorRow:
    id: int
    code: str
    name: str
    employer: str
    office_name: str
    competence: tuple[str, ...]
    card_number: str
    card_valid_until: date
    card_ends_soon: bool
    safety_trained_on: date | None
    state: str
    state_label: str


@dataclass(frozen=True)
class RecusalRow:
    id: int
    supervisor_code: str
    supervisor_name: str
    institution_id: int
    institution_name: str
    ground: str
    ground_label: str
    note: str
    ended_on: date | None


def pool(office: Office, small_classes: Collection[str], institution: Institution, on: date) -> Pool:
    """Supervisors of the office and of the offices below it who may attend at `institution` on that day.

    Competence must cover every small class of the exam. The order is that of the codes, so that whoever repeats the draw
    starts from the same list.
    """
    recused: dict[int, list[str]] = defaultdict(list)
    standing = Recusal.objects.filter(institution=institution, ended_on__isnull=True).order_by("id")
    for recusal in standing:
        recused[recusal.supervisor_id].append(str(recusal.get_ground_display()))
    members: list[PoolMember] = []
    excluded: list[Excluded] = []
    for row in Supervisor.objects.filter(area_path__startswith=office.area.path).order_by("code"):
        reasons = _reasons(row, set(small_classes), institution, on, recused[row.pk])
        if reasons:
            excluded.append(Excluded(row.pk, row.code, row.name, tuple(reasons)))
        else:
            members.append(PoolMember(row.pk, row.code, row.name, row.employer, tuple(row.competence)))
    return Pool(tuple(members), tuple(excluded))


def _reasons(
    row: Supervisor, small_classes: set[str], institution: Institution, on: date, recused: list[str]
) -> list[str]:
    reasons: list[str] = []
    if row.state != Supervisor.State.APPOINTED:
        reasons.append(f"现为“{Supervisor.State(row.state).label}”。")
    if row.card_valid_until < on:
        reasons.append(f"证卡有效期至 {row.card_valid_until}，考试当日已过期。")
    if row.safety_trained_on is None or row.safety_trained_on > on:
        reasons.append("没有安全培训记录。")
    lacking = sorted(small_classes - set(row.competence))
    if lacking:
        reasons.append(f"专业不含小类 {'、'.join(lacking)}。")
    if row.employer in (institution.name, institution.short_name):
        reasons.append("工作单位就是被督导机构，应当回避。")
    if recused:
        reasons.append(f"已登记回避：{'、'.join(recused)}。")
    return reasons


def supervisors(actor: Actor, day: date, *, state: str = "", small_class: str = "") -> list[SupervisorRow]:
    """The supervisors this seat may see."""
    rows = Supervisor.objects.visible_to(actor).select_related("office")
    if state:
        rows = rows.filter(state=state)
    warn = day + timedelta(days=nationwide(day).policy(CARD_WARN_DAYS))
    return [
        SupervisorRow(
            row.pk,
            row.code,
            row.name,
            row.employer,
            row.office.name,
            tuple(row.competence),
            row.card_number,
            row.card_valid_until,
            row.state != Supervisor.State.ENDED and row.card_valid_until <= warn,
            row.safety_trained_on,
            row.state,
            row.get_state_display(),
        )
        for row in rows.order_by("code")
        if not small_class or small_class in row.competence
    ]


def recusals(actor: Actor, *, supervisor_id: int | None = None) -> list[RecusalRow]:
    """The recusals this seat may see, standing ones first."""
    rows = Recusal.objects.visible_to(actor).select_related("supervisor", "institution")
    if supervisor_id is not None:
        rows = rows.filter(supervisor_id=supervisor_id)
    found = [
        RecusalRow(
            row.pk,
            row.supervisor.code,
            row.supervisor.name,
            row.institution_id,
            row.institution.name,
            row.ground,
            row.get_ground_display(),
            row.note,
            row.ended_on,
        )
        for row in rows.order_by("id")
    ]
    return sorted(found, key=lambda row: (row.ended_on is not None, row.id))
