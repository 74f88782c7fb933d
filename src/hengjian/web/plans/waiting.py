"""Which plans and batches wait for somebody: in the right state, and with the act still to be done.

The state alone would keep a filed plan in the queue for ever: once its supervisors are drawn and the exam is over, nothing
waits. These are set-wise readings of the acts' own rules, so that the queue costs the same for one plan as for a thousand.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from hengjian.kernel import clock
from hengjian.plans.models import Batch, Plan
from hengjian.plans.states import BatchState, PlanState
from hengjian.supervision.models import Draw, Duty

STANDING = (Draw.State.SEALED, Draw.State.DRAWN, Draw.State.PUBLISHED)


def waiting_plans(rows: QuerySet[Any]) -> QuerySet[Any]:
    """A filed plan waits for a draw until one stands, and again when a supervisor declined and none was drawn since."""
    drawn = Exists(Draw.objects.filter(plan=OuterRef("pk"), state__in=STANDING))
    newer = Draw.objects.filter(plan=OuterRef("plan"), state__in=STANDING, pk__gt=OuterRef("draw"))
    vacant = Exists(Duty.objects.filter(~Exists(newer), plan=OuterRef("pk"), state=Duty.State.DECLINED))
    ahead = Q(ends_on__gte=clock.today())
    return rows.filter(~Q(state=PlanState.FILED) | (ahead & (~Q(drawn) | Q(vacant))))


def waiting_batches(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Batches of filed plans, until their result sheet is opened: from then on the sheet waits, not the batch."""
    return rows.filter(plan__state=PlanState.FILED).filter(~Q(state=BatchState.EXAMINED) | Q(sheet__isnull=True))


def waits(row: Plan | Batch) -> bool:
    """The same for one of them, as its page asks."""
    narrow = waiting_plans if isinstance(row, Plan) else waiting_batches
    return narrow(type(row).objects.filter(pk=row.pk)).exists()
