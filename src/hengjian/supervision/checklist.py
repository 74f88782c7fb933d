"""The checklist of an exam, made from its plan (R45–R52): what was filed, line by line, and what the law looks at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hengjian.kernel.law import Law
from hengjian.kernel.refusal import refuse
from hengjian.kernel.words import listed, say
from hengjian.plans.models import Batch, Plan
from hengjian.plans.readings import batches_of
from hengjian.supervision import policies

ANSWERS = {"yes": "符合", "no": "不符合", "na": "不适用"}
GROUPS = {
    "plan": "与计划对照",
    "before": "考前",
    "theory": "理论考试",
    "practical": "技能考核",
    "review": "综合评审",
    "content": "考核内容",
    "after": "考后",
}
PAPER = "《技能等级认定试点企业监管服务措施研究》第 3.2.3 节"


OF_CHECKLIST = (
    policies.PARTS_BY_LEVEL,
    policies.CHECKLIST,
    policies.DEVIATION_KINDS,
    policies.CONTENT_THEMES,
)


def checklist_for(plan: Plan, law: Law) -> list[dict[str, str]]:
    """Items in the order of the day, each still without an answer."""
    batches = batches_of(plan)
    by_level = law.policy(policies.PARTS_BY_LEVEL)
    parts = {part for batch in batches for part in by_level.get(batch.level) or by_level[min(by_level)]}
    looked_at = law.policy(policies.CHECKLIST)
    texts: dict[str, Iterable[str]] = {
        "plan": _deviations(plan, batches, law.policy(policies.DEVIATION_KINDS)),
        "before": looked_at["before"],
        **{part: looked_at[part] for part in ("theory", "practical", "review") if part in parts},
        "content": [say("考核内容包括{theme}", theme=theme) for theme in law.policy(policies.CONTENT_THEMES)],
        "after": looked_at["after"],
    }
    return [
        {"key": f"{group}.{place}", "group": GROUPS[group], "text": text, "clause": PAPER, "answer": "", "note": ""}
        for group, lines in texts.items()
        for place, text in enumerate(lines, start=1)
    ]


def _deviations(plan: Plan, batches: list[Batch], kinds: Iterable[str]) -> list[str]:
    counted = listed(
        say(
            "{occupation_name}{level}级 {headcount} 人",
            occupation_name=batch.occupation_name,
            level=batch.level,
            headcount=batch.headcount,
        )
        for batch in batches
    )
    days = plan.held_on.isoformat() + (
        say(" 至 {ends_on}", ends_on=plan.ends_on.isoformat()) if plan.ends_on > plan.held_on else ""
    )
    filed = {"考点": plan.venue, "时间": days, "人数": counted, "考核方式": plan.process, "考核内容": plan.bank}
    lines = []
    for kind in kinds:
        detail = " ".join(filed.get(kind, "").split())[:80]
        lines.append(say("{kind}与备案的计划一致", kind=kind) + (say("（{detail}）", detail=detail) if detail else ""))
    return [*lines, "考核场地相对集中"]


def answered(
    items: list[dict[str, str]], answers: Mapping[str, str], notes: Mapping[str, str]
) -> tuple[list[dict[str, Any]], int]:
    """The items with their answers, and how many were not in order; refused while one is open."""
    unknown = sorted(set(answers) - {item["key"] for item in items})
    if unknown:
        raise refuse(
            "supervision.unknown_item",
            say("检查表中没有“{unknown}”这一项。", unknown=unknown[0]),
            field="answers",
            remedy="请刷新页面，逐项填写检查表。",
            clause=PAPER,
        )
    filled: list[dict[str, Any]] = []
    for item in items:
        answer, note = answers.get(item["key"], ""), notes.get(item["key"], "").strip()
        if answer not in ANSWERS:
            raise refuse(
                "supervision.item_open",
                say("“{text}”还没有结论。", text=item["text"]),
                field=f"answers.{item['key']}",
                clause=PAPER,
                remedy="每一项填“符合”“不符合”或“不适用”，即可提交。",
            )
        if answer != "yes" and not note:
            raise refuse(
                "supervision.item_needs_note",
                say("“{text}”为“{answer}”，须写明情况。", text=item["text"], answer=ANSWERS[answer]),
                field=f"notes.{item['key']}",
                clause=PAPER,
                remedy="请在这一项的情况栏写明。",
            )
        filled.append({**item, "answer": answer, "note": note})
    return filled, sum(item["answer"] == "no" for item in filled)
