"""From what the kernel says to what the components show: refusals, time lines, deadlines, clauses. Plain dicts only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.clock import ZONE
from hengjian.kernel.instruments import CERTAINTY, KINDS, instrument_of
from hengjian.kernel.ledger import Recorded
from hengjian.kernel.policy import catalogue as policies
from hengjian.kernel.refusal import Refusal
from hengjian.kernel.workdays import Calendar, DayKind


def policy_chip(key: str) -> dict[str, str]:
    """The § chip of a policy: its title, leading to its page."""
    text = policies().get(key)
    return {"label": text.title if text else key, "href": reverse("policy", kwargs={"key": key})}


def citation_chip(citation: str, *, key: str = "") -> dict[str, str]:
    """The chip beside a refusal: the instrument itself, what kind it is and whether anybody has read the original."""
    text = policies().get(key)
    instrument = instrument_of(citation)
    says = instrument.says if instrument is not None else ""
    if text is not None and instrument is not None and text.certainty != instrument.certainty and says:
        says = (
            CERTAINTY[text.certainty]
            if instrument.kind == "product"
            else f"{KINDS[instrument.kind]}，{CERTAINTY[text.certainty]}"
        )
    chip = {"label": citation, "note": says}
    if text is not None:
        chip |= {"href": reverse("policy", kwargs={"key": key}), "why": text.title}
    return chip


def refusal_part(refusal: Refusal, *, lead: str = "现在还不能办理", id: str = "") -> dict[str, Any]:
    clauses: list[dict[str, str]] = []
    if refusal.policy and refusal.policy in policies():
        clauses.append(citation_chip(policies()[refusal.policy].citation, key=refusal.policy))
    elif refusal.clause:
        clauses.append(citation_chip(refusal.clause))
    part: dict[str, Any] = {"lead": lead, "sentence": refusal.sentence, "clauses": clauses, "mend": refusal.remedy}
    if id:
        part["id"] = id
    return part


def day(value: date | None) -> str:
    """`10 月 12 日`, with the year when it is not the present calendar year of the reader: always unambiguous."""
    return f"{value.year} 年 {value.month} 月 {value.day} 日" if value else ""


def moment(value: datetime | None) -> str:
    return value.astimezone(ZONE).strftime("%Y-%m-%d %H:%M") if value else ""


def act_title(code: str) -> str:
    found = catalogue().get(code)
    return found.header.title if found else code


def timeline(course: Iterable[Recorded], *, limit: int = 12) -> dict[str, Any]:
    """The acts on a case as the time line shows them; each leads to its proof."""
    entries: list[dict[str, Any]] = []
    for record in course:
        entry: dict[str, Any] = {"act": act_title(record.act), "who": record.who, "time": moment(record.at)}
        if record.index is not None:
            entry["proof"] = {
                "index": record.index,
                "href": reverse("log_entry", kwargs={"index": record.index}),
                "verified": True,
            }
        if record.waived:
            entry["note"] = "豁免：" + "、".join(record.waived)
        entries.append(entry)
        if len(entries) == limit:
            break
    return {"entries": entries}


def strip(
    start: date, end: date, *, today: date, started: str = "公布", rule: str = "", provisional: bool = False
) -> dict[str, Any]:
    """The counted days between two dates; long runs of days that do not count are folded."""
    days = stored_calendar().strip(start, end)
    labels = {DayKind.HOLIDAY: "假", DayKind.WEEKEND: "休", DayKind.UNKNOWN: "未定"}
    shown: list[dict[str, Any]] = []
    idle = 0
    for place, item in enumerate(days):
        counts = item.kind in (DayKind.WORKING, DayKind.MAKEUP)
        if not counts and item.kind != DayKind.START:
            idle += 1
            following = days[place + 1] if place + 1 < len(days) else None
            last_idle = following is None or following.kind in (DayKind.WORKING, DayKind.MAKEUP)
            if idle > 1 and not last_idle:
                if idle == 2:
                    shown.append({"date": "…", "kind": "fold"})
                continue
        else:
            idle = 0
        kind = "holiday" if item.kind in labels else item.kind.value
        part: dict[str, Any] = {"date": f"{item.date.month}/{item.date.day}", "kind": kind}
        if item.kind is DayKind.START:
            part["label"] = started
        elif counts:
            part["number"] = item.number
        else:
            part["label"] = "日" if item.kind is DayKind.WEEKEND and item.date.weekday() == 6 else labels[item.kind]
        if item.date == today:
            part["today"] = True
        if item.date == end:
            part["last"] = True
        shown.append(part)
    return {"days": shown, "rule": rule, "provisional": provisional}


def remaining(
    due: date | None, today: date, *, provisional: bool = False, calendar: Calendar | None = None
) -> dict[str, str]:
    """The deadline of a queue line as a chip: overdue and today in seal red, the last days in ochre. A list reads the
    calendar once and passes it along."""
    if due is None:
        return {"label": "无法定期限", "tone": "quiet"}
    left = (calendar or stored_calendar()).working_days_between(today, due)
    mark = "（暂定）" if provisional else ""
    if due < today:
        return {"label": f"已逾期 {max(1, -left)} 个工作日{mark}", "tone": "seal"}
    if due == today:
        return {"label": f"今天到期{mark}", "tone": "seal"}
    # Two working days is the house's own mark for "due soon"; nothing legal hangs from it.
    return {"label": f"剩 {left} 个工作日{mark}", "tone": "warn" if left <= 2 else "normal"}


def facts(*pairs: tuple[str, Any]) -> list[dict[str, Any]]:
    return [{"label": label, "value": value} for label, value in pairs]


def steps(labels: Sequence[tuple[str, str]], state: str, *, stopped: Sequence[str] = ()) -> list[dict[str, str]]:
    """`labels` are (state, label) in order; what comes before the present state is done."""
    order = [value for value, _ in labels]
    if state in stopped:
        return [{"label": label, "state": "stopped" if value == state else "coming"} for value, label in labels]
    place = order.index(state) if state in order else len(order)
    return [
        {"label": label, "state": "done" if at < place else "present" if at == place else "coming"}
        for at, (_, label) in enumerate(labels)
    ]
