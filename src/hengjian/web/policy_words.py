"""A structured value of the law in words: labels for the names only programs read, a table for what has parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from hengjian.kernel.policy import catalogue
from hengjian.kernel.words import listed, say
from hengjian.rosters.checks import ALL
from hengjian.web.components import Cell, Table, columns
from hengjian.web.values import in_words

_NAME = re.compile(r"[a-z]+(_[a-z0-9]+)*")
LABELS: Mapping[str, str] = {
    "production": "正式运行", "title": "名称", "name": "名称", "documents": "文件", "first": "起", "last": "止", "form": "字形",
    "letter": "字母", "digits": "数字", "length": "位数", "parts": "各部分", "certainty": "可靠程度", "reprint": "见于转载",
    "unverified": "待核", "code": "代码", "year": "年度", "level": "等级", "size": "尺寸", "colour": "颜色", "background": "底色",
    "width": "宽", "height": "高", "certificate": "证书", "institution": "机构", "layout": "编排", "insured_months": "参保月数",
    "times_per_year": "每年次数", "levels": "等级", "supervision_minor": "督导发现一般问题",
    "supervision_serious": "督导发现严重问题", "supervision_grave": "督导发现重大问题", "inspection_minor": "抽查发现一般问题",
    "inspection_serious": "抽查发现严重问题", "inspection_grave": "抽查发现重大问题", "complaint_upheld": "投诉查实",
    "deadline_missed": "逾期", "rectification_overdue": "整改逾期", "data_error": "数据差错", "certificate_revoked": "证书注销",
    "commendation": "表彰", "province": "省级", "city": "市级", "district": "县级", "own": "自行负责",
    "consecutive_years": "连续年数", "person_times": "总人次", "person_times_per_occupation": "每个职业人次", "scope": "扩项",
    "renewal": "延续", "prefix": "字头", "serial_digits": "序号位数", "area_digits": "区划位数", "year_digits": "年份位数",
    "draw": "抽取", "mail": "邮件", "sms": "短信", "on_certificate": "是否印在证书上", "assessor": "考评员",
    "senior_assessor": "高级考评员", "part": "份数", "of": "总份数", "relative": "近亲属", "teacher": "师生、师徒",
    "colleague": "同事", "serial": "序号", "online": "上网", "exam": "考试日", "error": "须改正", "warning": "须核实",
    "note": "提示", "before": "考前", "after": "考后", "class": "类别", "organisation": "机构代码", "site": "站点",
}  # fmt: skip
# One name, another meaning in one table.
OF_KEY: Mapping[str, Mapping[str, str]] = {
    "filing.required_papers": {"first": "首次备案"},
    "personnel.supervisor_card_number": {"first": "首字母", "province": "省份"},
}


def _label(key: str, name: str) -> str:
    """In words; what stands in another table of titles is called as there."""
    said = OF_KEY.get(key, {}).get(name) or LABELS.get(name) or _titles(key).get(name) or _check_titles().get(name)
    return said or in_words(name) or name


def _titles(key: str) -> Mapping[str, str]:
    """`credit.vetoes` is named by `credit.veto_titles`."""
    if key != "credit.vetoes":
        return {}
    titles: Mapping[str, str] = catalogue()["credit.veto_titles"].history[-1].value
    return titles


def _check_titles() -> Mapping[str, str]:
    return {module.CHECK.code.rpartition(".")[2]: module.CHECK.title for module in ALL}


def _is_list_of_titles(value: Any) -> bool:
    """Names for programs, titles for readers: `web: 网上平台`."""
    if not isinstance(value, Mapping):
        return False
    if all(name in LABELS for name in value):
        return all(LABELS[name] == title for name, title in value.items())
    return all(
        isinstance(title, str) and _NAME.fullmatch(str(name)) and not _NAME.fullmatch(title)
        for name, title in value.items()
    )


def said(key: str, value: Any) -> str:
    """Any value in one sentence of words."""
    if isinstance(value, str):
        return _label(key, value)
    if _is_list_of_titles(value):
        return listed(list(value.values()), "、")
    if isinstance(value, Mapping):
        return listed(
            [say("{key}：{item}", key=_label(key, str(k)), item=said(key, v)) for k, v in value.items()], "；"
        )
    if isinstance(value, list | tuple):
        nested = any(isinstance(item, Mapping | list | tuple) for item in value)
        return listed([said(key, item) for item in value], "；" if nested else "、")
    return in_words(value) or ""


SHORT = 60  # characters of one cell


def brief(key: str, value: Any) -> str:
    """A value in the cell of a list: its first parts in words, whole ones, and how many there are in all."""
    parts = _parts(key, value)
    kept: list[str] = []
    for part in parts:
        if kept and len("".join(kept)) + len(part) > SHORT:
            break
        kept.append(part)
    separator = "；" if any("：" in part or "、" in part for part in kept) else "、"
    if len(kept) == len(parts):
        return listed(kept, separator)
    return say("{first} 等 {number} 项", first=listed(kept, separator), number=len(parts))


def _parts(key: str, value: Any) -> list[str]:
    if _is_list_of_titles(value):
        return [str(title) for title in value.values()]
    if isinstance(value, Mapping):
        return [_pair(_label(key, str(name)), _called(key, item)) for name, item in value.items()]
    if isinstance(value, list | tuple):
        return [_called(key, item) for item in value]
    return [said(key, value)]


def _pair(label: str, words: str) -> str:
    return label if label == words else say("{key}：{item}", key=label, item=words)


def _called(key: str, item: Any) -> str:
    """What has parts itself: by its name, where it has one."""
    if isinstance(item, list | tuple):
        return listed([_called(key, each) for each in item], "、")
    name = (item.get("title") or item.get("name")) if isinstance(item, Mapping) else None
    return said(key, name or item)


def table(key: str, value: Any) -> Table | None:
    """A structured value as rows; None where one line says it."""
    if _is_list_of_titles(value):
        return Table(columns=columns("内容"), rows=[[Cell(title)] for title in value.values()])
    if isinstance(value, Mapping):
        return Table(
            columns=columns("项目", "数值"),
            rows=[[Cell(_label(key, str(name))), Cell(said(key, item))] for name, item in value.items()],
        )
    if isinstance(value, list | tuple) and value and all(isinstance(item, Mapping) for item in value):
        names = list(dict.fromkeys(name for item in value for name in item))
        return Table(
            columns=columns(*(_label(key, name) for name in names)),
            rows=[[Cell(said(key, item[name]) if name in item else "") for name in names] for item in value],
        )
    return None
