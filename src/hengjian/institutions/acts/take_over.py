"""Institutions filed before this system are taken over from the office's own table; every takeover is undone as one, or not at all."""

from __future__ import annotations

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
from hengjian.institutions.taking import Read, digest_of, opened_takeover, registered_meanwhile, table_of
from hengjian.institutions.undoing import brought, hanging_on
from hengjian.kernel.act import Doing, Step, act, creates
from hengjian.kernel.arguments import Reason, UploadId
from hengjian.kernel.asking import Asking
from hengjian.kernel.rule import overtaken
from hengjian.kernel.words import say
from hengjian.occupations.policies import ASSESSABLE_LEVELS

CLAUSE = "《技能等级认定试点企业监管服务措施研究》第 2.1 节：属地管理、分级负责"


def read_table(asking: Asking[None], *, upload_id: int) -> Read:
    """The upload as it would be taken over; raises `Refused` with the first error."""
    taking, files = table_of(asking, upload_id, read_institutions)
    return Read(taking, files=files)


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
    takeover = opened_takeover(doing, Takeover.Kind.INSTITUTIONS, upload_id, taking)
    rows = [_institution(doing, entry, takeover) for entry in taking.fresh]
    doing.bulk(Institution, rows)
    items = [item for row, entry in zip(rows, taking.fresh, strict=True) for item in _scope(row, entry)]
    doing.bulk(ScopeItem, items)
    return takeover, InstitutionsTakenOver(
        institutions=len(rows),
        scope_items=len(items),
        known=taking.known,
        sha256=takeover.sha256,
        digest=digest_of([[row.uscc, row.filing_number] for row in rows]),
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
        raise registered_meanwhile("读取以后，表中有机构已由他人登记，没有承接。")


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
    by=[
        Role.PROVINCE_OFFICER.of_responsible_office,
        Role.CENTRE_REVIEWER.of_responsible_office,
        Role.CENTRE_HEAD.of_responsible_office,
    ],
    step=Step(TakeoverState.TAKEN, to=TakeoverState.UNDONE),
    requires=[rules.takeover_is_recent, rules.nothing_hangs_on_it],
    clause=TAKEOVER_UNDO_HOURS.text.citation,
    danger=True,
)
def undo_takeover(doing: Doing[Takeover], *, reason: Reason) -> TakeoverUndone:
    """撤销承接。

    As a whole, whatever was taken over. The rows stay in the record as withdrawn, their numbers are free for the table put right.
    """
    takeover = doing.subject
    keys = {
        model: list(
            model._base_manager.select_for_update()
            .filter(takeover=takeover)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        for model in brought()
    }
    hanging = hanging_on(takeover)
    if hanging:
        raise overtaken(rules.nothing_hangs_on_it, say("{hanging}，不能整批撤销。", hanging=hanging), "请逐件办理。")
    for model, own in keys.items():
        if own:
            doing.set_all(model, own, **model.taken_back(doing.today, reason))
    rows = sum(map(len, keys.values()))
    takeover.undone_on, takeover.undo_reason = doing.today, reason
    return TakeoverUndone(takeover.kind, rows, reason)
