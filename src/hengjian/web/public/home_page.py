"""The public start page: what anybody can do here, and a few figures."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from hengjian.certificates.public_queries import certificates_online
from hengjian.institutions.queries import institutions_filed
from hengjian.kernel import sealer
from hengjian.kernel.actor import PUBLIC
from hengjian.kernel.disclosure import disclosed
from hengjian.results.models import ResultSheet
from hengjian.results.states import SheetState
from hengjian.supervision.queries import draws_published
from hengjian.web.components import Component, Figure, Head
from hengjian.web.pages import Answer, Desk, Page, page

KEEP_SECONDS = 60  # counting a million rows for every visitor would be waste
WAYS = (
    ("check", "证书核验", "凭编号加姓名或证件后四位，查一张或一批证书是否有效，看它是怎么来的。"),
    ("notices", "结果公示", "看正在公示的评价结果，在本机查到自己，提出异议并凭码查答复。"),
    ("register", "评价机构", "查哪些机构经过备案，可以评价哪些职业和等级。"),
    ("ask_registration", "机构登记", "还没有登记的评价机构在这里申请，凭码看办理情况。"),
    ("public_draws", "抽取", "看督导员怎样抽取产生，在浏览器里把一次抽取重新算一遍。"),
    ("log", "存证日志", "每一次办理都留下一条只增不改的记录，下载凭证自行验证。"),
    ("policies", "规则与依据", "每一个法定数字的出处、起始日期和核实程度。"),
)


@dataclass(frozen=True, slots=True)
class Way(Component):
    """A large link into the house."""

    title: str
    text: str
    href: str


@page("", "home", access="public")
def home_page(desk: Desk) -> Answer:
    """衡鉴。"""
    if number := "".join(sign for sign in desk.asked("number")[:40] if sign.isalnum()):
        return HttpResponseRedirect(reverse("check_number", kwargs={"number": number}))
    ways = [Way(gettext(title), gettext(text), href) for name, title, text in WAYS if (href := _address(name))]
    lead = gettext("谁评价、谁负责、谁发证；人社部门监管服务。证书可以当场核验，公示可以自己查，随机抽取可以自己复算。")
    title = gettext("职业技能等级认定公开服务")
    return Page("public/home.html", Head(title, lead=lead), {"ways": ways, "kpis": _figures()})


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _figures() -> list[Figure]:
    def counted() -> tuple[int, int, int, int, int]:
        head = sealer.latest()
        return (
            certificates_online(),
            disclosed(ResultSheet, PUBLIC).filter(state=SheetState.ON_NOTICE).count(),
            institutions_filed(),
            draws_published(),
            head.size if head else 0,
        )

    numbers = cache.get_or_set("public-figures", counted, KEEP_SECONDS)
    labels = (
        ("上网证书", "check"),
        ("公示中的结果", "notices"),
        ("在案机构", "register"),
        ("已公开的抽取", "public_draws"),
        ("存证条目", "log"),
    )
    return [
        Figure(f"{value:,}", gettext(label), href=_address(name))
        for value, (label, name) in zip(numbers or (), labels, strict=True)
    ]
