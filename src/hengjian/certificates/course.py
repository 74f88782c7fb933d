"""How a certificate came about, in four lines that each point into the log (R69): filed, examined, on notice, issued; and,
if it was, that it is revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from hengjian.certificates.models import Certificate
from hengjian.kernel.models import Entry, EntryRow
from hengjian.kernel.words import say
from hengjian.plans.models import Plan
from hengjian.results.models import Objection, ResultSheet
from hengjian.results.states import SETTLED, ObjectionState
from hengjian.supervision.models import Draw, Duty

PLAN_FILED = "plans.file_plan"
DRAWN = "supervision.reveal_and_draw"
NOTICE_OPENED = "results.open_notice"
REVOKED = "certificates.revoke_certificate"


@dataclass(frozen=True)
class TraceLine:
    """`index` is the entry's place in the log, `draw` the code by which anybody runs the draw again; `issues` marks the
    line whose entry made the certificate."""

    title: str
    text: str
    on: date | None
    index: int | None
    draw: str = ""
    issues: bool = False
    revokes: bool = False


def how_it_came_about(certificate: int) -> tuple[TraceLine, ...]:
    """Empty for a certificate that was not issued here."""
    found = (
        Certificate.objects.filter(pk=certificate, score__isnull=False)
        .select_related("score__sheet__batch__plan__office")
        .defer("name", "document_number")
        .first()
    )
    if found is None or found.score is None:
        return ()
    sheet = found.score.sheet
    plan = sheet.batch.plan
    draw = Draw.objects.filter(plan=plan, state__in=[Draw.State.DRAWN, Draw.State.PUBLISHED]).order_by("pk").first()
    attended = Duty.objects.filter(plan=plan, state__in=[Duty.State.ACCEPTED, Duty.State.REPORTED])
    objections = Objection.objects.filter(sheet=sheet).exclude(state=ObjectionState.REFUSED)
    places = _places(plan, sheet, draw)
    return (
        TraceLine("计划备案", plan.filed_by or plan.office.name, plan.filed_on, places.get(PLAN_FILED)),
        TraceLine(
            "考试",
            say("督导 {values} 人随机抽取", values=attended.values("supervisor").distinct().count()),
            plan.held_on,
            places.get(DRAWN),
            draw.code if draw is not None and draw.state == Draw.State.PUBLISHED else "",
        ),
        TraceLine(
            say("公示 {notice_days} 个工作日", notice_days=sheet.notice_days),
            say("{day} 至 {day2}，", day=_day(sheet.notice_opened_on), day2=_day(sheet.notice_closes_on))
            + _objections(objections),
            sheet.notice_opened_on,
            places.get(NOTICE_OPENED),
        ),
        TraceLine(
            "制证上网" if found.online_on else "制证",
            say("{online_on} 上网", online_on=found.online_on.isoformat()) if found.online_on else "数据尚未上网",
            found.issued_on,
            _issued_at(found.pk),
            issues=True,
        ),
        *_revocation(found),
    )


def _revocation(found: Certificate) -> tuple[TraceLine, ...]:
    """What ended it; why it was revoked is between the institution, the holder and the centre."""
    if found.revoked_on is None:
        return ()
    entries = Entry.objects.filter(act=REVOKED, subject_table=Certificate._meta.db_table, subject_id=found.pk)
    place = entries.order_by("-id").values_list("idx", flat=True).first()
    text = say("{revoked_on} 注销，自该日起不再有效", revoked_on=found.revoked_on.isoformat())
    return (TraceLine("注销", text, found.revoked_on, place, revokes=True),)


def _places(plan: Plan, sheet: ResultSheet, draw: Draw | None) -> dict[str, int | None]:
    wanted = Q(act=PLAN_FILED, subject_table=Plan._meta.db_table, subject_id=plan.pk)
    wanted |= Q(act=NOTICE_OPENED, subject_table=ResultSheet._meta.db_table, subject_id=sheet.pk)
    if draw is not None:
        wanted |= Q(act=DRAWN, subject_table=Draw._meta.db_table, subject_id=draw.pk)
    return dict(Entry.objects.filter(wanted).order_by("id").values_list("act", "idx"))


def _issued_at(certificate: int) -> int | None:
    return (
        EntryRow.objects.filter(table=Certificate._meta.db_table, row_id=certificate)
        .order_by("id")
        .values_list("entry__idx", flat=True)
        .first()
    )


def _objections(accepted: QuerySet[Objection]) -> str:
    number, open_ones = accepted.count(), accepted.exclude(state__in=SETTLED).count()
    if not number:
        return "无异议"
    return say("异议 {number} 件，", number=number) + (
        say("其中 {open_ones} 件核查中", open_ones=open_ones) if open_ones else "已核查"
    )


def _day(day: date | None) -> str:
    return f"{day:%m-%d}" if day else ""
