"""Exams that come near, and what each still lacks: rosters, admission, supervisors. As many statements for a hundred as for one.

Whether anybody attends is told to offices alone before the day; an institution learns what it has to do itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.db.models import Prefetch, QuerySet

from hengjian.authorities.roles import OFFICE_ROLES
from hengjian.kernel.asking import Asking
from hengjian.kernel.clock import ZONE
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.words import say
from hengjian.plans.models import Batch, Plan, Sitting
from hengjian.plans.states import BatchState, PlanState
from hengjian.supervision.models import Draw, Duty
from hengjian.supervision.policies import SUPERVISORS_PER_SITTING_MIN
from hengjian.supervision.pool import staff_id, target_of

MOST = 100  # exams looked at; a city has a dozen a week
Want = Literal["roster", "admission", "supervisors"]
ATTENDING = (Duty.State.ACCEPTED, Duty.State.REPORTED)


@dataclass(frozen=True)
class Lack:
    """Something an exam still wants, in words."""

    what: Want
    sentence: str


@dataclass(frozen=True)
class ComingExam:
    """`begins_at` is its first sitting, or the beginning of its day where none is entered."""

    plan: int
    title: str
    number: str
    institution: str
    institution_kind: str
    office: int
    office_name: str
    venue: str
    held_on: date
    ends_on: date
    begins_at: datetime
    headcount: int
    lacks: tuple[Lack, ...]

    @property
    def unattended(self) -> Lack | None:
        return next((lack for lack in self.lacks if lack.what == "supervisors"), None)


def coming_exams(asking: Asking[None], *, days: int, most: int = MOST) -> list[ComingExam]:
    """Filed exams that are disclosed, not over and begin within so many days; the next first."""
    today = asking.today
    rows = disclosed(Plan, asking.actor).filter(
        state=PlanState.FILED, ends_on__gte=today, held_on__lte=today + timedelta(days=days)
    )
    found = [_exam(asking, plan) for plan in _with_rows(rows).order_by("held_on", "pk")[:most]]
    return sorted(found, key=lambda exam: (exam.begins_at, exam.plan))


def _with_rows(rows: QuerySet[Plan]) -> Any:
    sittings = Sitting.objects.filter(withdrawn=False).order_by("starts_at", "pk")
    batches = Batch.objects.exclude(state=BatchState.WITHDRAWN).order_by("pk")
    duties = Duty.objects.filter(state__in=ATTENDING).select_related("supervisor").order_by("pk")
    draws = Draw.objects.filter(state__in=(Draw.State.DRAWN, Draw.State.PUBLISHED)).order_by("pk")
    seen: Any = Prefetch("duties", duties, "attending")
    held: Any = draws.only("plan_id", "result", "state").prefetch_related(seen)
    live: Any = batches.prefetch_related(Prefetch("sittings", sittings, "standing"))
    fetched: Any = rows.select_related("institution", "office")
    return fetched.prefetch_related(Prefetch("batches", live, "live"), Prefetch("draws", held, "held_draws"))


def _exam(asking: Asking[None], plan: Any) -> ComingExam:
    starts = [sitting.starts_at for batch in plan.live for sitting in batch.standing]
    midnight = datetime(plan.held_on.year, plan.held_on.month, plan.held_on.day, tzinfo=ZONE)
    return ComingExam(
        plan.pk,
        plan.title,
        plan.number or "",
        plan.institution.short_name,
        str(plan.institution.get_kind_display()),
        plan.office_id,
        plan.office.name,
        plan.venue,
        plan.held_on,
        plan.ends_on,
        min(starts, default=midnight),
        sum(batch.headcount for batch in plan.live),
        tuple(_lacks(asking, plan)),
    )


def _lacks(asking: Asking[None], plan: Any) -> Iterable[Lack]:
    states = Counter(batch.state for batch in plan.live)
    if missing := states[BatchState.OPEN]:
        yield Lack("roster", say("{missing} 个批次未交名册", missing=missing))
    if unchecked := states[BatchState.ROSTERED]:
        yield Lack("admission", say("{unchecked} 个批次未核定考生", unchecked=unchecked))
    if asking.actor.role_code not in OFFICE_ROLES:
        return
    needed = asking.about(plan).policy(SUPERVISORS_PER_SITTING_MIN)
    held = _held(plan.held_draws)
    least = min((held[target] for target in _targets(plan)), default=needed)
    if least < needed:
        yield Lack("supervisors", _too_few(plan, least, needed))


def _too_few(plan: Any, least: int, needed: int) -> str:
    if not plan.held_draws:
        return "尚未抽取督导员"
    if not least:
        return "还没有督导员接受"
    return say("须 {needed} 人，已接受 {accepted} 人", needed=needed, accepted=least)


def _targets(plan: Any) -> set[str]:
    """The days and small classes to be attended, as `pool.targets` counts them."""
    whole = [plan.held_on + timedelta(days=n) for n in range((plan.ends_on - plan.held_on).days + 1)]
    found = set()
    for batch in plan.live:
        days = {sitting.starts_at.astimezone(ZONE).date() for sitting in batch.standing} or whole
        found |= {target_of(day, batch.occupation_code) for day in days}
    return found


def _held(draws: Sequence[Any]) -> Counter[str]:
    """How many have accepted for each target, as `pool.standing` counts them."""
    held: Counter[str] = Counter()
    for draw in draws:
        here = {staff_id(duty.supervisor) for duty in draw.attending}
        for target, team in ((draw.result or {}).get("teams") or {}).items():
            held[target] += sum(person in here for person in team)
    return held
