"""Sentences of the regulation about rosters and candidates."""

from __future__ import annotations

from datetime import date

from hengjian.kernel.asking import Asking
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case
from hengjian.kernel.words import say
from hengjian.plans.models import Batch, Plan
from hengjian.plans.states import BatchState, PlanState
from hengjian.rosters import drawing
from hengjian.rosters.models import Candidate, Sample

PAPER = "《技能等级认定试点企业监管服务措施研究》"
CANDIDATES = f"{PAPER}第 3.1 节"
FILED = f"{PAPER}第 3.2.2 节（所有认定必需备案）"


def is_entrusted(asking: Asking[Batch]) -> bool:
    """The batch is assessed on behalf of another enterprise."""
    return bool(asking.subject.plan.entrusted_by)


def some_are_unread(batch: Batch) -> bool:
    return Candidate.objects.filter(batch=batch.pk, sampled=False).exclude(reason=drawing.WITHDRAWN).exists()


def bad_of_sample(batch: Batch) -> int:
    """How many of the files drawn were excluded."""
    sample = drawing.sample_of(batch)
    rows = Candidate.objects.filter(batch=batch.pk).exclude(reason=drawing.WITHDRAWN)
    return rows.filter(row__in=sample.rows if sample else [], state=Candidate.State.EXCLUDED).count()


@rule("rosters.plan_takes_rosters", clause=CANDIDATES)
def plan_takes_rosters(asking: Asking[Batch]) -> tuple[str, str] | None:
    """名册在考试以前提交。"""
    batch = asking.subject
    if batch.plan.state == PlanState.WITHDRAWN:
        return "认定计划已经撤回。", "请重新申报计划，备案后再提交名册。"
    if asking.today >= batch.plan.held_on:
        return say(
            "考试日为 {held_on}，名册须在此前提交。", held_on=batch.plan.held_on.isoformat()
        ), "改期须变更计划，重新备案。"
    return None


plan_takes_rosters.shown_by(
    case("the day before", Batch(plan=Plan(state="filed", held_on=date(2026, 5, 7)))),
    case("on the day", Batch(plan=Plan(state="filed", held_on=date(2026, 5, 6))), says="须在此前提交"),
    case("withdrawn", Batch(plan=Plan(state="withdrawn", held_on=date(2026, 5, 9))), says="已经撤回"),
)


@rule("rosters.plan_is_filed", clause=FILED)
def plan_is_filed(asking: Asking[Batch]) -> tuple[str, str] | None:
    """计划备案以后核定考生。"""
    if asking.subject.plan.state == PlanState.FILED:
        return None
    return "认定计划还没有备案。", "计划备案后即可核定考生。"


plan_is_filed.shown_by(
    case("filed", Batch(plan=Plan(state="filed", held_on=date(2026, 5, 9)))),
    case("in review", Batch(plan=Plan(state="submitted", held_on=date(2026, 5, 9))), says="还没有备案"),
)


@rule("rosters.no_sample_yet", clause=CANDIDATES)
def no_sample_yet(asking: Asking[Batch]) -> tuple[str, str] | None:
    """一份名册只抽一次样。"""
    if asking.reading(drawing.sample_of) is None:
        return None
    return "这份名册的核查样本已经抽取。", "请核查已抽取的样本；需要多查的，办理扩大核查。"


no_sample_yet.shown_by(
    case("none", Batch(), read={drawing.sample_of: None}),
    case("drawn", Batch(), read={drawing.sample_of: Sample()}, says="已经抽取"),
)


@rule("rosters.sample_is_drawn", clause=CANDIDATES)
def sample_is_drawn(asking: Asking[Batch]) -> tuple[str, str] | None:
    """先按人数确定核查方式，再核定考生。"""
    if asking.reading(drawing.sample_of):
        return None
    return "这份名册还没有抽取核查样本。", "先抽取核查样本，查阅抽中考生的申报材料。"


sample_is_drawn.shown_by(
    case("drawn", Batch(), read={drawing.sample_of: Sample()}),
    case("not yet", Batch(), read={drawing.sample_of: None}, says="还没有抽取"),
)


@rule("rosters.sample_is_accepted", clause="GB/T 2828.1—2012 第 7 章")
def sample_is_accepted(asking: Asking[Batch]) -> tuple[str, str] | None:
    """样本不合格数超过接收数的，不接收，逐份核查。"""
    sample = asking.reading(drawing.sample_of)
    if sample is None or sample.mode == "full" or not asking.reading(some_are_unread):
        return None
    bad = asking.reading(bad_of_sample)
    if bad <= sample.accept:
        return None
    return (
        say(
            "抽查 {rows} 份，不合格 {bad} 份，超过接收数 {accept}，这批不接收。",
            rows=len(sample.rows),
            bad=bad,
            accept=sample.accept,
        ),
        "改为全面核查，逐份查阅后即可核定。",
    )


sample_is_accepted.shown_by(
    case(
        "as many as accepted",
        Batch(),
        read={
            drawing.sample_of: Sample(mode="sampled", accept=1, rows=[1, 2, 3]),
            some_are_unread: True,
            bad_of_sample: 1,
        },
    ),
    case(
        "one more",
        Batch(),
        read={
            drawing.sample_of: Sample(mode="sampled", accept=1, rows=[1, 2, 3]),
            some_are_unread: True,
            bad_of_sample: 2,
        },
        says="不合格 2 份，超过接收数 1",
    ),
    case(
        "one more, but all are read by now",
        Batch(),
        read={
            drawing.sample_of: Sample(mode="sampled", accept=1, rows=[1, 2, 3]),
            some_are_unread: False,
            bad_of_sample: 2,
        },
    ),
    case(
        "everything was read from the start",
        Batch(),
        read={
            drawing.sample_of: Sample(mode="full", accept=1, rows=[1, 2, 3]),
            some_are_unread: True,
            bad_of_sample: 2,
        },
    ),
)


def listed_in(batch: Batch) -> int:
    return Candidate.objects.filter(batch=batch.pk, state=Candidate.State.LISTED).count()


@rule("rosters.nobody_left", clause=CANDIDATES)
def somebody_is_left(asking: Asking[Batch]) -> tuple[str, str] | None:
    """核定的名册上至少有一名考生。"""
    if asking.reading(listed_in):
        return None
    return "没有可以核定的考生。", "请机构更换名册，或撤回计划。"


somebody_is_left.shown_by(
    case("two", Batch(), read={listed_in: 2}), case("nobody", Batch(), read={listed_in: 0}, says="没有可以核定")
)


@rule("rosters.some_files_unread", clause=CANDIDATES)
def some_files_unread(asking: Asking[Batch]) -> tuple[str, str] | None:
    """已全面核查的不再扩大核查。"""
    if asking.reading(some_are_unread):
        return None
    return "这份名册已是全面核查。", "不需要再扩大，请逐份核查。"


some_files_unread.shown_by(
    case("some", Batch(), read={some_are_unread: True}),
    case("none", Batch(), read={some_are_unread: False}, says="已是全面核查"),
)


@rule("rosters.roster_is_open", clause=CANDIDATES)
def roster_is_open(asking: Asking[Candidate]) -> tuple[str, str] | None:
    """核定以前可以不予参加。"""
    if asking.subject.batch.state == BatchState.ROSTERED:
        return None
    return "这个批次的考生已经核定。", "核定后发现问题的，取消其成绩或注销证书。"


roster_is_open.shown_by(
    case("filed", Candidate(batch=Batch(state="rostered"))),
    case("admitted", Candidate(batch=Batch(state="admitted")), says="已经核定"),
)
