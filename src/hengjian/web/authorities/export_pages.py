"""Taking a list out of the house: what for is asked here, then the file is had."""

from __future__ import annotations

from django.urls import reverse

from hengjian.authorities.acts.export_list import export_list
from hengjian.authorities.exporting import file_for
from hengjian.authorities.exports import Export, understood
from hengjian.authorities.lists import minute
from hengjian.kernel.list_files import narrowed_by, rows_of
from hengjian.kernel.words import say
from hengjian.web.cases import case_page, course, course_card
from hengjian.web.components import Card, Go, Head, facts
from hengjian.web.listing import file_answer
from hengjian.web.pages import Answer, Desk, page, page_of
from hengjian.web.performing import performing

UNASKED = ("listing", "asked", "form")


@page("exports/new/", "export_list", performs=["authorities.export_list"])
def export_list_page(desk: Desk) -> Answer:
    """What the file is for; which list and how many rows it has is said above."""
    given = {name: desk.asked(name) for name in UNASKED}
    if desk.post:
        posted = desk.request.POST.copy()
        posted.update({name: value for name, value in given.items() if value})
        desk.request.POST = posted  # type: ignore[assignment]
    listing, wish, faults = understood(given["listing"], given["asked"])
    lead = ""
    if listing is not None and not faults and listing.shown_to(desk.actor):
        rows = rows_of(listing, desk.asking(None), wish)
        lead = say(
            "{title}，{narrowed}，共 {rows} 行。用途连同清单、条件和行数记入存证日志。",
            title=listing.title,
            narrowed=narrowed_by(listing, wish),
            rows=rows,
        )
    return performing(
        desk,
        export_list,
        None,
        template="export_form.html",
        more={"lead": lead},
        unasked=UNASKED if given["listing"] else (),
    )


@page_of(Export, "exports/<int:pk>/", "export", "seat")
def export_page(desk: Desk, export: Export) -> Answer:
    """One export: which list, how many rows, what for; that day its file."""
    pairs = [
        ("清单", export.title),
        ("条件", export.narrowed),
        ("行数", str(export.rows)),
        ("用途", export.purpose),
        ("席位", export.seat.label),
        ("登记", minute(export.at)),
    ]
    buttons = []
    if desk.seat is not None and export.seat_id == desk.seat.pk:
        buttons = [Go("下载文件", href=reverse("export_file", kwargs={"pk": export.pk}), primary=True)]
    return case_page(
        Head(str(export)), [Card("导出", facts=facts(*pairs))], [course_card(course(export))], acts=buttons
    )


@page_of(Export, "exports/<int:pk>/file/", "export_file", "seat")
def export_file_page(desk: Desk, export: Export) -> Answer:
    """The file itself."""
    return file_answer(export.title, file_for(desk.asking(None), export), export.form, desk.today)
