"""How to verify without trusting this site: receipts, draws, notices; scripts, the key, the commands."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext

from hengjian.kernel import log_key, sealer
from hengjian.web.components import Head
from hengjian.web.pages import Answer, Desk, Page, page
from hengjian.web.parts import moment


@page("verify/", "verify", access="public")
def verify_page(desk: Desk) -> Answer:
    """自行验证。"""
    head = sealer.latest()
    values = {
        "vkey": str(log_key.verifier()),
        "site": settings.SITE_ADDRESS.rstrip("/"),
        "size": head.size if head else 0,
        "sealed": moment(head.at) if head else "",
    }
    lead = gettext("每一份凭证、每一次抽取、每一份公示名单都可以在您自己的电脑上核对，不需要相信本网站。")
    return Page("public/verify.html", Head(gettext("自行验证"), lead=lead), values)
