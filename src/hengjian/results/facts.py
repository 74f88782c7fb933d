"""What the ledger can say about results: a person is a row of the roster, never a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hengjian.kernel.facts import Fact


@dataclass(frozen=True)
class SheetOpened(Fact):
    code = "results.sheet_opened"
    title = "建立成绩单"
    rows: int
    file_by: date


@dataclass(frozen=True)
class ScoresEntered(Fact):
    """`digest` is over the rows as entered, so that a later change of any mark shows."""

    code = "results.scores_entered"
    title = "录入成绩"
    rows: int
    absent: int
    passed: int
    digest: str


@dataclass(frozen=True)
class ResultsConfirmed(Fact):
    code = "results.results_confirmed"
    title = "确认评价结果"
    registered: int
    sat: int
    passed: int


@dataclass(frozen=True)
class NoticeOpened(Fact):
    """`root` commits the whole list: a row added, removed or changed later no longer fits."""

    code = "results.notice_opened"
    title = "公示评价结果"
    closes_on: date
    provisional: bool
    place: str
    days: int
    rows: int
    root: str


@dataclass(frozen=True)
class ResultObjected(Fact):
    code = "results.result_objected"
    title = "提出异议"
    tracking: str
    row: int
    due_on: date


@dataclass(frozen=True)
class OmissionObjected(Fact):
    code = "results.omission_objected"
    title = "就名单遗漏提出异议"
    tracking: str
    due_on: date


@dataclass(frozen=True)
class ObjectionAccepted(Fact):
    """`row` is None where somebody says to be missing from the list; then nobody is held."""

    code = "results.objection_accepted"
    title = "受理异议"
    row: int | None
    held: bool
    answer_by: date


@dataclass(frozen=True)
class ObjectionRefused(Fact):
    code = "results.objection_refused"
    title = "不予受理异议"
    row: int | None
    ground: str


@dataclass(frozen=True)
class ObjectionFellOverdue(Fact):
    """`stage` is triage or answer."""

    code = "results.objection_fell_overdue"
    title = "异议逾期"
    row: int | None
    stage: str
    due_on: date


@dataclass(frozen=True)
class ObjectionPressed(Fact):
    code = "results.objection_pressed"
    title = "督办逾期的异议"
    row: int | None
    stage: str
    instruction: str


@dataclass(frozen=True)
class BurstSettled(Fact):
    code = "results.burst_settled"
    title = "处置异议集中"
    number: int
    note: str


@dataclass(frozen=True)
class ObjectionAnswered(Fact):
    code = "results.objection_answered"
    title = "答复异议"
    tracking: str
    row: int
    upheld: bool
    still_held: bool


@dataclass(frozen=True)
class OmissionAnswered(Fact):
    """The answer to who says to be missing from the list; no row changes by it."""

    code = "results.omission_answered"
    title = "答复名单遗漏的异议"
    tracking: str
    upheld: bool


@dataclass(frozen=True)
class ScoreCorrected(Fact):
    code = "results.score_corrected"
    title = "更正成绩"
    row: int
    before: str
    after: str
    passed: bool
    reason: str


@dataclass(frozen=True)
class ScoreCancelled(Fact):
    code = "results.score_cancelled"
    title = "取消成绩"
    row: int
    reason: str


@dataclass(frozen=True)
class NoticeClosed(Fact):
    code = "results.notice_closed"
    title = "公示期满"
    closed_on: date
    objections: int
    held: int


@dataclass(frozen=True)
class ResultsFiled(Fact):
    """The totals of 《评价结果备案表》; `held` rows stay behind and may follow."""

    code = "results.results_filed"
    title = "评价结果备案"
    registered: int
    sat: int
    passed: int
    held: int
    cancelled: int
    later: bool
