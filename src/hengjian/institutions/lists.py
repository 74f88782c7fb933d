"""The lists of institutions: those in jurisdiction, their filings, and the public register (R10)."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hengjian.authorities.lists import office_filter
from hengjian.authorities.policies import PUBLIC_READINGS
from hengjian.authorities.queries import cities
from hengjian.authorities.roles import OFFICE_ROLES, Role
from hengjian.institutions.models import Filing, FilingItem, Institution
from hengjian.institutions.queries import (
    FilingRow,
    InstitutionRow,
    RegisterRow,
    filing_row,
    in_scope,
    institution_row,
)
from hengjian.institutions.registration import Registration
from hengjian.institutions.registration_queries import RegistrationRow, registration_row
from hengjian.institutions.states import FilingState, InstitutionState, RegistrationState
from hengjian.kernel.actor import Actor
from hengjian.kernel.asking import Asking
from hengjian.kernel.clock import ZONE
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.due_filter import due_filter
from hengjian.kernel.listing import Choice, Days, ListColumn, Listing
from hengjian.kernel.restraint import Read, Restraint

PUBLISHED = (InstitutionState.FILED, InstitutionState.SUSPENDED, InstitutionState.ENDED)
KINDS = [(kind.value, str(kind.label)) for kind in Institution.Kind]


def _institutions(asking: Asking[None]) -> QuerySet[Institution]:
    rows = disclosed(Institution, asking.actor).select_related("area", "office")
    return rows.annotate(**in_scope(asking.today))


INSTITUTIONS = Listing(
    "institutions",
    "机构名录",
    InstitutionRow,
    rows=_institutions,
    row=lambda asking, found: institution_row(found, contact=True),
    key="id",
    columns=[
        ListColumn("机构", "name", "name"),
        ListColumn("类别", "kind_label", "kind"),
        ListColumn("所在地", "area_name", "area_path"),
        ListColumn("状态", "state_label", "state"),
        ListColumn("有效范围", "levels", "levels_in_scope", numeric=True),
        ListColumn("有效期至", "valid_until", "valid_until"),
        ListColumn("负责机关", "office_name"),
    ],
    search=("name", "short_name", "uscc", "filing_number"),
    hint="名称、信用代码或备案编号",
    filters=[
        Choice("state", "状态", [(item.value, str(item.label)) for item in InstitutionState], "state"),
        Choice("kind", "类别", KINDS, "kind"),
        Choice("city", "所在市", cities, "area_path__startswith"),
        Days("valid", "有效期", "valid_until"),
    ],
    order=("name",),
    more=[
        ListColumn("统一社会信用代码", "uscc"),
        ListColumn("备案编号", "filing_number"),
        ListColumn("备案日期", "filed_on"),
        ListColumn("地址", "address"),
        ListColumn("联系人", "contact"),
        ListColumn("联系电话", "contact_phone"),
    ],
)


def _registrations(asking: Asking[None]) -> QuerySet[Registration]:
    return disclosed(Registration, asking.actor).select_related("area", "office")


def _decides(actor: Actor) -> bool:
    """Applications for registration are the offices' own."""
    return actor.role_code in OFFICE_ROLES and actor.role_code != Role.ADMINISTRATOR


REGISTRATIONS = Listing(
    "registrations",
    "登记申请",
    RegistrationRow,
    rows=_registrations,
    row=lambda asking, found: registration_row(found),
    key="registration",
    columns=[
        ListColumn("机构", "name", "name"),
        ListColumn("信用代码", "uscc", "uscc"),
        ListColumn("类别", "kind_label", "kind"),
        ListColumn("所在地", "area_name", "area_path"),
        ListColumn("申请人", "person_name"),
        ListColumn(
            "收到", "received_at", "received_at", text=lambda row: f"{row.received_at.astimezone(ZONE):%Y-%m-%d}"
        ),
        ListColumn("负责机关", "office_name"),
        ListColumn("状态", "state_label", "state"),
    ],
    search=("name", "uscc"),
    hint="名称或信用代码",
    filters=[
        Choice("state", "状态", [(item.value, str(item.label)) for item in RegistrationState], "state"),
        office_filter("office_id"),
        Days("received", "收到日期", "received_at__date"),
    ],
    shown_to=_decides,
)


UNDECIDED = (FilingState.SUBMITTED, FilingState.ACCEPTED, FilingState.VISITING, FilingState.ASSESSED)


def _filings(asking: Asking[None]) -> QuerySet[Filing]:
    standing = FilingItem.objects.filter(filing=OuterRef("pk"), withdrawn=False).order_by()
    number = standing.values("filing").annotate(n=Count("id")).values("n")
    rows = disclosed(Filing, asking.actor).select_related("institution", "office")
    # One of its occupations is searched for: a filing with several of them is still one.
    return rows.annotate(item_count=Coalesce(Subquery(number), 0)).distinct()


def _filing(asking: Asking[None], found: Any) -> FilingRow:
    return filing_row(found, found.item_count)


FILINGS = Listing(
    "filings",
    "机构备案",
    FilingRow,
    rows=_filings,
    row=_filing,
    key="id",
    columns=[
        ListColumn("机构", "institution_name", "institution__name"),
        ListColumn("事项", "kind_label"),
        ListColumn("状态", "state_label", "state"),
        ListColumn("提交日期", "submitted_on", "submitted_on"),
        ListColumn("期限", "due_on", "due_on"),
        ListColumn("备案机关", "office_name"),
    ],
    search=("institution__name", "institution__short_name", "institution__uscc", "items__occupation_name"),
    hint="机构名称、信用代码或职业",
    filters=[
        Choice("state", "状态", [(state.value, str(state.label)) for state in FilingState], "state"),
        Choice("kind", "事项", [(kind.value, str(kind.label)) for kind in Filing.Kind], "kind"),
        Choice("city", "所在市", cities, "institution__area_path__startswith"),
        due_filter((Q(state__in=UNDECIDED), "due_on")),
        office_filter("office_id"),
        Days("submitted", "提交日期", "submitted_on"),
    ],
)


def _register(asking: Asking[None]) -> QuerySet[Institution]:
    """What is published of an institution is so for anybody: here nobody's jurisdiction narrows it."""
    in_force = Q(scope__valid_from__lte=asking.today, scope__valid_until__gte=asking.today)
    rows = Institution.objects.filter(state__in=PUBLISHED, filing_number__isnull=False).select_related("area")
    return rows.annotate(in_scope=Count("scope__occupation_code", distinct=True, filter=in_force))


def _registered(asking: Asking[None], found: Any) -> RegisterRow:
    return RegisterRow(
        filing_number=found.filing_number,
        name=found.name,
        kind=found.kind,
        kind_label=found.get_kind_display(),
        area_name=found.area.name,
        occupations=found.in_scope,
        filed_on=found.filed_on,
        valid_until=found.valid_until,
        state=found.state,
        state_label=found.get_state_display(),
    )


REGISTER = Listing(
    "register",
    "评价机构名录",
    RegisterRow,
    rows=_register,
    row=_registered,
    key="filing_number",
    columns=[
        ListColumn("机构", "name", "name"),
        ListColumn("类别", "kind_label", "kind"),
        ListColumn("所在地", "area_name", "area_path"),
        ListColumn("职业数", "occupations", "in_scope", numeric=True),
        ListColumn("有效期至", "valid_until", "valid_until"),
        ListColumn("状态", "state_label", "state"),
    ],
    search=("name", "short_name", "filing_number", "scope__occupation_name"),
    hint="机构、备案编号或职业",
    filters=[
        Choice("kind", "类别", KINDS, "kind"),
        Choice("city", "所在市", cities, "area_path__startswith"),
        Choice("state", "状态", [(item.value, str(item.label)) for item in PUBLISHED], "state"),
    ],
    order=("name",),
    public=Read("public.register", "查阅机构名录", (Restraint("address", PUBLIC_READINGS),)),
)
