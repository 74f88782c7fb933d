"""Another value of the law for a moment, and which other value: the mutation of a policy."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from unittest import mock

from hengjian.kernel import policy
from hengjian.kernel.policy_files import frozen, plain, policies_directory, read_directory


@contextmanager
def enacted(key: str, value: Any) -> Iterator[None]:
    """`value` is the key's value on every day on which it had one; nothing else of the law changes."""
    texts, faults = policy.read_directory(policies_directory())
    history = tuple(replace(old, value=frozen(value)) for old in texts[key].history)
    assert {type(old.value) for old in history} == {type(old.value) for old in texts[key].history}, key
    changed = MappingProxyType({**texts, key: replace(texts[key], history=history)})
    with mock.patch.object(policy, "read_directory", lambda directory: (changed, faults)):
        forget()
        yield
    forget()


def forget() -> None:
    """What the house remembers of the law between two requests is worked out anew."""
    for name in REMEMBERED:
        module, _, function = name.rpartition(".")
        if module in sys.modules:
            getattr(sys.modules[module], function).cache_clear()


REMEMBERED = (
    "hengjian.kernel.statutory_days.statutory_day",
    "hengjian.rosters.checks.prior_numbers._layout",
    "hengjian.certificates.public_queries._layout",
    "hengjian.certificates.public_queries._level_text",
)


def in_force(key: str) -> Any:
    """The newest value."""
    return read_directory(policies_directory())[0][key].history[-1].value


def others(value: Any) -> list[Any]:
    """Other values of the same kind, the nearest first: a number one more and one less, a yes a no, a list one shorter or
    with a stranger in it, a table with one row changed."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1, 2 * value + 7] if value else [1, 7]
    if isinstance(value, str):
        return []
    if isinstance(value, Mapping):
        rows = {name: plain(part) for name, part in value.items()}
        changed = [
            {**rows, name: other} for name, part in list(value.items())[:12] for other in map(plain, others(part)[:2])
        ]
        shorter = [{name: part for name, part in rows.items() if name != gone} for gone in list(rows)[:40]]
        return [*changed, *shorter]
    members = [plain(part) for part in value]
    renamed = [
        {**row, "title": row["title"] + "（另称）"} for row in members if isinstance(row, dict) and "title" in row
    ]
    return [*([renamed] if renamed else []), members[1:], members[:-1], [], [*members, "别的"]]


# Texts have no neighbour: another one that the law could have.
OTHERWISE: dict[str, tuple[Any, ...]] = {
    "certificates.empty_trade_text": ("无",),
    "certificates.organisation_filed_with_province": ("0001",),
    "filing.filing_level": ("city",),
    "occupations.catalogue_edition": ("2015",),
    "occupations.standard_template": ("STD18",),
    "rosters.conditions_judged_on": ("applied",),
    "sampling.aql": ("4.0",),
    "sampling.inspection_level": ("III",),
    "sampling.entrusted_inspection_level": ("II",),
    "sampling.table_edition": ("GB/T 2828.1-2003",),
    "filing.responsible_level": (
        {
            **dict.fromkeys(("央企", "省级试点企业", "省级机构", "雄安新区机构", "市内试点企业"), "province"),
            "市级机构": "city",
        },
    ),
    "personnel.supervisor_card_number": (
        {"length": 9, "first": "S", "province": [2, 3], "year": [4, 5], "serial": [6, 9]},
    ),
    "certificates.serial_range": ({"first": 1, "last": 2}, {"first": 5, "last": 999999}),
    "certificates.certificate_name": ("职业技能证书",),
    "certificates.query_addresses": ({"certificate": "zs.example.cn", "institution": "jg.example.cn"},),
    "occupations.review_levels": (["4", "2", "1"],),
    "certificates.layout": (
        {
            "length": 22,
            "parts": [
                {"name": "class", "first": 1, "last": 1},
                {"name": "organisation", "first": 2, "last": 7},
                {"name": "province", "first": 8, "last": 9},
                {"name": "site", "first": 10, "last": 13},
                {"name": "year", "first": 14, "last": 15},
                {"name": "level", "first": 16, "last": 16},
                {"name": "serial", "first": 17, "last": 22},
            ],
        },
    ),
    "certificates.level_texts": ({"5": "初级", "4": "中级", "3": "高级", "2": "技师", "1": "高级技师"},),
    "filing.directly_administered": ({"130181": "own", "130682": "1306"},),
    "calendar.missing_year_warned_from": ("12-20",),
}
