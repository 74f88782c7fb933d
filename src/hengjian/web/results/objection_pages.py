"""Objections for the institution that answers and the office that watches (R58)."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse

from hengjian.kernel.calendar import stored_calendar
from hengjian.results import queries
from hengjian.results.models import Objection
from hengjian.results.policies import OBJECTION_ANSWER_WORKING_DAYS
from hengjian.results.states import ObjectionState
from hengjian.web.cases import Card, case_page, course, course_card, turn
from hengjian.web.listing import Column, Filter, Listing, show
from hengjian.web.occupations.labels import level_title
from hengjian.web.pages import Answer, Desk, crumbs, page
from hengjian.web.parts import day, facts, policy_chip, remaining, strip
from hengjian.web.performing import act_bar
from hengjian.web.results.objection_parts import objection_chip
from hengjian.web.results.sheet_parts import in_words
from hengjian.web.work import Kind, Line

RELATED = ("sheet__batch__plan__institution", "score__candidate")


def _line(objection: Objection) -> Line:
    batch = objection.sheet.batch
    return Line(
        href=reverse("objection_case", kwargs={"pk": objection.pk}),
        title=f"公示异议 · {objection.score.candidate.masked_name}（{batch.occupation_name} {level_title(batch.level)}）",
        under=f"{objection.received_on.month} 月 {objection.received_on.day} 日提出",
        institution=batch.plan.institution.short_name,
        institution_note=str(batch.plan.institution.get_kind_display()),
        due_on=objection.due_on,
        provisional=objection.due_provisional,
        hint="该考生已暂缓，其余照常",
    )


OBJECTION_QUEUE = Kind(_line, RELATED, "objections")


@page("objections/", "objections")
def objections_page(desk: Desk) -> Answer:
    """公示异议。"""

    calendar = stored_calendar()

    def cells(objection: Any) -> dict[str, Any]:
        batch, href = objection.sheet.batch, reverse("objection_case", kwargs={"pk": objection.pk})
        return {
            "href": href,
            "cells": [
                {
                    "text": f"{objection.score.candidate.masked_name}（{batch.occupation_name} {level_title(batch.level)}）",
                    "href": href,
                    "note": f"名册第 {objection.score.candidate.row} 行",
                },
                {"text": batch.plan.institution.short_name},
                {"text": day(objection.received_on)},
                {"chip": remaining(objection.due_on, desk.today, provisional=objection.due_provisional, calendar=calendar)}
                if objection.state == ObjectionState.RECEIVED
                else {"text": f"{day(objection.answered_on)}答复", "second": True},
                {"chip": objection_chip(objection.state)},
            ],
        }  # fmt: skip

    def texts(objection: Any) -> list[str]:
        batch = objection.sheet.batch
        return [
            f"{batch.occupation_name} {level_title(batch.level)}", batch.plan.institution.name,
            objection.received_on.isoformat(), objection.due_on.isoformat(), str(ObjectionState(objection.state).label),
        ]  # fmt: skip

    return show(
        desk,
        Listing(
            title="公示异议",
            lead="公示期内任何人都可以提出异议；评价机构在期限内核查并答复，被异议的一行暂缓，其余照常。",
            rows=desk.visible(Objection).select_related(*RELATED).defer("text", "contact"),
            columns=[
                Column("考生"),
                Column("机构", "sheet__batch__plan__institution__short_name"),
                Column("收到", "received_on"),
                Column("期限", "due_on"),
                Column("状态", "state"),
            ],
            cells=cells,
            texts=texts,
            search=("sheet__batch__occupation_name", "sheet__batch__plan__institution__name", "sheet__batch__plan__number"),
            filters=[Filter("state", "状态", list(ObjectionState.choices), "state")],
            order="due_on",
            hint="机构、职业或计划编号",
            empty={"title": "没有异议"},
            file_name="objections",
        ),
    )  # fmt: skip


@page("objections/<int:pk>/", "objection_case", of=Objection)
def objection_page(desk: Desk, pk: int) -> Answer:
    """One objection: what is said, until when it must be answered and why then, the marks it is about."""
    objection = desk.one(Objection, pk, *RELATED)
    told = next((row for row in queries.objections(desk.actor, sheet=objection.sheet_id) if row.objection == pk), None)
    if told is None:
        raise Http404
    batch, score = objection.sheet.batch, objection.score
    sheet_href = reverse("result_sheet", kwargs={"pk": objection.sheet_id})
    waiting = objection.state == ObjectionState.RECEIVED
    main: list[Card | None] = [
        {"title": "异议内容", "text": told.text.split("\n")},
        {
            "title": "答复期限怎么算的",
            "clause": policy_chip(OBJECTION_ANSWER_WORKING_DAYS.key),
            "strip": strip(
                objection.received_on,
                objection.due_on,
                today=desk.today,
                started="收到",
                rule="自收到次日起算；国务院假期不计，调休上班日计入。",
                provisional=objection.due_provisional,
            ),
        },
        None if waiting else {"title": "答复", "text": told.answer.split("\n")},
    ]
    own = desk.actor.reach.get("institution") == batch.plan.institution_id
    pairs: list[tuple[str, Any]] = [
        ("考生", {"text": told.masked_name, "note": f"名册第 {told.row} 行"}),
        ("职业与等级", f"{batch.occupation_name} {level_title(batch.level)}"),
        ("机构", batch.plan.institution.name),
        ("理论", "" if score.theory is None else str(score.theory)),
        ("技能", "" if score.practical is None else str(score.practical)),
        *([("综合评审", str(score.review))] if score.review is not None else []),
        ("成绩状态", score.get_state_display()),
        *([("联系方式", objection.contact or "没有留下")] if own else []),
    ]
    records = course(objection, score)
    head = {
        "title": f"公示异议 · {told.masked_name}",
        "crumbs": crumbs(("公示异议", reverse("objections")), (f"评价结果 {batch.plan.number}", sheet_href)),
        "chips": [objection_chip(objection.state)],
        "turn": turn(desk, objection, objection.due_on, provisional=objection.due_provisional) if waiting else None,
    }
    aside = [{"title": "基本情况", "facts": facts(*pairs)}, course_card(records, detail=in_words)]
    return case_page(head, main, aside, acts=act_bar(desk, objection), hint="异议已经答复。" if not waiting else "")
