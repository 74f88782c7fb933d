"""One search over what this desk may see: every room that declares a `search` is asked."""

from __future__ import annotations

from hengjian.kernel.words import listed, say
from hengjian.web.components import Empty, Head
from hengjian.web.pages import Answer, Desk, Page, page
from hengjian.web.room import searches
from hengjian.web.searching import SHORTEST


@page("search/", "search")
def search_page(desk: Desk) -> Answer:
    """搜索。"""
    words = desk.asked("q")[:60]
    asked = words if len(words) >= SHORTEST else ""
    groups = [card for search in searches() if asked and (card := search.find(desk, asked)) is not None]
    lead = (
        say("“{words}”的结果，只含本席位可以查看的内容。", words=words)
        if asked
        else say("可以输入{kinds}，至少 {shortest} 个字。", kinds=_kinds(), shortest=SHORTEST)
    )
    empty = Empty("没有找到", say("可以换用{kinds}。", kinds=_kinds())) if asked else None
    return Page("search.html", Head("搜索", lead=lead), {"groups": groups, "empty": empty})


def _kinds() -> str:
    """What can be searched for, in the order of the rooms."""
    return listed((search.by for search in searches()), "、")
