"""Draws for the office: the exams and whether they are attended, the pool before the seal, one draw (R31–R33, M1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse

from hengjian.authorities.roles import OFFICE_ROLES, Role
from hengjian.kernel import clock
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.words import listed, say
from hengjian.plans.models import Plan
from hengjian.supervision import draw_rules, pool, queries
from hengjian.supervision.lists import DRAWS, EXAMS, DrawLine, ExamRow
from hengjian.supervision.models import Draw, Witness
from hengjian.supervision.policies import BEACON_AFTER_VOIDS, SUPERVISORS_PER_SITTING_MIN
from hengjian.web.cases import case_page, course, course_card, turn
from hengjian.web.components import (
    Alert,
    Button,
    Card,
    Cell,
    Chip,
    Column,
    Component,
    Empty,
    Fact,
    Go,
    Head,
    Row,
    Table,
    Tone,
    crumbs,
    facts,
)
from hengjian.web.listing import show
from hengjian.web.pages import Answer, Desk, Goto, page, page_of
from hengjian.web.paging import part_of
from hengjian.web.parts import day, moment, policy_chip
from hengjian.web.performing import act_bar, performing
from hengjian.web.supervision.duty_parts import duties_card, in_words
from hengjian.web.supervision.witness_pages import witnesses_card
from hengjian.web.work import Kind, Line

ATTENDANCE_TONES: Mapping[str, Tone] = {
    "secret": "quiet", "reported": "good", "accepted": "normal", "missing": "seal", "drawn": "warn", "undrawn": "warn",
}  # fmt: skip
TONES: Mapping[str, Tone] = {"sealed": "warn", "drawn": "normal", "published": "good", "void": "seal"}


def draw_chip(state: str) -> Chip:
    return Chip(str(Draw.State(state).label), TONES[state])


def _line(draw: Draw) -> Line:
    plan = draw.plan
    return Line(
        href=reverse("draw_case", kwargs={"pk": draw.pk}),
        title=say("抽取 {code}", code=draw.code),
        under=say("{held_on.month} 月 {held_on.day} 日考试 · {venue}", held_on=plan.held_on, venue=plan.venue),
        institution=plan.institution.short_name,
        institution_note=str(plan.institution.get_kind_display()),
        due_on=draw.opens_at.date() if draw.state == Draw.State.SEALED else None,
        hint=say("抽取时刻 {opens_at}", opens_at=moment(draw.opens_at))
        if draw.state == Draw.State.SEALED
        else "考试结束后公开",
    )


def _waiting(rows: models.QuerySet[Draw]) -> models.QuerySet[Draw]:
    """What is drawn stays secret until the exam is over: until then it waits for nobody."""
    return rows.exclude(state=Draw.State.DRAWN, plan__ends_on__gte=clock.today())


DRAW_QUEUE = Kind(_line, ("plan__institution", "plan__office", "office"), "supervision", narrow=_waiting)


@page("supervision/", "supervision")
def supervision_page(desk: Desk) -> Answer:
    """质量督导: a supervisor's duties, an office's exams and their coverage, an institution's reports."""
    if desk.actor.role_code == Role.SUPERVISOR:
        return Goto(reverse("duties"))
    secret = desk.actor.role_code not in OFFICE_ROLES

    def cells(row: ExamRow) -> Row:
        href = reverse("plan", kwargs={"pk": row.plan})
        return Row(
            [
                Cell(row.title, href=href, note=say("计划 {number}", number=row.number)),
                Cell(row.institution_short_name),
                Cell(day(row.held_on)),
                Cell(row.venue),
                Cell(chip=Chip(row.attendance_label, ATTENDANCE_TONES[row.attendance])),
            ],
        )

    buttons = [] if secret else [Go("抽取记录", href=reverse("draws")), Go("督导任务", href=reverse("duties"))]
    return show(
        desk,
        EXAMS,
        cells,
        lead="逢考必督：每一次考试都有随机抽取的质量督导员到场，提交督导报告后才能公示结果。",
        empty=Empty("还没有备案的考试"),
        buttons=buttons,
    )


@page("draws/", "draws")
def draws_page(desk: Desk) -> Answer:
    """抽取记录; whoever is not of an office reads the public register."""
    if desk.actor.role_code not in OFFICE_ROLES:
        return Goto(reverse("public_draws"))

    def cells(row: DrawLine) -> Row:
        href = reverse("draw_case", kwargs={"pk": row.draw})
        return Row(
            [
                Cell(row.code, href=href, mono=True),
                Cell(row.institution_short_name, note=say("计划 {number}", number=row.plan_number)),
                Cell(moment(row.opens_at)),
                Cell(say("{level} 级", level=row.level), note=row.level_label),
                Cell(chip=draw_chip(row.state)),
            ],
        )

    return show(
        desk,
        DRAWS,
        cells,
        lead="清单先封存、随机值后产生，谁也不能挑人；考试结束后全部公开。",
        empty=Empty("还没有抽取"),
        buttons=[Go("公众看到的抽取", href=reverse("public_draws"))],
    )


@dataclass(frozen=True, slots=True)
class PlaceToFill(Component):
    """A sitting that wants supervisors: how many, and how many of the pool could go there."""

    target: str
    needed: int
    able: int

    @property
    def short(self) -> bool:
        return self.able < self.needed


@page("plans/<int:pk>/draw/", "seal_draw", performs=["supervision.seal_draw"])
def seal_page(desk: Desk, pk: int) -> Answer:
    """封存抽取清单: the pool as it stands, with everybody left out and why, above the form."""
    from django.http import Http404

    act = catalogue()["supervision.seal_draw"]
    plan = desk.one(Plan, pk, "institution", "office")
    if not any(by.admits(desk.actor, plan) for by in act.header.by):
        raise Http404
    places = pool.places_open(plan, desk.asking(plan).policy(SUPERVISORS_PER_SITTING_MIN))
    drawn_from = pool.pool_for(plan, places)
    more = {
        "places": [
            PlaceToFill(_target(target), count, drawn_from.able(target))
            for target, count in sorted(places.items())
        ],
        "staff": list(drawn_from.staff),
        "excluded": [Fact(row["id"], row["reason"]) for row in drawn_from.excluded],
        "clause_needed": policy_chip(SUPERVISORS_PER_SITTING_MIN.key),
        "witnesses": [row.label for row in queries.witnesses(desk.actor, plan.pk) if row.state == Witness.State.COMMITTED],
        "beacon_needed": _beacon_needed(desk, plan),
        "plain": ["reason"] if desk.visible(Draw).filter(plan=plan).exists() else [],
    }  # fmt: skip
    return performing(desk, act, plan, template="supervision/seal.html", more=more)


def _beacon_needed(desk: Desk, plan: Plan) -> Alert | None:
    voids = draw_rules.voids_of(plan)
    if voids < desk.asking(plan).policy(BEACON_AFTER_VOIDS):
        return None
    return Alert(
        tone="warn",
        title="必须使用公开随机值",
        text=say("这次考试的抽取已作废 {voids} 次。请在下面选择一种尚未产生的公开随机值，写明期号。", voids=voids),
        clause=policy_chip(BEACON_AFTER_VOIDS.key),
    )


def _target(target: str) -> str:
    on, _, small = target.partition(".")
    return say("{on}-{on2}-{on3} · 小类 {small}", on=on[:4], on2=on[4:6], on3=on[6:], small=small)


@page_of(Draw, "draws/<int:pk>/", "draw_case", "plan__institution", "plan__office", "office")
def draw_page(desk: Desk, draw: Draw) -> Answer:
    """One draw for the office: what is sealed, who is left out and why, who attends, what may be done."""
    from django.http import Http404

    detail = queries.draw(desk.actor, draw.code)
    if detail is None:
        raise Http404
    plan = draw.plan
    records = [record for record in course(draw, plan) if getattr(record.fact, "draw", "") == draw.code]
    left_out = part_of(desk, detail.excluded, of="excluded")
    excluded: Card = Card(
        "未入池的人员",
        pager=left_out.pager,
        table=Table(
            columns=[Column("督导员"), Column("理由")],
            rows=[[Cell(row["id"], mono=True), row["reason"]] for row in left_out.rows],
            empty=Empty("在聘的督导员全部入池"),
        ),
    )
    staff = listed(detail.staff)
    main: list[Card | None] = [
        duties_card(part_of(desk, detail.duties, of="duties")) if detail.duties else None,
        witnesses_card(detail.witnesses) if detail.witnesses else None,
        Card(say("可抽人员 {staff} 人", staff=detail.head.staff), text=[staff]),
        excluded,
    ]
    head = Head(
        say("抽取 {code}", code=draw.code),
        crumbs=crumbs(
            ("质量督导", reverse("supervision")),
            ("抽取", reverse("draws")),
            (say("计划 {number}", number=plan.number), reverse("plan", kwargs={"pk": plan.pk})),
        ),
        chips=[draw_chip(draw.state), Chip(say("{level} 级", level=draw.level), "quiet", why=detail.head.level_label)],
        turn=turn(desk, draw),
    )  # fmt: skip
    pairs: list[tuple[str, Any]] = [
        ("机构", plan.institution.name),
        ("考试日期", day(plan.held_on)),
        ("考点", plan.venue),
        ("抽取时刻", moment(draw.opens_at)),
        ("一次性代码", say("本年度第 {chain_index} 个", chain_index=draw.chain_index)),
        ("见证人", say("{witnesses} 名", witnesses=detail.head.witnesses)),
        (
            "可信级别" if draw.result else "封存时的级别",
            Cell(say("{level} 级", level=draw.level), note=detail.head.level_label),
        ),
        ("清单摘要", Cell(draw.digest, mono=True)),
        *([("作废情形", detail.head.void_ground)] if detail.head.void_ground else []),
        *([("作废说明", Cell(draw.void_reason, note=draw.voided_by))] if draw.void_reason else []),
    ]
    acts: list[Button | Go] = [*act_bar(desk, draw)]
    acts.append(Go("公众看到的页面", href=reverse("public_draw", kwargs={"code": draw.code})))
    aside = [
        Card("基本情况", facts=facts(*pairs)),
        course_card(records, detail=in_words),
    ]
    return case_page(head, main, aside, acts=acts)
