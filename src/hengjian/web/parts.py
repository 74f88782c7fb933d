"""From what the kernel says to what the components show: refusals, time lines, deadlines, clauses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal

from django.urls import reverse

from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.clock import ZONE
from hengjian.kernel.instruments import basis_of
from hengjian.kernel.ledger import Recorded
from hengjian.kernel.policy import catalogue as policies
from hengjian.kernel.refusal import Refusal
from hengjian.kernel.words import listed, say
from hengjian.kernel.workdays import Calendar, DayKind
from hengjian.web.components import Chip, Clause, Entry, Hindrance, ProofLink, Step, Strip, StripDay

KINDS_OF_DAYS: Mapping[DayKind, Literal["start", "working", "makeup", "holiday"]] = {
    DayKind.START: "start",
    DayKind.WORKING: "working",
    DayKind.MAKEUP: "makeup",
    DayKind.HOLIDAY: "holiday",
    DayKind.WEEKEND: "holiday",
    DayKind.UNKNOWN: "holiday",
}


def policy_chip(key: str) -> Clause:
    """The § chip of a policy: its title, leading to its page."""
    text = policies().get(key)
    return Clause(text.title if text else key, reverse("policy", kwargs={"key": key}))


def citation_chip(citation: str, *, key: str = "") -> Clause:
    """The chip beside a refusal: the instrument itself, what kind it is and whether anybody has read the original."""
    text = policies().get(key)
    says = basis_of(citation, text.certainty if text is not None else "")
    if text is None:
        return Clause(citation, note=says)
    return Clause(citation, reverse("policy", kwargs={"key": key}), says, text.title)


def refusal_part(refusal: Refusal, *, lead: str = "现在还不能办理", id: str = "") -> Hindrance:
    chip = citation_chip(refusal.citation, key=refusal.policy)
    return Hindrance(lead, refusal.sentence, (chip,), refusal.remedy, id=id)


def day(value: date | None) -> str:
    """`10 月 12 日`, with the year when it is not the present calendar year of the reader: always unambiguous."""
    return say("{value.year} 年 {value.month} 月 {value.day} 日", value=value) if value else ""


def moment(value: datetime | None) -> str:
    return value.astimezone(ZONE).strftime("%Y-%m-%d %H:%M") if value else ""


def act_title(code: str) -> str:
    found = catalogue().get(code)
    return found.header.title if found else code


def proof_of(index: int | None) -> ProofLink | None:
    """The way to the proof of an entry of the log, where it has its number already."""
    if index is None:
        return None
    return ProofLink(index, reverse("log_entry", kwargs={"index": index}))


def entry(record: Recorded, *, act: str = "", who: str = "", detail: str = "") -> Entry:
    """An act on a case as the time line shows it; it leads to its proof."""
    return Entry(
        act or act_title(record.act),
        who or record.who,
        moment(record.at),
        "豁免：" + listed(record.waived) if record.waived else "",
        detail,
        proof_of(record.index),
    )


def strip(
    start: date, end: date, *, today: date, started: str = "公布", rule: str = "", provisional: bool = False
) -> Strip:
    """The counted days between two dates; long runs of days that do not count are folded."""
    days = stored_calendar().strip(start, end)
    labels = {DayKind.HOLIDAY: "假", DayKind.WEEKEND: "休", DayKind.UNKNOWN: "未定"}
    shown: list[StripDay] = []
    idle = 0
    for place, item in enumerate(days):
        counts = item.kind in (DayKind.WORKING, DayKind.MAKEUP)
        if not counts and item.kind != DayKind.START:
            idle += 1
            following = days[place + 1] if place + 1 < len(days) else None
            last_idle = following is None or following.kind in (DayKind.WORKING, DayKind.MAKEUP)
            if idle > 1 and not last_idle:
                if idle == 2:
                    shown.append(StripDay("…", "fold"))
                continue
        else:
            idle = 0
        if item.kind is DayKind.START:
            label = started
        elif counts:
            label = ""
        else:
            label = "周日" if item.kind is DayKind.WEEKEND and item.date.weekday() == 6 else labels[item.kind]
        shown.append(
            StripDay(
                f"{item.date.month}/{item.date.day}",
                KINDS_OF_DAYS[item.kind],
                label,
                item.number if counts else None,
                today=item.date == today,
                last=item.date == end,
            )
        )
    return Strip(shown, rule, provisional)


def remaining(due: date | None, today: date, *, provisional: bool = False, calendar: Calendar | None = None) -> Chip:
    """The deadline of a queue line as a chip: overdue and today in seal red, the last days in ochre. A list reads the
    calendar once and passes it along."""
    if due is None:
        return Chip("无法定期限", "quiet")
    left = (calendar or stored_calendar()).working_days_between(today, due)
    mark = "（暂定）" if provisional else ""
    if due < today:
        return Chip(say("已逾期 {value} 个工作日{mark}", value=max(1, -left), mark=mark), "seal")
    if due == today:
        return Chip(say("今天到期{mark}", mark=mark), "seal")
    # Two working days is the house's own mark for "due soon"; nothing legal hangs from it.
    return Chip(say("剩 {left} 个工作日{mark}", left=left, mark=mark), "warn" if left <= 2 else "normal")


def steps(labels: Sequence[tuple[str, str]], state: str, *, stopped: Sequence[str] = ()) -> list[Step]:
    """`labels` are (state, label) in order; what comes before the present state is done."""
    order = [value for value, _ in labels]
    if state in stopped:
        return [Step(label, "stopped" if value == state else "coming") for value, label in labels]
    place = order.index(state) if state in order else len(order)
    return [
        Step(label, "done" if at < place else "present" if at == place else "coming")
        for at, (_, label) in enumerate(labels)
    ]
