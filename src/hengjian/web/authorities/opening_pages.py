"""Who opened which file, for the auditor of the area."""

from __future__ import annotations

from django.urls import reverse

from hengjian.authorities.file_openings import FileOpening
from hengjian.authorities.queries import holders
from hengjian.kernel.case import case_of
from hengjian.web.components import Cell, Empty, Head, Row, Table, columns, crumbs
from hengjian.web.pages import Answer, Desk, Page, page
from hengjian.web.paging import part_of
from hengjian.web.parts import moment
from hengjian.web.room import case_pages

HOW = {FileOpening.How.SHOWN: "查看", FileOpening.How.TAKEN: "保存"}


@page("files/opened/", "file_openings")
def file_openings_page(desk: Desk) -> Answer:
    """文件查阅记录。"""
    part = part_of(desk, desk.visible(FileOpening), kept=())
    people = holders(each.actor for each in part.rows)
    table = Table(
        columns=columns("时间", "谁", "怎样", "文件", "案件"),
        rows=[
            Row(
                [
                    Cell(moment(each.at)),
                    Cell(people.get(each.actor, each.who), note=each.who),
                    Cell(HOW[FileOpening.How(each.how)]),
                    Cell(each.what),
                    _case(each),
                ]
            )
            for each in part.rows
        ],
        empty=Empty("还没有人打开过文件", "查看或保存案件中的文件，都会记在这里。"),
    )
    head = Head("文件查阅记录", lead="本辖区案件中的文件，谁在什么时候查看或保存过。", crumbs=crumbs(("文件查阅记录",)))
    return Page("file_openings.html", head, {"table": table, "pager": part.pager})


def _case(opening: FileOpening) -> Cell:
    model = case_of(opening.case_table)
    name = case_pages().get(model) if model is not None else None
    return Cell("查看案件", href=reverse(name, kwargs={"pk": opening.case_id})) if name else Cell("")
