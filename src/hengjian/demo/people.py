"""The log-ins of the demo province, one for each role, all with the same password; and everybody else, who never signs in.

All names are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from hengjian.authorities.acts.accounts import open_account
from hengjian.authorities.acts.own_login import change_password
from hengjian.authorities.models import Account, Office, User
from hengjian.authorities.roles import Role
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.identity import resident_check_digit

PASSWORD = "hengjian-demo"  # noqa: S105 - printed at every start of a demo; production loads none
SURNAMES = "岳江柏桐苗路石田金白龙常乔康严顾孟万段雷"
GIVEN = ("知远", "砚秋", "立本", "守正", "闻笛", "若谷", "明川", "思齐", "怀瑾", "致和", "景行", "以宁", "亦安")


@dataclass(frozen=True)
class Login:
    """`area` is where the office lies; institutions' people sit at the demo institution instead."""

    name: str
    person: str
    role: Role
    area: str = ""


LOGINS = (
    Login("lin", "林知秋", Role.PROVINCE_OFFICER, "13/"),
    Login("zhou", "周闻达", Role.CENTRE_REVIEWER, "13/1302/"),
    Login("sun", "孙可立", Role.CENTRE_HEAD, "13/1302/"),
    Login("he", "何其正", Role.DISTRICT_OFFICER, "13/1302/130203/"),
    Login("tang", "唐明远", Role.SUPERVISOR, "13/1302/"),
    Login("zhao", "赵立业", Role.CLERK),
    Login("qin", "秦守信", Role.RESPONSIBLE_PERSON),
    Login("gao", "高致远", Role.INSTITUTION_ADMINISTRATOR),
    Login("shen", "沈慎独", Role.AUDITOR, "13/"),
    Login("wei", "魏如一", Role.ADMINISTRATOR, "13/"),
)


def invented(number: int) -> str:
    """The name of the person with this number: no two of the first 260 are alike."""
    return SURNAMES[number % len(SURNAMES)] + GIVEN[(number // len(SURNAMES) + number) % len(GIVEN)]


def user(name: str, person: str, area: str = "13/1302/") -> User:
    """A log-in of the list, with the demo's password."""
    found = User.objects.filter(username=name).first()
    if found is not None:
        return found
    account = _opened(name, person, area)
    change_password(OPERATOR, account, encoded=make_password(PASSWORD))
    return User.objects.get(pk=account.user_id)


def colleague(number: int, area: str = "13/1302/", *, name: str = "") -> User:
    """Somebody who acts in the province's past and cannot sign in."""
    return _opened(f"colleague{number}", name or invented(number), area).user


def _opened(username: str, name: str, area: str) -> Account:
    """The account of an invented person: number and phone are made up and right in form."""
    serial = Account.objects.count() + 1
    born = date(1960, 1, 1) + timedelta(days=serial // 990)
    head = f"130203{born:%Y%m%d}{serial % 990 + 1:03d}"
    return open_account(
        OPERATOR,
        username=username,
        name=name,
        identity_number=head + resident_check_digit(head),
        phone=f"139{serial:08d}",
        office_id=Office.objects.get(area__path=area).pk,
    )
