"""A table of institutions as it would be taken over: the dry run and the act are this one function.

Rows are grouped by credit code; whoever is registered already is told and left alone. What holds of an institution registered one by
one holds here, and is said at the cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hengjian.authorities.models import Area
from hengjian.institutions import registering
from hengjian.institutions.models import Institution
from hengjian.institutions.policies import DIRECTLY_ADMINISTERED, RESPONSIBLE_LEVEL
from hengjian.institutions.responsibility import NoOffice, OfficeAt, Routing, route
from hengjian.institutions.states import InstitutionState
from hengjian.institutions.takeover_columns import COLUMNS, OF_INSTITUTION, SCOPE_COLUMNS, WORDS
from hengjian.kernel.asking import Asking
from hengjian.kernel.identity import check_uscc, normalise
from hengjian.kernel.refusal import Refused
from hengjian.kernel.words import say, words_of
from hengjian.occupations.policies import ASSESSABLE_LEVELS
from hengjian.occupations.queries import OccupationRow, occupations_on
from hengjian.tables.findings import Finding, Severity
from hengjian.tables.grid import Watch
from hengjian.tables.limits import Limits
from hengjian.tables.rows import Row, required_missing, rows_of
from hengjian.tables.sheets import Opened, open_table

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
UNWATCHED = Watch()
LIMITS = Limits(file_bytes=20 * 1024 * 1024, rows=20_000, cells=800_000)


@dataclass
class Entry:
    """One institution of the table: `head` the row that introduces it, `rows` all of its rows, `scope` occupation code and level."""

    head: Row
    rows: list[Row]
    uscc: str
    known: bool = False
    level: str = ""
    organisation_code: str = ""
    area: Area | None = None
    routing: Routing | None = None
    scope: dict[tuple[str, str], str] = field(default_factory=dict)

    def value(self, key: str) -> Any:
        return self.head.values.get(key)


@dataclass
class Taking:
    """What was read, with every finding; `fresh` are the institutions that would be taken over."""

    opened: Opened
    entries: list[Entry]
    findings: list[Finding]

    @property
    def fresh(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.known]

    @property
    def known(self) -> int:
        return sum(entry.known for entry in self.entries)

    @property
    def parts(self) -> int:
        return sum(len(entry.scope) for entry in self.fresh)

    @property
    def first_error(self) -> Finding | None:
        return next((found for found in self.findings if found.severity is ERROR), None)


def read_institutions(asking: Asking[None], data: bytes, filename: str, watch: Watch = UNWATCHED) -> Taking:
    """Raises `hengjian.tables.limits.Unreadable` where the file is no table at all."""
    opened = open_table(data, filename, WORDS, LIMITS, watch)
    rows, findings = rows_of(opened, COLUMNS, watch)
    entries = _grouped(rows, findings)
    _tell_known(entries, findings)
    fresh = [entry for entry in entries if not entry.known]
    told = {id(row) for entry in entries if entry.known for row in entry.rows}
    places = {(row.sheet, row.row) for row in rows if id(row) in told}
    findings = [f for f in findings if (f.sheet, f.row) not in places or f.code == "institutions.known"]
    occupations = occupations_on({str(row.values.get("occupation_code")) for row in rows}, asking.today)
    places_known = _areas(asking)
    offices = registering.offices()
    for entry in fresh:
        findings += required_missing(entry.head, OF_INSTITUTION)
        findings += _of_institution(asking, entry, places_known, offices)
        findings += _of_scope(asking, entry, occupations)
    findings += _numbers_taken(fresh)
    findings.sort(key=lambda found: (found.sheet, found.row, found.severity.weight))
    return Taking(opened, entries, findings)


def _grouped(rows: Sequence[Row], findings: list[Finding]) -> list[Entry]:
    """Rows of one credit code are one institution; a row without code and name goes on with the one above it."""
    entries: dict[str, Entry] = {}
    current: Entry | None = None
    for row in rows:
        code, name = row.values.get("uscc"), row.values.get("name")
        if current is not None and not code and "uscc" not in row.faulty and name in (None, "", current.value("name")):
            current.rows.append(row)
            findings += _differs(current, row)
            continue
        uscc = normalise(code) if isinstance(code, str) else ""
        if uscc and uscc in entries:
            current = entries[uscc]
            current.rows.append(row)
            findings += _differs(current, row)
            continue
        current = Entry(row, [row], uscc)
        entries[uscc or f"{row.sheet}:{row.row}"] = current
    return list(entries.values())


def _differs(entry: Entry, row: Row) -> Iterator[Finding]:
    """What a further row says of the institution itself must be what its first row says."""
    for column in OF_INSTITUTION:
        own, first = row.values.get(column.key), entry.value(column.key)
        same = normalise(str(own)) == entry.uscc if column.key == "uscc" else own == first
        if own not in (None, "") and not same:
            message = say("{title}与第 {row} 行同一机构的不一致。", title=column.title, row=entry.head.row)
            yield row.tell(column.key, "institutions.differs", ERROR, message, "请改成一致，或在后面的行里留空。")


def _tell_known(entries: Sequence[Entry], findings: list[Finding]) -> None:
    codes = [entry.uscc for entry in entries if entry.uscc]
    standing = Institution.objects.filter(uscc__among=codes).exclude(state=InstitutionState.WITHDRAWN).order_by("id")
    registered = set(standing.values_list("uscc", flat=True))
    for entry in entries:
        if entry.uscc in registered:
            entry.known = True
            message = "这个统一社会信用代码的机构已经登记，不重复承接。"
            findings.append(
                entry.head.tell("uscc", "institutions.known", WARNING, message, "需要更正的，在其页面上办理。")
            )


def _areas(asking: Asking[None]) -> dict[str, list[Area]]:
    """Areas within the reach of whoever asks, by code and by name."""
    reach = str(asking.actor.reach.get("area", ""))
    found: dict[str, list[Area]] = {}
    for area in Area.objects.filter(path__startswith=reach).order_by("path"):
        for word in {area.code, area.name}:
            found.setdefault(word, []).append(area)
    return found


def _of_institution(
    asking: Asking[None], entry: Entry, areas: dict[str, list[Area]], offices: Sequence[OfficeAt]
) -> Iterator[Finding]:
    head, value = entry.head, entry.value
    if isinstance(value("uscc"), str):
        verdict = check_uscc(str(value("uscc")))
        if not verdict.ok:
            yield head.tell(
                "uscc", "institutions.uscc_invalid", ERROR, verdict.reason, "请对照营业执照逐位核对。", "GB 32100-2015"
            )
    for key, longest in (("name", 120), ("short_name", 40), ("address", 200), ("contact", 60), ("contact_phone", 40)):
        if len(str(value(key) or "")) > longest:
            yield head.tell(key, "institutions.too_long", ERROR, say("最多 {longest} 个字。", longest=longest))
    filed, until = value("filed_on"), value("valid_until")
    if filed and filed > asking.today:
        yield head.tell("filed_on", "institutions.filed_later", ERROR, "备案日期晚于今天。", "请对照备案文件更正。")
    elif filed and until and until < filed:
        yield head.tell("valid_until", "institutions.dates", ERROR, "有效期至早于备案日期。", "请对照备案文件更正。")
    elif until and until < asking.today:
        message = "备案已过有效期，承接后即终止。"
        yield head.tell("valid_until", "institutions.expired", WARNING, message, "如已续期，请填写续期后的日期。")
    yield from _of_place(asking, entry, areas, offices)


def _of_place(
    asking: Asking[None], entry: Entry, areas: dict[str, list[Area]], offices: Sequence[OfficeAt]
) -> Iterator[Finding]:
    """Class, level of filing, territory and the one responsible office: as at registering."""
    head, value = entry.head, entry.value
    try:
        entry.level = registering.filing_level_of(asking, str(value("filing_level") or ""))
        entry.organisation_code = registering.organisation_code_of(
            asking, entry.level, str(value("organisation_code") or "")
        )
    except Refused as refused:
        said = refused.refusal
        yield head.tell(said.field, said.code, ERROR, said.sentence, said.remedy, said.clause)
    written = str(value("area") or "")
    found = areas.get(written, [])
    if written and len(found) != 1:
        message = (
            say("辖区内不止一个区域叫“{written}”。", written=written)
            if found
            else say("“{written}”不是本席位辖区内的监管区域。", written=written)
        )
        yield head.tell("area", "institutions.area_foreign", ERROR, message, "请填写本辖区内区域的名称或代码。")
    if len(found) != 1:
        return
    entry.area = found[0]
    if value("kind") and value("ownership") and entry.level:
        try:
            entry.routing = route(
                entry.level,
                value("ownership"),
                entry.area.path,
                offices,
                kind=value("kind"),
                levels=asking.policy(RESPONSIBLE_LEVEL),
                directly_administered=asking.policy(DIRECTLY_ADMINISTERED),
            )
        except NoOffice as missing:
            yield head.tell("area", "institutions.no_office", ERROR, words_of(missing), "请先在该区域设立负责机关。")


def _of_scope(asking: Asking[None], entry: Entry, occupations: dict[str, OccupationRow]) -> Iterator[Finding]:
    for row in entry.rows:
        yield from required_missing(row, SCOPE_COLUMNS)
        code, levels = row.values.get("occupation_code"), row.values.get("level")
        if not code or not levels:
            continue
        occupation, written = occupations.get(str(code)), row.values.get("occupation_name")
        if occupation is None and not written:
            message = say("职业分类大典中没有 {code}，须写明职业名称。", code=code)
            yield row.tell("occupation_name", "institutions.occupation_unnamed", ERROR, message)
            continue
        if occupation is None:
            message = say("现行职业分类大典中没有 {code}，按原备案承接。", code=code)
            yield row.tell("occupation_code", "institutions.not_in_catalogue", WARNING, message, "请核对编码。")
        elif written and written != occupation.name:
            message = say("{code} 在职业分类大典中是“{name}”，以编码为准。", code=code, name=occupation.name)
            yield row.tell("occupation_name", "institutions.occupation_name", WARNING, message, "请核对编码与名称。")
        name = occupation.name if occupation else str(written)[:80]
        for level in str(levels).split("+"):
            if (str(code), level) in entry.scope:
                yield row.tell(
                    "level", "institutions.item_twice", ERROR, "同一职业的同一等级写了两次。", "请删去重复的。"
                )
            elif level not in asking.policy(ASSESSABLE_LEVELS):
                message = say("“{level}”不是可以备案的等级。", level=level)
                yield row.tell("level", "institutions.level_not_assessable", ERROR, message, "请删去该等级。")
            entry.scope[str(code), level] = name


def _numbers_taken(fresh: Sequence[Entry]) -> Iterator[Finding]:
    """Filing numbers and site codes are one institution's each, in the register and within the table."""
    for key, title in (("filing_number", "备案编号"), ("site_code", "站点序列码")):
        given = [str(entry.value(key)) for entry in fresh if entry.value(key)]
        taken = set(Institution.objects.filter(**{f"{key}__among": given}).order_by("id").values_list(key, flat=True))
        seen: dict[str, int] = {}
        for entry in fresh:
            number = entry.value(key)
            if not number:
                continue
            if number in taken:
                message = say("{title}“{number}”已属于另一家机构。", title=title, number=number)
                yield entry.head.tell(key, "institutions.number_taken", ERROR, message, "请对照备案文件更正。")
            elif number in seen:
                message = say("{title}“{number}”与第 {row} 行相同。", title=title, number=number, row=seen[number])
                yield entry.head.tell(key, "institutions.number_twice", ERROR, message, "请对照备案文件更正。")
            seen.setdefault(number, entry.head.row)


def scope_from(entry: Entry) -> tuple[date, date]:
    """The days between which what was taken over is in scope."""
    return entry.value("filed_on"), entry.value("valid_until")
