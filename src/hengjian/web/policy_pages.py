"""Rules and their sources: every number of the law with its history, its clause, its certainty and the acts citing it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.urls import reverse

from hengjian.kernel.acts_catalogue import catalogue as acts
from hengjian.kernel.instruments import standing_of
from hengjian.kernel.models import LocalPolicyValue
from hengjian.kernel.policy import PolicyText, catalogue, is_applied, search
from hengjian.kernel.words import listed, say
from hengjian.web.components import (
    Card,
    Cell,
    Chip,
    FilterField,
    Filters,
    Head,
    Link,
    Option,
    Row,
    Table,
    Tone,
    columns,
    crumbs,
    facts,
)
from hengjian.web.pages import Answer, Desk, Page, page
from hengjian.web.policy_words import brief, said, table
from hengjian.web.values import in_words

CERTAINTY: Mapping[str, tuple[str, Tone]] = {
    "verified": ("已读原文", "good"),
    "product": ("本系统规则", "quiet"),
    "local": ("仅见于个别地方", "warn"),
    "unverified": ("未见原文，待核", "warn"),
}
UNWRITTEN = Chip("原文未写明，待核", "warn")
DOMAINS = {
    "filing": "机构备案", "plans": "认定计划", "rosters": "考生核查", "sampling": "抽样检查", "supervision": "质量督导",
    "personnel": "考评与督导人员", "results": "结果与公示", "certificates": "证书", "archives": "档案", "inspections": "双随机抽查",
    "complaints": "投诉举报", "credit": "信用评价", "log": "存证日志", "accounts": "账户", "occupations": "职业与标准", "calendar": "工作日历",
}  # fmt: skip


STRICTER = {
    "more": "下级可以规定更长、更多，不得减少",
    "less": "下级可以规定更短、更少，不得放宽",
    "none": "下级不得另行规定",
}


def certainty_chip(text: PolicyText) -> Chip:
    if standing_of(text.citation, text.certainty) == "unwritten":
        return UNWRITTEN
    label, tone = CERTAINTY[text.certainty]
    return Chip(label, tone)


def applied_chip(text: PolicyText) -> Chip:
    """Whether the system decides by it today, or only keeps it for its reader."""
    if is_applied(text.key):
        return Chip("已用于办理", "good")
    return Chip("尚未用于办理", "quiet")


@page("policies/", "policies", access="public")
def policies_page(desk: Desk) -> Answer:
    """规则与依据。"""
    words, only = desk.asked("q"), desk.asked("certainty")
    found = search(words) if words else list(catalogue().values())
    if only in CERTAINTY:
        found = [text for text in found if text.certainty == only]
    groups: dict[str, list[Row]] = {}
    for text in found:
        value = _in_force(text, desk)
        groups.setdefault(text.key.split(".", 1)[0], []).append(
            Row(
                [
                    Cell(text.title, href=reverse("policy", kwargs={"key": text.key}), after=text.key),
                    Cell(value, strong=len(value) < 12),
                    Cell(text.source, note=text.clause),
                    Cell(chip=certainty_chip(text)),
                    Cell(chip=applied_chip(text)),
                ]
            )
        )
    tables = [
        Card(
            DOMAINS.get(name, name),
            table=Table(
                columns=columns("规则", "现行数值", "出处", "可靠程度", "是否用于办理"),
                rows=rows,
            ),
        )
        for name, rows in groups.items()
    ]
    values = {
        "tables": tables,
        "filters": Filters(
            fields=[
                FilterField(name="q", label="搜索", kind="search", value=words, hint="例如 公示"),
                FilterField(
                    name="certainty",
                    label="可靠程度",
                    options=[
                        Option("", "全部"),
                        *(Option(key, label, chosen=only == key) for key, (label, _) in CERTAINTY.items()),
                    ],
                ),
            ],
            clear="?" if words or only else "",
        ),
    }
    waiting = sum(not is_applied(text.key) for text in catalogue().values())
    lead = say(
        "系统里的每一个法定数字都在这里，注明出处、起始日期、是什么文件、原文有没有人读到。共 "
        "{catalogue} 条，其中 {waiting} 条尚未用于办理，只供查阅，逐条标明。",
        catalogue=len(catalogue()),
        waiting=waiting,
    )
    return Page("public/policies.html", Head("规则与依据", lead=lead), values)


def _in_force(text: PolicyText, desk: Desk) -> str:
    current = [old for old in text.history if old.since <= desk.today]
    if not current:
        return "尚未施行"
    value = in_words(current[-1].value)
    if value is not None and len(value) < 12:
        return listed((value, text.unit), " ")
    return brief(text.key, current[-1].value)


def _cell(key: str, value: Any) -> Cell:
    """A value of the history, in words."""
    known = in_words(value)
    return Cell(said(key, value)) if known is None else Cell(known, strong=True)


def _parts(text: PolicyText, desk: Desk) -> Table | None:
    """The value in force today as rows, where it has parts."""
    current = [old for old in text.history if old.since <= desk.today]
    return table(text.key, current[-1].value) if current else None


def _read_when(text: PolicyText) -> list[tuple[str, Any]]:
    """When and where the original was read; or that it was looked for in vain; or that there is none, being our own rule."""
    if text.verified is not None:
        return [("原文", say("{verified} 读到：{read}", verified=text.verified.isoformat(), read=text.read))]
    if text.looked is not None:
        return [("原文", say("没有读到，最后查找于 {looked}", looked=text.looked.isoformat()))]
    return []


@page("policies/<str:key>/", "policy", access="public")
def policy_page(desk: Desk, key: str) -> Answer:
    """One rule: history, source, who cites it."""
    text = catalogue().get(key)
    if text is None:
        raise Http404
    citing = [act.header for act in acts().values() if any(policy.key == key for policy in act.header.cites)]
    rules = {rule.code: rule for act in acts().values() for rule in act.header.rules if key in rule.keys}
    locals_ = desk.visible(LocalPolicyValue).filter(key=key).order_by("area_path", "since")
    history = Table(
        columns=columns("自何日起", "数值", "依据"),
        rows=[[old.since.isoformat(), _cell(key, old.value), old.law] for old in reversed(text.history)],
    )
    values = {
        "facts": facts(
            ("键", Cell(key, mono=True)),
            ("单位", text.unit),
            ("出处", text.source),
            ("条款", text.clause),
            *_read_when(text),
            (
                "地方权限",
                STRICTER[text.stricter]
                + (
                    say("（{bounds} 至 {bounds2}）", bounds=text.bounds[0], bounds2=text.bounds[1])
                    if text.bounds
                    else ""
                ),
            ),
            ("说明", text.note),
        ),
        "parts": _parts(text, desk),
        "history": history,
        "locals": Table(
            columns=columns("区域", "自何日起", "数值", "依据"),
            rows=[[row.area_path, row.since.isoformat(), _cell(key, row.value), row.law] for row in locals_],
        )
        if locals_
        else None,
        "citing": [Link(header.title, "", header.code) for header in citing],
        "rules": [Link(rule.title, "", code) for code, rule in sorted(rules.items())],
    }
    head = Head(
        text.title,
        crumbs=crumbs(("规则与依据", reverse("policies")), (text.title,)),
        chips=[certainty_chip(text), applied_chip(text)],
    )
    return Page("public/policy.html", head, values)
