"""The bases of quality supervisors (R47) and of assessors (R54) as lists."""

from __future__ import annotations

from datetime import date
from typing import Any

from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.listing import Choice, Days, ListColumn, Listing
from hengjian.kernel.words import listed
from hengjian.personnel.models import Assessor, Supervisor
from hengjian.personnel.queries import AssessorRow, SupervisorRow, assessor_row, supervisor_row


def _supervisors(asking: Asking[None]) -> Any:
    return disclosed(Supervisor, asking.actor).select_related("office")


def _card(rows: Any, value: str, today: date) -> Any:
    return rows.filter(card_valid_until__gte=today) if value == "valid" else rows.filter(card_valid_until__lt=today)


SUPERVISORS = Listing(
    "supervisors",
    "人员库",
    SupervisorRow,
    rows=_supervisors,
    row=lambda asking, found: supervisor_row(found, asking.today),
    key="id",
    columns=[
        ListColumn("姓名", "name", "name"),
        ListColumn("工作单位", "employer", "employer"),
        ListColumn("专业能力", "competence", text=lambda row: listed(row.competence)),
        ListColumn("证卡", "card_valid_until", "card_valid_until"),
        ListColumn("状态", "state_label", "state"),
        ListColumn("聘任机关", "office_name"),
    ],
    search=("name", "code", "card_number", "employer"),
    hint="姓名、编号、证卡号或单位",
    filters=[
        Choice("state", "状态", [(item.value, str(item.label)) for item in Supervisor.State], "state"),
        Choice("card", "证卡", [("valid", "有效"), ("ended", "已过期")], narrow=_card),
        Days("card_valid", "证卡有效期", "card_valid_until"),
    ],
    order=("name",),
)


def _assessors(asking: Asking[None]) -> Any:
    rows = disclosed(Assessor, asking.actor).select_related("office", "institution")
    return rows.defer("phone", "document_number")


ASSESSORS = Listing(
    "assessors",
    "考评人员库",
    AssessorRow,
    rows=_assessors,
    row=lambda asking, found: assessor_row(found, asking.today),
    key="id",
    columns=[
        ListColumn("姓名", "name", "name"),
        ListColumn("工作单位", "employer", "employer"),
        ListColumn("级别", "grade_label", "grade"),
        ListColumn("考评职业", "occupations", text=lambda row: listed(row.occupations)),
        ListColumn("证卡编号", "card_number", "card_number"),
        ListColumn("证卡有效期至", "card_valid_until", "card_valid_until"),
        ListColumn("状态", "state_label", "state"),
        ListColumn("登记机关", "office_name"),
    ],
    search=("name", "card_number", "employer"),
    hint="姓名、证卡编号或单位",
    filters=[
        Choice("state", "状态", [(item.value, str(item.label)) for item in Assessor.State], "state"),
        Choice("grade", "级别", [(item.value, str(item.label)) for item in Assessor.Grade], "grade"),
        Choice("card", "证卡", [("valid", "有效"), ("ended", "已过期")], narrow=_card),
        Days("card_valid", "证卡有效期", "card_valid_until"),
    ],
    order=("name",),
)
