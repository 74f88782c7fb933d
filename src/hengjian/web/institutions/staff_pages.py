"""The people of an institution: invited by its administrator, who hands them the link for a first password or has it mailed."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from hengjian.authorities.inviting import a_link_code
from hengjian.authorities.policies import PASSWORD_LINK_HOURS
from hengjian.authorities.queries import account_of_link
from hengjian.authorities.roles import Role
from hengjian.authorities.tokens import digest_of
from hengjian.institutions.acts.invite_staff import invite_staff
from hengjian.kernel.words import say
from hengjian.web.components import Crumb, Head, crumbs
from hengjian.web.pages import Answer, Desk, Goto, Page, page
from hengjian.web.performing import performing


@page("staff/invite/", "invite_staff", performs=["institutions.invite_staff"])
def invite_staff_page(desk: Desk) -> Answer:
    """邀请本机构人员。"""
    if desk.actor.role_code != Role.INSTITUTION_ADMINISTRATOR:
        raise Http404
    code = a_link_code()
    if desk.post:
        posted = desk.request.POST.copy()
        posted["code"] = code
        desk.request.POST = posted  # type: ignore[assignment]
    answer = performing(desk, invite_staff, None, unasked=("code",))
    if not isinstance(answer, Goto):
        return answer
    return handed_over(desk, code, answer, crumbs(("席位", reverse("seat_list")), ("邀请",)))


def handed_over(desk: Desk, code: str, done: Goto, above: tuple[Crumb, ...]) -> Answer:
    """The link on the page this one time, to be printed or copied, unless it went by mail or the person had an account."""
    account = account_of_link(digest_of(code), desk.now)
    if account is None:
        return Goto(done.to, "已办理。此人原有账号，请用原来的登录名和口令登录。")
    if account.mail:
        return Goto(done.to, say("已办理，设置口令的链接发往 {mail}。", mail=account.mail))
    return Page(
        "shown_once.html",
        Head(say("请把链接交给{name}", name=account.user.name), crumbs=above),
        {
            "lead": say(
                "登录名 {username}。本人打开下面的链接设置口令。请打印或当面交给本人，不要用公开的群发送。",
                username=account.user.username,
            ),
            "secret": f"{settings.SITE_ADDRESS}{reverse('password_link', kwargs={'code': code})}",
            "warning": say(
                "链接只显示这一次，{hours} 小时内有效，只能用一次；遗失的请联系机关的系统管理岗重置口令。",
                hours=desk.asking(None).policy(PASSWORD_LINK_HOURS),
            ),
            "back": done.to,
            "back_label": "继续",
        },
    )
