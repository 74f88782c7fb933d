"""Who can be drawn for a plan, and why the others cannot (R32, R51): competent, free, trained, without conflict.

A target is one day of one small class (`20261114.6-18-02`), so that every trade has somebody who knows it. People who may
not go somewhere stay in the manifest's staff and are barred there: a recusal can be seen and cannot be lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from hengjian.kernel.clock import ZONE
from hengjian.kernel.words import say
from hengjian.occupations.queries import small_class
from hengjian.personnel.models import Recusal, Supervisor
from hengjian.plans.models import Plan
from hengjian.plans.readings import batches_of, sittings_of
from hengjian.supervision.models import Draw, Duty

STRATUM = "场次"
STANDING = (Duty.State.DRAWN, Duty.State.ACCEPTED, Duty.State.REPORTED)
_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")


@dataclass(frozen=True)
class Pool:
    """`barred` are (staff, target) pairs; `excluded` are those outside the pool, each with a reason in words."""

    staff: tuple[str, ...]
    barred: tuple[tuple[str, str], ...]
    excluded: tuple[dict[str, str], ...]

    def able(self, target: str) -> int:
        kept_away = {person for person, place in self.barred if place == target}
        return sum(person not in kept_away for person in self.staff)


def staff_id(supervisor: Supervisor) -> str:
    """The supervisor's code, where it can stand in a manifest."""
    return supervisor.code if _ID.fullmatch(supervisor.code) else f"S{supervisor.pk}"


def targets(plan: Plan) -> list[str]:
    """Every day and small class of the plan that must be attended (逢考必督), sorted."""
    batches = batches_of(plan)
    days: dict[int, set[date]] = {}
    for sitting in sittings_of(plan):
        days.setdefault(sitting.batch_id, set()).add(sitting.starts_at.astimezone(ZONE).date())
    whole = {plan.held_on + timedelta(days=n) for n in range((plan.ends_on - plan.held_on).days + 1)}
    return sorted(
        {f"{day:%Y%m%d}.{small_class(batch.occupation_code)}" for batch in batches for day in days.get(batch.pk, whole)}
    )


def standing(plan: Plan, states: Collection[str] = STANDING, *, arrived: bool = False) -> Counter[str]:
    """How many supervisors stand for each target by the draws so far, their duties being in one of these states;
    `arrived`: of them, who has arrived."""
    held: Counter[str] = Counter()
    draws = Draw.objects.filter(plan=plan, state__in=[Draw.State.DRAWN, Draw.State.PUBLISHED])
    for draw in draws.prefetch_related("duties__supervisor").order_by("pk"):
        here = {
            staff_id(duty.supervisor)
            for duty in draw.duties.all()
            if duty.state in states and (duty.arrived_at is not None or not arrived)
        }
        for target, team in ((draw.result or {}).get("teams") or {}).items():
            held[target] += sum(person in here for person in team)
    return held


def target_of(day: date, occupation_code: str) -> str:
    return f"{day:%Y%m%d}.{small_class(occupation_code)}"


def held_by_target(plan: Plan) -> dict[str, int]:
    """Target → how many supervisors stand for it."""
    held = standing(plan)
    return {target: held[target] for target in targets(plan)}


def targets_of(duty: Duty) -> set[str]:
    """The days and small classes this supervisor was drawn for."""
    teams: dict[str, list[str]] = (duty.draw.result or {}).get("teams") or {}
    name = staff_id(duty.supervisor)
    return {target for target, team in teams.items() if name in team}


def places_open(plan: Plan, team: int) -> dict[str, int]:
    """The targets that still lack people, and how many."""
    return {target: team - held for target, held in held_by_target(plan).items() if held < team}


def able_by_target(plan: Plan) -> dict[str, int]:
    """Target → how many of the pool may go there."""
    wanted = targets(plan)
    found = pool_for(plan, wanted)
    return {target: found.able(target) for target in wanted}


def pool_for(plan: Plan, wanted: Iterable[str]) -> Pool:
    """The pool for these targets, from the personnel the responsible office has appointed."""
    wanted = sorted(wanted)
    classes = {target: target.partition(".")[2] for target in wanted}
    supervisors = list(Supervisor.objects.filter(office=plan.office_id).order_by("code"))
    recused = _recused(plan)
    engaged = _engaged(plan)
    staff: list[str] = []
    barred: set[tuple[str, str]] = set()
    excluded: list[dict[str, str]] = []
    for supervisor in supervisors:
        name = staff_id(supervisor)
        reason = _unfit(supervisor, plan, set(classes.values())) or engaged.get(supervisor.pk, "")
        if reason:
            excluded.append({"id": name, "reason": reason})
            continue
        staff.append(name)
        ground = recused.get(supervisor.pk, "")
        if not ground and supervisor.employer.strip() in (plan.institution.name, plan.institution.short_name):
            ground = str(Recusal.Ground.COLLEAGUE.label)
        if ground:
            excluded.append({"id": name, "reason": say("回避：{ground}", ground=ground)})
        for target, needed in classes.items():
            if ground or needed not in supervisor.competence:
                barred.add((name, target))
    return Pool(tuple(sorted(staff)), tuple(sorted(barred)), tuple(sorted(excluded, key=lambda row: row["id"])))


def _unfit(supervisor: Supervisor, plan: Plan, classes: set[str]) -> str:
    if supervisor.state != Supervisor.State.APPOINTED:
        return say("现为“{label}”", label=Supervisor.State(supervisor.state).label)
    if supervisor.card_valid_until < plan.ends_on:
        return say(
            "证卡 {card_valid_until} 到期，早于考试结束日", card_valid_until=supervisor.card_valid_until.isoformat()
        )
    if supervisor.safety_trained_on is None or supervisor.safety_trained_on > plan.held_on:
        return "没有安全培训记录"
    if not classes & set(supervisor.competence):
        return "专业不符：没有本次考试职业所属小类的督导资格"
    return ""


def _recused(plan: Plan) -> dict[int, str]:
    rows = Recusal.objects.filter(institution=plan.institution_id, ended_on__isnull=True).order_by("pk")
    return {row.supervisor_id: str(Recusal.Ground(row.ground).label) for row in rows}


def _engaged(plan: Plan) -> dict[int, str]:
    """Those who already attend this exam or another on its days, and those who have declined this one."""
    duties = Duty.objects.filter(
        plan__held_on__lte=plan.ends_on, plan__ends_on__gte=plan.held_on, supervisor__office=plan.office_id
    ).order_by("pk")
    said: dict[int, str] = {}
    for supervisor, plan_id, state in duties.values_list("supervisor_id", "plan_id", "state"):
        if plan_id == plan.pk and state == Duty.State.DECLINED:
            said[supervisor] = "本次考试已回避或推辞"
        elif state in STANDING:
            said.setdefault(supervisor, "已承担本次督导" if plan_id == plan.pk else "考试日已有其他督导任务")
    return said
