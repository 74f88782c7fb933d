"""Certificates: the list, one with its origin, the printed sheet, and putting records online (R59, R61, R62, R69)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import segno
from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from hengjian.certificates import queries
from hengjian.certificates.acts.put_online import put_online
from hengjian.certificates.lists import CERTIFICATES
from hengjian.certificates.models import Certificate
from hengjian.certificates.policies import REQUIRED_FIELDS
from hengjian.certificates.queries import CertificateRow
from hengjian.kernel import typed
from hengjian.kernel.law import nationwide
from hengjian.kernel.refusal import Refusal
from hengjian.kernel.words import listed, say
from hengjian.web.cases import case_page, course, course_card
from hengjian.web.certificates.paper_face import face_of, without_place
from hengjian.web.components import (
    Button,
    Card,
    Cell,
    Chip,
    Empty,
    Go,
    Head,
    Hidden,
    Row,
    Timeline,
    Tone,
    crumbs,
    facts,
)
from hengjian.web.listing import show
from hengjian.web.pages import Answer, Desk, Goto, Page, page, page_of
from hengjian.web.parts import day, moment, refusal_part
from hengjian.web.performing import act_bar, button_of
from hengjian.web.public.origin import origin_of

AT_ONCE = 2_000


STANDING_TONES: Mapping[str, Tone] = {"revoked": "seal", "offline": "warn", "online": "good"}


def standing_chip(standing: str) -> Chip:
    return Chip(queries.STANDINGS[standing], STANDING_TONES[standing])


@page("certificates/", "certificates")
def certificates_page(desk: Desk) -> Answer:
    """证书。"""
    sends = _sends(desk)

    def cells(row: CertificateRow) -> Row:
        href = reverse("certificate", kwargs={"pk": row.certificate})
        return Row(
            key=str(row.certificate),
            cells=[
                Cell(row.masked_name, href=href, note=row.masked_number),
                Cell(number=row.number),
                Cell(row.occupation, note=row.level_text),
                Cell(row.institution),
                Cell(row.issued_on.isoformat()),
                Cell(chip=standing_chip(row.standing)),
            ],
        )

    return show(
        desk,
        CERTIFICATES,
        cells,
        lead="由评价机构制发；备案后鉴定中心将数据上网，公众方可查到。",
        empty=Empty("还没有证书", "评价结果备案后即可制证。"),
        template="certificates/list.html",
        values={
            "online": reverse("certificates_online") if sends else "",
            "sends": sends,
            "key": secrets.token_hex(16),
        },
        pick="certificate" if sends else "",
    )


def _waiting(desk: Desk) -> QuerySet[Certificate]:
    return desk.visible(Certificate).filter(state=Certificate.State.ISSUED, online_on__isnull=True).order_by("pk")


def _sends(desk: Desk) -> list[Button]:
    """Putting on line the picked ones or all that wait; nothing where none waits, its reason where it cannot be done now."""
    first = _waiting(desk).first()
    if first is None or not any(by.admits(desk.actor, first) for by in put_online.header.by):
        return []
    picked = button_of(desk, put_online, first)
    if picked is None or picked.refusal is not None:
        return [] if picked is None else [picked]
    sent = replace(picked, href="", primary=True, label="选中的数据上网")
    question = "把辖区内全部待上网的证书数据上网，公众即可查到。"
    every = replace(sent, label="全部待上网的上网", primary=False, hidden=[Hidden("all", "1")], confirm=question)
    return [sent, every]


@page("certificates/online/", "certificates_online")
def online_page(desk: Desk) -> Answer:
    """数据上网: the picked certificates, or all that wait."""
    if not desk.post:
        return Goto(reverse("certificates"))
    rows = _waiting(desk)
    if "all" not in desk.request.POST:
        rows = rows.filter(
            pk__in=[typed.key_or_none(text) for text in desk.request.POST.getlist("certificate")[:AT_ONCE]]
        )
    found = list(rows[:AT_ONCE])
    put_online.once(desk.request.POST.get("key", "")[:64])(desk.actor, found)
    return Goto(reverse("certificates"), say("{found} 张证书的数据已上网，公众现在可以查到。", found=len(found)))


@page_of(Certificate, "certificates/<int:pk>/", "certificate", "institution", "score__sheet__batch__plan")
def certificate_page(desk: Desk, found: Certificate) -> Answer:
    """One certificate: what is on it, how it came about, what may be done."""
    pk = found.pk
    paper = queries.paper(desk.actor, pk)
    entries, issued = origin_of(pk)
    number = Cell(number=found.number)
    shown: Card = Card(
        "证书内容",
        hint="" if paper else "姓名和号码只显示部分；全部内容由发证机构打印。",
        facts=facts(
            ("姓名", Cell(paper.name if paper else found.masked_name, strong=True)),
            ("证件号码", Cell(found.masked_number, mono=True)),
            ("职业", Cell(found.occupation_name, note=found.occupation_code)),
            ("工种", found.trade),
            ("等级", Cell(queries.level_text(found).replace("/", " / "), strong=True)),
            ("评价机构", found.institution_name),
            ("发证日期", day(found.issued_on)),
            ("证书编号", number),
        ),
    )
    origin: Card | None = Card("这张证是怎么来的", timeline=Timeline(entries)) if entries else None
    pairs: list[tuple[str, Any]] = [("状态", Cell(chip=standing_chip(queries.standing(found))))]
    if found.online_on:
        pairs.append(("上网日期", day(found.online_on)))
    if found.revoked_on:
        pairs += [("注销日期", day(found.revoked_on)), ("注销理由", found.revoked_reason)]
    if found.score is not None:
        sheet = found.score.sheet
        href = reverse("result_sheet", kwargs={"pk": sheet.pk})
        pairs.append(("评价结果", Cell(say("计划 {number}", number=sheet.batch.plan.number), href=href)))
    if issued is not None:
        pairs.append(("凭证", Cell("下载存证凭证", href=reverse("log_receipt", kwargs={"index": issued}))))
    acts: list[Button | Go] = [*act_bar(desk, found)]
    if paper is not None:
        acts.insert(0, Go("打印证书", primary=True, href=reverse("certificate_paper", kwargs={"pk": pk})))
    acts.append(Go("公众看到的核验页", href=reverse("check_number", kwargs={"number": found.number})))
    head = Head(
        say("证书 · {masked_name}", masked_name=found.masked_name),
        crumbs=crumbs(("证书", reverse("certificates")), (found.number,)),
        chips=[standing_chip(queries.standing(found))],
    )
    aside = [Card("基本情况", facts=facts(*pairs)), course_card(course(found), title="发证以后")]
    return case_page(head, [shown, origin], aside, acts=acts)


def no_place(fields: Sequence[str]) -> Refusal:
    return Refusal(
        "certificates.field_without_place",
        say("规定的证书栏目“{fields}”在本系统的证书上没有位置。", fields=listed(fields)),
        policy=REQUIRED_FIELDS.key,
        remedy="请联系系统管理员更新证书样式，更新后再打印。",
    )


@page("certificates/<int:pk>/paper/", "certificate_paper")
def paper_page(desk: Desk, pk: int) -> Answer:
    """The printed sheet, A4, with the code that leads to the check; only for the institution that issued it."""
    paper = queries.paper(desk.actor, pk)
    if paper is None:
        raise Http404
    address = f"{settings.SITE_ADDRESS.rstrip('/')}{reverse('check_number', kwargs={'number': paper.number})}"
    law = nationwide(paper.issued_on)
    missing = without_place(law)
    code = segno.make(address, error="m", micro=False)
    values = {
        "paper": face_of(paper, law),
        "refusal": refusal_part(no_place(missing), lead="不能打印这张证书") if missing else None,
        "code": code.svg_inline(scale=4, border=2, dark="#1f2328", light="#ffffff", omitsize=True),
        "address": address,
        "back": reverse("certificate", kwargs={"pk": pk}),
        "printed": moment(desk.now),
    }
    return Page("certificates/paper.html", Head("职业技能等级证书"), values)
