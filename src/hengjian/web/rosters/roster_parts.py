"""Rosters and their checks in chips and words."""

from __future__ import annotations

from collections.abc import Mapping

from hengjian.kernel.facts import Fact
from hengjian.rosters import facts as said
from hengjian.rosters.models import RosterCheck
from hengjian.rosters.queries import RosterCheckRow
from hengjian.web.components import Chip, Tone


def check_chip(run: RosterCheckRow) -> Chip:
    """Done says whether the roster may be filed."""
    if run.state == RosterCheck.State.DONE:
        return Chip("有错误", "seal") if run.errors else Chip("可以提交", "good")
    tones: Mapping[RosterCheck.State, Tone] = {RosterCheck.State.RUNNING: "normal", RosterCheck.State.REFUSED: "warn"}
    return Chip(run.state_label, tones.get(RosterCheck.State(run.state), "quiet"))


def in_words(fact: Fact) -> str:
    """What a fact about rosters adds to its title on the time line."""
    match fact:
        case said.RosterFiled():
            return f"{fact.rows} 人，提醒 {fact.warnings} 处" + (
                f"，撤出 {fact.withdrawn} 人" if fact.withdrawn else ""
            )
        case said.SampleDrawn() | said.SampleDrawnBefore():
            return f"{fact.size} 人中核查 {len(fact.rows)} 份：{fact.reason}"
        case said.EveryoneChecked():
            return fact.reason
        case said.CandidateExcluded():
            return f"名册第 {fact.row} 行：{fact.reason}"
        case said.CandidatesAdmitted():
            return f"准予参加 {fact.admitted} 人，不予参加 {fact.excluded} 人"
    return ""
