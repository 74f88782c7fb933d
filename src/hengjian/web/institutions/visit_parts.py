"""A site assessment as cards: the team and its conclusion, then one table for each sheet (R12–R19)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hengjian.institutions.acts.site_visit import CONCLUSIONS
from hengjian.institutions.models import Filing, Institution, SiteVisit
from hengjian.institutions.policies import LINKAGE_PRINCIPLES, SITE_SCORE_FULL
from hengjian.institutions.queries import occupations_of
from hengjian.institutions.sheets import Score, Sheet, site_items
from hengjian.kernel import clock, typed
from hengjian.kernel.actor import Actor
from hengjian.kernel.law import nationwide
from hengjian.kernel.words import listed, say
from hengjian.web.components import Card, Cell, Chip, Column, Component, Row, Table, Tone, columns, facts
from hengjian.web.paging import Part
from hengjian.web.parts import day

SHEETS_ON_ONE_PAGE = 4  # some eighteen lines each


def visits_card(part: Part[SiteVisit], shown: SiteVisit) -> Card | None:
    """All visits, the newest first, where there is more than the one shown."""
    if part.total < 2:
        return None
    rows = [
        Row(
            [
                Cell(day(visit.planned_on), href=f"?side=visit&visit={visit.pk}"),
                day(visit.visited_on) or "尚未进行",
                visit.place,
                Cell(chip=_conclusion(visit)) if visit.conclusion else "",
            ],
            here=visit.pk == shown.pk,
        )
        for visit in part.rows
    ]
    return Card(
        "历次考察",
        chips=[Chip(say("{total} 次", total=part.total), "quiet")],
        table=Table(columns=columns("计划日期", "考察日期", "地点", "结论"), rows=rows),
        pager=part.pager,
    )


def _conclusion(visit: SiteVisit) -> Chip:
    tone: Tone = "good" if visit.conclusion == "fit" else "warn"
    return Chip(CONCLUSIONS[visit.conclusion], tone)


def visit_card(visit: SiteVisit) -> Card:
    """The team and its conclusion; what was planned and not yet concluded says so."""
    team = [say("{name}（{employer}）", name=member["name"], employer=member["employer"]) for member in visit.team]
    pairs: list[tuple[str, Any]] = [
        ("计划日期", day(visit.planned_on)),
        ("考察日期", day(visit.visited_on) or "尚未进行"),
        ("地点", visit.place),
        ("评估人员", listed(team)),
    ]
    if visit.conclusion:
        pairs.append(("结论", Cell(chip=_conclusion(visit))))
    if visit.findings:
        pairs.append(("发现的问题", visit.findings))
    return Card("现场考察评估", facts=facts(*pairs))


def sheet_card(sheet: Any, occupations: Mapping[str, str]) -> Card:
    code = sheet["occupation_code"]
    scores = [score["score"] for score in sheet["scores"]]
    average = say("平均 {scores:.1f}", scores=sum(scores) / len(scores)) if scores else "没有评分"
    return Card(
        say("评估表 · {code}", code=occupations.get(code, code)) if code else "评估表 · 综合",
        chips=[Chip(average, "quiet")],
        table=Table(
            columns=[
                Column("项目"),
                Column("得分", numeric=True),
                Column("评分依据"),
                Column("评估人员"),
            ],
            rows=[
                [score["subject"], str(score["score"]), score["evidence"], score["assessor"]]
                for score in sheet["scores"]
            ],
        ),
    )


def asked_sheets(filing: Filing | Institution) -> list[tuple[str, str, list[str]]]:
    """(occupation code, title, subjects) of every sheet that a visit of this filing must fill, the general one first."""
    law = nationwide(clock.today())
    institution = filing.institution if isinstance(filing, Filing) else filing
    principles, site = list(law.policy(LINKAGE_PRINCIPLES)), site_items(law, institution.kind)
    return [
        ("", "综合", [*principles, *site]),
        *((code, name, principles) for code, name in occupations_of(filing, clock.today()).items()),
    ]


@dataclass(frozen=True, slots=True)
class SheetLine(Component):
    """One item to be scored; `name` begins the names of its three inputs."""

    subject: str
    name: str
    score: str
    evidence: str
    assessor: str


@dataclass(frozen=True, slots=True)
class SheetFields(Component):
    """A sheet to be filled, each item up to `full` points."""

    title: str
    rows: Sequence[SheetLine]
    full: int


def sheet_fields(filing: Filing | Institution, posted: Mapping[str, str]) -> list[SheetFields]:
    """The sheets as fields of a form, with what was posted."""
    full = nationwide(clock.today()).policy(SITE_SCORE_FULL)
    tables: list[SheetFields] = []
    for place, (_, title, subjects) in enumerate(asked_sheets(filing)):
        rows = [
            SheetLine(
                subject,
                f"sheet-{place}-{number}",
                *(posted.get(f"sheet-{place}-{number}-{part}", "") for part in ("score", "evidence", "assessor")),
            )
            for number, subject in enumerate(subjects)
        ]
        tables.append(SheetFields(title, rows, full))
    return tables


def read_sheets(post: Any, actor: Actor, filing: Filing | Institution) -> tuple[tuple[Sheet, ...], str]:
    """The sheets as they were posted; a line without any entry is left out, and the act says what is missing."""
    sheets: list[Sheet] = []
    for place, (code, _, subjects) in enumerate(asked_sheets(filing)):
        scores: list[Score] = []
        for number, subject in enumerate(subjects):
            score, evidence, assessor = (
                post.get(f"sheet-{place}-{number}-{part}", "").strip() for part in ("score", "evidence", "assessor")
            )
            if not (score or evidence or assessor):
                continue
            try:
                scores.append(Score(subject, typed.whole(score), evidence, assessor))
            except typed.Unreadable as error:
                return (), say(
                    "“{subject}”的得分{error}，现为“{score}”。", subject=subject, error=error, score=score[:20]
                )
        sheets.append(Sheet(code, tuple(scores)))
    return tuple(sheets), ""
