"""Draws in public (M1): every one from its sealing on, so that a hidden redraw leaves a hole; run again in the browser."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from hengjian.kernel.words import listed, say
from hengjian.rosters.public_queries import public_sample, published_sample
from hengjian.supervision import queries
from hengjian.supervision.public_queries import (
    DISCLOSED,
    DRAWN,
    PUBLISHED,
    SEALED,
    VOIDED,
    PublicDrawDetail,
    public_draw,
)
from hengjian.web.components import (
    Alert,
    Cell,
    Chip,
    Column,
    Component,
    Empty,
    Entry,
    Fact,
    Head,
    Shown,
    Table,
    Timeline,
    Tone,
    crumbs,
    facts,
)
from hengjian.web.pages import Answer, Desk, Page, page
from hengjian.web.parts import day, moment, proof_of
from hengjian.web.public.sample_parts import sample_page, samples_table

TONES: Mapping[str, Tone] = {"sealed": "warn", "drawn": "normal", "published": "good", "void": "seal"}
LEVELS = {
    "A": "指定的公开随机值带有可验证的签名，封存清单时任何人都不可能知道；结果由清单、秘密值、一次性代码和它共同决定。",
    "B": "指定的公开随机值可对照公开的开奖结果核对；封存清单时任何人都不可能知道。",
    "C": "没有公开随机值，结果由平台与见证人各自事先承诺的秘密值决定。外人只有相信至少一名见证人没有同平台串通，才能排除结果由平台挑选。",
}
ALONE = "没有公开随机值，也没有见证人：结果只由平台自己的秘密值决定，平台以外没有任何人能够排除结果由平台挑选。"


@page("draws/public/", "public_draws", access="public")
def public_draws_page(desk: Desk) -> Answer:
    """抽取。"""
    found = queries.public_draws(500)
    rows = [
        [
            Cell(draw.code, href=reverse("public_draw", kwargs={"code": draw.code}), mono=True),
            Cell(draw.office),
            Cell(say("{year} 年第 {chain_index} 个", year=draw.year, chain_index=draw.chain_index)),
            Cell(moment(draw.opens_at)),
            Cell(say("{level} 级", level=draw.level), note=draw.level_label),
            Cell(chip=Chip(draw.state_label, TONES[draw.state])),
        ]
        for draw in found
    ]
    columns = ("抽取编号", "机关", "代码序号", "抽取时刻", "可信级别", "状态")
    chains: list[list[Shown]] = [
        [Cell(chain.office), str(chain.year), f"{chain.used} / {chain.length}", Cell(chain.head, mono=True)]
        for chain in queries.public_chains()
    ]
    values = {
        "table": Table(
            columns=[Column(gettext(label)) for label in columns],
            rows=rows,
            empty=Empty(gettext("还没有抽取")),
        ),
        "samples": samples_table(500),
        "chains": Table(
            columns=[Column(gettext(label)) for label in ("机关", "年度", "已用代码", "码链链头")],
            rows=chains,
            empty=Empty(gettext("还没有启用码链")),
        ),
    }
    lead = gettext(
        "质量督导员和核查哪些申报材料都由随机抽取产生。每次抽取都列在这里，督导员抽取的代码逐个使用，少一个都看得出来；公开后任何人可以复算。"
    )
    return Page("public/draws.html", Head(gettext("抽取"), lead=lead), values)


@dataclass(frozen=True, slots=True)
class OtherDraw(Component):
    """Another draw for the same exam: what became of it, in whose words."""

    code: str
    href: str
    chip: Chip
    said: str
    by: str


@page("draws/public/<str:code>/", "public_draw", access="public")
def public_draw_page(desk: Desk, code: str) -> Answer:
    """One draw: what was sealed, where it stands in the log, and, published, its result to be run again."""
    sample = public_sample(code) if code.startswith("S-") else None
    if sample is not None:
        return sample_page(sample)
    found = public_draw(code)
    if found is None:
        raise Http404
    draw = found.head
    values: dict[str, object] = {
        "facts": facts(
            (gettext("机关"), draw.office),
            *(((gettext("评价机构"), found.institution), (gettext("计划编号"), found.plan_number)) if draw.published else ()),
            *(((gettext("考试日期"), day(found.held_on)),) if found.held_on else ()),
            (gettext("抽取时刻"), moment(draw.opens_at)),
            (gettext("一次性代码"), say("{year} 年码链第 {chain_index} 个", year=draw.year, chain_index=draw.chain_index)),
            (
                gettext("可信级别") if DRAWN in found.index else gettext("封存时的级别"),
                Cell(chip=Chip(say("{level} 级 · {level_label}", level=draw.level, level_label=draw.level_label), "normal")),
            ),
        ),
        "level": gettext(LEVELS[draw.level] if found.witnesses or draw.level != "C" else ALONE),
        "void": _void(draw) if draw.void_reason else None,
        "witnesses": [Fact(label, state) for label, state in found.witnesses],
        "others": [
            OtherDraw(
                other.code,
                reverse("public_draw", kwargs={"code": other.code}),
                Chip(other.state_label, TONES[other.state]),
                listed([part for part in (other.void_ground, other.void_reason) if part], '：'),
                other.voided_by,
            )
            for other in found.others
        ],
        "digest": draw.digest,
        "timeline": Timeline(_course(found)),
        "excluded": [Fact(reason, count) for reason, count in found.excluded],
        "teams": _teams(found),
        "pool": _pool(found),
        "published": draw.published,
        "sample": False,
        "data": reverse("public_draw_file", kwargs={"code": code}) if draw.published else "",
    }  # fmt: skip
    head = Head(
        say("抽取 {code}", code=draw.code),
        crumbs=crumbs((gettext("抽取"), reverse("public_draws")), (draw.code,)),
        chips=[Chip(draw.state_label, TONES[draw.state])],
    )
    return Page("public/draw.html", head, values)


def _void(draw: queries.PublicDraw) -> Alert:
    """Who threw it away, on which ground, in which words; the result, once disclosed, stands below."""
    return Alert(
        tone="seal",
        title=gettext("这次抽取已经作废"),
        lines=[
            *(
                [say("{gettext}：{void_ground}", gettext=gettext("情形"), void_ground=draw.void_ground)]
                if draw.void_ground
                else []
            ),
            say("{gettext}：{void_reason}", gettext=gettext("说明"), void_reason=draw.void_reason),
            *(
                [say("{gettext}：{voided_by}", gettext=gettext("决定人"), voided_by=draw.voided_by)]
                if draw.voided_by
                else []
            ),
        ],
    )


def _course(found: PublicDrawDetail) -> list[Entry]:
    entries: list[Entry] = []
    for act, title, note in (
        (SEALED, gettext("封存清单"), gettext("清单摘要写入存证日志，此后不能改动")),
        (DRAWN, gettext("抽取"), gettext("结果的摘要写入存证日志，考试结束前保密")),
        *(
            ((VOIDED, gettext("作废"), gettext("代码不再使用，编号保留，抽中的人留在池内")),)
            if found.head.void_reason
            else ()
        ),
        (
            DISCLOSED if found.head.void_reason else PUBLISHED,
            gettext("公开"),
            gettext("清单、秘密值、代码和结果全部公开"),
        ),
    ):
        index = found.index.get(act)
        entries.append(Entry(title, note=note, proof=proof_of(index), tone="coming" if index is None else ""))
    return entries


def _teams(found: PublicDrawDetail) -> Table | None:
    if found.published is None:
        return None
    result = found.published["result"]
    if result["teams"] is None:
        return None
    rows: list[list[Shown]] = [
        [_target(target), Cell(listed(result["teams"][target]), mono=True)] for target in result["targets"]
    ]
    return Table(
        columns=[Column(gettext(label)) for label in ("场次（日期与小类）", "抽中的督导员证号")],
        rows=rows,
    )


def _pool(found: PublicDrawDetail) -> list[str]:
    if found.published is None:
        return []
    return [person["id"] for person in found.published["manifest"]["staff"]]


def _target(target: str) -> str:
    on, _, small = target.partition(".")
    return f"{on[:4]}-{on[4:6]}-{on[6:]} · {small}" if len(on) == 8 else target


@page("draws/public/<str:code>/draw.json", "public_draw_file", access="public")
def public_draw_file(desk: Desk, code: str) -> Answer:
    """The published draw as a file: everything `verify_draw.py` and the browser need."""
    try:
        published = published_sample(code) if code.startswith("S-") else queries.published_draw(code)
    except LookupError:
        raise Http404 from None
    text = json.dumps(published, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{code}.json"'
    return response
