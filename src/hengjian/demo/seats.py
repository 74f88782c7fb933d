"""Who sits where in the demo province: the log-ins at their places, invented colleagues at all others."""

from __future__ import annotations

from hengjian.authorities.acts.open_seat import open_seat
from hengjian.authorities.models import Office, Seat, User
from hengjian.authorities.roles import Role
from hengjian.demo import people
from hengjian.demo.people import LOGINS
from hengjian.institutions.acts.open_institution_seat import open_institution_seat
from hengjian.institutions.models import Institution
from hengjian.kernel.actor import OPERATOR
from hengjian.personnel.acts.open_supervisor_seat import open_supervisor_seat
from hengjian.personnel.models import Supervisor


class Seats:
    """Opens each seat when somebody is first needed there."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str, int], Seat] = {}
        self._named = {(login.role.value, login.area): login for login in LOGINS if login.area}

    def at_office(self, role: Role, office: Office, *, second: bool = False) -> Seat:
        """`second` is another person in the same role: some acts want two."""
        key = (f"{role}{'+' if second else ''}", "office", office.pk)
        if key not in self._held:
            login = None if second else self._named.get((role.value, office.area.path))
            area = office.area.path
            holder = people.user(login.name, login.person, area) if login else self._somebody(area)
            self._held[key] = open_seat(OPERATOR, user_id=holder.pk, role=role, office_id=office.pk)
        return self._held[key]

    def at_institution(self, role: Role, institution: Institution, *, holder: User | None = None) -> Seat:
        key = (role.value, "institution", institution.pk)
        if key not in self._held:
            user = holder or self._somebody()
            open_institution_seat(OPERATOR, institution, user_id=user.pk, role=role)
            self._held[key] = Seat.objects.get(user=user, role=role, institution_id=institution.pk)
        return self._held[key]

    def of_supervisor(self, supervisor: Supervisor, *, holder: User | None = None) -> Seat:
        key = (Role.SUPERVISOR.value, "person", supervisor.pk)
        if key not in self._held:
            user = holder or self._somebody(name=supervisor.name)
            open_supervisor_seat(OPERATOR, supervisor, user_id=user.pk)
            self._held[key] = Seat.objects.get(user=user, role=Role.SUPERVISOR, person_id=supervisor.pk)
        return self._held[key]

    def _somebody(self, area: str = "13/1302/", *, name: str = "") -> User:
        return people.colleague(len(self._held) + 1, area, name=name)
