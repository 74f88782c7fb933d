"""Builds the demo province: lays the ground, opens the seats, then lets institutions live through it, act by act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hengjian.authorities.acts.move_demo_clock import set_up_demo_clock
from hengjian.authorities.acts.open_seat import open_seat
from hengjian.authorities.models import Office, Seat
from hengjian.demo import ground
from hengjian.demo.people import LOGINS, Login, user
from hengjian.kernel import clock
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.models import DemoClock

Say = Callable[[str], None]


@dataclass(frozen=True)
class Province:
    """What the builder leaves behind: a seat for every demo log-in that has a place to sit."""

    seats: dict[str, Seat]


def is_empty() -> bool:
    """Nobody has a seat yet: the installation is new."""
    return not Seat.objects.exists()


def build(*, scale: int = 1, say: Say = lambda line: None) -> Province:
    """The whole province. `scale` multiplies institutions and candidates; the named cases stay the same."""
    say("录入区划、机关、放假安排、职业与标准 …")
    ground.lay()
    if not DemoClock.objects.exists():
        set_up_demo_clock(OPERATOR, to=clock.now())
    seats = {login.name: at_office(login) for login in LOGINS if login.area and login.role != "supervisor"}
    return Province(seats)


def at_office(login: Login) -> Seat:
    """The seat of an officer, opened by the installation."""
    office = Office.objects.get(area__path=login.area)
    return open_seat(OPERATOR, user_id=user(login.name, login.person).pk, role=login.role, office_id=office.pk)
