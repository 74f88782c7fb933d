"""May it be done, and if not, why: role and jurisdiction, state, rules, in this order. The same answer for everybody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from hengjian.kernel import clock
from hengjian.kernel.actor import Actor
from hengjian.kernel.case import CaseModel
from hengjian.kernel.header import Header
from hengjian.kernel.refusal import Kind, Refusal


def refusal_of(
    header: Header,
    actor: Actor,
    subject: CaseModel | None,
    now: datetime | None = None,
    waived: list[str] | None = None,
) -> Refusal | None:
    """The first reason against it, or nothing. An act that opens a case has no subject: its rules are asked of the actor."""
    moment = clock.now() if now is None else now
    noted: list[str] = [] if waived is None else waived
    if subject is None:
        return by_role(header, actor, None) or by_rules(header, actor, moment, noted)
    return by_role(header, actor, subject) or by_state(header, subject) or by_rules(header, subject, moment, noted)


def by_role(header: Header, actor: Actor, subject: CaseModel | None) -> Refusal | None:
    if any(by.admits(actor, subject) for by in header.by):
        return None
    who = "、".join(dict.fromkeys(by.label for by in header.by))
    return Refusal(
        "kernel.role", f"“{header.title}”由{who}办理，当前席位是{actor.label}。", clause=header.clause, kind=Kind.ROLE
    )


def by_state(header: Header, subject: CaseModel) -> Refusal | None:
    step = header.step
    state = getattr(subject, "state", None)
    if step is None or state in step.sources:
        return None
    labels = dict(_field(type(subject), "state").flatchoices)
    wanted = "”或“".join(str(labels.get(source, source)) for source in step.sources)
    return Refusal(
        "kernel.state",
        f"现在的状态是“{labels.get(state, state)}”，处于“{wanted}”时才能{header.title}。",
        clause=header.clause,
        kind=Kind.STATE,
    )


def _field(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name)


def by_rules(header: Header, subject: Any, now: datetime, waived: list[str]) -> Refusal | None:
    for rule in header.requires:
        refusal = rule(subject, now)
        if refusal is None:
            continue
        if rule.waivable and isinstance(subject, CaseModel):
            from hengjian.kernel.waiver import standing_waiver

            waiver = standing_waiver(rule.code, subject, now)
            if waiver is not None:
                waived.append(f"{rule.code}#{waiver}")
                continue
        return refusal
    return None
