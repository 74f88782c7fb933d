"""Draws and duties as their readers may see them; before publication nobody outside sees who was drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from hengjian.authorities.models import Seat
from hengjian.kernel.actor import Actor
from hengjian.kernel.disclosure import Disclosures, along, along_jurisdiction, disclosed
from hengjian.kernel.law import nationwide
from hengjian.kernel.rows import Rows
from hengjian.supervision.models import CodeChain, Draw, Duty, Witness
from hengjian.supervision.policies import VOID_GROUNDS

LEVELS = {"A": "公开随机值，签名可验证", "B": "公开随机值，可对照公开开奖", "C": "见证人承诺，无公开随机值"}
PLATFORM_ALONE = "只有平台自己的承诺，无见证人，无公开随机值"


@dataclass(frozen=True)
class WitnessRow:
    """Who committed by an act of their own, and whether the secret came."""

    witness: int
    label: str
    state: str
    state_label: str
    draw_code: str
    own: bool


@dataclass(frozen=True)
class DrawRow:
    """A draw in the office's list."""

    draw: int
    code: str
    plan: int
    plan_number: str
    institution: str
    purpose: str
    state: str
    state_label: str
    level: str
    level_label: str
    digest: str
    opens_at: datetime
    chain_index: int
    staff: int
    witnesses: int
    void_ground: str
    void_reason: str
    voided_by: str


@dataclass(frozen=True)
class DrawDetail:
    """For the office: who could be drawn, who was left out and why, and, once drawn, who attends."""

    head: DrawRow
    staff: tuple[str, ...]
    excluded: tuple[dict[str, str], ...]
    duties: Sequence[DutyRow]
    witnesses: tuple[WitnessRow, ...]


@dataclass(frozen=True)
class DutyRow:
    """A duty for the supervisor and the office that dispatches; an institution learns of it when somebody arrives."""

    duty: int
    draw_code: str
    supervisor: str
    supervisor_name: str
    plan_title: str
    institution: str
    venue: str
    held_on: date
    ends_on: date
    state: str
    state_label: str
    decline_reason: str
    arrived_at: datetime | None
    reported_at: datetime | None
    conclusion_label: str
    due_on: date | None
    due_provisional: bool


@dataclass(frozen=True)
class ReportLine:
    """An item of the checklist as it was answered: `yes`, `no` or `na`; the note is empty where none was asked for."""

    text: str
    group: str
    answer: str
    note: str


@dataclass(frozen=True)
class ReportDetail:
    head: DutyRow
    checklist: tuple[ReportLine, ...]
    findings: str
    means: tuple[str, ...]
    methods: tuple[str, ...]
    obstructions: tuple[str, ...]


@dataclass(frozen=True)
class PublicDraw:
    """In the public register every draw stands from its sealing on, so that a hidden redraw shows as a hole."""

    code: str
    office: str
    year: int
    chain_index: int
    state: str
    state_label: str
    level: str
    level_label: str
    digest: str
    opens_at: datetime
    void_ground: str
    void_reason: str
    voided_by: str
    published: bool


@dataclass(frozen=True)
class PublicChain:
    office: str
    year: int
    head: str
    length: int
    used: int


def duties_disclosed_to(actor: Actor) -> QuerySet[Duty]:
    """Who comes, an institution learns when they stand before it."""
    rows = along(Duty, actor)
    return rows.filter(arrived_at__isnull=False) if actor.reach.get("institution") is not None else rows


DISCLOSED: Disclosures = {**along_jurisdiction(CodeChain, Draw, Witness), Duty: duties_disclosed_to}


def without_supervisors() -> Q:
    """Of plans: no draw stands for them, or a supervisor declined and none was drawn since. It discloses no draw."""
    standing = (Draw.State.SEALED, Draw.State.DRAWN, Draw.State.PUBLISHED)
    drawn = Exists(Draw.objects.filter(plan=OuterRef("pk"), state__in=standing))
    newer = Draw.objects.filter(plan=OuterRef("plan"), state__in=standing, pk__gt=OuterRef("draw"))
    vacant = Exists(Duty.objects.filter(~Exists(newer), plan=OuterRef("pk"), state=Duty.State.DECLINED))
    return ~Q(drawn) | Q(vacant)


def draw(actor: Actor, code: str) -> DrawDetail | None:
    rows = counted(disclosed(Draw, actor).filter(code=code))
    found = rows.select_related("plan__institution").order_by("pk").first()
    if found is None:
        return None
    attending = _with_plan(Duty.objects.filter(draw=found)).order_by("supervisor__code")
    return DrawDetail(
        _draw(found),
        tuple(person["id"] for person in found.manifest["staff"]),
        tuple(found.excluded),
        Rows(attending, _duty),
        witnesses(actor, found.plan_id, draw=found.pk),
    )


def witnesses(actor: Actor, plan: int, *, draw: int | None = None) -> tuple[WitnessRow, ...]:
    """Whoever witnesses a draw of this plan, or this draw, in the order of committing."""
    rows = disclosed(Witness, actor).filter(plan=plan).exclude(state=Witness.State.WITHDRAWN)
    if draw is not None:
        rows = rows.filter(draw=draw)
    return tuple(
        WitnessRow(
            row.pk,
            row.label,
            row.state,
            str(Witness.State(row.state).label),
            row.draw.code if row.draw is not None else "",
            row.seat == actor.actor_id,
        )
        for row in rows.select_related("draw").order_by("pk")
    )


def duties(actor: Actor) -> list[DutyRow]:
    """A supervisor sees the own duties, an office those of its area, the institution those who have arrived."""
    rows = _with_plan(disclosed(Duty, actor))
    return [_duty(found) for found in rows.order_by("plan__held_on", "pk")]


@dataclass(frozen=True)
class Attendance:
    """How many attend an exam and how many of them have not reported; the number of its draw. Who, is not said."""

    duties: int
    open: int
    draw_code: str


def attendance(plan: int) -> Attendance:
    """For whoever sees the plan: an institution too knows that its exam is attended."""
    attending = Duty.objects.filter(plan=plan).exclude(state=Duty.State.DECLINED)
    counted = attending.aggregate(all=Count("pk"), open=Count("pk", filter=~Q(state=Duty.State.REPORTED)))
    standing = Draw.objects.filter(plan=plan, state__in=[Draw.State.DRAWN, Draw.State.PUBLISHED])
    code = standing.order_by("pk").values_list("code", flat=True).first()
    return Attendance(counted["all"], counted["open"], code or "")


def draws_published() -> int:
    """How many draws everybody can run again."""
    return Draw.objects.filter(state=Draw.State.PUBLISHED).count()


def report(actor: Actor, duty: int) -> ReportDetail | None:
    """The report with its checklist; the institution reads it once it is filed."""
    rows = _with_plan(disclosed(Duty, actor)).filter(pk=duty)
    if isinstance(actor, Seat) and actor.institution_id is not None:
        rows = rows.filter(state=Duty.State.REPORTED)
    found = rows.first()
    if found is None:
        return None
    return ReportDetail(
        _duty(found),
        tuple(ReportLine(item["text"], item["group"], item["answer"], item["note"]) for item in found.checklist),
        found.findings,
        tuple(found.means),
        tuple(found.methods),
        tuple(found.obstructions),
    )


def reported(actor: Actor, plan: int) -> list[DutyRow]:
    """The duties of a plan whose report is filed, for whoever sees them."""
    rows = _with_plan(disclosed(Duty, actor)).filter(plan=plan, state=Duty.State.REPORTED)
    return [_duty(found) for found in rows.order_by("pk")]


def public_draws(limit: int | None = None) -> list[PublicDraw]:
    """The public register, newest first."""
    rows = counted(Draw.objects.select_related("office", "chain").defer("manifest", "secrets", "result"))
    return [public_head(each) for each in rows.order_by("-pk")[:limit]]


def public_head(each: Draw) -> PublicDraw:
    return PublicDraw(
        code=each.code,
        office=each.office.name,
        year=each.chain.year,
        chain_index=each.chain_index,
        state=each.state,
        state_label=str(Draw.State(each.state).label),
        level=each.level,
        level_label=level_label(each.level, witnesses_counted(each)),
        digest=each.digest,
        opens_at=each.opens_at,
        void_ground=_ground(each),
        void_reason=each.void_reason,
        voided_by=each.voided_by,
        published=each.disclosed_on is not None,
    )


def public_chains() -> list[PublicChain]:
    rows = CodeChain.objects.select_related("office").order_by("-year", "office__area__path")
    return [PublicChain(row.office.name, row.year, row.head, row.length, row.used) for row in rows]


def published_draw(code: str) -> dict[str, Any]:
    """Everything anybody needs to run the draw again, as `kernel.draw.verify` reads it. LookupError until disclosed; one
    that was thrown away with its result is disclosed like one that stands."""
    found = Draw.objects.filter(code=code, disclosed_on__isnull=False).order_by("pk").first()
    if found is None:
        raise LookupError(code)
    return as_published(found)


def as_published(found: Draw) -> dict[str, Any]:
    named = found.manifest["beacon"]
    return {
        "manifest": found.manifest,
        "secrets": found.revealed,
        "code": found.one_time_code,
        "beacon": {
            "source": named["source"],
            "round": named["round"],
            "value": found.beacon["value"] if found.beacon else None,
        },
        "result": found.result,
    }


def level_label(level: str, witnesses: int) -> str:
    """What the level promises, said honestly where nobody but the platform committed."""
    return LEVELS[level] if witnesses or level != "C" else PLATFORM_ALONE


def witnesses_counted(found: Draw) -> int:
    """Accounts that committed themselves in this draw's sealed list."""
    counted: int | None = getattr(found, "witness_count", None)
    return found.witnesses.count() if counted is None else counted


def counted(rows: Any) -> Any:
    return rows.annotate(witness_count=Count("witnesses"))


def _ground(found: Draw) -> str:
    """In words; a draw without a possible team says so in its reason."""
    if not found.void_ground:
        return ""
    return nationwide(found.opens_at.date()).policy(VOID_GROUNDS).get(found.void_ground, "")


def _with_plan(rows: Any) -> Any:
    return rows.select_related("draw", "supervisor", "plan__institution")


def _draw(found: Draw) -> DrawRow:
    return DrawRow(
        draw=found.pk,
        code=found.code,
        plan=found.plan_id,
        plan_number=found.plan.number or "",
        institution=found.plan.institution.name,
        purpose=found.purpose,
        state=found.state,
        state_label=str(Draw.State(found.state).label),
        level=found.level,
        level_label=level_label(found.level, witnesses_counted(found)),
        digest=found.digest,
        opens_at=found.opens_at,
        chain_index=found.chain_index,
        staff=len(found.manifest["staff"]),
        witnesses=witnesses_counted(found),
        void_ground=_ground(found),
        void_reason=found.void_reason,
        voided_by=found.voided_by,
    )


def _duty(found: Duty) -> DutyRow:
    plan = found.plan
    return DutyRow(
        duty=found.pk,
        draw_code=found.draw.code,
        supervisor=found.supervisor.code,
        supervisor_name=found.supervisor.name,
        plan_title=plan.title,
        institution=plan.institution.name,
        venue=plan.venue,
        held_on=plan.held_on,
        ends_on=plan.ends_on,
        state=found.state,
        state_label=str(Duty.State(found.state).label),
        decline_reason=found.decline_reason,
        arrived_at=found.arrived_at,
        reported_at=found.reported_at,
        conclusion_label=str(Duty.Conclusion(found.conclusion).label) if found.conclusion else "",
        due_on=found.due_on,
        due_provisional=found.due_provisional,
    )
