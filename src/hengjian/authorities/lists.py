"""The lists of seats, log-ins and tokens, for those who administer them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from hengjian.authorities.audit import OUT_OF_THE_ORDINARY, acts_within, audits, unusual
from hengjian.authorities.models import Account, Seat
from hengjian.authorities.queries import of_offices, office_options
from hengjian.authorities.roles import Role
from hengjian.authorities.scopes import in_words
from hengjian.authorities.tokens import ApiToken, TokenUse
from hengjian.kernel.actor import Actor
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.asking import Asking
from hengjian.kernel.case import case_models
from hengjian.kernel.clock import ZONE
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.identity import mask_resident_id
from hengjian.kernel.listing import Choice, Days, ListColumn, Listing, Of
from hengjian.kernel.words import listed


@dataclass(frozen=True)
class SeatRow:
    seat: int
    name: str
    username: str
    role: str
    role_label: str
    place: str
    ended_on: date | None
    state: str
    state_label: str


@dataclass(frozen=True)
class AccountRow:
    """A log-in without what it is let in by; the identity number is masked."""

    account: int
    name: str
    username: str
    masked_number: str
    state: str
    state_label: str


@dataclass(frozen=True)
class TokenRow:
    """A token by what it is for; neither its text nor its digest."""

    token: int
    label: str
    seat_label: str
    scope: list[str] | None
    scope_label: str
    last_used_at: datetime | None
    expires_at: datetime
    state: str
    state_label: str


def office_filter(lookup: str) -> Choice:
    """By the office that is responsible; `lookup` leads to its number."""
    return Choice(
        "office", "负责机关", office_options, narrow=lambda rows, value, today: of_offices(rows, lookup, value)
    )


def administers(actor: Actor) -> bool:
    """Seats and log-ins are listed to the administrator of an area."""
    return actor.role_code == Role.ADMINISTRATOR and bool(actor.reach.get("seats"))


def keeps_seats(actor: Actor) -> bool:
    """Seats are listed to the administrator of an area and to that of an institution, for its own."""
    own = actor.role_code == Role.INSTITUTION_ADMINISTRATOR and bool(actor.reach.get("staff"))
    return own or administers(actor)


def _seats(asking: Asking[None]) -> Any:
    return disclosed(Seat, asking.actor).select_related("user", "office")


def _seat(asking: Asking[None], found: Any) -> SeatRow:
    return SeatRow(
        found.pk,
        found.user.name,
        found.user.username,
        found.role,
        str(Role(found.role).label),
        found.place_name,
        found.ended_on,
        found.state,
        found.get_state_display(),
    )


SEATS = Listing(
    "seats",
    "席位",
    SeatRow,
    rows=_seats,
    row=_seat,
    key="seat",
    columns=[
        ListColumn("姓名", "name", "user__name"),
        ListColumn("岗位", "role_label", "role"),
        ListColumn("单位", "place", "place_name"),
        ListColumn(
            "状态", "state_label", text=lambda row: listed(filter(None, (row.state_label, row.ended_on or "")), " ")
        ),
    ],
    search=("user__name", "user__username", "place_name"),
    hint="姓名、账号或单位",
    filters=[
        Choice("role", "岗位", [(role.value, str(role.label)) for role in Role], "role"),
        Choice("state", "状态", list(Seat.State.choices), "state"),
        Days("ended", "撤销日期", "ended_on"),
    ],
    order=("place_name",),
    shown_to=keeps_seats,
)


def _accounts(asking: Asking[None]) -> Any:
    return disclosed(Account, asking.actor).select_related("user")


def _account(asking: Asking[None], found: Any) -> AccountRow:
    return AccountRow(
        found.pk,
        found.user.name,
        found.user.username,
        mask_resident_id(found.identity),
        found.state,
        found.get_state_display(),
    )


ACCOUNTS = Listing(
    "accounts",
    "账号",
    AccountRow,
    rows=_accounts,
    row=_account,
    key="account",
    columns=[
        ListColumn("姓名", "name", "user__name"),
        ListColumn("登录名", "username", "user__username"),
        ListColumn("证件号码", "masked_number"),
        ListColumn("状态", "state_label"),
    ],
    search=("user__name", "user__username"),
    hint="姓名或登录名",
    filters=[Choice("state", "状态", list(Account.State.choices), "state")],
    order=("user__username",),
    shown_to=administers,
)


def _tokens(asking: Asking[None]) -> Any:
    used = TokenUse.objects.filter(token=OuterRef("pk")).values("last_used_at")
    rows = disclosed(ApiToken, asking.actor).select_related("seat", "seat__user")
    return rows.annotate(last_used_at=Subquery(used))


def token_row(asking: Asking[None], found: Any) -> TokenRow:
    expired = found.state == ApiToken.State.OPEN and found.expires_at <= asking.now
    return TokenRow(
        found.pk,
        found.label,
        found.seat.label,
        found.scope,
        in_words(found.scope),
        getattr(found, "last_used_at", None),
        found.expires_at,
        "expired" if expired else found.state,
        "已到期" if expired else str(found.get_state_display()),
    )


def minute(at: datetime | None) -> str:
    """`2026-09-19 09:30`, local time; nothing where there is none."""
    return f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}" if at is not None else ""


TOKENS = Listing(
    "tokens",
    "接口令牌",
    TokenRow,
    rows=_tokens,
    row=token_row,
    key="token",
    columns=[
        ListColumn("用途", "label", "label"),
        ListColumn("范围", "scope_label"),
        ListColumn("最近使用", "last_used_at", text=lambda row: minute(row.last_used_at)),
        ListColumn("到期", "expires_at", "expires_at", text=lambda row: f"{row.expires_at.astimezone(ZONE):%Y-%m-%d}"),
        ListColumn("状态", "state_label"),
    ],
    search=("label",),
    hint="用途",
    filters=[Choice("state", "状态", list(ApiToken.State.choices), "state")],
)


@dataclass(frozen=True)
class ActRow:
    """One act as an auditor sees it: who did it, on which case, and where its proof stands once it is sealed."""

    entry: int
    act: str
    act_label: str
    at: datetime
    person: str
    place: str
    role_label: str
    table: str
    case: int | None
    index: int | None
    unusual: bool


OTHERS = {"clock": "时钟", "public": "社会公众", "operator": "系统安装程序"}


def _done(asking: Asking[None], found: Any) -> ActRow:
    act = catalogue().get(found.act)
    return ActRow(
        found.pk,
        found.act,
        act.header.title if act else found.act,
        found.at,
        found.person or OTHERS.get(found.actor, found.actor),
        found.seated_at or "",
        str(Role(found.role).label) if found.role else "",
        found.subject_table,
        found.subject_id,
        found.idx,
        found.act in OUT_OF_THE_ORDINARY,
    )


def _titles() -> list[tuple[str, str]]:
    return [(code, act.header.title) for code, act in catalogue().items()]


def _tables() -> list[tuple[str, str]]:
    """What acts are about, by its table."""
    known = {model._meta.db_table for model in case_models()}
    return [(table, label) for table, label in CASES.items() if table in known]


CASES = {
    "institutions_institution": "评价机构",
    "institutions_filing": "备案申请",
    "plans_plan": "认定计划",
    "plans_batch": "批次",
    "supervision_draw": "抽取",
    "supervision_duty": "督导任务",
    "results_resultsheet": "成绩单",
    "results_objection": "异议",
    "certificates_certificate": "证书",
    "authorities_account": "账号",
    "authorities_seat": "席位",
    "personnel_supervisor": "质量督导员",
}
ACTS = Listing(
    "audit",
    "办理记录",
    ActRow,
    rows=lambda asking: acts_within(asking.actor),
    row=_done,
    key="entry",
    columns=[
        ListColumn("办理", "act_label", "act"),
        ListColumn("时间", "at", "at", text=lambda row: minute(row.at)),
        ListColumn("办理人", "person"),
        ListColumn("单位", "place"),
        ListColumn("岗位", "role_label"),
        ListColumn("存证", "index", "idx", numeric=True),
    ],
    search=("person", "seated_at"),
    hint="办理人或单位",
    filters=[
        Choice("act", "办理", _titles, "act"),
        Choice("of", "事项", _tables, "subject_table"),
        Of("case", "事项的内部编号", "subject_id"),
        Choice("unusual", "值得留意", (("acts", "撤销、更正、豁免等"), ("hours", "夜间或休息日")), narrow=unusual),
        Days("at", "办理日期", "at__date"),
    ],
    order=("-at",),
    shown_to=audits,
)
