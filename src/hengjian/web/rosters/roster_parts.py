"""Rosters and their checks in chips and words."""

from __future__ import annotations

from collections.abc import Mapping

from hengjian.kernel.facts import Fact
from hengjian.kernel.words import say
from hengjian.rosters import facts as said
from hengjian.rosters.models import Candidate, RosterCheck
from hengjian.rosters.queries import RosterCheckRow
from hengjian.web.components import Chip, Tone

CANDIDATE_TONES: Mapping[str, Tone] = {"listed": "quiet", "admitted": "good", "excluded": "seal"}


def candidate_chip(state: str) -> Chip:
    return Chip(str(Candidate.State(state).label), CANDIDATE_TONES[state])


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
            return say("{rows} 人，提醒 {warnings} 处", rows=fact.rows, warnings=fact.warnings) + (
                say("，撤出 {withdrawn} 人", withdrawn=fact.withdrawn) if fact.withdrawn else ""
            )
        case said.SampleDrawn() | said.SampleDrawnBefore():
            return say("{size} 人中核查 {rows} 份：{reason}", size=fact.size, rows=len(fact.rows), reason=fact.reason)
        case said.EveryoneChecked():
            return fact.reason
        case said.CandidateExcluded():
            return say("名册第 {row} 行：{reason}", row=fact.row, reason=fact.reason)
        case said.CandidatesAdmitted():
            return say("准予参加 {admitted} 人，不予参加 {excluded} 人", admitted=fact.admitted, excluded=fact.excluded)
    return ""
