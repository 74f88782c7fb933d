"""How the acts on draws, duties and exams are asked (see web/questions.py)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hengjian.kernel import clock
from hengjian.kernel.actor import Actor
from hengjian.kernel.beacon import NONE
from hengjian.kernel.drand import CHAINS
from hengjian.supervision.models import Duty
from hengjian.web.questions import Question

LOTTERIES = ("双色球", "大乐透")
AHEAD = timedelta(minutes=30)  # a first value; the officer may change it


def _sources(actor: Actor, subject: Any) -> list[tuple[str, str]]:
    chains = [(name, f"drand {name}（A 级，签名可验证）") for name in CHAINS]
    games = [(name, f"{name}开奖号码（B 级，可对照公开开奖）") for name in LOTTERIES]
    return [(NONE, "不用外部随机值（C 级，只靠见证承诺）"), *games, *chains]


def _soon(actor: Actor, subject: Any) -> datetime:
    return (clock.now() + AHEAD).replace(second=0, microsecond=0)


def _conclusions(actor: Actor, duty: Any) -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in Duty.Conclusion.choices]


SECRETS = Question("见证值", "按清单中见证人的次序，每行一个（64 位十六进制）；没有见证人的留空。", "textarea")


QUESTIONS: dict[str, dict[str, Question]] = {
    "supervision.seal_draw": {
        "opens_at": Question("抽取时刻", "此前清单须已进入存证日志；到时才能抽取。", initial=_soon),
        "witnesses": Question("见证人", "每行一人；没有见证人的留空。"),
        "commitments": Question("见证承诺", "每行一个，与见证人次序相同：秘密值的 SHA-256，64 位小写十六进制。"),
        "beacon_source": Question(
            "公开随机值",
            "清单封存时谁也不知道的值，抽取后任何人可以核对。",
            "select",
            _sources,
            lambda actor, plan: NONE,
        ),
        "beacon_round": Question("期号", "指定公开随机值的，写明是哪一期。"),
        "reason": Question("另行抽取的理由", "这次考试已抽取过的必须写明；首次抽取留空。", "textarea"),
    },
    "supervision.enter_beacon": {
        "value": Question("随机值", "彩票号码写作 3.8.12.19.25.33./7./ 的形式；drand 填该轮签名。"),
        "previous": Question("上一轮签名", "drand 的链式轮次才填。"),
    },
    "supervision.confirm_beacon": {"value": Question("随机值", "另一人对照公开的开奖结果重新录入，不要照抄。")},
    "supervision.reveal_secrets": {"secrets": SECRETS},
    "supervision.reveal_and_draw": {"secrets": SECRETS},
    "supervision.void_draw": {"reason": Question("作废的理由", "随抽取公开；编号和代码都不再使用。", "textarea")},
    "supervision.decline_duty": {
        "reason": Question("回避或推辞的理由", "有近亲属、师生、同事等关系的写明关系；名额由重新抽取补足。", "textarea")
    },
    "supervision.file_report": {
        "answers": Question("检查表"),
        "notes": Question("情况"),
        "conclusion": Question("督导结论", kind="radios", choices=_conclusions),
        "findings": Question("发现的问题", kind="textarea"),
    },
}
