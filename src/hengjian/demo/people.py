"""The log-ins of the demo province, one for each role, all with the same password; and everybody else, who never signs in.

All names are invented.
"""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.authorities.models import User
from hengjian.authorities.roles import Role

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
    Login("shen", "沈慎独", Role.AUDITOR, "13/"),
    Login("wei", "魏如一", Role.ADMINISTRATOR, "13/"),
)


def invented(number: int) -> str:
    """The name of the person with this number: no two of the first 260 are alike."""
    return SURNAMES[number % len(SURNAMES)] + GIVEN[(number // len(SURNAMES) + number) % len(GIVEN)]


def user(name: str, person: str) -> User:
    """A log-in of the list, with the demo's password; log-ins are no case rows, seats are."""
    found = User.objects.filter(username=name).first()
    return found or User.objects.create_user(username=name, password=PASSWORD, name=person)


def colleague(number: int) -> User:
    """Somebody who acts in the province's past and cannot sign in."""
    somebody = User(username=f"colleague{number}", name=invented(number))
    somebody.set_unusable_password()
    somebody.save()
    return somebody
