"""自助登记: anybody asks for an institution to be registered; the office confirms, and the institution has its first administrator."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hengjian.authorities.contacts import mail_of
from hengjian.authorities.granting import granted_in_person, may_be_granted
from hengjian.authorities.inviting import Invited, invited
from hengjian.authorities.models import Account, Seat
from hengjian.authorities.opening import phone_as_kept, resident_number
from hengjian.authorities.policies import PASSWORD_LINK_HOURS
from hengjian.authorities.roles import Role
from hengjian.institutions.facts import RegistrationAsked, RegistrationConfirmed, RegistrationRefused
from hengjian.institutions.models import Institution
from hengjian.institutions.policies import (
    CLASSES,
    DELEGATED_LEVELS,
    DIRECTLY_ADMINISTERED,
    FILING_LEVEL,
    ORGANISATION_OF_PROVINCE,
    REGISTRATIONS_PER_HOUR,
    RESPONSIBLE_LEVEL,
)
from hengjian.institutions.registering import (
    CLAUSE,
    any_area,
    check_choices,
    filing_level_of,
    is_registered,
    organisation_code_of,
    routed,
    well_formed,
)
from hengjian.institutions.registration import Registration
from hengjian.institutions.states import RegistrationState
from hengjian.kernel import codes
from hengjian.kernel.act import Doing, Step, act, creates
from hengjian.kernel.actor import BY_PUBLIC
from hengjian.kernel.arguments import Brief, Line, Reason
from hengjian.kernel.asking import Asking
from hengjian.kernel.refusal import Refused
from hengjian.kernel.restraint import Restraint
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case
from hengjian.kernel.words import say
from hengjian.messages.enclosing import enclose

CODE_LENGTH = 12
OFFICE = [Role.CENTRE_REVIEWER.of_responsible_office, Role.PROVINCE_OFFICER.of_responsible_office]
ROUTED_BY = [FILING_LEVEL, DELEGATED_LEVELS, RESPONSIBLE_LEVEL, DIRECTLY_ADMINISTERED]


@creates(
    "institutions.ask_registration",
    Registration,
    by=BY_PUBLIC,
    cites=[CLASSES, *ROUTED_BY],
    restraint=[Restraint(per="address", limit=REGISTRATIONS_PER_HOUR)],
    clause=CLAUSE,
)
def ask_registration(
    doing: Doing[None],
    *,
    name: Line,
    uscc: Line,
    kind: Line,
    ownership: Line,
    area_code: Line,
    address: Line,
    person_name: Line,
    identity_number: Line,
    phone: Line,
    username: Line,
    mail: Brief = "",
) -> tuple[Registration, RegistrationAsked]:
    """申请登记评价机构。

    The same answer whether the code, the person or the log-in name is known or not.
    """
    check_choices(doing, kind, ownership)
    code, area = well_formed(uscc), any_area(area_code)
    routing = routed(doing, filing_level_of(doing, ""), ownership, area, kind)
    registration = doing.create(
        Registration,
        code="DJ" + codes.fresh(CODE_LENGTH),
        name=name.strip(),
        uscc=code,
        kind=kind,
        ownership=ownership,
        area=area,
        area_path=area.path,
        office_id=routing.office_id,
        office_reason=routing.reason,
        address=address.strip(),
        person_name=person_name.strip(),
        username=username.strip(),
        identity=resident_number(doing, identity_number),
        phone=phone_as_kept(phone),
        mail=mail_of(mail),
        received_at=doing.now,
    )
    return registration, RegistrationAsked(registration.code, kind, area.path, routing.office_id)


def code_is_registered(registration: Registration) -> bool:
    """Whether an institution of this code is registered already."""
    return is_registered(registration.uscc)


@rule("institutions.registered_once", clause=CLAUSE)
def registered_once(asking: Asking[Registration]) -> tuple[str, str] | None:
    """一家机构登记一次。"""
    if not asking.reading(code_is_registered):
        return None
    return (
        "这个统一社会信用代码的机构已经登记。",
        "请不予登记，并告知申请人联系该机构的机构管理员；没有机构管理员的，在机构页面上开通机构席位。",
    )


registered_once.shown_by(
    case("not known", Registration(), read={code_is_registered: False}),
    case("known", Registration(), says="已经登记", read={code_is_registered: True}),
)


@act(
    "institutions.confirm_registration",
    Registration,
    by=OFFICE,
    step=Step(RegistrationState.WAITING, to=RegistrationState.CONFIRMED),
    requires=[granted_in_person, registered_once],
    cites=[FILING_LEVEL, DELEGATED_LEVELS, ORGANISATION_OF_PROVINCE, PASSWORD_LINK_HOURS],
    clause=CLAUSE,
    turn=True,
)
def confirm_registration(
    doing: Doing[Registration], *, short_name: Line, username: Line, code: Brief = ""
) -> RegistrationConfirmed:
    """确认登记。

    The institution stands, and whoever asked is its first administrator. `code` is the random part of the link for a first
    password: mailed where they gave an address, else handed over on paper.
    """
    registration = doing.subject
    level = filing_level_of(doing, "")  # type: ignore[arg-type]  # asks the law, not the case
    institution = doing.create(
        Institution,
        name=registration.name,
        short_name=short_name.strip(),
        uscc=registration.uscc,
        kind=registration.kind,
        ownership=registration.ownership,
        filing_level=level,
        area_id=registration.area_id,
        area_path=registration.area_path,
        office_id=registration.office_id,
        office_reason=registration.office_reason,
        address=registration.address,
        organisation_code=organisation_code_of(doing, level, ""),  # type: ignore[arg-type]
    )
    account = _first_administrator(doing, registration, institution, username, code)
    registration.institution, registration.decided_on = institution, doing.today
    _forget(registration)
    return RegistrationConfirmed(institution.name, institution.uscc, account.user.name)


@act(
    "institutions.refuse_registration",
    Registration,
    by=OFFICE,
    step=Step(RegistrationState.WAITING, to=RegistrationState.REFUSED),
    clause=CLAUSE,
    danger=True,
)
def refuse_registration(doing: Doing[Registration], *, reason: Reason) -> RegistrationRefused:
    """不予登记。"""
    registration = doing.subject
    registration.answer, registration.decided_on = reason, doing.today
    if registration.mail:
        enclose(
            person=f"registration:{registration.pk}",
            template="institutions.registration_refused",
            cause=f"registration:{registration.pk}:refused",
            title="登记申请的答复",
            text=say("{name}的登记申请未予登记，理由见下。", name=registration.name),
            enclosed=reason,
            to=registration.mail,
            now=doing.now,
        )
    _forget(registration)
    return RegistrationRefused(registration.code, reason)


def _first_administrator(
    doing: Doing[Any], registration: Registration, institution: Institution, username: str, code: str
) -> Account:
    who = Invited(
        registration.person_name,
        registration.identity,
        registration.phone,
        username,
        registration.mail,
        code,
    )
    role = Role.INSTITUTION_ADMINISTRATOR
    try:
        account = invited(doing, who, institution.area_path, institution.name)
        may_be_granted(doing, account, role)
    except Refused as refused:
        if refused.refusal.field == "username":
            raise
        # The office has no field for what the applicant said of themselves.
        raise Refused(replace(refused.refusal, field="")) from None
    doing.create(
        Seat,
        user=account.user,
        role=role.value,
        institution_id=institution.pk,
        place_name=institution.name,
        area_path=institution.area_path,
        proposed_by=doing.actor.person,
    )
    return account


def _forget(registration: Registration) -> None:
    """Decided: the number, phone and mail of whoever asked lie in their account or nowhere."""
    registration.identity, registration.phone, registration.mail = "", "", ""
