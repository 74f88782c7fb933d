"""How the acts on results and objections are asked (see web/questions.py)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hengjian.kernel.actor import Actor
from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.words import say
from hengjian.results.models import Objection, ResultSheet, Score
from hengjian.results.policies import OBJECTION_REFUSAL_GROUNDS
from hengjian.results.states import ObjectionPart
from hengjian.web.questions import Question


def _rows(actor: Actor, sheet: ResultSheet) -> list[Mapping[str, object]]:
    """A row for every admitted candidate, with what was entered so far."""
    scores = disclosed(Score, actor).filter(sheet=sheet).order_by("candidate__row")
    fields = ("candidate__row", "theory", "practical", "review", "absent")
    return [
        {"row": row, "theory": theory, "practical": practical, "review": review, "absent": absent}
        for row, theory, practical, review, absent in scores.values_list(*fields)
    ]


def _candidates(actor: Actor, sheet: ResultSheet) -> list[tuple[Any, str]]:
    rows = disclosed(Score, actor).filter(sheet=sheet).order_by("candidate__row")
    told = rows.values_list("candidate__row", "candidate__masked_name", "candidate__ticket")
    return [
        (row, say("{row}\u3000{name}\u3000{ticket}", row=row, name=name, ticket=ticket)) for row, name, ticket in told
    ]


def _mark(name: str) -> Question:
    labels = {"theory": "理论成绩", "practical": "技能成绩", "review": "综合评审成绩"}
    return Question(labels[name], "只在更正成绩时填写。")


HAPPENED = "写清事实：什么时候、在哪里、哪里不对、有什么依据。请不要写他人的证件号码。"
CONTACT = "只给负责核对的鉴定中心看，不给被提异议的机构；加密保存，不填也照常受理。"


def _exam_day(actor: Actor, score: Score) -> Any:
    return score.sheet.batch.plan.held_on if score is not None else ""


def _grounds(actor: Actor, objection: Objection) -> list[tuple[Any, str]]:
    return [(ground, ground) for ground in Asking(actor, objection).policy(OBJECTION_REFUSAL_GROUNDS)]


QUESTIONS: dict[str, dict[str, Question]] = {
    "results.enter_scores": {
        "rows": Question("成绩", "一行一名考生；没有参加的勾选缺考。可以分几次录入，留空的行以后再录。", initial=_rows),
        "rows.row": Question("考生", kind="fixed", choices=_candidates),
        "rows.theory": Question("理论"),
        "rows.practical": Question("技能"),
        "rows.review": Question("综合评审"),
        "rows.absent": Question("缺考"),
    },
    "results.open_notice": {"place": Question("公示地点", "例如：厂区公告栏及单位网站首页。本平台同时公示。")},
    "results.file_results": {
        "registered": Question("报名人数", "照已签章的《评价结果备案表》填写，与记录不一致的不能备案。"),
        "sat": Question("参加人数"),
        "passed": Question("合格人数", "含异议暂缓的，不含已取消的。"),
    },
    "results.object_to_result": {
        "part": Question("异议的事项", kind="radios", choices=lambda actor, subject: ObjectionPart.choices),
        "happened_on": Question("事情发生的日期", "说不准的填考试日期。", initial=_exam_day),
        "text": Question("发生了什么", HAPPENED, "textarea", sensitive=True),
        "contact": Question("联系方式", CONTACT, sensitive=True),
    },
    "results.object_to_omission": {
        "name": Question("姓名", "被遗漏的人的姓名。只给核查的人看，加密保存。", sensitive=True),
        "ticket": Question("准考证号", "在准考证上，不是查询码。", sensitive=True),
        "text": Question("参加了哪些科目，为什么认为应当在名单中", HAPPENED, "textarea", sensitive=True),
        "contact": Question("联系方式", CONTACT, sensitive=True),
    },
    "results.refuse_objection": {
        "ground": Question("不予受理的情形", kind="radios", choices=_grounds),
        "note": Question("说明", "对照异议内容写明为什么属于这种情形。提出异议的人凭查询码看得到。", "textarea"),
    },
    "results.press_triage": {"instruction": Question("督办要求", "写明要谁在什么时候以前办结。", "textarea")},
    "results.press_answer": {"instruction": Question("督办要求", "写明要谁在什么时候以前办结。", "textarea")},
    "results.settle_burst": {
        "note": Question("核实的情况和处置", "例如：来自同一批人，已逐件核对；或者联系机构核实考场情况。", "textarea")
    },
    "results.answer_objection": {
        "upheld": Question(
            "核查结论", kind="radios", choices=lambda actor, subject: [("true", "异议成立"), ("false", "异议不成立")]
        ),
        "answer": Question("核查情况和答复", "提出异议的人凭查询码看到这段话，请不要写他人的姓名和号码。", "textarea"),
        "cancel": Question("取消这项成绩", "异议成立时，取消成绩或者更正成绩，二者取一。"),
        "theory": _mark("theory"),
        "practical": _mark("practical"),
        "review": _mark("review"),
    },
    "results.cancel_score": {"reason": Question("取消的理由", "写明查实的违规或差错，随成绩存证。", "textarea")},
    "results.correct_score": {
        "reason": Question("更正的理由", kind="textarea"),
        **{name: _mark(name) for name in ("theory", "practical", "review")},
    },
}
