"""Witnesses of a draw: committing with a secret of one's own, revealing it, and who else did (M1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse

from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.words import say
from hengjian.plans.models import Plan
from hengjian.supervision import queries
from hengjian.supervision.models import Witness
from hengjian.supervision.queries import WitnessRow
from hengjian.web.cases import case_page, course, course_card, turn
from hengjian.web.components import Card, Cell, Chip, Column, Head, Shown, Table, Tone, crumbs, facts
from hengjian.web.pages import Answer, Desk, page, page_of
from hengjian.web.parts import day, moment
from hengjian.web.performing import act_bar, performing
from hengjian.web.work import Kind, Line

TONES: Mapping[str, Tone] = {
    "committed": "normal",
    "withdrawn": "quiet",
    "sealed": "warn",
    "revealed": "good",
    "silent": "seal",
}


def _line(witness: Witness) -> Line:
    plan = witness.plan
    return Line(
        href=reverse("witness", kwargs={"pk": witness.pk}),
        title="揭示见证的秘密值",
        under=say("{held_on.month} 月 {held_on.day} 日考试 · {venue}", held_on=plan.held_on, venue=plan.venue),
        institution=plan.institution.short_name,
        institution_note=str(plan.institution.get_kind_display()),
        due_on=witness.draw.opens_at.date() if witness.draw is not None else None,
        hint="清单已封存，等您揭示",
    )


WITNESS_QUEUE = Kind(_line, ("plan__institution", "draw"), "supervision")


def witness_chip(state: str) -> Chip:
    return Chip(str(Witness.State(state).label), TONES[state])


def witnesses_card(witnesses: Sequence[WitnessRow]) -> Card:
    rows = [
        [
            Cell(row.label, href=reverse("witness", kwargs={"pk": row.witness})),
            Cell(row.draw_code, mono=True),
            Cell(chip=witness_chip(row.state)),
        ]
        for row in witnesses
    ]
    columns = ("见证人", "抽取", "秘密值")
    return Card("见证人", table=Table(columns=[Column(label) for label in columns], rows=rows))


def witness_section(desk: Desk, plan: Plan) -> Card | None:
    """On the page of a plan: who witnesses its draws."""
    found = queries.witnesses(desk.actor, plan.pk)
    return witnesses_card(found) if found else None


@page("plans/<int:pk>/witness/", "commit_as_witness", performs=["supervision.commit_as_witness"])
def commit_page(desk: Desk, pk: int) -> Answer:
    """见证抽取: the secret is made on the witness's own device."""
    from django.http import Http404

    act = catalogue()["supervision.commit_as_witness"]
    plan = desk.one(Plan, pk, "institution", "office")
    if not any(by.admits(desk.actor, plan) for by in act.header.by):
        raise Http404
    return performing(desk, act, plan, template="supervision/witness.html")


@page("witnesses/<int:pk>/reveal/", "reveal_as_witness", performs=["supervision.reveal_as_witness"])
def reveal_page(desk: Desk, pk: int) -> Answer:
    """揭示秘密值."""
    from django.http import Http404

    act = catalogue()["supervision.reveal_as_witness"]
    witness = desk.one(Witness, pk, "plan__institution", "draw")
    if not any(by.admits(desk.actor, witness) for by in act.header.by):
        raise Http404
    more = {"commitment": witness.commitment}
    return performing(desk, act, witness, template="supervision/reveal.html", more=more)


@page_of(Witness, "witnesses/<int:pk>/", "witness", "plan__institution", "plan__office", "draw")
def witness_page(desk: Desk, witness: Witness) -> Answer:
    """One commitment: for which draw, whether sealed, whether revealed."""
    plan, draw = witness.plan, witness.draw
    pairs: list[tuple[str, Shown]] = [
        ("见证人", witness.label),
        ("考试", Cell(plan.title, href=reverse("plan", kwargs={"pk": plan.pk}))),
        ("考试日期", day(plan.held_on)),
        ("承诺时间", moment(witness.committed_at)),
        ("承诺值", Cell(witness.commitment, mono=True)),
    ]
    if draw is not None:
        pairs += [
            ("抽取", Cell(draw.code, mono=True, href=reverse("public_draw", kwargs={"code": draw.code}))),
            ("抽取时刻", moment(draw.opens_at)),
        ]
    if witness.revealed_at:
        pairs.append(("揭示时间", moment(witness.revealed_at)))
    head = Head(
        "见证抽取",
        crumbs=crumbs(("计划", reverse("plans")), (plan.title, reverse("plan", kwargs={"pk": plan.pk}))),
        chips=[witness_chip(witness.state)],
        turn=turn(desk, witness),
    )
    hint = {
        Witness.State.COMMITTED: "清单封存以后，由您在这里揭示秘密值。",
        Witness.State.REVEALED: "秘密值已揭示，抽取公开以后任何人可以复算。",
    }
    said = hint.get(Witness.State(witness.state), "") if witness.seat == desk.actor.actor_id else ""
    cards: list[Card | None] = [Card("承诺", facts=facts(*pairs))]
    return case_page(head, cards, [course_card(course(witness))], acts=act_bar(desk, witness), hint=said)
