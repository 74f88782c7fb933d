"""Institutions filed before this system are taken over from the office's own table; until something hangs on them, undone as one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from hengjian.authorities.roles import Role
from hengjian.institutions import rules
from hengjian.institutions.acts.decide_filing import next_site_code
from hengjian.institutions.facts import InstitutionsTakenOver, TakeoverUndone
from hengjian.institutions.models import Institution, ScopeItem, Takeover
from hengjian.institutions.policies import (
    DELEGATED_LEVELS,
    DIRECTLY_ADMINISTERED,
    FILING_LEVEL,
    ORGANISATION_OF_PROVINCE,
    RESPONSIBLE_LEVEL,
    SITE_CODE,
    TAKEOVER_UNDO_HOURS,
)
from hengjian.institutions.states import InstitutionState, TakeoverState
from hengjian.institutions.takeover_reading import Entry, Taking, read_institutions, scope_from
from hengjian.kernel.act import Doing, Step, act, creates
from hengjian.kernel.arguments import Reason, UploadId
from hengjian.kernel.asking import Asking
from hengjian.kernel.facts import canonical
from hengjian.kernel.models import Upload
from hengjian.kernel.prepared import Prepared
from hengjian.kernel.refusal import Kind, Refusal, Refused, refuse
from hengjian.kernel.rule import overtaken
from hengjian.kernel.uploads import contents, digest_now
from hengjian.kernel.words import say
from hengjian.occupations.policies import ASSESSABLE_LEVELS
from hengjian.tables.limits import Unreadable

CLAUSE = "《技能等级认定试点企业监管服务措施研究》第 2.1 节：属地管理、分级负责"

UNREADABLE = "请改用 .xlsx 或 .csv 另存后再上传，或者从下载的空表填写。"


@dataclass(frozen=True)
class Read(Prepared):
    """The table as it was read ahead of the transaction."""

    taking: Taking


def read_table(asking: Asking[None], *, upload_id: int) -> Read:
    """The upload as it would be taken over; raises `Refused` with the first error."""
    upload = Upload.objects.filter(pk=upload_id, owner=asking.actor.actor_id).order_by("pk").first()
    if upload is None or digest_now(upload.pk) != upload.sha256:
        raise refuse("institutions.no_upload", "没有找到您上传的这份文件，请重新上传。", field="upload_id")
    try:
        taking = read_institutions(asking, contents(upload), upload.name)
    except Unreadable as unreadable:
        raise refuse("institutions.unreadable", unreadable.sentence, field="upload_id", remedy=UNREADABLE) from None
    refusal = refusal_of(taking)
    if refusal is not None:
        raise Refused(refusal)
    return Read(taking, files={upload.pk: taking.opened.original_sha256})


def refusal_of(taking: Taking) -> Refusal | None:
    """Why this table is not taken over; nothing of it is while a row has an error."""
    found = taking.first_error
    if found is not None:
        sentence = say(
            "工作表“{sheet}”第 {row} 行：{message_}", sheet=found.sheet, row=found.row, message_=found.message
        )
        remedy = found.remedy or "请改正后重新上传。"
        return Refusal("institutions.table_has_errors", sentence, clause=found.clause, field="upload_id", remedy=remedy)
    if not taking.fresh:
        return Refusal(
            "institutions.nobody_to_take_over",
            "表中没有尚未登记的机构，没有可承接的。",
            field="upload_id",
            remedy="已登记的机构在其页面上办理。",
        )
    return None


@creates(
    "institutions.take_over",
    Takeover,
    by=[Role.PROVINCE_OFFICER.anywhere, Role.CENTRE_REVIEWER.anywhere],
    cites=[
        FILING_LEVEL,
        DELEGATED_LEVELS,
        RESPONSIBLE_LEVEL,
        DIRECTLY_ADMINISTERED,
        ORGANISATION_OF_PROVINCE,
        ASSESSABLE_LEVELS,
        SITE_CODE,
        TAKEOVER_UNDO_HOURS,
    ],
    before=read_table,
    clause=CLAUSE,
)
def take_over(doing: Doing[None], *, upload_id: UploadId) -> tuple[Takeover, InstitutionsTakenOver]:
    """承接已备案机构。

    From a spreadsheet of institutions in the office's own territory. Nothing is taken over while a row has an error; whoever is
    registered already is left as they are.
    """
    taking: Taking = doing.prepared.taking
    _still_free(taking)
    upload = Upload.objects.only("pk", "name", "sha256").get(pk=upload_id)
    takeover = doing.create(
        Takeover,
        office_id=doing.actor.reach["office"],
        area_path=doing.actor.reach["area"],
        file_name=upload.name,
        upload_id=upload.pk,
        sha256=upload.sha256,
        institutions=len(taking.fresh),
        scope_items=taking.scope_items,
        known=taking.known,
        at=doing.now,
        until=doing.now + timedelta(hours=doing.policy(TAKEOVER_UNDO_HOURS)),
    )
    rows = [_institution(doing, entry, takeover) for entry in taking.fresh]
    doing.bulk(Institution, rows)
    items = [item for row, entry in zip(rows, taking.fresh, strict=True) for item in _scope(row, entry)]
    doing.bulk(ScopeItem, items)
    told = canonical([[row.uscc, row.filing_number] for row in rows])
    return takeover, InstitutionsTakenOver(
        institutions=len(rows),
        scope_items=len(items),
        known=taking.known,
        sha256=upload.sha256,
        digest=hashlib.sha256(told).hexdigest(),
    )


def _still_free(taking: Taking) -> None:
    """What was free when the table was read is still free inside the transaction."""
    codes = [entry.uscc for entry in taking.fresh]
    standing = Institution.objects.filter(uscc__among=codes).exclude(state=InstitutionState.WITHDRAWN)
    numbers = [entry.value("filing_number") for entry in taking.fresh]
    sites = [entry.value("site_code") for entry in taking.fresh if entry.value("site_code")]
    if (
        standing.exists()
        or Institution.objects.filter(filing_number__among=numbers).exists()
        or Institution.objects.filter(site_code__among=sites).exists()
    ):
        raise Refused(
            Refusal(
                "institutions.registered_meanwhile",
                "读取以后，表中有机构已由他人登记，没有承接。",
                field="upload_id",
                remedy="请重新核查后再办。",
                kind=Kind.STALE,
            )
        )


def _institution(doing: Doing[None], entry: Entry, takeover: Takeover) -> Institution:
    value = entry.value
    assert entry.area is not None and entry.routing is not None  # no error was left
    return Institution(
        name=value("name"),
        short_name=value("short_name") or str(value("name"))[:40],
        uscc=entry.uscc,
        kind=value("kind"),
        ownership=value("ownership"),
        filing_level=entry.level,
        area=entry.area,
        area_path=entry.area.path,
        office_id=entry.routing.office_id,
        office_reason=entry.routing.reason,
        address=value("address"),
        contact=value("contact") or "",
        contact_phone=value("contact_phone") or "",
        organisation_code=entry.organisation_code,
        site_code=value("site_code") or next_site_code(doing, entry.area.path),
        filing_number=value("filing_number"),
        filed_on=value("filed_on"),
        valid_until=value("valid_until"),
        takeover=takeover,
        state=InstitutionState.FILED,
    )


def _scope(row: Institution, entry: Entry) -> list[ScopeItem]:
    begins, ends = scope_from(entry)
    return [
        ScopeItem(
            institution=row,
            occupation_code=code,
            occupation_name=name,
            level=level,
            valid_from=begins,
            valid_until=ends,
        )
        for (code, level), name in entry.scope.items()
    ]


@act(
    "institutions.undo_takeover",
    Takeover,
    by=[Role.PROVINCE_OFFICER.of_responsible_office, Role.CENTRE_REVIEWER.of_responsible_office],
    step=Step(TakeoverState.TAKEN, to=TakeoverState.UNDONE),
    requires=[rules.takeover_is_recent, rules.nothing_hangs_on_it],
    clause=TAKEOVER_UNDO_HOURS.text.citation,
    danger=True,
)
def undo_takeover(doing: Doing[Takeover], *, reason: Reason) -> TakeoverUndone:
    """撤销承接。

    As a whole. The institutions stay in the record as withdrawn, their codes and numbers are free for the table put right.
    """
    takeover = doing.subject
    rows = list(Institution._base_manager.select_for_update().filter(takeover=takeover).order_by("pk"))
    if rules.hanging_on(takeover):
        raise overtaken(rules.nothing_hangs_on_it, "承接的机构刚刚办理了事项，不能整批撤销。", "请逐件办理。")
    for row in rows:
        row.state = InstitutionState.WITHDRAWN
        row.filing_number = row.site_code = row.filed_on = row.valid_until = None
    doing.bulk_save(Institution, rows, ["state", "filing_number", "site_code", "filed_on", "valid_until"])
    takeover.undone_on, takeover.undo_reason = doing.today, reason
    return TakeoverUndone(len(rows), reason)
