"""What is applied for and what a site assessment writes down: items, team, sheets (R12–R14, R17–R19)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hengjian.institutions.policies import SITE_ITEMS, VIDEO_REQUIRED
from hengjian.kernel.law import Law
from hengjian.kernel.words import say

GENERAL, SOCIAL = "", "S"
VIDEO = "视频监控设备"
OF_SITE = (SITE_ITEMS, VIDEO_REQUIRED)


def site_items(law: Law, kind: str) -> tuple[str, ...]:
    """What is looked at on the site of an institution of this class; a social training organisation's rooms are watched."""
    watched = (VIDEO,) if kind == SOCIAL and law.policy(VIDEO_REQUIRED) else ()
    return (*law.policy(SITE_ITEMS), *watched)


@dataclass(frozen=True)
class Item:
    """An occupation at a level, with the equipment and the number of assessors named for it."""

    occupation_code: str
    level: str
    equipment: str = ""
    assessors: int = 0


@dataclass(frozen=True)
class SiteAssessor:
    """A named member of the team; `no_conflict` is the declaration that nothing stands against it."""

    name: str
    employer: str
    no_conflict: bool = False


@dataclass(frozen=True)
class Score:
    """One line of a sheet: what was assessed, the score, the evidence, and who gave it."""

    subject: str
    score: int
    evidence: str
    assessor: str


@dataclass(frozen=True)
class Sheet:
    """The general sheet (`occupation_code` empty) or the one of an occupation applied for."""

    occupation_code: str
    scores: tuple[Score, ...]


def faults(
    sheets: Sequence[Sheet],
    team: Sequence[SiteAssessor],
    occupations: Mapping[str, str],
    *,
    principles: Sequence[str],
    site_items: Sequence[str],
    full: int,
) -> list[str]:
    """What is missing before a visit can be concluded, one sentence each; empty when the picture is complete."""
    found: list[str] = []
    by_occupation = {sheet.occupation_code: sheet for sheet in sheets}
    if len(by_occupation) != len(sheets):
        found.append("同一职业有两张评估表，请合并为一张。")
    wanted = {GENERAL: "综合评估表"} | {code: say("“{name}”评估表", name=name) for code, name in occupations.items()}
    for code, label in wanted.items():
        sheet = by_occupation.get(code)
        if sheet is None:
            found.append(say("缺少{label}。", label=label))
            continue
        needed = [*principles, *site_items] if code == GENERAL else list(principles)
        found += _faults_of(sheet, label, needed, {member.name for member in team}, full)
    found += [say("评估表涉及未申请的职业 {code}。", code=code) for code in by_occupation if code not in wanted]
    return found


def _faults_of(sheet: Sheet, label: str, needed: Sequence[str], names: set[str], full: int) -> list[str]:
    found: list[str] = []
    given = {score.subject: score for score in sheet.scores}
    for subject in needed:
        score = given.get(subject)
        if score is None:
            found.append(say("{label}缺少“{subject}”一项。", label=label, subject=subject))
        elif not 0 <= score.score <= full:
            found.append(
                say("{label}“{subject}”的得分须在 0 与 {full} 之间。", label=label, subject=subject, full=full)
            )
        elif not score.evidence.strip():
            found.append(say("{label}“{subject}”没有写明评分依据。", label=label, subject=subject))
        elif score.assessor not in names:
            found.append(say("{label}“{subject}”没有署名的评估人员。", label=label, subject=subject))
    return found
