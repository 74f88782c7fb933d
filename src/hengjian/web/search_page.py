"""One search over what this desk may see: every room that declares a `search` is asked, and says why each row was found."""

from __future__ import annotations

from hengjian.authorities.searching import SEARCH
from hengjian.kernel.finding import LONGEST, SHORTEST, Group, Hit, read, search
from hengjian.kernel.words import listed, say
from hengjian.web.components import Card, Cell, Empty, Head, Table, columns
from hengjian.web.components.cell import Shown
from hengjian.web.pages import Answer, Desk, Page, address_of, page
from hengjian.web.room import Search, searches


@page("search/", "search")
def search_page(desk: Desk) -> Answer:
    """搜索。

    What is searched for may be a name or a number: it is sent in the body, never in an address, where it would stay in
    histories and in the logs of machines between.
    """
    words = desk.request.POST.get("q", "").strip()[:LONGEST]
    asked = read(words)
    refused = desk.restrained(SEARCH) if asked else None
    found = [] if refused else search([each.finder for each in searches()], desk.actor, asked)
    shown = {each.finder.name: each for each in searches()}
    cards = [_card(shown[group.name], group) for group in found]
    lead = (
        say("“{words}”的结果，只含本席位可以查看的内容。", words=words)
        if asked
        else say("可以输入{kinds}，至少 {shortest} 个字。", kinds=_kinds(), shortest=SHORTEST)
    )
    empty = Empty("没有找到", say("可以换用{kinds}。", kinds=_kinds())) if asked and not refused else None
    return Page(
        "search.html", Head("搜索", lead=lead), {"groups": cards, "empty": empty}, status=429 if refused else 200
    )


def _card(shown: Search, group: Group) -> Card:
    hint = say("只显示最符合的 {shown} 条，请补充内容以缩小范围。", shown=len(group.hits)) if group.more else ""
    rows = [_row(shown, hit) for hit in group.hits]
    return Card(group.title, hint=hint, flush=True, table=Table(columns(group.title, "所属", "符合之处", "状态"), rows))


def _row(shown: Search, hit: Hit) -> list[Shown]:
    return [
        Cell(hit.title, href=address_of(shown.finder.of, hit.id), note=hit.detail),
        hit.note,
        hit.reason,
        Cell(chip=shown.chip(hit.state)) if hit.state else None,
    ]


def _kinds() -> str:
    """What can be searched for, in the order of the rooms."""
    return listed((each.finder.by for each in searches()), "、")
