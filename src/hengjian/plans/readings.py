"""What the rules of plans read, each once for however many rules ask."""

from __future__ import annotations

from collections.abc import Iterator

from hengjian.institutions.models import Institution
from hengjian.institutions.queries import scope_on
from hengjian.kernel.asking import Asking
from hengjian.kernel.clock import ZONE
from hengjian.kernel.words import say
from hengjian.occupations.queries import occupations_on
from hengjian.plans.models import Batch, Plan, Sitting
from hengjian.plans.states import BatchState, PlanState

LIVE = (PlanState.SUBMITTED, PlanState.FILED)
BEGUN = (BatchState.EXAMINING, BatchState.EXAMINED, BatchState.STOPPED, BatchState.INVALID)


def batches_of(plan: Plan) -> list[Batch]:
    return list(plan.batches.exclude(state=BatchState.WITHDRAWN).order_by("id"))


def sittings_of(plan: Plan) -> list[Sitting]:
    rows = Sitting.objects.filter(batch__plan=plan, withdrawn=False).exclude(batch__state=BatchState.WITHDRAWN)
    # What the rules look at and no more: two thousand batches beside them were half of a plan's page.
    return list(
        rows.only("batch_id", "part", "room", "starts_at", "ends_at", "seats", "staff").order_by("starts_at", "id")
    )


def own_institution(asking: Asking[None]) -> Institution | None:
    return Institution.objects.filter(pk=asking.actor.reach.get("institution") or 0).first()


def codes_in_force(asking: Asking[Plan]) -> set[str]:
    """Of the plan's occupations those in the catalogue on the day of the exam."""
    codes = {batch.occupation_code for batch in asking.reading(batches_of)}
    return set(occupations_on(codes, asking.subject.held_on))


def scope_of(plan: Plan) -> set[tuple[str, str]]:
    """(occupation, level) in the institution's scope from the first day to the last."""
    first = scope_on(plan.institution_id, plan.held_on)
    return first if plan.ends_on == plan.held_on else first & scope_on(plan.institution_id, plan.ends_on)


def sittings_beside(asking: Asking[Plan]) -> list[Sitting]:
    """What other plans have at the same venue while this one's sittings last."""
    own, plan = asking.reading(sittings_of), asking.subject
    return list(
        Sitting.objects.filter(
            batch__plan__venue=plan.venue,
            batch__plan__state__in=LIVE,
            withdrawn=False,
            starts_at__lt=max(sitting.ends_at for sitting in own),
            ends_at__gt=min(sitting.starts_at for sitting in own),
        )
        .exclude(batch__plan=plan)
        .exclude(batch__state=BatchState.WITHDRAWN)
        .select_related("batch__plan")
        .order_by("starts_at", "id")
    )


def an_exam_has_begun(plan: Plan) -> bool:
    return plan.batches.filter(state__in=BEGUN).exists()


def clashes(own: list[Sitting], beside: list[Sitting]) -> Iterator[str]:
    """In words, each pair of sittings of one room that overlap and of which one is of this plan; one by one, for a few are
    told and a thousand sittings in one room at one time have half a million."""
    strangers = {id(sitting) for sitting in beside}
    ordered = sorted([*own, *beside], key=lambda sitting: (sitting.starts_at, sitting.pk))
    for place, first in enumerate(ordered):
        for second in ordered[place + 1 :]:
            if second.starts_at >= first.ends_at:
                break
            others = [one for one in (first, second) if id(one) in strangers]
            if len(others) == 2:
                continue
            start = second.starts_at.astimezone(ZONE)
            against = (
                say("与其他计划（{number}）", number=others[0].batch.plan.number or "审核中")
                if others
                else "与本计划的另一场"
            )
            yield say("{room} {start:%m-%d %H:%M} {against}时间重叠", room=second.room, start=start, against=against)
