"""Duties in rows, chips and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from hengjian.kernel.facts import Fact
from hengjian.kernel.words import say
from hengjian.supervision import facts as said
from hengjian.supervision.models import Duty
from hengjian.supervision.queries import DutyRow
from hengjian.web.components import Card, Cell, Chip, Column, Table, Tone
from hengjian.web.paging import Part
from hengjian.web.parts import day, moment

TONES: Mapping[Duty.State, Tone] = {
    Duty.State.DRAWN: "warn",
    Duty.State.ACCEPTED: "normal",
    Duty.State.DECLINED: "quiet",
    Duty.State.VOIDED: "quiet",
    Duty.State.REPORTED: "good",
}


def duty_chip(state: str) -> Chip:
    return Chip(str(Duty.State(state).label), TONES[Duty.State(state)])


def duty_rows(duties: Sequence[DutyRow]) -> list[list[Any]]:
    return [
        [
            Cell(
                duty.supervisor_name,
                href=reverse("duty", kwargs={"pk": duty.duty}),
                note=duty.supervisor,
            ),
            Cell(chip=duty_chip(duty.state), note=duty.decline_reason),
            moment(duty.arrived_at),
            moment(duty.reported_at),
            duty.conclusion_label,
        ]
        for duty in duties
    ]


def duties_card(duties: Part[DutyRow]) -> Card:
    """Who attends, for the office."""
    columns = ("督导员", "任务", "到场", "报告", "结论")
    return Card(
        "督导任务",
        pager=duties.pager,
        table=Table(columns=[Column(label) for label in columns], rows=duty_rows(duties.rows)),
    )


def in_words(fact: Fact) -> str:
    """What a fact about draws and duties adds to its title on the time line."""
    match fact:
        case said.DrawSealed():
            return say(
                "{targets} 个场次，可抽 {staff} 人，未入池 {excluded} 人",
                targets=fact.targets,
                staff=fact.staff,
                excluded=fact.excluded,
            )
        case said.SupervisorsDrawn():
            return "抽取无结果" if fact.void else say("抽中 {supervisors} 人", supervisors=fact.supervisors)
        case said.DrawVoided():
            return say(
                "{ground_text}：{explanation}（同一次考试第 {times} 次作废）",
                ground_text=fact.ground_text,
                explanation=fact.explanation,
                times=fact.times,
            )
        case said.DrawVoidedBefore() | said.DutyDeclined():
            return fact.reason
        case said.WitnessCommitted() | said.WitnessRevealed() | said.WitnessWithdrew():
            return fact.witness
        case said.ReportFiled() | said.ReportFiledWithoutMeans() | said.ReportFiledBefore():
            late = "，逾期" if fact.late else ""
            return say(
                "检查 {items} 项，不符合 {failed} 项{late}；期限 {due_on}",
                items=fact.items,
                failed=fact.failed,
                late=late,
                due_on=day(fact.due_on),
            )
    return ""
