"""Objections for the centre that handles them, the institution that answers, the level above that presses (R58)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404
from django.urls import reverse

from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.words import listed, say
from hengjian.results import queries
from hengjian.results.lists import OBJECTIONS, whose
from hengjian.results.models import Objection, Score
from hengjian.results.policies import OBJECTION_ANSWER_WORKING_DAYS, OBJECTION_TRIAGE_WORKING_DAYS
from hengjian.results.queries import ObjectionRow
from hengjian.results.states import IN_TRIAGE, SETTLED, ObjectionState
from hengjian.rosters.models import Candidate
from hengjian.web.cases import case_page, course, course_card, turn
from hengjian.web.components import Card, Cell, Empty, Head, Row, Turn, crumbs, facts
from hengjian.web.listing import show
from hengjian.web.occupations.labels import level_title
from hengjian.web.pages import Answer, Desk, page, page_of
from hengjian.web.parts import day, policy_chip, strip
from hengjian.web.performing import act_bar
from hengjian.web.results.objection_parts import RELATED, days_of, objection_chip
from hengjian.web.results.sheet_parts import in_words
from hengjian.web.room import sections_on


@page("objections/", "objections")
def objections_page(desk: Desk) -> Answer:
    """公示异议。"""

    calendar = stored_calendar()

    def cells(row: ObjectionRow) -> Row:
        href = reverse("objection_case", kwargs={"pk": row.objection})
        return Row(
            [
                Cell(whose(row), href=href, note=row.part),
                Cell(row.institution_short_name),
                Cell(day(row.received_on)),
                days_of(
                    row.state, row.triage_due_on, row.due_on, row.answered_on or row.triaged_on, desk.today, calendar
                ),
                Cell(chip=objection_chip(row.state)),
            ],
        )

    return show(
        desk,
        OBJECTIONS,
        cells,
        lead="公示期内任何人都可以提出异议；鉴定中心先核对，受理的暂缓所涉的一行并由评价机构在期限内答复，其余照常。",
        empty=Empty("没有异议"),
    )


@page_of(Objection, "objections/<int:pk>/", "objection_case", *RELATED)
def objection_page(desk: Desk, objection: Objection) -> Answer:
    """One objection: what is said, until when it is looked at and answered and why then, the marks it is about."""
    pk = objection.pk
    told = queries.objection(desk.actor, pk)
    if told is None:
        raise Http404
    batch = objection.sheet.batch
    sheet_href = reverse("result_sheet", kwargs={"pk": objection.sheet_id})
    waiting = objection.state not in SETTLED
    main: list[Card | None] = [
        Card("异议内容", text=(told.text or "鉴定中心受理以后，异议内容在这里显示。").split("\n")),
        _deadline_card(desk, objection) if waiting else None,
        Card(say("不予受理：{refusal_ground}", refusal_ground=told.refusal_ground), text=told.refusal_note.split("\n"))
        if told.refusal_ground
        else None,
        Card("督办要求", text=told.instruction.split("\n")) if told.instruction else None,
        Card("答复", text=told.answer.split("\n")) if told.answer else None,
        *(section(desk, objection) for section in sections_on(Objection)),
    ]
    head = Head(
        str(objection),
        crumbs=crumbs(
            ("公示异议", reverse("objections")), (say("评价结果 {number}", number=batch.plan.number), sheet_href)
        ),
        chips=[objection_chip(objection.state)],
        turn=_turn(desk, objection) if waiting else None,
    )
    records = course(objection, *([objection.score] if objection.score is not None else []))
    aside = [
        Card("基本情况", facts=facts(*_pairs(desk, objection, told))),
        course_card(records, detail=in_words, named=True),
    ]
    return case_page(head, main, aside, acts=act_bar(desk, objection), hint="" if waiting else "异议已经办结。")


def _turn(desk: Desk, objection: Objection) -> Turn | None:
    """Who must act next, by name: the centre until it has looked, then the institution; overdue, the level above as well."""
    in_triage = objection.state in IN_TRIAGE
    due = objection.triage_due_on if in_triage else objection.due_on
    part = turn(desk, objection, due, provisional=objection.due_provisional)
    if part is None:
        return None
    plan = objection.sheet.batch.plan
    who = f"{plan.office.name}" if in_triage else say("{short_name} 评价负责人", short_name=plan.institution.short_name)
    pressed_by = {
        ObjectionState.TRIAGE_OVERDUE: plan.office.parent or plan.office,
        ObjectionState.ANSWER_OVERDUE: plan.office,
    }
    above = pressed_by.get(ObjectionState(objection.state))
    return replace(part, who=who if above is None else say("{who}（{name}督办）", who=who, name=above.name))


def _deadline_card(desk: Desk, objection: Objection) -> Card:
    in_triage = objection.state in IN_TRIAGE and objection.triage_due_on is not None
    key = OBJECTION_TRIAGE_WORKING_DAYS.key if in_triage else OBJECTION_ANSWER_WORKING_DAYS.key
    end = objection.triage_due_on if in_triage else objection.due_on
    assert end is not None
    return Card(
        "核对期限怎么算的" if in_triage else "答复期限怎么算的",
        clause=policy_chip(key),
        strip=strip(
            objection.received_on,
            end,
            today=desk.today,
            started="收到",
            rule="自收到次日起算；国务院假期不计，调休上班日计入。",
            provisional=bool(objection.triage_provisional) if in_triage else objection.due_provisional,
        ),
    )


def _pairs(desk: Desk, objection: Objection, told: ObjectionRow) -> list[tuple[str, Any]]:
    """What is known; the contact stands here for the office that handles the objection and for nobody else."""
    batch, score = objection.sheet.batch, objection.score
    handles = desk.actor.reach.get("office") == batch.plan.office_id
    pairs: list[tuple[str, Any]] = [
        ("职业与等级", listed((batch.occupation_name, level_title(batch.level)), " ")),
        ("机构", batch.plan.institution.name),
    ]
    if score is not None:
        pairs.insert(0, ("考生", Cell(told.masked_name, note=say("名册第 {row} 行", row=told.row))))
        pairs += [("异议事项", told.part)] if told.part else []
        pairs += [("事情发生", day(told.happened_on))] if told.happened_on else []
        pairs += _marks(score)
    else:
        pairs.insert(0, ("考生", "称名单遗漏"))
        if told.claimed_name:
            pairs += [("自称姓名", told.claimed_name), ("自称准考证号", Cell(told.claimed_ticket, mono=True))]
            pairs.append(("名册中", _on_roster(desk, objection, told.claimed_ticket)))
    if told.overdue_on:
        pairs.append(("逾期", say("{overdue_on}起", overdue_on=day(told.overdue_on))))
    if handles:
        pairs.append(("联系方式", told.contact or "没有留下"))
    return pairs


def _marks(score: Score) -> list[tuple[str, Any]]:
    marks = (("理论", score.theory), ("技能", score.practical), ("综合评审", score.review))
    shown = [(label, str(mark)) for label, mark in marks if mark is not None]
    return [*shown, ("成绩状态", score.get_state_display())]


def _on_roster(desk: Desk, objection: Objection, ticket: str) -> str:
    """Who holds the ticket that was named, by the roster of this batch."""
    plain = "".join(ticket.split())
    held = (
        desk.visible(Candidate).filter(batch=objection.sheet.batch_id, ticket=plain).exclude(ticket="").order_by("row")
    )
    found = held.select_related("score").first()
    if found is None:
        return "没有这个准考证号"
    score = getattr(found, "score", None)
    outcome = "缺考" if score and score.absent else "合格" if score and score.passed else "不合格"
    return say(
        "名册第 {row} 行 {masked_name}，{outcome}", row=found.row, masked_name=found.masked_name, outcome=outcome
    )
