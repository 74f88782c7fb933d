"""What an auditor looks at: every act of the area, which of them are out of the ordinary, which were done at odd hours."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Cast, ExtractHour, ExtractIsoWeekDay, Substr

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel.actor import Actor
from hengjian.kernel.law import nationwide
from hengjian.kernel.models import Entry
from hengjian.messages.policies import QUIET_FROM, QUIET_UNTIL

# What takes back, cancels, overrules or destroys: none is a fault by itself, each deserves a look.
OUT_OF_THE_ORDINARY = (
    "authorities.answer_waiver",
    "authorities.close_account",
    "authorities.enact_local_value",
    "authorities.export_list",
    "authorities.remove_factors",
    "authorities.reset_password",
    "certificates.erase_candidate",
    "certificates.revoke_certificate",
    "institutions.end",
    "institutions.reassign",
    "institutions.suspend",
    "institutions.undo_takeover",
    "papers.replace_paper",
    "papers.revoke_paper",
    "plans.revise_plan",
    "plans.withdraw_plan",
    "results.cancel_score",
    "results.correct_score",
    "rosters.exclude_candidate",
    "rosters.replace_roster",
    "supervision.annul_exam",
    "supervision.resume_exam",
    "supervision.void_draw",
)
FRIDAY = 5
FOREIGN = len("seat:") + 1


def audits(actor: Actor) -> bool:
    """Acts are listed to the auditor of an area."""
    return actor.role_code == Role.AUDITOR and bool(actor.reach.get("area"))


def acts_within(actor: Actor) -> QuerySet[Any]:
    """What the seats of the auditor's area did; the province sees what the clock, the public and the operator did too."""
    if not audits(actor):
        return Entry.objects.none()
    path = str(actor.reach["area"])
    number = Cast(Substr("actor", FOREIGN), BigIntegerField())
    seat = Seat.objects.filter(pk=OuterRef("seat_number"))
    rows = Entry.objects.annotate(
        seat_number=Case(When(actor__startswith="seat:", then=number), default=None, output_field=BigIntegerField()),
    ).annotate(
        person=Subquery(seat.values("user__name")[:1], output_field=CharField()),
        seated_at=Subquery(seat.values("place_name")[:1], output_field=CharField()),
        role=Subquery(seat.values("role")[:1], output_field=CharField()),
        area=Subquery(seat.values("area_path")[:1], output_field=CharField()),
    )
    # A list that grew by its own export would never be the one whose purpose was recorded: that act stands in the log
    # and with every other auditor.
    rows = rows.exclude(act="authorities.export_list", actor=actor.actor_id)
    below_all = path.count("/") == 1
    return rows if below_all else rows.filter(area__startswith=path)


def unusual(rows: Any, value: str, today: date) -> Any:
    """`acts`: out of the ordinary; `hours`: done by a person at night or on a Saturday or Sunday."""
    if value == "acts":
        return rows.filter(act__in=OUT_OF_THE_ORDINARY)
    law = nationwide(today)
    timed = rows.filter(seat_number__isnull=False).annotate(hour=ExtractHour("at"), weekday=ExtractIsoWeekDay("at"))
    night = Q(hour__gte=law.policy(QUIET_FROM)) | Q(hour__lt=law.policy(QUIET_UNTIL))
    return timed.filter(night | Q(weekday__gt=FRIDAY))
