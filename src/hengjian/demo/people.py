"""The log-ins of the demo province: one for each role, all with the same password. Names are invented."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.authorities.models import User
from hengjian.authorities.roles import Role

PASSWORD = "hengjian-demo"  # noqa: S105 - printed at every start; the settings refuse a demo in production


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


def user(name: str, person: str) -> User:
    """The log-in, made where it does not exist yet; log-ins are no case rows, seats are."""
    found = User.objects.filter(username=name).first()
    return found or User.objects.create_user(username=name, password=PASSWORD, name=person)
