"""Anybody holding a certificate learns whether it stands (R89, C.9): number plus name, or the last four of the document.

One indexed query; nothing is kept of who asked, or for which certificate (`certificates.checking`). The second item travels in the body of the request,
never in an address. A pair that does not fit opens nothing, whichever half is wrong.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from hengjian.certificates import checking
from hengjian.certificates.queries import CheckAnswer
from hengjian.kernel import typed
from hengjian.kernel.certificate_number import TITLES, Problem
from hengjian.kernel.refusal import Refusal, Refused
from hengjian.kernel.sealed import blind_index
from hengjian.kernel.words import say
from hengjian.web.components import Alert, Card, Cell, Component, Head, Timeline, facts
from hengjian.web.pages import Answer, Desk, Page, page
from hengjian.web.parts import day, moment
from hengjian.web.public.frame import filled, framed
from hengjian.web.public.origin import origin_of
from hengjian.web.public.second_item import second_item

_ORIGIN = "certificate origin"
_FILLED = (
    "said", "name", "id_masked", "occupation", "code", "trade", "level", "institution", "issued", "origin", "checked", "site",
    *(f"part_{place}" for place in range(7)),
)  # fmt: skip


# Asking changes nothing, so there is nothing to forge; scripts and scanners of others may ask without a token. These
# addresses are asked for most, so they are tried first.
@page("check/", "check", access="public", csrf=False, first=1, sending=checking.CHECK)
def check_page(desk: Desk) -> Answer:
    """证书核验。"""
    if not desk.post:
        return framed(
            desk.request, _form(number=desk.asked("number")[:60], who=desk.asked("who")[:60], wrong=_too_often(desk))
        )
    return _checked(desk, desk.request.POST.get("number", "")[:60])


@page("check/<str:number>/", "check_number", access="public", csrf=False, first=3, sending=checking.CHECK)
def check_number_page(desk: Desk, number: str) -> Answer:
    """The address printed on a certificate: it names the number and asks for the second item."""
    if len(number) > 40:
        raise Http404
    if desk.post:
        return _checked(desk, number)
    return framed(desk.request, _form(number=number, who=desk.asked("who")[:60], wrong=_too_often(desk), linked=True))


def _checked(desk: Desk, number: str) -> Answer:
    who = desk.request.POST.get("who", "")[:60]
    name, tail = second_item(who)
    try:
        found = checking.check(number, name=name, tail=tail)
    except Refused as refused:
        return framed(desk.request, _form(number=number, who=who, wrong=_refused(refused.refusal)))
    if isinstance(found, Problem):
        return framed(desk.request, _form(number=number, who=who, wrong=_malformed(number, found.part, found.reason)))
    if not name and not tail:
        return framed(desk.request, _form(number=number, missing=True))
    if found is None:
        return framed(desk.request, _form(number=number, who=who, wrong=_not_found()))
    return _earlier(desk, found) if found.taken_over_by else _answer(desk, found)


@dataclass(frozen=True, slots=True)
class CheckForm(Component):
    """What was entered; `missing`: the second item is, `linked`: the number came with the address."""

    number: str
    who: str
    missing: bool
    linked: bool
    action: str


@dataclass(frozen=True, slots=True)
class Piece(Component):
    """One of the seven parts of a number."""

    text: str
    title: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class WrongNumber(Component):
    """Why there is no answer, with the number laid out part by part where one part is wrong."""

    title: str
    text: str
    pieces: Sequence[Piece] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The large answer: its tone and sign, the verdict and the sentence beneath."""

    tone: str
    sign: str
    verdict: str
    said: str


def _form(
    *,
    number: str = "",
    who: str = "",
    wrong: WrongNumber | None = None,
    missing: bool = False,
    linked: bool = False,
) -> Page:
    head = Head(gettext("证书核验"))
    part = CheckForm(number, who, missing, linked, reverse("check"))
    return Page("public/check.html", head, {"form": part, "wrong": wrong}, 422 if wrong or missing else 200)


def _malformed(number: str, part: str, reason: str) -> WrongNumber:
    """Which of the seven parts is wrong, with the number laid out part by part where it has the right length."""
    bare = typed.number_code(number)
    pieces: list[Piece] = []
    if part:
        at = 0
        for name, length in zip(TITLES, (1, 4, 2, 6, 2, 1, 6), strict=True):
            pieces.append(Piece(bare[at : at + length], TITLES[name], name == part))
            at += length
    return WrongNumber(gettext("编号写法不对"), reason, pieces)


def _too_often(desk: Desk) -> WrongNumber | None:
    return _refused(desk.refused) if desk.refused is not None else None


def _refused(refusal: Refusal) -> WrongNumber:
    return WrongNumber(gettext("现在不能核验"), refusal.said)


def _not_found() -> WrongNumber:
    return WrongNumber(
        gettext("没有查到这张证书"),
        gettext("编号与姓名或证件后四位对不上任何一张证书。请对照证书逐位核对；两项都对而仍查不到的，可向发证机构或鉴定中心查询。"),
    )  # fmt: skip


def _earlier(desk: Desk, found: CheckAnswer) -> Answer:
    """Of a certificate issued before this system: its record and who brought it. No proof is offered, for there is none."""
    verdict = gettext("此前发的证书，记录由机关承接")
    said = say(
        "与{office}{on}承接的记录逐项一致；本平台没有见证其发证经过，不出具存证证明。",
        office=found.taken_over_by,
        on=day(found.taken_over_on),
    )
    pairs: list[tuple[str, Cell | str | int | None]] = [
        ("姓名", Cell(found.masked_name, strong=True)),
        ("身份证件", Cell(found.masked_number, mono=True)),
        ("职业", Cell(found.occupation_name, note=found.occupation_code)),
        ("工种", found.trade),
        ("等级", Cell(found.level_text.replace("/", " / "), strong=True)),
        ("发证机构", found.institution),
        ("发证日期", day(found.issued_on)),
        ("证书编号", Cell(found.spaced_number, mono=True)),
        ("编号规则", found.scheme or gettext("现行编码规则")),
        ("承接机关", found.taken_over_by),
    ]
    values = {
        "alert": Alert(title=verdict, text=said, tone="normal"),
        "card": Card("证书内容", facts=facts(*pairs)),
        "checked": moment(desk.now),
    }
    return framed(desk.request, Page("public/check_earlier.html", Head(gettext("核验结果")), values))


def _answer(desk: Desk, found: CheckAnswer) -> HttpResponse:
    verdict = _verdict(found)
    parts = found.spaced_number.split(" ")
    return filled(
        desk.request,
        "public/check_answer.html",
        (
            ("page_title", gettext("核验结果")),
            ("tone", verdict.tone),
            ("sign", verdict.sign),
            ("verdict", verdict.verdict),
        ),
        _FILLED,
        {
            "said": verdict.said,
            "name": found.masked_name,
            "id_masked": found.masked_number,
            "occupation": found.occupation_name,
            "code": found.occupation_code,
            "trade": found.trade,
            "level": found.level_text.replace("/", " / "),
            "institution": found.institution,
            "issued": day(found.issued_on),
            "checked": moment(desk.now),
            "site": f"{settings.SITE_ADDRESS.rstrip('/')}{_check_address()}",
            "origin": f"{_origin_base()}{found.certificate}-{_proof_of(found.certificate, desk.today)}/",
            **{f"part_{place}": part for place, part in enumerate(parts)},
        },
    )


def _verdict(found: CheckAnswer) -> Verdict:
    if not found.valid:
        said = say("{on}注销，自该日起不再有效", on=day(found.revoked_on))
        return Verdict("seal", "✕", gettext("证书已注销"), said)
    if found.online_on is None:
        said = gettext("发证机构已制证，鉴定中心尚未将数据上网")
        return Verdict("warn", "!", gettext("证书已制，数据尚未上网"), said)
    said = say("与发证记录逐项一致，{on}上网", on=day(found.online_on))
    return Verdict("good", "✓", gettext("证书真实有效"), said)


def _proof_of(certificate: int, on: date) -> str:
    """Opens the origin of one certificate on that day and the next; only an answered check gives it out."""
    return blind_index(f"{certificate}/{on.isoformat()}", _ORIGIN).hex()


@cache
def _check_address() -> str:
    return reverse("check")


@cache
def _origin_base() -> str:
    return reverse("check_origin", kwargs={"certificate": 0, "proof": "0"})[: -len("0-0/")]


@page("check/origin/<int:certificate>-<str:proof>/", "check_origin", access="public")
def origin_page(desk: Desk, certificate: int, proof: str) -> Answer:
    """这张证是怎么来的: opened only by the answer of a check."""
    days = (desk.today, desk.today - timedelta(days=1))
    if not any(hmac.compare_digest(proof.encode(), _proof_of(certificate, on).encode()) for on in days):
        raise Http404
    entries, issued = origin_of(certificate)
    values = {
        "timeline": Timeline(entries, inline=True) if entries else None,
        "receipt": reverse("log_receipt", kwargs={"index": issued}) if issued is not None else "",
    }
    shown = Page("public/check_origin.html", Head(gettext("这张证是怎么来的")), values)
    return shown if getattr(desk.request, "htmx", False) else framed(desk.request, shown)
