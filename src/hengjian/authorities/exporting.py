"""The file of a recorded export: that day, for the seat that recorded it, never more rows than were recorded."""

from __future__ import annotations

from typing import Any

from hengjian.authorities.exports import Export, understood
from hengjian.kernel.asking import Asking
from hengjian.kernel.clock import ZONE
from hengjian.kernel.list_files import ROWS_WITHOUT_REASON, file_of, lines_of, rows_of
from hengjian.kernel.listing import Listing, Wanted
from hengjian.kernel.refusal import refuse
from hengjian.kernel.words import say


def file_for(asking: Asking[None], export: Export) -> bytes:
    """Its bytes, as the seat sees the list now. Raises `Refused` where the record does not cover it any more."""
    return file_of(*_covered(asking, export), export.form)


def lines_for(asking: Asking[None], export: Export) -> tuple[list[str], list[list[str]]]:
    """The same for a program: heads of the columns and lines."""
    heads, lines = lines_of(*_covered(asking, export))
    return heads, list(lines)


def _covered(asking: Asking[None], export: Export) -> tuple[Listing[Any], Asking[None], Wanted]:
    policy = ROWS_WITHOUT_REASON.key
    remedy = "请从清单页面重新导出。"
    if export.seat_id != getattr(asking.actor, "pk", None) or export.at.astimezone(ZONE).date() != asking.today:
        raise refuse(
            "authorities.export_over", "文件只供登记用途的席位当天下载。", field="id", policy=policy, remedy=remedy
        )
    listing, wish, _ = understood(export.listing, export.asked)
    assert listing is not None  # the act found it
    rows = rows_of(listing, asking, wish)
    if rows > export.rows:
        raise refuse(
            "authorities.export_grown",
            say("登记的是 {recorded} 行，清单现有 {rows} 行。", recorded=export.rows, rows=rows),
            field="id",
            policy=policy,
            remedy=remedy,
        )
    return listing, asking, wish
