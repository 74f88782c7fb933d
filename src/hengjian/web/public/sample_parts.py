"""The sample of a roster on the public pages of draws: its line in the register, its own page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from hengjian.kernel.words import say
from hengjian.rosters.public_queries import DISCLOSED, DRAWN, FILED, PublicSampleDetail, public_samples
from hengjian.web.components import Cell, Chip, Column, Empty, Entry, Head, Table, Timeline, crumbs, facts
from hengjian.web.pages import Page
from hengjian.web.parts import day, moment, proof_of


def samples_table(limit: int) -> Table:
    rows = [
        [
            Cell(row.code, href=reverse("public_draw", kwargs={"code": row.code}), mono=True),
            Cell(row.office),
            Cell(moment(row.drawn_at)),
            Cell(say("{pool} 份中抽 {drawn} 份", pool=row.pool, drawn=row.drawn)),
            Cell(chip=_chip(row.disclosed)),
        ]
        for row in public_samples(limit)
    ]
    columns = ("抽取编号", "机关", "抽取时刻", "样本", "状态")
    return Table(
        columns=[Column(gettext(label)) for label in columns],
        rows=rows,
        empty=Empty(gettext("还没有抽样")),
    )


def _chip(disclosed: bool) -> Chip:
    return Chip(gettext("已公开"), "good") if disclosed else Chip(gettext("核查中"), "normal")


def sample_page(found: PublicSampleDetail) -> Page:
    """Like the page of any draw: what is committed, where in the log; disclosed, everything to run it again."""
    head, whole = found.head, found.published
    values: dict[str, object] = {
        "facts": facts(
            (gettext("机关"), head.office),
            *(((gettext("评价机构"), found.institution), (gettext("计划编号"), found.plan_number)) if whole else ()),
            *(((gettext("考试日期"), day(found.held_on)),) if found.held_on else ()),
            (gettext("抽取时刻"), moment(head.drawn_at)),
            (gettext("样本"), say("{pool} 份中抽 {drawn} 份", pool=head.pool, drawn=head.drawn)),
            (gettext("每份抽中的机会"), found.chance),
            *(((gettext("另有必查"), str(found.flagged)),) if found.flagged else ()),
            *(
                ((gettext("核查结果"), say("不合格 {bad} 份，接收数 {accept}", bad=found.bad, accept=found.accept)),)
                if whole and found.bad is not None
                else ()
            ),
            (gettext("可信级别"), Cell(chip=Chip(gettext("C 级 · 只有平台自己的承诺"), "normal"))),
        ),
        "level": gettext(
            "样本由平台的秘密值和名册内容推出，秘密值的指纹在提交名册时已进入存证日志，此后换不了；再抽一次仍是这些份。平台以外的人不能排除平台在名册提交之前就知道结果。"
        ),
        "digest": head.digest,
        "timeline": Timeline(_course(found)),
        "excluded": [],
        "teams": _files(whole) if whole else None,
        "pool": [item["id"] for item in whole["manifest"]["pool"]] if whole else [],
        "published": whole is not None,
        "data": reverse("public_draw_file", kwargs={"code": head.code}) if whole else "",
        "sample": True,
        "witnesses": [],
        "others": [],
        "void": None,
    }  # fmt: skip
    top = Head(
        say("名册核查抽样 {code}", code=head.code),
        crumbs=crumbs((gettext("抽取"), reverse("public_draws")), (head.code,)),
        chips=[_chip(head.disclosed)],
    )
    return Page("public/draw.html", top, values)


def _files(whole: Any) -> Table:
    """The drawn files by their rows in the roster; nobody is named."""
    rows = [[Cell(target, mono=True), target.rpartition(".")[2]] for target in whole["result"]["targets"]]
    return Table(columns=[Column(gettext(label)) for label in ("抽中的材料", "名册行号")], rows=rows)


def _course(found: PublicSampleDetail) -> list[Entry]:
    entries: list[Entry] = []
    for act, title, note in (
        (FILED[0], gettext("提交名册"), gettext("名册摘要、秘密值和一次性代码的指纹写入存证日志")),
        (DRAWN, gettext("抽取"), gettext("清单摘要和抽中的材料写入存证日志")),
        (DISCLOSED, gettext("核定考生"), gettext("样本已经核查，清单、秘密值、代码和结果全部公开")),
    ):
        index = found.index.get(act)
        entries.append(Entry(title, note=note, proof=proof_of(index), tone="coming" if index is None else ""))
    return entries
