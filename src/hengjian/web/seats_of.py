"""Who an entry of the side bar is of use to: whoever sees cases, the offices among them, supervisors."""

from __future__ import annotations

from hengjian.authorities.roles import OFFICE_ROLES, Role

# The administrator keeps accounts and seats and sees no case.
OFFICES = frozenset(OFFICE_ROLES) - {Role.ADMINISTRATOR}
CASE_ROLES = OFFICES | {Role.CLERK, Role.RESPONSIBLE_PERSON}
SUPERVISORS = frozenset({Role.SUPERVISOR})
