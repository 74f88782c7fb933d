"""Rules of the supervisors' base, one per sentence."""

from __future__ import annotations

from datetime import date

from hengjian.kernel.asking import Asking
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case
from hengjian.kernel.words import say
from hengjian.personnel.models import Recusal, Supervisor


@rule("personnel.supervisor_not_ended", clause="质量督导员管理办法（鉴定时期）")
def supervisor_is_not_ended(asking: Asking[Supervisor]) -> tuple[str, str] | None:
    """解聘的督导员不再变更资料。"""
    if asking.subject.state != Supervisor.State.ENDED:
        return None
    return "这名督导员已经解聘。", "解聘以后资料不再变更；再次聘用的，请重新聘任。"


supervisor_is_not_ended.shown_by(
    case("appointed", Supervisor(state="appointed")),
    case("ended", Supervisor(state="ended"), says="已经解聘"),
)


@rule("personnel.recusal_stands", clause="质量督导员管理办法（鉴定时期）")
def recusal_stands(asking: Asking[Recusal]) -> tuple[str, str] | None:
    """回避只解除一次。"""
    recusal = asking.subject
    if recusal.ended_on is None:
        return None
    return (
        say("这项回避已于 {ended_on} 解除。", ended_on=recusal.ended_on),
        "不必再次解除；情形再次出现的，请重新登记回避。",
    )


recusal_stands.shown_by(
    case("stands", Recusal()),
    case("ended before", Recusal(ended_on=date(2026, 4, 1)), says="已于 2026-04-01 解除"),
)
