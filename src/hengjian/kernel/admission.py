"""May it be done, and if not, why: role and jurisdiction, state, four eyes, rules, in this order. The same answer for everybody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hengjian.kernel.actor import Actor
from hengjian.kernel.asking import Asking
from hengjian.kernel.case import CaseModel
from hengjian.kernel.header import Header
from hengjian.kernel.refusal import Kind, Refusal
from hengjian.kernel.rule import Rule
from hengjian.kernel.second_person import by_person
from hengjian.kernel.waiver import standing_waiver
from hengjian.kernel.words import listed, say


def refusal_of(header: Header, asking: Asking[Any], waived: list[str] | None = None) -> Refusal | None:
    """The first reason against it, or nothing. Of a rule set aside, `waived` notes rule and number of the waiver."""
    noted: list[str] = [] if waived is None else waived
    return (
        by_role(header, asking.actor, asking.subject)
        or by_state(header, asking.subject)
        or by_person(header, asking)
        or by_rules(header.requires, asking, noted)
    )


def by_role(header: Header, actor: Actor, subject: CaseModel | None) -> Refusal | None:
    if any(by.admits(actor, subject) for by in header.by):
        return None
    who = listed(dict.fromkeys(by.label for by in header.by))
    return Refusal(
        "kernel.role",
        say("“{title}”由{who}办理，当前席位是{label}。", title=header.title, who=who, label=actor.label),
        remedy="请换到有权办理的席位，或者交由有权的人办理。",
        clause=header.clause,
        kind=Kind.ROLE,
    )


def by_state(header: Header, subject: CaseModel | None) -> Refusal | None:
    step = header.step
    state = getattr(subject, "state", None)
    if step is None or subject is None or state in step.sources:
        return None
    meta: Any = type(subject)._meta
    labels = dict(meta.get_field("state").flatchoices)
    wanted = listed([str(labels.get(source, source)) for source in step.sources], "”或“")
    return Refusal(
        "kernel.state",
        say(
            "现在的状态是“{state}”，处于“{wanted}”时才能{title}。",
            state=labels.get(state, state),
            wanted=wanted,
            title=header.title,
        ),
        remedy=say("请等到办至“{wanted}”时再办；已经过了这一步的，不能再办。", wanted=wanted),
        clause=header.clause,
        kind=Kind.STATE,
    )


def by_rules(rules: Iterable[Rule[Any]], asking: Asking[Any], waived: list[str]) -> Refusal | None:
    for rule in rules:
        refusal = rule(asking)
        if refusal is None:
            continue
        waiver = waiver_of(rule, asking)
        if waiver is None:
            return refusal
        waived.append(f"{rule.code}#{waiver}")
    return None


def waiver_of(rule: Rule[Any], asking: Asking[Any]) -> int | None:
    """The number of the waiver that sets this rule aside for the case asked about, or nothing."""
    subject = asking.subject
    if not rule.waivable or not isinstance(subject, CaseModel):
        return None
    return standing_waiver(rule.code, subject, asking.now)
