"""Worked cases a regulator can read: `policies/*.cases.toml` says what the law gives on a day, and a test asks each one.

    [[case]]
    title  = "劳动节前一日公示五个工作日"
    policy = "results.notice_working_days"
    on     = 2026-04-29                # the day of the decision; a period is counted from the day after it
    value  = 5                         # what the policy says
    ends   = 2026-05-09                # the last day of that many working days

`at` walks into a table or list (`["A"]`), `local` gives values set by areas and `area` the place of the case, `refused`
says that the local value may not be set, `none` that the law had no value yet, `provisional` that the calendar of the
end is not known, `pin` what the ledger keeps. `compare` decides a question of fact: `given` is admitted or not.
"""

from __future__ import annotations

import operator
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hengjian.kernel.policy import LocalValue, LocalValueRefused, NoValueYet, Pin, Policy, catalogue
from hengjian.kernel.policy_files import plain, policies_directory
from hengjian.kernel.words import listed, say, words_of
from hengjian.kernel.workdays import Calendar


def _one_of(given: Any, values: Any) -> bool:
    return given in values


QUESTIONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "one_of": _one_of,
}
KNOWN = {"title", "policy", "on", "at", "value", "area", "local", "refused", "none", "pin"} | {
    "ends",
    "provisional",
    "ends_in_days",
    "given",
    "compare",
    "admitted",
}
ANSWERS = {"value", "refused", "none", "pin", "ends", "ends_in_days", "admitted"}


@dataclass(frozen=True)
class Case:
    """One worked case and the file it stands in."""

    file: str
    title: str
    policy: str
    on: date
    wants: Mapping[str, Any]

    def __str__(self) -> str:
        return say("{file}：{title}", file=self.file, title=self.title)

    def verdict(self, calendar: Calendar) -> str:
        """Empty when the law answers as the case says; else the sentence that tells the difference."""
        if not ANSWERS & set(self.wants):
            return "案例没有写明应得的结果。"
        if set(self.wants) - KNOWN:
            return say("不认识的项目：{sorted}。", sorted=listed(sorted(set(self.wants) - KNOWN)))
        try:
            pin = self._pin()
        except LocalValueRefused as refusal:
            return "" if self.wants.get("refused") else say("地方数值被拒绝：{refusal}", refusal=refusal)
        except NoValueYet as nothing:
            return "" if self.wants.get("none") else words_of(nothing)
        if self.wants.get("refused") or self.wants.get("none"):
            return say("应当没有结果，却得到 {pin}。", pin=pin)
        return next((fault for fault in self._differences(pin, calendar) if fault), "")

    def _pin(self) -> Pin[Any]:
        kind = type(catalogue()[self.policy].history[-1].value)
        local = [LocalValue(key=self.policy, **values) for values in self.wants.get("local", ())]
        return Policy(self.policy, kind, decides=False).resolve(self.on, local, self.wants.get("area"))

    def _differences(self, pin: Pin[Any], calendar: Calendar) -> list[str]:
        value = pin.value
        for step in self.wants.get("at", ()):
            value = value[step]
        faults = [
            self._differs("value", plain(value)),
            self._differs("pin", str(pin)),
        ]
        if "ends" in self.wants:
            deadline = calendar.add_working_days(self.on, value)
            faults.append(self._differs("ends", deadline.on))
            faults.append(
                "" if deadline.provisional == self.wants.get("provisional", False) else "期限是否暂定与案例不同。"
            )
        if "ends_in_days" in self.wants:
            faults.append(self._differs("ends_in_days", self.on + timedelta(days=value)))
        if "admitted" in self.wants:
            answer = QUESTIONS[self.wants["compare"]](self.wants["given"], value)
            faults.append(self._differs("admitted", bool(answer)))
        return faults

    def _differs(self, name: str, found: Any) -> str:
        if name not in self.wants or self.wants[name] == found:
            return ""
        return say("{name} 应为 {name2}，实为 {found}。", name=name, name2=self.wants[name], found=found)


def cases(directory: Path | None = None) -> tuple[Case, ...]:
    """Every `[[case]]` of the directory that names a policy, in order of file."""
    found: list[Case] = []
    for path in sorted((directory or policies_directory()).glob("*.cases.toml")):
        for raw in tomllib.loads(path.read_text(encoding="utf-8")).get("case", ()):
            if "policy" in raw:
                found.append(Case(path.name, raw["title"], raw["policy"], raw["on"], raw))
    return tuple(found)
