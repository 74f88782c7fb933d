"""Certificates issued before this system, as offices took them over: the list, and one. Nothing is said of how they came about."""

from __future__ import annotations

from django.urls import reverse

from hengjian.certificates.lists import EARLIER
from hengjian.certificates.models import EarlierCertificate
from hengjian.certificates.queries import EarlierRow, level_text
from hengjian.kernel.words import say
from hengjian.web.cases import case_page, course, course_card
from hengjian.web.components import Button, Card, Cell, Chip, Empty, Go, Head, Row, crumbs, facts
from hengjian.web.listing import show
from hengjian.web.pages import Answer, Desk, page, page_of
from hengjian.web.parts import day
from hengjian.web.performing import act_bar
from hengjian.web.takeovers.kinds import BY_CODE


def earlier_chip(state: str) -> Chip:
    return Chip(str(EarlierCertificate.State(state).label), "normal" if state == "standing" else "quiet")


@page("certificates/earlier/", "earlier_certificates")
def earlier_certificates_page(desk: Desk) -> Answer:
    """承接的证书。"""

    def cells(row: EarlierRow) -> Row:
        return Row(
            [
                Cell(
                    row.masked_name,
                    href=reverse("earlier_certificate", kwargs={"pk": row.certificate}),
                    note=row.masked_number,
                ),
                Cell(row.number, mono=True, note=row.scheme),
                Cell(row.occupation),
                Cell(row.level_text),
                Cell(row.institution),
                Cell(row.issued_on.isoformat()),
                Cell(row.taken_over_by, second=True),
                Cell(chip=earlier_chip(row.state)),
            ],
        )

    kind = BY_CODE["certificates"]
    return show(
        desk,
        EARLIER,
        cells,
        lead="平台启用以前发的证书，由机关从表格承接；公众可以核验，并注明由哪个机关承接。",
        empty=Empty("还没有承接的证书", "从表格承接后列在这里。"),
        buttons=[Go(kind.title, href=f"{reverse('takeovers')}?side={kind.code}")] if kind.open_to(desk.actor) else [],
    )


@page_of(EarlierCertificate, "certificates/earlier/<int:pk>/", "earlier_certificate", "takeover")
def earlier_certificate_page(desk: Desk, found: EarlierCertificate) -> Answer:
    """One certificate taken over: what its record says, by whom it was brought, from which table."""
    content = Card(
        "证书内容",
        hint="姓名和号码只显示部分。",
        facts=facts(
            ("姓名", Cell(found.masked_name, strong=True)),
            ("证件号码", Cell(found.masked_number, mono=True)),
            ("职业", Cell(found.occupation_name, note=found.occupation_code)),
            ("工种", found.trade),
            ("等级", Cell(level_text(found).replace("/", " / "), strong=True)),
            ("发证机构", found.institution_name),
            ("发证日期", day(found.issued_on)),
            ("证书编号", Cell(found.number, mono=True)),
            ("编号规则", found.scheme or "现行编码规则"),
        ),
    )
    takeover = Cell(found.takeover.file_name, href=reverse("takeover", kwargs={"pk": found.takeover_id}))
    aside = [
        Card(
            "承接",
            hint="本平台没有见证这张证书的发证经过，只按承接机关提供的记录核验。",
            facts=facts(
                ("状态", Cell(chip=earlier_chip(found.state))),
                ("承接机关", found.office_name),
                ("承接日期", day(found.takeover.at.date())),
                (
                    "来自表格",
                    takeover if desk.visible(type(found.takeover)).filter(pk=found.takeover_id).exists() else "—",
                ),
            ),
        ),
        course_card(course(found)),
    ]
    acts: list[Button | Go] = [*act_bar(desk, found)]
    acts.append(Go("公众看到的核验页", href=reverse("check_number", kwargs={"number": found.number})))
    head = Head(
        say("证书 · {masked_name}", masked_name=found.masked_name),
        crumbs=crumbs(("承接的证书", reverse("earlier_certificates")), (found.number,)),
        chips=[earlier_chip(found.state)],
    )
    return case_page(head, [content], aside, acts=acts)
