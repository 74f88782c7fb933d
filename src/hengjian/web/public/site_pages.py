"""What every public site owes its readers: whom to ask, what is kept of them, what robots may fetch, where faults go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from hengjian.kernel.clock import ZONE
from hengjian.web.components import Component, Head, Link
from hengjian.web.pages import Answer, Desk, Page, page

RENEWED = timedelta(days=180)  # how long the notice for finders of faults says it holds; made anew each day
# What is made for one person or changes with each request is of no use in an index.
NOT_FOR_ROBOTS = ("/accounts/", "/api/", "/check/", "/desk/", "/do/", "/objection/", "/notices/", "/search/")


@dataclass(frozen=True, slots=True)
class Section(Component):
    """A section of a plain statement."""

    title: str
    lines: Sequence[str] = ()
    link: Link | None = None


@page("contact/", "contact", access="public")
def contact_page(desk: Desk) -> Answer:
    """联系我们。"""
    shown = settings.CONTACT.removeprefix("mailto:").removeprefix("tel:")
    values = {
        "sections": [
            Section(gettext("怎样联系"), link=Link(shown, settings.CONTACT)),
            Section(
                gettext("各类事项先看这里"),
                [
                    gettext("对公示的结果有异议：在公示页面的那一行提出，凭查询码看答复。"),
                    gettext("证书查不到或内容有误：先联系证书上的发证机构，由它申请更正或补发。"),
                    gettext("发现网站的安全漏洞：请按上面的方式告诉我们，并给我们时间修补后再公开。"),
                ],
            ),
        ]
    }
    return Page("public/statement.html", Head(gettext("联系我们")), values)


@page("privacy/", "privacy", access="public")
def privacy_page(desk: Desk) -> Answer:
    """个人信息保护说明。"""
    values = {
        "sections": [
            Section(
                gettext("不登录的访客"),
                [
                    gettext("核验证书、看公示、查机构和下载凭证都不用登录，不记录是谁在看。"),
                    gettext("为防止逐个试号，系统只记次数：网络地址换成当天有效的散列，期满即删，还原不出地址。"),
                    gettext("提出异议不问姓名；自愿填写的联系方式加密保存，只给负责核查的人看。"),
                ],
            ),
            Section(
                gettext("考生和持证人"),
                [
                    gettext("姓名、证件号码等由评价机构按认定需要报送，用于认定、督导和证书核验，不作他用。"),
                    gettext("证件号码和电话加密保存；公开页面只显示一部分，公示期满即撤下名单。"),
                    gettext("要求查阅、更正或删除本人信息的，请联系报送信息的评价机构，或按“联系我们”写明的方式提出。"),
                ],
            ),
            Section(
                gettext("登录的工作人员"),
                [
                    gettext("每一次办理都留下办理人、时间和依据，供核查，不能删改。"),
                    gettext("浏览器里只放登录、语言和字号所需的几个小文件（cookie），没有统计和广告。"),
                ],
            ),
        ]
    }
    return Page("public/statement.html", Head(gettext("个人信息保护说明")), values)


@page("robots.txt", "robots", access="public")
def robots_file(desk: Desk) -> Answer:
    """What robots may leave alone."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@page(".well-known/security.txt", "security_txt", access="public")
def security_file(desk: Desk) -> Answer:
    """RFC 9116: whom to tell of a fault that can be attacked."""
    until = datetime.combine(desk.today + RENEWED, time.min, ZONE)
    site = settings.SITE_ADDRESS.rstrip("/")
    lines = [
        f"Contact: {settings.CONTACT}",
        f"Expires: {until.isoformat()}",
        "Preferred-Languages: zh, en",
        f"Canonical: {site}{reverse('security_txt')}",
        f"Policy: {site}{reverse('contact')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
