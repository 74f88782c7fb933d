"""A candidate's row in the words of the roster: the titles of its columns, the words of its code tables, days as days.

Only columns of the specification are told. What the reader derived for its own use (a birth date out of a number, whether
a check digit fits, how exact a date was written) has no title and is never shown.
"""

from __future__ import annotations

from typing import Any

from hengjian.rosters.columns import COLUMNS, Column, Kind

NOT_TOLD = frozenset({"serial", "name", "document_type", "document_number", "sex", "birth", "phone"})
_EXACT = {"year": 4, "month": 7}
YES_NO = {True: "是", False: "否"}


def declared(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """(title, value) of every column that has one, in the order of the roster."""
    found = []
    for column in COLUMNS:
        precision = str(facts.get(f"{column.key}_precision") or "")
        value = facts.get(column.key)
        if column.key in NOT_TOLD or (value in (None, "", []) and precision != "open"):
            continue
        found.append((column.title, _in_words(column, value, precision)))
    return found


def _in_words(column: Column, value: Any, precision: str) -> str:
    if precision == "open":
        return "无固定期限"
    if column.type is Kind.DATE:
        return str(value)[: _EXACT.get(precision, 10)]
    if isinstance(value, bool):
        return YES_NO[value]
    table = column.code_table
    several = value if isinstance(value, list | tuple) else [value]
    return "、".join(table.titles.get(str(item), str(item)) if table else str(item) for item in several)
