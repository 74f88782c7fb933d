"""What the ledger can say about draws, duties and exams; people are named by their code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hengjian.kernel.facts import Fact


@dataclass(frozen=True)
class ChainOpened(Fact):
    """The head is public before the first draw of the year; a hidden draw would leave a hole in the count."""

    code = "supervision.chain_opened"
    title = "启用年度抽取码链"
    year: int
    head: str
    length: int


@dataclass(frozen=True)
class DrawSealed(Fact):
    code = "supervision.draw_sealed"
    title = "封存抽取清单"
    draw: str
    digest: str
    targets: int
    staff: int
    excluded: int
    opens_at: datetime
    level: str
    witnesses: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class SecretsRevealed(Fact):
    """As the log of the first months has it: the reviewer typed what the witnesses told."""

    code = "supervision.secrets_revealed"
    title = "揭示见证值"
    draw: str
    secrets: int


@dataclass(frozen=True)
class BeaconEntered(Fact):
    code = "supervision.beacon_entered"
    title = "录入公开随机值"
    draw: str
    value: str


@dataclass(frozen=True)
class BeaconConfirmed(Fact):
    code = "supervision.beacon_confirmed"
    title = "复核公开随机值"
    draw: str
    value: str


@dataclass(frozen=True)
class SupervisorsDrawn(Fact):
    """`result_sha256` commits the result while the code is still secret."""

    code = "supervision.supervisors_drawn"
    title = "抽取质量督导员"
    draw: str
    chain_index: int
    supervisors: int
    void: bool
    result_sha256: str


@dataclass(frozen=True)
class DrawPublished(Fact):
    code = "supervision.draw_published"
    title = "公开抽取结果"
    draw: str
    digest: str


@dataclass(frozen=True)
class DrawVoidedBefore(Fact):
    """As the log of the first months has it: a reason in the reviewer's own words."""

    code = "supervision.draw_voided"
    title = "抽取作废"
    draw: str
    reason: str
    duties_ended: int


@dataclass(frozen=True)
class DrawVoided(Fact):
    """`times` counts the draws of one exam thrown away by choice, this one included."""

    code = "supervision.draw_voided"
    version = 2
    title = "抽取作废"
    draw: str
    ground: str
    ground_text: str
    explanation: str
    duties_ended: int
    had_result: bool
    times: int


@dataclass(frozen=True)
class VoidDrawDisclosed(Fact):
    code = "supervision.void_draw_disclosed"
    title = "公开作废的抽取"
    draw: str
    digest: str


@dataclass(frozen=True)
class WitnessCommitted(Fact):
    code = "supervision.witness_committed"
    title = "见证抽取"
    plan: str
    witness: str
    commitment: str


@dataclass(frozen=True)
class WitnessWithdrew(Fact):
    code = "supervision.witness_withdrew"
    title = "撤回见证"
    plan: str
    witness: str


@dataclass(frozen=True)
class WitnessRevealed(Fact):
    """`place` in the sealed list's commitments, counted after the platform's own."""

    code = "supervision.witness_revealed"
    title = "揭示秘密值"
    draw: str
    place: int
    witness: str
    before_public_value: bool


@dataclass(frozen=True)
class DutyAccepted(Fact):
    code = "supervision.duty_accepted"
    title = "接受督导任务"
    draw: str
    supervisor: str


@dataclass(frozen=True)
class DutyDeclined(Fact):
    code = "supervision.duty_declined"
    title = "回避或推辞督导任务"
    draw: str
    supervisor: str
    reason: str


@dataclass(frozen=True)
class SupervisorArrived(Fact):
    code = "supervision.supervisor_arrived"
    title = "督导员到场"
    draw: str
    supervisor: str
    at: datetime


@dataclass(frozen=True)
class ReportFiledBefore(Fact):
    """As the log of the first months has it: a stop without effect on the exam."""

    code = "supervision.report_filed"
    title = "提交督导报告"
    draw: str
    supervisor: str
    conclusion: str
    items: int
    failed: int
    digest: str
    due_on: date
    late: bool


@dataclass(frozen=True)
class ReportFiledWithoutMeans(Fact):
    """As it was said before a report named the means by which the exam was supervised."""

    code = "supervision.report_filed"
    version = 2
    title = "提交督导报告"
    draw: str
    supervisor: str
    conclusion: str
    items: int
    failed: int
    digest: str
    due_on: date
    late: bool
    stopped: int


@dataclass(frozen=True)
class ReportFiled(Fact):
    """`stopped` counts the batches that wait for the centre from now on; `means`, `methods` and `obstructions` are words of
    the law of that day."""

    code = "supervision.report_filed"
    version = 3
    title = "提交督导报告"
    draw: str
    supervisor: str
    conclusion: str
    items: int
    failed: int
    digest: str
    due_on: date
    late: bool
    stopped: int
    means: tuple[str, ...]
    methods: tuple[str, ...]
    obstructions: tuple[str, ...]


@dataclass(frozen=True)
class ExamBegun(Fact):
    code = "supervision.exam_begun"
    title = "开始考试"
    candidates: int
    supervisors: int


@dataclass(frozen=True)
class ExamFinished(Fact):
    code = "supervision.exam_finished"
    title = "考试完成"
    on: date


@dataclass(frozen=True)
class ExamResumed(Fact):
    """`state` is where the batch stands again."""

    code = "supervision.exam_resumed"
    title = "解除叫停"
    state: str
    explanation: str


@dataclass(frozen=True)
class ExamAnnulled(Fact):
    code = "supervision.exam_annulled"
    title = "认定考试无效"
    explanation: str
