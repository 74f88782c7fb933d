"""An applicant is registered with exactly one responsible office, routed and explained (R7–R9)."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.institutions.facts import ApplicantRegistered
from hengjian.institutions.models import Institution
from hengjian.institutions.policies import (
    CLASSES,
    DELEGATED_LEVELS,
    DIRECTLY_ADMINISTERED,
    FILING_LEVEL,
    ORGANISATION_OF_PROVINCE,
    RESPONSIBLE_LEVEL,
)
from hengjian.institutions.registering import (
    CLAUSE,
    area_of,
    check_choices,
    filing_level_of,
    organisation_code_of,
    routed,
    unregistered,
)
from hengjian.kernel.act import Doing, creates
from hengjian.kernel.actor import BY_OPERATOR
from hengjian.kernel.arguments import Line


@creates(
    "institutions.register_applicant",
    Institution,
    by=[BY_OPERATOR, Role.PROVINCE_OFFICER.anywhere, Role.CENTRE_REVIEWER.anywhere],
    cites=[CLASSES, FILING_LEVEL, DELEGATED_LEVELS, RESPONSIBLE_LEVEL, DIRECTLY_ADMINISTERED, ORGANISATION_OF_PROVINCE],
    clause=CLAUSE,
)
def register_applicant(
    doing: Doing[None],
    *,
    name: Line,
    short_name: Line,
    uscc: str,
    kind: str,
    ownership: str,
    area_code: str,
    address: str,
    filing_level: str = "",
    contact: str = "",
    contact_phone: str = "",
    organisation_code: str = "",
) -> tuple[Institution, ApplicantRegistered]:
    """登记申请机构。"""
    check_choices(doing, kind, ownership)
    uscc, area = unregistered(uscc), area_of(doing, area_code)
    level = filing_level_of(doing, filing_level)
    routing = routed(doing, level, ownership, area, kind)
    institution = doing.create(
        Institution,
        name=name.strip(),
        short_name=short_name.strip(),
        uscc=uscc,
        kind=kind,
        ownership=ownership,
        filing_level=level,
        area=area,
        area_path=area.path,
        office_id=routing.office_id,
        office_reason=routing.reason,
        address=address,
        contact=contact,
        contact_phone=contact_phone,
        organisation_code=organisation_code_of(doing, level, organisation_code),
    )
    return institution, ApplicantRegistered(
        institution.name, uscc, kind, ownership, level, area.path, routing.office_id, routing.reason
    )
