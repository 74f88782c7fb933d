"""Applications for registration on the office's desk: the list, one of them, its confirmation with the link on paper or by mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.urls import reverse

from hengjian.authorities.inviting import a_link_code
from hengjian.institutions.acts.registration import confirm_registration
from hengjian.institutions.lists import REGISTRATIONS
from hengjian.institutions.registration import Registration
from hengjian.institutions.registration_queries import RegistrationRow
from hengjian.institutions.states import RegistrationState
from hengjian.kernel.identity import mask_resident_id
from hengjian.kernel.words import say
from hengjian.web.cases import case_page, course, course_card, turn
from hengjian.web.components import Card, Cell, Chip, Empty, Head, Link, Row, Tone, crumbs, facts
from hengjian.web.institutions.staff_pages import handed_over
from hengjian.web.listing import show
from hengjian.web.pages import Answer, Desk, Goto, page, page_of
from hengjian.web.parts import day, moment
from hengjian.web.performing import act_bar, performing
from hengjian.web.work import Kind, Line

TONES: Mapping[RegistrationState, Tone] = {
    RegistrationState.WAITING: "normal",
    RegistrationState.CONFIRMED: "good",
    RegistrationState.REFUSED: "quiet",
}


def registration_chip(state: str) -> Chip:
    return Chip(str(RegistrationState(state).label), TONES[RegistrationState(state)])


def _line(found: Registration) -> Line:
    return Line(
        href=reverse("registration", kwargs={"pk": found.pk}),
        title=say("登记申请 · {name}", name=found.name),
        under=say("{day}收到", day=moment(found.received_at)),
        institution=found.name,
        institution_note=str(found.get_kind_display()),
        hint="对照营业执照核对后确认",
    )


REGISTRATION_QUEUE = Kind(_line, ("office",), "registrations")


@page("registrations/", "registrations")
def registrations_page(desk: Desk) -> Answer:
    """登记申请。"""
    if not REGISTRATIONS.shown_to(desk.actor):
        raise Http404

    def cells(row: RegistrationRow) -> Row:
        href = reverse("registration", kwargs={"pk": row.registration})
        return Row(
            [
                Cell(row.name, href=href),
                Cell(row.uscc, mono=True),
                Cell(row.kind_label),
                Cell(row.area_name),
                Cell(row.person_name),
                Cell(moment(row.received_at)),
                Cell(row.office_name, second=True),
                Cell(chip=registration_chip(row.state)),
            ],
        )

    return show(
        desk,
        REGISTRATIONS,
        cells,
        lead="机构不登录也能申请登记；确认后，机构和它的第一位机构管理员随即设立。",
        empty=Empty("还没有登记申请"),
    )


@page_of(Registration, "registrations/<int:pk>/", "registration", "area", "office", "institution")
def registration_page(desk: Desk, found: Registration) -> Answer:
    """One application: the institution, the person, what became of it."""
    waiting = found.state == RegistrationState.WAITING
    person: list[tuple[str, Any]] = [("姓名", found.person_name), ("希望的登录名", Cell(found.username, mono=True))]
    if waiting:
        person += [
            ("证件号码", Cell(mask_resident_id(found.identity), mono=True)),
            ("手机号码", Cell(found.phone, mono=True)),
            ("电子邮箱", found.mail or "未填写，确认后链接显示一次，交给本人"),
        ]
    main: list[Card | None] = [
        Card(
            "机构",
            facts=facts(
                ("名称", found.name),
                ("统一社会信用代码", Cell(found.uscc, mono=True)),
                ("类别", str(found.get_kind_display())),
                ("隶属关系", str(found.get_ownership_display())),
                ("所在地", found.area.name),
                ("地址", found.address),
                ("负责机关", found.office.name),
                ("归口理由", found.office_reason),
            ),
        ),
        Card("申请人（第一位机构管理员）", facts=facts(*person)),
    ]
    if not waiting:
        link = None
        if found.institution_id is not None:
            link = Link("看这家机构", reverse("institution", kwargs={"pk": found.institution_id}))
        said = facts(("日期", day(found.decided_on)), *([("理由", found.answer)] if found.answer else []))
        main.append(Card("结果", facts=said, link=link))
    head = Head(
        found.name,
        crumbs=crumbs(("登记申请", reverse("registrations")), (found.name,)),
        chips=[registration_chip(found.state)],
        turn=turn(desk, found),
    )
    return case_page(head, main, [course_card(course(found))], acts=act_bar(desk, found))


@page("registrations/<int:pk>/confirm/", "confirm_registration", performs=["institutions.confirm_registration"])
def confirm_registration_page(desk: Desk, pk: int) -> Answer:
    """Confirm; the link for the administrator's first password leaves by mail, or stands here this one time."""
    found = desk.one(Registration, pk)
    code = a_link_code()
    if desk.post:
        posted = desk.request.POST.copy()
        posted["code"] = code
        desk.request.POST = posted  # type: ignore[assignment]
    answer = performing(desk, confirm_registration, found, unasked=("code",))
    if not isinstance(answer, Goto):
        return answer
    return handed_over(desk, code, answer, crumbs(("登记申请", reverse("registrations")), (found.name,)))
