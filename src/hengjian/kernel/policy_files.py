"""Reading the law in numbers: `policies/*.toml` becomes frozen text, and its structural faults become sentences.

One file per domain, one section per key. A key is `<file>.<section>`, so `[notice_working_days]` in `results.toml` is
`results.notice_working_days`. A top-level array of tables (`[[…]]`) is a decision table with a reader of its own.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hengjian.kernel.words import listed, say

VARIABLE = "HENGJIAN_POLICIES"
STRICTER = ("more", "less", "none")
CERTAINTY = ("verified", "local", "unverified", "product")


class Table(Mapping[str, Any]):
    """A table of the law: a mapping that cannot be changed and can be compared and hashed."""

    __slots__ = ("_rows",)

    def __init__(self, rows: Mapping[str, Any]) -> None:
        self._rows = MappingProxyType({name: frozen(value) for name, value in rows.items()})

    def __getitem__(self, name: str) -> Any:
        return self._rows[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __hash__(self) -> int:
        return hash(tuple(self._rows.items()))

    def __repr__(self) -> str:
        return f"Table({dict(self._rows)!r})"


def frozen(value: Any) -> Any:
    """Lists become tuples and tables become `Table`, all the way down."""
    if isinstance(value, Mapping):
        return value if isinstance(value, Table) else Table(value)
    if isinstance(value, list | tuple):
        return tuple(frozen(part) for part in value)
    return value


def plain(value: Any) -> Any:
    """The value as JSON knows it: what `frozen` froze, thawed, and dates as ISO text."""
    if isinstance(value, Mapping):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def written(value: Any) -> str:
    """How a value stands in a pin: a scalar as it is, anything else as canonical JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True)
class DatedValue:
    """The value in force from `since`, and the law that says so."""

    since: date
    value: Any
    law: str


@dataclass(frozen=True)
class PolicyText:
    """Everything `policies/` says about one key; `history` is in order of date, oldest first."""

    key: str
    title: str
    unit: str
    stricter: str
    bounds: tuple[int, int] | None
    source: str
    clause: str
    certainty: str
    verified: date | None  # the day on which the original was read
    read: str  # where it was read
    looked: date | None  # the last day on which somebody looked for the original
    note: str
    history: tuple[DatedValue, ...]

    @property
    def citation(self) -> str:
        """Instrument and clause as a reader would write them."""
        return f"{self.source}{self.clause}"

    def as_dict(self) -> dict[str, Any]:
        """For JSON: the page of the key, the API and `where`."""
        return {
            "key": self.key,
            "title": self.title,
            "unit": self.unit,
            "stricter": self.stricter,
            "bounds": list(self.bounds) if self.bounds else None,
            "source": self.source,
            "clause": self.clause,
            "certainty": self.certainty,
            "verified": self.verified.isoformat() if self.verified else None,
            "read": self.read,
            "looked": self.looked.isoformat() if self.looked else None,
            "note": self.note,
            "history": [
                {"since": old.since.isoformat(), "value": plain(old.value), "law": old.law} for old in self.history
            ],
        }


def policies_directory() -> Path:
    """Where the law lies: `HENGJIAN_POLICIES`, or `policies/` at the root of the checkout."""
    return _directory(os.environ.get(VARIABLE, ""))


@cache
def _directory(named: str) -> Path:
    return Path(named) if named else Path(__file__).resolve().parents[3] / "policies"


@cache
def read_directory(directory: Path) -> tuple[Mapping[str, PolicyText], tuple[str, ...]]:
    """All keys of the directory, and the sentences about what is wrong with them."""
    texts: dict[str, PolicyText] = {}
    faults: list[str] = []
    for path in sorted(directory.glob("*.toml")):
        if path.name.endswith(".cases.toml"):
            continue
        for section, raw in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if isinstance(raw, list):
                continue
            key = f"{path.stem}.{section}"
            if not isinstance(raw, dict) or not isinstance(raw.get("values"), list):
                faults.append(say("{key}：没有 [[{section}.values]]，不是一条规则。", key=key, section=section))
                continue
            texts[key] = _text(key, raw)
            faults.extend(say("{key}：{sentence}", key=key, sentence=sentence) for sentence in _faults(texts[key], raw))
    if not texts:
        faults.append(say("目录 {name} 中没有读到任何规则文件。", name=directory.name))
    return MappingProxyType(texts), tuple(faults)


def _text(key: str, raw: Mapping[str, Any]) -> PolicyText:
    bounds: Any = raw.get("bounds")
    values = [value for value in raw["values"] if isinstance(value, dict) and _is_day(value.get("since"))]
    return PolicyText(
        key=key,
        title=str(raw.get("title", "")),
        unit=str(raw.get("unit", "")),
        stricter=str(raw.get("stricter", "none")),
        bounds=(bounds[0], bounds[1]) if _is_pair(bounds) else None,
        source=str(raw.get("source", "")),
        clause=str(raw.get("clause", "")),
        certainty=str(raw.get("certainty", "")),
        verified=raw.get("verified") if _is_day(raw.get("verified")) else None,
        read=str(raw.get("read", "")),
        looked=raw.get("looked") if _is_day(raw.get("looked")) else None,
        note=str(raw.get("note", "")),
        history=tuple(
            sorted(
                (DatedValue(value["since"], frozen(value.get("value")), str(value.get("law", ""))) for value in values),
                key=lambda old: old.since,
            )
        ),
    )


KNOWN = {
    "title", "unit", "stricter", "bounds", "source", "clause", "certainty", "verified", "read", "looked", "note", "values",
}  # fmt: skip


def _faults(text: PolicyText, raw: Mapping[str, Any]) -> Iterator[str]:
    for name in ("title", "unit", "source"):
        if not getattr(text, name).strip():
            yield say("缺少 {name}。", name=name)
    for name in sorted(set(raw) - KNOWN):
        yield say("不认识的项目 {name}。", name=name)
    if text.stricter not in STRICTER:
        yield say("stricter 只能是 {stricter}。", stricter=listed(STRICTER))
    if text.certainty not in CERTAINTY:
        yield say("certainty 只能是 {certainty}。", certainty=listed(CERTAINTY))
    if text.certainty == "verified" and (text.verified is None or not text.read.strip()):
        yield "读到原文的须写明日期 verified 和在哪里读到 read。"
    if text.certainty != "verified" and (text.verified is not None or text.read):
        yield "verified 与 read 只属于读到原文的规则；找过而没有读到的写 looked。"
    if text.certainty in ("local", "unverified") and text.looked is None:
        yield "没有读到原文的须写明最后查找的日期 looked。"
    if text.certainty == "unverified" and not text.note.strip():
        yield "未经核实的数值须在 note 中说明。"
    if raw.get("bounds") is not None and (text.bounds is None or text.bounds[0] > text.bounds[1]):
        yield "bounds 须为两个整数，下限在前。"
    if text.stricter in ("more", "less") and text.bounds is None and not _all_of(text, bool):
        yield "允许地方从严的数值须写明 bounds。"
    if text.stricter in ("more", "less") and not (_all_of(text, int)):
        yield "只有整数或是非才能比较宽严，stricter 应为 none。"
    yield from _faults_of_values(text, raw)


def _faults_of_values(text: PolicyText, raw: Mapping[str, Any]) -> Iterator[str]:
    dates: list[Any] = [value.get("since") if isinstance(value, dict) else None for value in raw["values"]]
    if not dates:
        yield "没有任何数值。"
    if not all(_is_day(day) for day in dates):
        yield "每个数值须有施行日期 since。"
    elif dates != sorted(set(dates)):
        yield "数值须按施行日期先后排列，且不得重复。"
    if len({type(old.value) for old in text.history}) > 1:
        yield "先后数值的类型不一致。"
    for old in text.history:
        if not old.law.strip():
            yield say("{since} 起的数值没有写明依据 law。", since=old.since)
        if old.value is None:
            yield say("{since} 起的数值缺 value。", since=old.since)
        if isinstance(old.value, float):
            yield say("{since} 起的数值是小数：请改用百分数等整数单位。", since=old.since)
        if text.bounds and isinstance(old.value, int) and not text.bounds[0] <= old.value <= text.bounds[1]:
            yield say("{since} 起的数值 {value} 超出 bounds。", since=old.since, value=old.value)


def _all_of(text: PolicyText, kind: type) -> bool:
    return bool(text.history) and all(isinstance(old.value, kind) for old in text.history)


def _is_day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(type(part) is int for part in value)
