"""Whoever takes a list out of the house says what for; the log keeps which list, how many rows and the purpose."""

from __future__ import annotations

from hengjian.authorities.exports import Export, understood
from hengjian.authorities.facts import ListExported
from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, creates
from hengjian.kernel.arguments import Line, Reason
from hengjian.kernel.asking import Asking
from hengjian.kernel.list_files import ROWS_WITHOUT_REASON, TYPES, narrowed_by, rows_of
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.words import listed, say


@creates(
    "authorities.export_list",
    Export,
    by=[role.of_own_seat for role in Role],
    clause=ROWS_WITHOUT_REASON.text.citation,
)
def export_list(
    doing: Doing[None], *, listing: Line, form: Line, purpose: Reason, asked: str = ""
) -> tuple[Export, ListExported]:
    """导出清单。

    `asked` is what the address of the list says: `state=filed&sort=-held_on`. The file is had afterwards, that day, by this seat.
    """
    found, wish, faults = understood(listing, asked)
    if found is None or not found.shown_to(doing.actor) or not isinstance(doing.actor, Seat):
        raise refuse(
            "authorities.no_such_list",
            say("没有“{listing}”这份清单，或者不向本席位提供。", listing=listing),
            field="listing",
            remedy="请从清单页面的“导出”进入。",
            clause=PRODUCT,
        )
    if faults:
        raise refuse(
            "authorities.list_not_understood",
            say("“{field}”{sentence}。", field=faults[0].parameter, sentence=faults[0].sentence),
            field="asked",
            remedy="请回到清单页面，改好条件后再导出。",
            clause=PRODUCT,
        )
    if form not in TYPES:
        raise refuse(
            "authorities.export_form",
            say("文件只能是 {forms}。", forms=listed(TYPES)),
            field="form",
            remedy="请从列出的格式中选择一种。",
            clause=PRODUCT,
        )
    rows = rows_of(found, Asking(doing.actor, None, doing.now), wish)
    row = doing.create(
        Export,
        seat=doing.actor,
        listing=found.name,
        title=found.title,
        asked=asked,
        narrowed=str(narrowed_by(found, wish))[:400],
        rows=rows,
        form=form,
        purpose=purpose,
        at=doing.now,
    )
    return row, ListExported(row.title, row.narrowed, rows, form, purpose)
