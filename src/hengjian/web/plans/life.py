"""How far a plan has come, from its writing to the certificates online: the furthest step its slowest batch has reached.

`已备案` alone would hide ten months of a life: the status of a list and the stepper of a page both say what is read here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from hengjian.certificates.models import Certificate
from hengjian.plans.models import Batch, Plan
from hengjian.plans.states import BatchState, PlanState
from hengjian.results.states import SheetState
from hengjian.web.components import Chip, Step, Tone
from hengjian.web.pages import Desk
from hengjian.web.plans.parts import plan_chip

STEPS = ("填写", "计划审核", "考生核定", "考试", "成绩与公示", "结果备案", "制证发证", "数据上网")
ROSTER, EXAM, RESULT, FILING, ISSUE, ONLINE, DONE = range(2, 9)
OF_SHEETS: Mapping[str, int] = {
    SheetState.ENTERING: RESULT,
    SheetState.CONFIRMED: RESULT,
    SheetState.ON_NOTICE: RESULT,
    SheetState.NOTICE_CLOSED: FILING,
    SheetState.FILED: ISSUE,
}
STANDINGS: Mapping[int, tuple[str, Tone]] = {
    EXAM: ("待考试", "good"),
    RESULT: ("考试完成", "normal"),
    FILING: ("公示期满", "normal"),
    ISSUE: ("结果已备案", "normal"),
    ONLINE: ("已发证", "good"),
    DONE: ("已上网", "good"),
}


def places(desk: Desk, plans: Collection[int]) -> dict[int, int]:
    """Plan → the place of its present step in `STEPS`, for filed plans; one statement however many they are."""
    if not plans:
        return {}
    found: dict[int, int] = {}
    for batch in with_life(desk, desk.visible(Batch).filter(plan__in=plans).only("plan_id", "state").order_by("pk")):
        if (place := place_of([batch])) is not None:
            found[batch.plan_id] = min(place, found.get(batch.plan_id, DONE))
    return found


def with_life(desk: Desk, batches: QuerySet[Batch]) -> QuerySet[Any]:
    """The batches with what tells how far they have come, in the same statement."""
    offline = desk.visible(Certificate).filter(
        score__sheet__batch=OuterRef("pk"), state=Certificate.State.ISSUED, online_on__isnull=True
    )
    return batches.annotate(life=F("sheet__state"), offline=Exists(offline))


def place_of(batches: Iterable[Any]) -> int | None:
    """The place of the slowest of these batches (`with_life`); None where none takes place."""
    live = [batch for batch in batches if batch.state not in (BatchState.WITHDRAWN, BatchState.INVALID)]
    return min((_place(batch.state, batch.life, online=not batch.offline) for batch in live), default=None)


def _place(state: str, sheet: str | None, *, online: bool) -> int:
    if state in (BatchState.OPEN, BatchState.ROSTERED):
        return ROSTER
    if state != BatchState.EXAMINED:
        return EXAM
    if sheet == SheetState.CERTIFIED:
        return DONE if online else ONLINE
    return OF_SHEETS.get(sheet or "", RESULT)


def standing_chip(state: str, place: int | None) -> Chip:
    """The state of a plan as lists and heads show it: a filed one by how far it has come."""
    if state != PlanState.FILED or place is None or place not in STANDINGS:
        return plan_chip(state)
    label, tone = STANDINGS[place]
    return Chip(label, tone)


def plan_steps(plan: Plan, batches: Sequence[Batch], place: int | None) -> list[Step]:
    """填写 … 数据上网: the whole life; where the slowest batch stands is the present step."""
    state = PlanState(plan.state)
    labels = list(STEPS)
    now = {PlanState.SUBMITTED: 1, PlanState.FILED: place or ROSTER}.get(state, 0)
    if state == PlanState.RETURNED:
        labels[0] = "退回修改"
    if now == ROSTER and any(batch.state == BatchState.OPEN for batch in batches):
        labels[ROSTER] = "交名册"
    if state == PlanState.WITHDRAWN:
        return [Step("已撤回", "stopped"), *(Step(label, "coming") for label in labels[1:])]
    return [
        Step(label, "done" if at < now else "present" if at == now else "coming") for at, label in enumerate(labels)
    ]
