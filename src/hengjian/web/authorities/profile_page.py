"""What a person says of themselves: where they are reached; the confirmation of a mail address; a forgotten password."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from hengjian.authorities.acts.contact import change_contact, confirm_mail
from hengjian.authorities.forgotten import send_link
from hengjian.authorities.holder import Holder
from hengjian.authorities.logging_in import DEVICE, Attempt, held_up
from hengjian.authorities.models import Account
from hengjian.authorities.queries import account_of
from hengjian.kernel.identity import mask_resident_id
from hengjian.kernel.refusal import Refused
from hengjian.kernel.words import say
from hengjian.messages.channels import ways
from hengjian.messages.models import Channel
from hengjian.web.components import Button, Cell, Field, Head, Link, facts
from hengjian.web.pages import Answer, Desk, Goto, Page, page
from hengjian.web.parts import moment
from hengjian.web.public.restrained import RESET


@page("profile/", "profile", access="signed_in")
def profile_page(desk: Desk) -> Answer:
    """我的资料。"""
    account = _own(desk)
    phone, mail = account.phone, account.mail
    errors: dict[str, str] = {}
    if desk.post:
        phone, mail = desk.request.POST.get("phone", "")[:200], desk.request.POST.get("mail", "")[:200]
        if hindrance := _not_the_holder(desk, account, mail):
            errors["password"] = hindrance
    if desk.post and not errors:
        try:
            told = change_contact(Holder(account), account, phone=phone, mail=mail)
        except Refused as refused:
            if refused.refusal.field not in ("phone", "mail"):
                raise
            errors[refused.refusal.field] = refused.refusal.said
        else:
            asks = "电子邮箱" in told.changed and bool(account.mail)
            return Goto(reverse("profile"), "已保存。请查收邮件，打开其中的链接确认邮箱。" if asks else "已保存。")
    return Page(
        "profile.html",
        Head("我的资料", lead="姓名和证件号码由系统管理岗核对后开立，有误的请联系系统管理岗。"),
        {
            "sends": [Button("保存", change_contact.header.code, primary=True)],
            "facts": facts(
                ("姓名", account.user.name),
                ("登录名", Cell(account.user.username, mono=True)),
                ("证件号码", Cell(mask_resident_id(account.identity), mono=True)),
                ("电子邮箱", _mail_says(account)),
            ),
            "fields": [
                _field("phone", "手机号码", "tel", phone, errors, "用于急件短信。"),
                _field("mail", "电子邮箱", "email", mail, errors, "用于接收消息和找回口令；可以留空。"),
                _password(errors),
            ],
            "links": [
                Link("更改口令", reverse("account_change_password")),
                Link("第二重验证", reverse("mfa_index")),
                *(
                    [Link("统一身份认证", reverse("socialaccount_connections"))]
                    if settings.SOCIALACCOUNT_PROVIDERS
                    else []
                ),
                Link("登录设备", reverse("devices")),
                *([Link("消息接收方式", reverse("message_ways"))] if desk.seat is not None else []),
            ],
        },
        422 if errors else 200,
    )


def _not_the_holder(desk: Desk, account: Account, mail: str) -> str:
    """Another mail address could set another password: whoever only found the screen unlocked does not change it."""
    if mail.strip() == account.mail or not account.user.has_usable_password():
        return ""
    attempt = Attempt.of(account.user.username, desk.request.COOKIES.get(DEVICE, ""))
    seconds = attempt.wait()
    if seconds:
        return held_up(seconds)
    if account.user.check_password(desk.request.POST.get("password", "")):
        return ""
    attempt.failed()
    return "更改电子邮箱须填写现在的口令，填写的口令不正确。"


def _password(errors: dict[str, str]) -> Field:
    said = (errors["password"],) if "password" in errors else ()
    return Field(
        "password", "现在的口令", kind="password", help="只在更改电子邮箱时需要。", errors=said, sensitive=True,
        autocomplete="current-password",
    )  # fmt: skip


def _own(desk: Desk) -> Account:
    return account_of(desk.request.user.pk or 0)


def _mail_says(account: Account) -> str:
    if not account.mail:
        return "未填写"
    if account.mail_confirmed_at is None:
        return say("{mail}（待确认）", mail=account.mail)
    return say("{mail}（{day} 已确认）", mail=account.mail, day=moment(account.mail_confirmed_at))


def _field(name: str, label: str, kind: str, value: str, errors: dict[str, str], help: str = "") -> Field:
    said = (errors[name],) if name in errors else ()
    return Field(
        name, label, kind=kind, value=value, required=name != "mail", help=help, errors=said, autocomplete=kind
    )


@page("profile/mail/<str:token>/", "confirm_mail", access="signed_in")
def confirm_mail_page(desk: Desk, token: str) -> Answer:
    """Whoever reads the mail confirms its address, signed in as the person it belongs to."""
    account = _own(desk)
    if desk.post:
        confirm_mail(Holder(account), account, token=token)
        return Goto(reverse("profile"), "电子邮箱已确认。")
    return Page(
        "confirm_mail.html",
        Head("确认电子邮箱"),
        {
            "mail": account.mail,
            "back": reverse("profile"),
            "sends": [Button("确认", confirm_mail.header.code, primary=True)],
        },
    )


@page("password-forgotten/", "password_forgotten", access="public", sending=RESET)
def password_forgotten_page(desk: Desk) -> Answer:
    """忘记口令。

    The answer is the same whether there is such an account, with or without a confirmed address.
    """
    by_mail = any(way.channel == Channel.MAIL for way in ways())
    if desk.post and by_mail:
        send_link.enqueue(desk.request.POST.get("username", "")[:150])
        return Goto(
            reverse("account_login"),
            "如果这个登录名的账号有经确认的电子邮箱，设置口令的链接很快会发到那里。没有收到的，请联系系统管理岗。",
        )
    fields = [Field("username", "登录名", required=True, autocomplete="username")]
    return Page("password_forgotten.html", Head("忘记口令"), {"fields": fields if by_mail else []})
