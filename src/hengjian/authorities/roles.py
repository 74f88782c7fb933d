"""Roles (requirements C) and how each stands to a case. A role says along which dimensions its holder sees."""

from __future__ import annotations

from django.db import models

from hengjian.kernel.actor import By


class Role(models.TextChoices):
    PROVINCE_OFFICER = "province_officer", "省级管理岗"
    CENTRE_REVIEWER = "centre_reviewer", "审核岗"
    CENTRE_HEAD = "centre_head", "中心负责人"
    DISTRICT_OFFICER = "district_officer", "区县管理岗"
    AUDITOR = "auditor", "审计岗"
    ADMINISTRATOR = "administrator", "系统管理岗"
    SUPERVISOR = "supervisor", "质量督导员"
    CLERK = "clerk", "机构经办人"
    RESPONSIBLE_PERSON = "responsible_person", "评价负责人"
    INSTITUTION_ADMINISTRATOR = "institution_admin", "机构管理员"

    @property
    def of_own_institution(self) -> By:
        return By(self.value, str(self.label), "institution", "本机构")

    @property
    def of_responsible_office(self) -> By:
        return By(self.value, str(self.label), "office", "负责机关")

    @property
    def of_superior_office(self) -> By:
        """One level above the office that is responsible; where what is overdue climbs."""
        return By(self.value, str(self.label), "superior", "上级机关")

    @property
    def of_area(self) -> By:
        return By(self.value, str(self.label), "area", "辖区")

    @property
    def in_person(self) -> By:
        return By(self.value, str(self.label), "person", "本人")

    @property
    def in_own_seat(self) -> By:
        return By(self.value, str(self.label), "seat", "本席位")

    @property
    def of_own_seat(self) -> By:
        return By(self.value, str(self.label), "seat_number", "本席位")

    @property
    def administering(self) -> By:
        """Who looks after the accounts and seats of an area, and sees no case of it."""
        return By(self.value, str(self.label), "seats", "辖区")

    @property
    def of_own_staff(self) -> By:
        """Who looks after the seats of one institution, and sees no case of it."""
        return By(self.value, str(self.label), "staff", "本机构")

    @property
    def anywhere(self) -> By:
        return By(self.value, str(self.label))


OFFICE_ROLES = (
    Role.PROVINCE_OFFICER,
    Role.CENTRE_REVIEWER,
    Role.CENTRE_HEAD,
    Role.DISTRICT_OFFICER,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
INSTITUTION_ROLES = (Role.CLERK, Role.RESPONSIBLE_PERSON, Role.INSTITUTION_ADMINISTRATOR)

BY_HOLDER = By("holder", "账号持有人", "account", "本人")  # whoever signed in, whatever the seat

# Which dimensions a role sees along, besides what belongs to the own seat. Supervisors see what they are drawn for,
# administrators no case at all, only who sits where in their area or at their institution.
SEES: dict[Role, tuple[str, ...]] = {
    Role.PROVINCE_OFFICER: ("area", "held", "office", "seat_number"),
    Role.CENTRE_REVIEWER: ("area", "held", "office", "seat_number"),
    Role.CENTRE_HEAD: ("area", "held", "office", "seat_number"),
    Role.DISTRICT_OFFICER: ("area", "held", "office", "seat_number"),
    Role.AUDITOR: ("area", "held", "office", "seat_number"),
    Role.ADMINISTRATOR: ("seats", "seat_number"),
    Role.SUPERVISOR: ("person", "seat_number"),
    Role.CLERK: ("institution", "seat_number"),
    Role.RESPONSIBLE_PERSON: ("institution", "seat_number"),
    Role.INSTITUTION_ADMINISTRATOR: ("staff", "seat_number"),
}
