"""A supervisor's duties, phone in hand: accept or decline, arrive, answer the checklist, report (R45–R52, C.4)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.http import Http404, QueryDict
from django.urls import reverse

from hengjian.authorities.roles import OFFICE_ROLES
from hengjian.kernel import typed
from hengjian.kernel.actor import Actor
from hengjian.kernel.asking import Asking
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.refusal import Kind, Refused
from hengjian.kernel.words import listed, say
from hengjian.kernel.workdays import Calendar
from hengjian.plans.queries import sittings
from hengjian.supervision import policies, queries
from hengjian.supervision.acts.attend_exam import accept_duty, file_report, report_arrival
from hengjian.supervision.checklist import ANSWERS
from hengjian.supervision.models import Duty
from hengjian.supervision.queries import DutyRow, ReportDetail
from hengjian.web.cases import case_page, course, course_card, turn
from hengjian.web.components import (
    Button,
    Card,
    Cell,
    Chip,
    Component,
    Head,
    Hidden,
    Option,
    Table,
    Tone,
    columns,
    crumbs,
    facts,
)
from hengjian.web.occupations.labels import level_title
from hengjian.web.pages import Answer, Desk, Goto, Page, page, page_of
from hengjian.web.paging import part_of
from hengjian.web.parts import day, moment, refusal_part, remaining, steps
from hengjian.web.performing import act_bar
from hengjian.web.plans.parts import span
from hengjian.web.supervision.duty_parts import duty_chip, in_words
from hengjian.web.supervision.questions import QUESTIONS
from hengjian.web.work import Kind as QueueKind
from hengjian.web.work import Line

AT_ONCE = (accept_duty, report_arrival)  # nothing is asked: one tap on the duty's page
TICKED = (
    ("means", policies.MEANS),
    ("methods", policies.METHODS),
    ("obstructions", policies.OBSTRUCTIONS),
)
STEPS = (("drawn", "确认"), ("accepted", "到场"), ("arrived", "检查与报告"), ("reported", "完成"))
RELATED = ("plan__institution", "supervisor", "draw")


def _line(duty: Duty) -> Line:
    plan = duty.plan
    return Line(
        href=reverse("duty", kwargs={"pk": duty.pk}),
        title=say("督导任务 · {short_name}", short_name=plan.institution.short_name),
        under=say("{held_on.month} 月 {held_on.day} 日 · {venue}", held_on=plan.held_on, venue=plan.venue),
        institution=plan.institution.short_name,
        institution_note=str(plan.institution.get_kind_display()),
        due_on=plan.held_on if duty.state == Duty.State.DRAWN else duty.due_on,
        provisional=duty.due_provisional,
        hint=_hint(duty),
    )


def _hint(duty: Duty) -> str:
    """What is to be done next, where it is not yet the report."""
    if duty.state == Duty.State.DRAWN:
        return "请确认是否接受"
    return "" if duty.arrived_at else "考试日到考点登记到场"


DUTY_QUEUE = QueueKind(_line, RELATED, "supervision", running=((Q(state=Duty.State.ACCEPTED), "due_on"),))


@page("duties/", "duties")
def duties_page(desk: Desk) -> Answer:
    """督导任务: the own ones first those that wait, for an office those of its area."""
    found = queries.duties(desk.actor)
    office = desk.actor.role_code in OFFICE_ROLES
    ahead = [duty for duty in found if duty.state in (Duty.State.DRAWN, Duty.State.ACCEPTED)]
    past = [duty for duty in reversed(found) if duty not in ahead]
    calendar = stored_calendar()
    values = {
        "ahead": [_card(desk, duty, calendar, office=office) for duty in ahead],
        "past": [_card(desk, duty, calendar, office=office) for duty in past[:100]],
    }
    lead = (
        "辖区内的督导任务。" if office else "您被随机抽取承担的督导任务。有回避情形的请如实说明，名额会重新抽取补足。"
    )
    return Page("supervision/duties.html", Head("督导任务", lead=lead), values)


@dataclass(frozen=True, slots=True)
class DutyCard(Component):
    """A duty as a large card; `due` is how long the report may still take."""

    href: str
    title: str
    when: str
    where: str
    who: str
    chip: Chip
    due: Chip | None


def _card(desk: Desk, duty: DutyRow, calendar: Calendar, *, office: bool) -> DutyCard:
    reporting = duty.state == Duty.State.ACCEPTED and duty.held_on <= desk.today
    return DutyCard(
        href=reverse("duty", kwargs={"pk": duty.duty}),
        title=duty.institution,
        when=day(duty.held_on),
        where=duty.venue,
        who=duty.supervisor_name if office else "",
        chip=duty_chip(duty.state),
        due=remaining(duty.due_on, desk.today, calendar=calendar) if reporting else None,
    )


def _seen(desk: Desk, pk: int) -> Duty:
    return desk.one(Duty, pk, *RELATED)


@page_of(Duty, "duties/<int:pk>/", "duty", *RELATED)
def duty_page(desk: Desk, duty: Duty) -> Answer:
    """One duty: where and when, what to do now in one tap, the report once filed."""
    plan = duty.plan
    records = course(duty)
    over = (report_arrival.header.code,) if duty.arrived_at else ()
    acts = sorted(
        (_at_once(button, duty) for button in act_bar(desk, duty, without=over)),
        key=lambda button: (button.refusal is not None, not button.primary),  # a thumb finds first what can be done now
    )
    state = "arrived" if duty.state == Duty.State.ACCEPTED and duty.arrived_at else str(duty.state)
    pairs: list[tuple[str, Any]] = [
        ("机构", plan.institution.name),
        ("地址", plan.institution.address),
        ("考试日期", Cell(day(plan.held_on), strong=True)),
        ("考点", plan.venue),
        *([("联系人", Cell(plan.institution.contact or "—", note=plan.institution.contact_phone))] if duty.state == Duty.State.ACCEPTED else []),
        ("督导员", Cell(duty.supervisor.name, note=duty.supervisor.code)),
        ("抽取", Cell(duty.draw.code, mono=True, href=reverse("public_draw", kwargs={"code": duty.draw.code}))),
        *([("到场", moment(duty.arrived_at))] if duty.arrived_at else []),
        *([("报告期限", Cell(day(duty.due_on), chip=remaining(duty.due_on, desk.today) if duty.state == Duty.State.ACCEPTED else None))] if duty.due_on else []),
        *([("理由", duty.decline_reason)] if duty.decline_reason else []),
    ]  # fmt: skip
    main: list[Card | None] = [
        Card("时间地点", facts=facts(*pairs)),
        _sittings_card(desk, plan.pk),
        _report_card(desk.actor, duty),
    ]
    head = Head(
        say("督导任务 · {short_name}", short_name=plan.institution.short_name),
        crumbs=crumbs(("质量督导", reverse("supervision")), ("督导任务", reverse("duties"))),
        chips=[duty_chip(duty.state)],
        turn=turn(desk, duty, duty.due_on if duty.state == Duty.State.ACCEPTED else None),
        steps=steps(STEPS, "all" if state == "reported" else state) if state not in ("declined", "voided") else (),
    )
    hint = "考试日到考点后，在这里登记到场。" if duty.state == Duty.State.ACCEPTED and not duty.arrived_at else ""
    return case_page(head, main, [course_card(records, detail=in_words)], acts=acts, hint=hint)


def _sittings_card(desk: Desk, plan: int) -> Card | None:
    """What is examined, where and when: the day's order for whoever attends."""
    part = part_of(desk, sittings(plan), of="sittings")
    rows = [
        [
            Cell(sitting.occupation_name, note=level_title(sitting.level)),
            Cell(span(sitting), note=sitting.part_label),
            Cell(sitting.room),
            Cell(str(sitting.seats)),
            Cell(str(sitting.staff)),
        ]
        for sitting in part.rows
    ]
    table = Table(columns=columns("职业", "时间", "考场", "人数", "监考、考评"), rows=rows)
    return Card("场次", table=table, pager=part.pager) if rows else None


def _at_once(button: Button, duty: Duty) -> Button:
    """What needs no words is done with one tap."""
    if button.refusal is not None or button.act not in {act.header.code for act in AT_ONCE}:
        return button
    sent = (Hidden("key", secrets.token_hex(16)), Hidden("seen", duty.revision))
    return replace(button, href="", action=button.href, primary=True, hidden=sent)


def _report_card(actor: Actor, duty: Duty) -> Card | None:
    if duty.state != Duty.State.REPORTED:
        return None
    detail = queries.report(actor, duty.pk)
    if detail is None:
        return None
    tones: Mapping[str, Tone] = {"yes": "good", "no": "seal", "na": "quiet"}
    rows = [
        [
            Cell(item.text, note=item.note),
            Cell(item.group, second=True),
            Cell(chip=Chip(ANSWERS.get(item.answer, "—"), tones.get(item.answer, "quiet"))),
        ]
        for item in detail.checklist
    ]
    asked = QUESTIONS["supervision.file_report"]
    return Card(
        say("督导报告 · {conclusion_label}", conclusion_label=detail.head.conclusion_label),
        hint=say("{reported_at} 提交", reported_at=moment(duty.reported_at)),
        facts=facts(
            *((asked[name].label, listed(words)) for name, words in _ticked(detail) if words),
        ),
        text=[detail.findings] if detail.findings else [],
        table=Table(columns=columns("检查项", "环节", "结论"), rows=rows),
    )


def _ticked(detail: ReportDetail) -> list[tuple[str, tuple[str, ...]]]:
    return [("means", detail.means), ("methods", detail.methods), ("obstructions", detail.obstructions)]


@page("duties/<int:pk>/report/", "duty_report", performs=["supervision.file_report"])
def report_page(desk: Desk, pk: int) -> Answer:
    """提交督导报告: every item of the checklist with three big buttons, then the conclusion."""
    duty = _seen(desk, pk)
    if not any(by.admits(desk.actor, duty) for by in file_report.header.by):
        raise Http404
    post = desk.request.POST
    refusal = file_report.why_not(desk.actor, duty)
    wrong, said = "", ""
    if desk.post and refusal is None:
        answers = {item["key"]: post[f"a-{item['key']}"] for item in duty.checklist if post.get(f"a-{item['key']}")}
        notes = {item["key"]: post.get(f"n-{item['key']}", "")[:500] for item in duty.checklist}
        seen = post.get("seen", "")
        keyed = file_report.once(post.get("key", "")[:64], seen=typed.key_or_none(seen))
        try:
            keyed(
                desk.actor,
                duty,
                answers=answers,
                notes=notes,
                conclusion=post.get("conclusion", ""),
                findings=post.get("findings", "")[:4000],
                **{name: tuple(word[:40] for word in post.getlist(name)[:20]) for name, _ in TICKED},
            )
            return Goto(reverse("duty", kwargs={"pk": pk}), "督导报告已提交。")
        except Refused as refused:
            if refused.refusal.kind is Kind.INPUT:
                wrong, said = refused.refusal.field, refused.refusal.said
            else:
                refusal = refused.refusal
    values = _form(desk, duty, post if desk.post else QueryDict(), wrong, said)
    values["refusal"] = refusal_part(refusal, lead="现在还不能提交督导报告") if refusal is not None else None
    values["sends"] = [Button("提交督导报告", "supervision.file_report", primary=True)]
    back = reverse("duty", kwargs={"pk": pk})
    head = Head(
        "督导报告",
        crumbs=crumbs(("督导任务", reverse("duties")), (duty.plan.institution.short_name, back)),
        lead="逐项填写，写到一半会自动存在本机；不符合和不适用的写明情况。",
    )
    status = 200 if not desk.post and refusal is None else 422 if wrong else 409
    return Page("supervision/report.html", head, values, status)


@dataclass(frozen=True, slots=True)
class Item(Component):
    """An item of the checklist, with its answer and what is wrong with it."""

    key: str
    text: str
    note: str
    options: Sequence[Option]
    error: str


@dataclass(frozen=True, slots=True)
class Group(Component):
    title: str
    rows: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Ticks(Component):
    """A list of the law of which what applied is ticked."""

    name: str
    label: str
    hint: str
    options: Sequence[Option]
    error: str


def _ticks(desk: Desk, duty: Duty, post: QueryDict, wrong: str, said: str) -> list[Ticks]:
    law = Asking(desk.actor, duty)
    asked = QUESTIONS["supervision.file_report"]
    return [
        Ticks(
            name,
            asked[name].label,
            asked[name].help,
            [Option(word, word, chosen=word in post.getlist(name)) for word in law.policy(handle)],
            said if wrong == name else "",
        )
        for name, handle in TICKED
    ]


def _form(desk: Desk, duty: Duty, post: QueryDict, wrong: str, said: str) -> dict[str, object]:
    groups: dict[str, list[Item]] = {}
    for item in duty.checklist:
        key = item["key"]
        groups.setdefault(item["group"], []).append(
            Item(
                key,
                item["text"],
                post.get(f"n-{key}", ""),
                [Option(value, label, chosen=post.get(f"a-{key}") == value) for value, label in ANSWERS.items()],
                said if wrong in (f"answers.{key}", f"notes.{key}") else "",
            )
        )
    return {
        "groups": [Group(title, rows) for title, rows in groups.items()],
        "count": len(duty.checklist),
        "conclusions": [
            Option(value, label, chosen=post.get("conclusion") == value) for value, label in Duty.Conclusion.choices
        ],
        "ticks": _ticks(desk, duty, post, wrong, said),
        "conclusion_error": said if wrong == "conclusion" else "",
        "findings": post.get("findings", ""),
        "findings_error": said if wrong == "findings" else "",
        "error": said,
        "key": post.get("key", "") or secrets.token_hex(16),
        "seen": duty.revision,
        "back": reverse("duty", kwargs={"pk": duty.pk}),
    }
