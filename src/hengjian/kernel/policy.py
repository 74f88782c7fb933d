"""A policy is a dated, cited value of the law. Code holds a typed handle; the decision keeps the pin it was made under.

    NOTICE_WORKING_DAYS = Policy("results.notice_working_days", int)
    NOTICE_WORKING_DAYS.on(date(2026, 5, 6))                       # 5, the value of nation and province
    str(NOTICE_WORKING_DAYS.resolve(day, locals, "13/1302/"))      # results.notice_working_days=5@2021-01-01

A list reads as `Policy[tuple[str, ...]]("…", tuple)`, a table as `Policy[Mapping[str, int]]("…", Table)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, Generic, TypeVar

from hengjian.kernel.policy_files import DatedValue, PolicyText, Table, policies_directory, read_directory, written
from hengjian.kernel.words import say, translated

__all__ = [
    "DatedValue",
    "LocalValue",
    "LocalValueRefused",
    "NoValueYet",
    "Pin",
    "Policy",
    "PolicyText",
    "Table",
    "UnknownPolicy",
    "catalogue",
    "is_applied",
    "problems",
    "search",
]

T = TypeVar("T", covariant=True)


# Keys that some module holds a handle on. The others are law kept for its reader: said so wherever it is shown.
_READ_BY_CODE: set[str] = set()


class UnknownPolicy(LookupError):
    """No file of `policies/` has this key, or its value has another type than the code expects."""


class NoValueYet(LookupError):
    """The key exists, but no value of it was in force on that day."""


class LocalValueRefused(ValueError):
    """A lower level may be stricter where the law lets it, never looser and never beyond the bounds."""


@dataclass(frozen=True)
class LocalValue:
    """A stricter value that an area has set by an act; `area` is a closed path such as `13/1302/`."""

    key: str
    area: str
    value: Any
    since: date
    law: str = ""
    until: date | None = None

    def in_force(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Pin(Generic[T]):
    """The value a decision was made under; its text is what the ledger keeps."""

    key: str
    national: T
    since: date
    local: LocalValue | None = None

    @property
    def value(self) -> T:
        """What counts: the local value where there is one."""
        if self.local is None:
            return self.national
        value: T = self.local.value
        return value

    def __str__(self) -> str:
        text = f"{self.key}={written(self.national)}@{self.since.isoformat()}"
        if self.local is not None:
            text += f"|{self.local.area}={written(self.local.value)}@{self.local.since.isoformat()}"
        return text


class Policy(Generic[T]):
    """A typed handle on one key; made at import, so a key that no file has stops the start."""

    __slots__ = ("key", "kind")

    def __init__(self, key: str, kind: type[T], *, decides: bool = True) -> None:
        """`decides=False` for whoever only looks at the value or checks a local one: the key counts as applied no more
        than before."""
        text = catalogue().get(key)
        if text is None:
            near = get_close_matches(key, catalogue(), n=1)
            hint = say("，是否指 {near}", near=near[0]) if near else ""
            raise UnknownPolicy(say("policies/ 中没有“{key}”这一条{hint}。", key=key, hint=hint))
        for old in text.history:
            if type(old.value) is not kind:
                raise UnknownPolicy(
                    say(
                        "“{key}”自 {since} 起的数值是 {name__}，代码要求 {name__2}。",
                        key=key,
                        since=old.since,
                        name__=type(old.value).__name__,
                        name__2=kind.__name__,
                    )
                )
        self.key = key
        self.kind = kind
        if decides:
            _READ_BY_CODE.add(key)

    def __repr__(self) -> str:
        return f"Policy({self.key!r})"

    @property
    def text(self) -> PolicyText:
        """Title, unit, source, certainty and the whole history."""
        return catalogue()[self.key]

    def on(self, day: date) -> T:
        """The national or provincial value in force on that day."""
        value: T = self._dated(day).value
        return value

    def pin(self, day: date, local: LocalValue | None = None) -> Pin[T]:
        """The value of that day as it will be kept; a local value must be admissible and hold on that day."""
        dated = self._dated(day)
        if local is not None:
            self.admit(local)
            if not local.in_force(day) or self._stricter(dated.value, local.value):
                raise LocalValueRefused(
                    say(
                        "“{title}”的地方数值 {value} 在 {day} 不适用。",
                        title=self.text.title,
                        value=local.value,
                        day=day.isoformat(),
                    )
                )
        return Pin(self.key, dated.value, dated.since, local)

    def resolve(self, day: date, locals: Iterable[LocalValue] = (), area: str | None = None) -> Pin[T]:
        """The strictest value that holds on that day.

        With `area`, only values of that area and of the areas it lies in apply; without, all that are given. Of one
        area the newest counts. A local value that the national one has since overtaken gives way to it.
        """
        newest: dict[str, LocalValue] = {}
        for local in locals:
            if local.key != self.key or not local.in_force(day):
                continue
            if area is not None and not area.startswith(local.area):
                continue
            self.admit(local)
            standing = newest.get(local.area)
            if standing is None or local.since > standing.since:
                newest[local.area] = local
        dated = self._dated(day)
        chosen: LocalValue | None = None
        for path in sorted(newest, key=lambda path: (len(path), path)):
            if self._stricter(newest[path].value, chosen.value if chosen else dated.value):
                chosen = newest[path]
        return Pin(self.key, dated.value, dated.since, chosen)

    def admit(self, local: LocalValue) -> None:
        """Raise `LocalValueRefused`, with the sentence, when this value could never have been set."""
        text, name = self.text, self.text.title
        if local.key != self.key:
            raise LocalValueRefused(say("“{key}”的数值不能用于“{key2}”。", key=local.key, key2=self.key))
        if not local.area or not local.area.endswith("/"):
            raise LocalValueRefused(say("区域“{area}”不是以斜线结尾的路径。", area=local.area))
        if text.stricter == "none":
            raise LocalValueRefused(say("“{name}”不允许地方另行规定。", name=name))
        if type(local.value) is not self.kind:
            raise LocalValueRefused(
                say(
                    "“{name}”须为 {name__}，不能是 {value!r}。", name=name, name__=self.kind.__name__, value=local.value
                )
            )
        wanted: Any = local.value
        if text.bounds and not text.bounds[0] <= wanted <= text.bounds[1]:
            raise LocalValueRefused(
                say(
                    "“{name}”须在 {bounds} 与 {bounds2} 之间（{unit}），不能是 {value}。",
                    name=name,
                    bounds=text.bounds[0],
                    bounds2=text.bounds[1],
                    unit=text.unit,
                    value=local.value,
                )
            )
        try:
            national = self.on(local.since)
        except NoValueYet as nothing:
            raise LocalValueRefused(say("{nothing}地方不能先行规定。", nothing=nothing)) from nothing
        if self._stricter(national, local.value):
            raise LocalValueRefused(
                say(
                    "“{name}”只能比 {national} 更严，不能放宽为 {value}（{citation}）。",
                    name=name,
                    national=written(national),
                    value=written(local.value),
                    citation=text.citation,
                )
            )

    def _stricter(self, one: Any, other: Any) -> bool:
        return bool(one > other) if self.text.stricter == "more" else bool(one < other)

    def _dated(self, day: date) -> DatedValue:
        found: DatedValue | None = None
        for old in self.text.history:
            if old.since <= day:
                found = old
        if found is None:
            raise NoValueYet(
                say("“{title}”（{key}）在 {day} 尚无规定。", title=self.text.title, key=self.key, day=day.isoformat())
            )
        return found


def catalogue() -> Mapping[str, PolicyText]:
    """Every key of `policies/`."""
    return read_directory(policies_directory())[0]


def is_applied(key: str) -> bool:
    """Whether anything in this installation decides by the key. Asked once every module is loaded."""
    return key in _READ_BY_CODE


def problems() -> list[str]:
    """Structural faults of `policies/`, one sentence each; empty when the law is in order."""
    return list(read_directory(policies_directory())[1])


def search(words: str) -> list[PolicyText]:
    """Keys in which every word occurs (key, title, source, clause, note or law; title and note in
    the language spoken too), hits in key or title first."""
    wanted = [word.casefold() for word in words.split()]
    found: list[tuple[int, str, PolicyText]] = []
    for key, text in catalogue().items():
        head = f"{key} {text.title} {translated(text.title)}".casefold()
        laws = " ".join(old.law for old in text.history)
        whole = f"{head} {text.unit} {text.source} {text.clause} {text.note} {translated(text.note)} {laws}".casefold()
        if wanted and all(word in whole for word in wanted):
            found.append((sum(word not in head for word in wanted), key, text))
    return [text for _, _, text in sorted(found, key=lambda hit: hit[:2])]
