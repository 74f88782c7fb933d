"""The base of quality supervisors: card, competence, recusals and duties (R47, R51–R54)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse

from hengjian.kernel.acts_catalogue import acts_about
from hengjian.kernel.words import listed, say
from hengjian.occupations.models import Occupation
from hengjian.personnel.lists import SUPERVISORS
from hengjian.personnel.models import Recusal, Supervisor
from hengjian.personnel.queries import SupervisorRow
from hengjian.supervision.models import Duty
from hengjian.web.cases import case_page, course, course_card, exists, tabs
from hengjian.web.components import (
    Button,
    Card,
    Cell,
    Chip,
    Column,
    Empty,
    Head,
    Row,
    Table,
    Tone,
    columns,
    crumbs,
    facts,
)
from hengjian.web.listing import show
from hengjian.web.pages import Answer, Desk, page, page_of
from hengjian.web.paging import Part, part_of
from hengjian.web.parts import day
from hengjian.web.performing import act_bar, opening, row_acts
from hengjian.web.personnel.parts import card_chip, supervisor_chip


@page("supervisors/", "supervisors")
def supervisors_page(desk: Desk) -> Answer:
    """人员库。"""
    names: dict[str, str] = {}

    def cells(row: SupervisorRow) -> Row:
        href = reverse("supervisor", kwargs={"pk": row.id})
        classes = small_classes(desk, names)
        return Row(
            [
                Cell(row.name, href=href, note=row.code),
                Cell(row.employer),
                Cell(listed(classes.get(code, code) for code in row.competence) or "尚未登记"),
                Cell(
                    chip=card_chip(row.card_valid_until, desk.today),
                    note=say("至 {card_valid_until}", card_valid_until=row.card_valid_until),
                ),
                Cell(chip=supervisor_chip(row.state)),
                Cell(row.office_name, second=True),
            ],
        )

    return show(
        desk,
        SUPERVISORS,
        cells,
        lead="质量督导员的证卡、专业能力和回避情况。抽取只在证卡有效、专业相符、无须回避的人员中进行。",
        empty=Empty("还没有质量督导员", "聘任后列在这里，并可参加抽取。"),
        buttons=_openings(desk),
    )


def _openings(desk: Desk) -> list[Button]:
    return [button for act in acts_about(Supervisor, "creates") for button in opening(desk, act.header.code)]


def small_classes(desk: Desk, kept: dict[str, str] | None = None) -> dict[str, str]:
    """Small class → its name, as the catalogue of the day has it; read once for a page."""
    names = kept if kept is not None else {}
    if not names:
        rows: Iterable[tuple[str, str]] = desk.visible(Occupation).order_by("code").values_list("code", "small_name")
        names.update({"-".join(code.split("-")[:3]): name for code, name in rows})
        names.setdefault("", "")
    return names


@page_of(Supervisor, "supervisors/<int:pk>/", "supervisor", "office")
def supervisor_page(desk: Desk, supervisor: Supervisor) -> Answer:
    """One supervisor: is the card valid, for what, where not, and every duty so far."""
    recusals = desk.visible(Recusal).filter(supervisor=supervisor).select_related("institution").order_by("id")
    duties = desk.visible(Duty).filter(supervisor=supervisor).select_related("plan__institution").order_by("-id")
    records = course(supervisor, desk.visible(Recusal).filter(supervisor=supervisor))
    side, sides = tabs(
        desk, ("overview", "概况", 0), ("duties", "督导任务", duties.count()), ("proofs", "存证", len(records))
    )
    main: list[Card | None]
    if side == "duties":
        main = [_duties_card(part_of(desk, duties))]
    elif side == "proofs":
        main = [course_card(records, title="全部办理记录", limit=200)]
    else:
        main = [_competence_card(desk, supervisor), _recusals_card(desk, supervisor, part_of(desk, recusals))]
    head = Head(
        supervisor.name,
        crumbs=crumbs(("人员库", reverse("supervisors")), (supervisor.code,)),
        chips=[supervisor_chip(supervisor.state), card_chip(supervisor.card_valid_until, desk.today)],
        tabs=sides,
    )
    aside = [_facts_card(supervisor), None if side == "proofs" else course_card(records, more="?side=proofs")]
    return case_page(head, main, aside, acts=act_bar(desk, supervisor) if side == "overview" else None)


def _facts_card(supervisor: Supervisor) -> Card:
    return Card(
        "基本情况",
        facts=facts(
            ("工作单位", supervisor.employer),
            ("聘任机关", supervisor.office.name),
            ("证卡号", Cell(supervisor.card_number, mono=True)),
            ("证卡有效期至", day(supervisor.card_valid_until)),
            ("从业年限", _years(supervisor)),
            ("安全培训", day(supervisor.safety_trained_on) or "尚未培训"),
            ("电话", supervisor.phone or "—"),
        ),
    )


def _years(supervisor: Supervisor) -> str:
    """What the appointment rests on; nothing was asked of those appointed before."""
    told = [
        say("评价管理或技术工作 {years} 年", years=supervisor.practice_years) if supervisor.practice_years else "",
        say("担任考评人员 {years} 年", years=supervisor.assessor_years) if supervisor.assessor_years else "",
    ]
    return listed(filter(None, told)) if any(told) else "未登记"


def _competence_card(desk: Desk, supervisor: Supervisor) -> Card:
    names = small_classes(desk)
    return Card(
        "专业能力",
        hint="按职业小类登记；抽取时只在专业相符的人员中进行。",
        table=Table(
            columns=[Column("职业小类"), Column("代码")],
            rows=[[names.get(code, code), Cell(code, mono=True)] for code in sorted(supervisor.competence)],
            empty=Empty("尚未登记专业能力", "未登记专业能力的人员不参加抽取。"),
        ),
    )


def _recusals_card(desk: Desk, supervisor: Supervisor, recusals: Part[Recusal]) -> Card:
    rows = []
    for recusal in recusals.rows:
        recusal.supervisor = supervisor
        acts = row_acts(desk, recusal) if recusal.ended_on is None else ()
        rows.append(
            Row(
                struck=recusal.ended_on is not None,
                cells=[
                    recusal.institution.name,
                    Cell(str(recusal.get_ground_display()), note=recusal.note),
                    Cell(acts=acts) if acts else Cell(day(recusal.ended_on), second=True),
                ],
            )
        )
    return Card(
        "回避",
        pager=recusals.pager,
        hint="列入回避的机构，抽取时自动排除并公布理由。",
        table=Table(
            columns=columns("机构", "关系", "办理"),
            rows=rows,
            empty=Empty("没有须回避的机构"),
        ),
    )


def _duties_card(duties: Part[Duty]) -> Card:
    tones: Mapping[str, Tone] = {"drawn": "warn", "accepted": "normal", "declined": "quiet", "reported": "good"}
    linked = exists("duty")
    return Card(
        "督导任务",
        pager=duties.pager,
        table=Table(
            columns=columns("计划", "机构", "日期", "状态"),
            rows=[
                [
                    Cell(duty.plan.title, reverse("duty", kwargs={"pk": duty.pk}) if linked else ""),
                    duty.plan.institution.short_name,
                    day(duty.plan.held_on),
                    Cell(chip=Chip(str(duty.get_state_display()), tones[duty.state])),
                ]
                for duty in duties.rows
            ],
            empty=Empty("还没有督导任务", "被抽中后列在这里。"),
        ),
    )
