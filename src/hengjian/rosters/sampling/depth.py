"""How deep a batch is verified: every file, a sample, or a sample besides all files at risk (study 3.1).

按批次人数采取全面检查、抽查或者两种方式相结合. Size, credit grade, entrustment and the institution's switching state decide;
every choice carries its reasons as sentences. Numbers are policies (`rosters.full_check_up_to` and others).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from hengjian.kernel.law import Law
from hengjian.kernel.words import say
from hengjian.rosters import policies
from hengjian.rosters.sampling.plans import SEVERITY_TITLES, Plan, Severity, plan
from hengjian.rosters.sampling.switching import State
from hengjian.rosters.sampling.zero_acceptance import ZeroPlan, bad_files, zero_plan

CLAUSE = "《技能等级认定试点企业监管服务措施研究》第 3.1 节"


class Mode(StrEnum):
    FULL = "full"
    SAMPLED = "sampled"
    COMBINED = "combined"


MODE_TITLES = {Mode.FULL: "全面核查", Mode.SAMPLED: "抽查", Mode.COMBINED: "抽查与重点全查相结合"}


@dataclass(frozen=True)
class Batch:
    """What decides the depth. `grade` is the institution's credit grade, empty where it has none yet; `lots` counts its
    lots checked before; `flagged` candidates carry a warning or note and are read in any case when combined."""

    size: int
    grade: str = ""
    entrusted: bool = False
    state: State = State.NORMAL
    lots: int = 0
    flagged: int = 0


@dataclass(frozen=True)
class Depth:
    """The choice: `drawn` files by lot from the `from_lot` not flagged, `flagged` ones besides; `reason` explains."""

    mode: Mode
    reason: str
    files: int
    drawn: int
    flagged: int
    plan: Plan | ZeroPlan | None
    second_approver: bool
    clause: str = CLAUSE


def depth(batch: Batch, law: Law) -> Depth:
    """How this batch is verified by the law that is read."""
    second = batch.entrusted and law.policy(policies.ENTRUSTED_SECOND_APPROVER)
    tail = "委托认定批次，须经第二人复核。" if second else ""
    everything = _everything(batch, law)
    if everything:
        return Depth(Mode.FULL, everything + tail, batch.size, 0, batch.flagged, None, second)
    mode, why = _mode(batch, law)
    flagged = batch.flagged if mode is Mode.COMBINED else 0
    lot = batch.size - flagged
    chosen, how = _plan(batch, lot, law)
    drawn = lot if chosen is None else chosen.size
    if drawn >= lot:
        reason = say("{why}{how}抽样数达到全部份数，逐份核查。{tail}", why=why, how=how, tail=tail)
        return Depth(Mode.FULL, reason, batch.size, 0, batch.flagged, chosen, second)
    if mode is Mode.COMBINED:
        how = say("有提示或须核实的 {flagged} 人全部核查，其余 {lot} 人中{how}", flagged=flagged, lot=lot, how=how)
    return Depth(mode, f"{why}{how}{tail}", drawn + flagged, drawn, flagged, chosen, second)


def _everything(batch: Batch, law: Law) -> str:
    most = law.policy(policies.FULL_CHECK_UP_TO)
    if batch.size <= most:
        return say("本批次 {size} 人，不超过 {most} 人，逐份全面核查。", size=batch.size, most=most)
    if batch.grade and batch.grade in law.policy(policies.FULL_CHECK_GRADES):
        return say("该机构信用等级为 {grade}，其批次逐份全面核查。", grade=batch.grade)
    if batch.state is State.EVERYTHING:
        return "该机构加严检验期间累计多批不接收，已暂停抽样；整改经认可前，其批次逐份全面核查。"
    return ""


def _mode(batch: Batch, law: Law) -> tuple[Mode, str]:
    least = law.policy(policies.COMBINED_CHECK_FROM)
    if batch.entrusted:
        return Mode.COMBINED, "委托认定批次，加大核查力度，采取抽查与重点全查相结合。"
    if _raised(batch, law):
        return Mode.COMBINED, say("该机构信用等级为 {grade}，采取抽查与重点全查相结合。", grade=batch.grade)
    if batch.size >= least:
        return Mode.COMBINED, say(
            "本批次 {size} 人，达到 {least} 人，采取抽查与重点全查相结合。", size=batch.size, least=least
        )
    return Mode.SAMPLED, say("本批次 {size} 人，采取抽查。", size=batch.size)


def _raised(batch: Batch, law: Law) -> bool:
    return bool(batch.grade) and batch.grade in law.policy(policies.RAISED_GRADES)


def _plan(batch: Batch, lot: int, law: Law) -> tuple[Plan | ZeroPlan | None, str]:
    if lot < 2:
        return None, ""
    strict = batch.state is State.TIGHTENED or _raised(batch, law)
    if batch.entrusted and law.policy(policies.ENTRUSTED_TIGHTENED):
        strict = True
    if batch.lots < law.policy(policies.STREAM_FROM_LOTS):
        share = policies.ISOLATED_STRICT_BAD_PERCENT if strict else policies.ISOLATED_BAD_PERCENT
        percent, risk = law.policy(share), law.policy(policies.ISOLATED_RISK_PERCENT)
        zero = zero_plan(lot, bad_files(lot, percent), Fraction(risk, 100))
        return zero, (
            say(
                "该机构已查 {lots} 批，按孤立批零接收方案抽取 {size} 份，一份不合格即不接收（"
                "不合格 {bad} 份的批次被误接收的概率不超过 {risk}%）。",
                lots=batch.lots,
                size=zero.size,
                bad=zero.bad,
                risk=risk,
            )
        )
    severity = Severity.TIGHTENED if strict else batch.state.severity or Severity.NORMAL
    level = policies.ENTRUSTED_INSPECTION_LEVEL if batch.entrusted else policies.INSPECTION_LEVEL
    table = plan(lot, law.policy(policies.AQL), law.policy(level), severity, law.policy(policies.TABLE_EDITION))
    return table, (
        say(
            "按 {edition} 检验水平 {level}、接收质量限 {aql}、"
            "{severity}，抽取 {size} 份，不合格不超过 {accept} 份即接收。",
            edition=table.edition,
            level=table.level,
            aql=table.aql,
            severity=SEVERITY_TITLES[severity],
            size=table.size,
            accept=table.accept,
        )
    )
