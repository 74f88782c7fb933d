"""How the acts on draws, duties and exams are asked (see web/questions.py)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from hengjian.kernel import clock
from hengjian.kernel.actor import Actor
from hengjian.kernel.asking import Asking
from hengjian.kernel.beacon import NONE
from hengjian.kernel.drand import CHAINS
from hengjian.kernel.policy import Policy
from hengjian.kernel.words import say
from hengjian.supervision.models import Duty
from hengjian.supervision.policies import MEANS, METHODS, OBSTRUCTIONS, VOID_GROUNDS
from hengjian.web.questions import Question

LOTTERIES = ("双色球", "大乐透")
AHEAD = timedelta(minutes=30)  # a first value; the officer may change it


def _sources(actor: Actor, subject: Any) -> list[tuple[str, str]]:
    chains = [(name, say("drand {name}（A 级，签名可验证）", name=name)) for name in CHAINS]
    games = [(name, say("{name}开奖号码（B 级，可对照公开开奖）", name=name)) for name in LOTTERIES]
    return [(NONE, "不用公开随机值（C 级）"), *games, *chains]


def _soon(actor: Actor, subject: Any) -> datetime:
    return (clock.now() + AHEAD).replace(second=0, microsecond=0)


def _conclusions(actor: Actor, duty: Any) -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in Duty.Conclusion.choices]


def _grounds(actor: Actor, draw: Any) -> list[tuple[str, str]]:
    return list(Asking(actor, draw).policy(VOID_GROUNDS).items())


def _words(handle: Policy[tuple[str, ...]]) -> Callable[[Actor, Any], list[tuple[str, str]]]:
    """The words of a list of the law, each its own label."""

    def choices(actor: Actor, duty: Any) -> list[tuple[str, str]]:
        return [(word, word) for word in Asking(actor, duty).policy(handle)]

    return choices


QUESTIONS: dict[str, dict[str, Question]] = {
    "supervision.seal_draw": {
        "opens_at": Question("抽取时刻", "此前清单须已进入存证日志；到时才能抽取。", initial=_soon),
        "beacon_source": Question(
            "公开随机值",
            "封存时谁也不知道、产生后谁都能核对的值。",
            "select",
            _sources,
            lambda actor, plan: NONE,
        ),
        "beacon_round": Question("期号", "指定公开随机值的，写明是尚未产生的哪一期（drand 写轮次）。"),
        "reason": Question("另行抽取的理由", "这次考试已抽取过的必须写明；首次抽取留空。", "textarea"),
    },
    "supervision.commit_as_witness": {
        "commitment": Question("承诺值", "秘密值的 SHA-256，64 位十六进制；点“生成秘密值”自动填入。")
    },
    "supervision.reveal_as_witness": {
        "secret": Question("秘密值", "承诺时生成的 64 位十六进制；揭示以后不再保密。", sensitive=True)
    },
    "supervision.enter_beacon": {
        "value": Question("随机值", "彩票号码写作 3.8.12.19.25.33./7./ 的形式；drand 填该轮签名。"),
        "previous": Question("上一轮签名", "drand 的链式轮次才填。"),
    },
    "supervision.confirm_beacon": {"value": Question("随机值", "另一人对照公开的开奖结果重新录入，不要照抄。")},
    "supervision.void_draw": {
        "ground": Question("作废的情形", "不属于这些情形的不能作废。", "radios", _grounds),
        "explanation": Question(
            "说明", "写清楚事实和依据，随抽取公开。抽中的人留在池内；此后同一次考试必须使用公开随机值。", "textarea"
        ),
    },
    "supervision.decline_duty": {
        "reason": Question("回避或推辞的理由", "有近亲属、师生、同事等关系的写明关系；名额由重新抽取补足。", "textarea")
    },
    "supervision.resume_exam": {"explanation": Question("说明", "写清楚查明的情况和解除叫停的依据。", "textarea")},
    "supervision.annul_exam": {
        "explanation": Question("说明", "写清楚查明的情况和认定无效的依据；这个批次不再确认、公示和发证。", "textarea")
    },
    "supervision.file_report": {
        "answers": Question("检查表"),
        "notes": Question("情况"),
        "conclusion": Question("督导结论", kind="radios", choices=_conclusions),
        "findings": Question("发现的问题", kind="textarea"),
        "means": Question("督导方式", "勾选本场实际采用的。", "checkboxes", _words(MEANS)),
        "methods": Question("督导方法", kind="checkboxes", choices=_words(METHODS)),
        "obstructions": Question("妨碍督导的情形", "没有的不勾选。", "checkboxes", _words(OBSTRUCTIONS)),
    },
}
