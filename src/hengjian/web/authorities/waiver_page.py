"""A waiver: a rule set aside on record, asked with a reason, answered by the head of the office, shown with its case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from hengjian.kernel import typed
from hengjian.kernel.case import CaseModel
from hengjian.kernel.disclosure import disclosed_row
from hengjian.kernel.models import Waiver
from hengjian.kernel.rule import RULES
from hengjian.kernel.words import say
from hengjian.web.cases import case_page, course, course_card, turn
from hengjian.web.components import Card, Cell, Chip, Clause, Head, Tone, crumbs, facts
from hengjian.web.pages import Answer, Desk, case_address, page, page_of
from hengjian.web.parts import day, policy_chip
from hengjian.web.performing import act_bar, performing
from hengjian.web.work import Kind, Line

TONES: Mapping[Waiver.State, Tone] = {
    Waiver.State.ASKED: "warn",
    Waiver.State.APPROVED: "good",
    Waiver.State.DECLINED: "quiet",
}


def rule_title(code: str) -> str:
    rule = RULES.get(code)
    return rule.title if rule else code


def _line(waiver: Waiver) -> Line:
    return Line(
        href=reverse("waiver", kwargs={"pk": waiver.pk}),
        title=say("豁免申请 · {rule_title}", rule_title=rule_title(waiver.rule)),
        under=waiver.reason[:60],
    )


WAIVER_QUEUE = Kind(_line, (), "plans", followed=False)


def subject_of(desk: Desk, waiver: Waiver) -> CaseModel | None:
    """The case the waiver is asked for, if this desk may see it."""
    return disclosed_row(waiver.subject_table, waiver.subject_id, desk.actor)


@page_of(Waiver, "waivers/<int:pk>/", "waiver")
def waiver_page(desk: Desk, waiver: Waiver) -> Answer:
    """One waiver: which sentence, for which case, why, until when."""
    subject = subject_of(desk, waiver)
    rule = RULES.get(waiver.rule)
    pairs: list[tuple[str, Any]] = [
        ("规定", Cell(rule_title(waiver.rule), clause=_clause(rule))),
        ("事项", Cell(str(subject), href=case_address(subject)) if subject else "—"),
        ("申请理由", waiver.reason),
    ]
    if waiver.answer:
        pairs += [("答复", waiver.answer), ("到期日", day(waiver.expires_on) or "—")]
    chip = Chip(str(waiver.get_state_display()), TONES[Waiver.State(waiver.state)])
    head = Head(
        say("豁免 · {rule_title}", rule_title=rule_title(waiver.rule)),
        crumbs=crumbs(*(((str(subject), case_address(subject)),) if subject else ()), ("豁免",)),
        chips=[chip],
        turn=turn(desk, waiver),
    )
    records = course(waiver)
    return case_page(
        head,
        [Card("豁免申请", hint="豁免及其理由随事项公开，到期自动失效。", facts=facts(*pairs))],
        [course_card(records)],
        acts=act_bar(desk, waiver),
    )


def _clause(rule: Any) -> Clause | None:
    if rule is None:
        return None
    if rule.policy:
        return policy_chip(rule.policy)
    return Clause(rule.clause) if rule.clause else None


def asking_address(rule: str, subject: CaseModel) -> str:
    """Where a waiver of this rule is asked for this case."""
    asked = urlencode({"rule": rule, "table": subject._meta.db_table, "pk": subject.pk})
    return f"{reverse('ask_waiver')}?{asked}"


@page("waivers/ask/", "ask_waiver", performs=["authorities.ask_waiver"])
def ask_waiver_page(desk: Desk) -> Answer:
    """Ask for a waiver of one rule for one case; which, stands in the address."""
    from hengjian.authorities.acts.waive_rule import ask_waiver

    if not any(by.admits(desk.actor, None) for by in ask_waiver.header.by):
        raise Http404
    code, table, pk = desk.asked("rule"), desk.asked("table"), desk.asked("pk")
    rule = RULES.get(code)
    subject = disclosed_row(table, typed.key_or_none(pk), desk.actor)
    if rule is None or not rule.waivable or subject is None:
        raise Http404
    if desk.post:
        posted = desk.request.POST.copy()
        posted.update({"rule": code, "subject_table": table, "subject_id": pk})
        desk.request.POST = posted  # type: ignore[assignment]
    about = facts(
        ("规定", Cell(rule.title, clause=_clause(rule))),
        ("事项", Cell(str(subject), href=case_address(subject))),
    )
    more = {"about": about, "back": case_address(subject)}
    unasked = ("rule", "subject_table", "subject_id")
    return performing(desk, ask_waiver, None, template="waiver_form.html", more=more, unasked=unasked)
