"""Jobs that wait for a worker, for monitors: numbers and moments, nothing of what they are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min
from django_tasks_db.models import DBTaskResult


@dataclass(frozen=True)
class Jobs:
    waiting: int
    oldest: datetime | None
    running: int


def jobs() -> Jobs:
    ready = DBTaskResult.objects.ready().aggregate(count=Count("pk"), oldest=Min("enqueued_at"))
    return Jobs(ready["count"], ready["oldest"], DBTaskResult.objects.running().count())
