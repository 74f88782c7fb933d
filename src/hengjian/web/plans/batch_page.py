"""One batch: an occupation at a level of a plan, its sittings and the standard it is pinned to (R3, R37, R38)."""

from __future__ import annotations

from django.urls import reverse

from hengjian.kernel.words import listed, say
from hengjian.plans.acts.batches import remove_sitting
from hengjian.plans.models import Batch, Sitting
from hengjian.plans.states import BatchState
from hengjian.web.cases import case_page, course, course_card, tabs, turn
from hengjian.web.components import Alert, Card, Cell, Chip, Column, Empty, Head, Row, Table, crumbs, facts
from hengjian.web.occupations.labels import level_title
from hengjian.web.pages import Answer, Desk, page_of
from hengjian.web.paging import Part, part_of
from hengjian.web.parts import day, moment, steps
from hengjian.web.performing import act_bar, acts_of_rows
from hengjian.web.plans.parts import BATCH_STEPS, batch_chip, clashing, in_words, plan_chip, span
from hengjian.web.plans.waiting import waits
from hengjian.web.room import sections_on


@page_of(Batch, "batches/<int:pk>/", "batch", "plan__institution", "plan__office")
def batch_page(desk: Desk, batch: Batch) -> Answer:
    """What is assessed, by which standard, where and when; rosters and results stand beneath."""
    plan = batch.plan
    sittings = desk.visible(Sitting).filter(batch=batch).order_by("starts_at", "room", "pk")
    records = course(batch, desk.visible(Sitting).filter(batch=batch))
    side, sides = tabs(desk, ("overview", "概况", 0), ("proofs", "存证", len(records)))
    main: list[Card | None]
    if side == "proofs":
        main = [course_card(records, title="全部办理记录", limit=200, detail=in_words)]
    else:
        main = [
            _sittings_card(desk, batch, part_of(desk, sittings)),
            *(section(desk, batch) for section in sections_on(Batch)),
        ]
    head = Head(
        listed((batch.occupation_name, level_title(batch.level)), " · "),
        crumbs=crumbs(
            ("认定计划", reverse("plans")),
            (plan.number or plan.title, reverse("plan", kwargs={"pk": plan.pk})),
            (batch.occupation_code,),
        ),
        chips=[batch_chip(batch.state), Chip(say("{headcount} 人", headcount=batch.headcount), "quiet")],
        turn=turn(desk, batch) if waits(desk, batch) else None,
        steps=steps(
            [(state.value, label) for state, label in BATCH_STEPS],
            "all" if batch.state == BatchState.EXAMINED else batch.stopped_from or batch.state,
        )
        if batch.state != BatchState.INVALID
        else (),
        tabs=sides,
    )
    aside = [
        Card(
            "基本情况",
            facts=facts(
                ("机构", plan.institution.name),
                (
                    "计划",
                    Cell(
                        plan.number or plan.title,
                        href=reverse("plan", kwargs={"pk": plan.pk}),
                        mono=bool(plan.number),
                        chip=plan_chip(plan.state),
                    ),
                ),
                ("职业", Cell(batch.occupation_name, note=batch.occupation_code)),
                ("工种", batch.trade or "—"),
                ("等级", level_title(batch.level)),
                (
                    "执行标准",
                    Cell(batch.standard_title, note=say("申报条件 {conditions}", conditions=batch.conditions)),
                ),
                ("认定日期", day(plan.held_on)),
                ("考点", plan.venue),
                ("名册", say("{roster_rows} 人", roster_rows=batch.roster_rows) if batch.roster_rows else "尚未提交"),
            ),
        ),
        None if side == "proofs" else course_card(records, detail=in_words, more="?side=proofs"),
    ]
    acts = act_bar(desk, batch) if side == "overview" else None
    return case_page(head, main, aside, acts=acts, alert=_stop(batch))


def _stop(batch: Batch) -> Alert | None:
    """A stop stands above everything else until the centre has decided, and its decision after."""
    if batch.state == BatchState.STOPPED:
        return Alert(
            tone="seal",
            title="质量督导员已叫停",
            text=say(
                "{stopped_at}叫停。鉴定中心的中心负责人作出决定以前，这个批次不能继续办理。",
                stopped_at=moment(batch.stopped_at),
            ),
        )
    if not batch.stop_decision:
        return None
    title = "考试已认定无效" if batch.state == BatchState.INVALID else "叫停已经解除"
    return Alert(tone="seal" if batch.state == BatchState.INVALID else "", title=title, text=batch.stop_decision)


def _sittings_card(desk: Desk, batch: Batch, sittings: Part[Sitting]) -> Card:
    overlapping = clashing(desk.visible(Sitting).filter(batch=batch))
    taking_down = acts_of_rows(desk, remove_sitting, batch.plan)
    acts = {item.pk: taking_down(sitting_id=item.pk) for item in sittings.rows if not item.withdrawn}
    doing = any(acts.values())
    rows = []
    for item in sittings.rows:
        rows.append(
            Row(
                struck=item.withdrawn,
                cells=[
                    span(item),
                    item.room,
                    str(item.get_part_display()),
                    str(item.seats),
                    str(item.staff),
                    Cell(chip=Chip("时间重叠", "warn"))
                    if item.pk in overlapping
                    else Cell("撤下" if item.withdrawn else "无冲突", second=True),
                    *([Cell(acts=acts.get(item.pk, ()))] if doing else []),
                ],
            )
        )
    return Card(
        "场次",
        pager=sittings.pager,
        table=Table(
            columns=[
                Column("时间"),
                Column("考场"),
                Column("科目"),
                Column("座位", numeric=True),
                Column("监考、考评", numeric=True),
                Column("检查"),
                *([Column("办理")] if doing else []),
            ],
            rows=rows,
            empty=Empty("还没有场次"),
        ),
    )
