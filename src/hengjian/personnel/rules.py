"""Rules of the supervisors' base, one per sentence."""

from __future__ import annotations

from hengjian.kernel.asking import Asking
from hengjian.kernel.rule import rule
from hengjian.personnel.models import Recusal, Supervisor


@rule("personnel.supervisor_not_ended", clause="质量督导员管理办法（鉴定时期）")
def supervisor_is_not_ended(asking: Asking[Supervisor]) -> str | None:
    """解聘的督导员不再变更资料。"""
    return "这名督导员已经解聘。" if asking.subject.state == Supervisor.State.ENDED else None


@rule("personnel.recusal_stands", clause="质量督导员管理办法（鉴定时期）")
def recusal_stands(asking: Asking[Recusal]) -> str | None:
    """回避只解除一次。"""
    recusal = asking.subject
    return f"这项回避已于 {recusal.ended_on} 解除。" if recusal.ended_on else None
