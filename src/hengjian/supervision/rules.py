"""Sentences of the regulation about draws, duties and the exam itself."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from django.db.models import Max

from hengjian.kernel.asking import Asking
from hengjian.kernel.beacon import NONE
from hengjian.kernel.clock import ZONE
from hengjian.kernel.models import Checkpoint, EntryRow
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case
from hengjian.kernel.words import say
from hengjian.plans.models import Batch, Plan
from hengjian.plans.readings import sittings_of
from hengjian.plans.states import BatchState, PlanState
from hengjian.supervision import pool
from hengjian.supervision.models import CodeChain, Draw, Duty
from hengjian.supervision.policies import COVERAGE_PERCENT, SUPERVISORS_PER_SITTING_MIN

PAPER = "《技能等级认定试点企业监管服务措施研究》"
RANDOM = f"{PAPER}第 3.2 节（随机抽取质量督导人员）"
EVERY_EXAM = f"{PAPER}第 3.2.3 节（逢考必督）"
RECUSAL = "质量督导员管理办法（鉴定时期）：近亲属、师生、师徒、同事回避"  # not said: the title of a document
SCHEME = "抽取规程 draw/1（清单先封存，随机值后产生）"  # not said: the title of a document
HUNDRED = 100
BEGUN = (BatchState.EXAMINING, BatchState.EXAMINED, BatchState.STOPPED)
FILED = f"{PAPER}第 3.2.2 节（所有认定必需备案）"


def chain_of_the_year(asking: Asking[Plan]) -> CodeChain | None:
    return CodeChain.objects.filter(office=asking.subject.office_id, year=asking.now.year).order_by("pk").first()


def has_a_sealed_list(plan: Plan) -> bool:
    return Draw.objects.filter(plan=plan.pk, state=Draw.State.SEALED).exists()


def covered_at(draw: Draw) -> datetime | None:
    """When a checkpoint of the log first covered the sealed list, if one did."""
    sealed = EntryRow.objects.filter(table=Draw._meta.db_table, row_id=draw.pk).order_by("id")
    index = sealed.values_list("entry__idx", flat=True).first()
    if index is None:
        return None
    return Checkpoint.objects.filter(size__gt=index).order_by("size").values_list("at", flat=True).first()


def arrived_duties(batch: Batch) -> Counter[str]:
    return pool.standing(batch.plan, (Duty.State.ACCEPTED, Duty.State.REPORTED), arrived=True)


def exams_of_the_year(batch: Batch) -> tuple[int, int]:
    """Other exams of this office that have begun this year, and to how many of them a supervisor came. While the law wants
    every exam attended (100 percent) no number of attended ones excuses the next."""
    plan = batch.plan
    begun = Plan.objects.filter(office=plan.office_id, held_on__year=plan.held_on.year, batches__state__in=BEGUN)
    others = begun.exclude(pk=plan.pk).order_by().values("pk").distinct()
    return others.count(), others.filter(duties__arrived_at__isnull=False).count()


def last_sitting_end(batch: Batch) -> datetime | None:
    """When the last sitting of this batch ends, as filed."""
    found: datetime | None = batch.sittings.filter(withdrawn=False).aggregate(last=Max("ends_at"))["last"]
    return found


def last_end_of(plan: Plan) -> datetime | None:
    """When the last sitting of the whole exam ends, as filed."""
    return max((sitting.ends_at for sitting in sittings_of(plan)), default=None)


@rule("supervision.chain_is_open", clause=SCHEME)
def chain_is_open(asking: Asking[Plan]) -> tuple[str, str] | None:
    """抽取使用当年公开了链头的抽取码链。"""
    chain = asking.consulting(chain_of_the_year)
    if chain is None:
        return say("本机关还没有启用 {now.year} 年的抽取码链。", now=asking.now), "先启用年度抽取码链，即可抽取。"
    if chain.used >= chain.length:
        return say("{now.year} 年的抽取码已经用完。", now=asking.now), "次年启用新的码链。"
    return None


chain_is_open.shown_by(
    case("open", Plan(), read={chain_of_the_year: CodeChain(used=3, length=100)}),
    case("none", Plan(), read={chain_of_the_year: None}, says="还没有启用 2026 年"),
    case("used up", Plan(), read={chain_of_the_year: CodeChain(used=100, length=100)}, says="已经用完"),
)


@rule("supervision.no_draw_stands", clause=RANDOM, cites=[SUPERVISORS_PER_SITTING_MIN])
def no_draw_stands(asking: Asking[Plan]) -> tuple[str, str] | None:
    """一次考试只有一次有效的抽取；人员有缺才另行抽取。"""
    if asking.reading(has_a_sealed_list):
        return "这次考试已有一份封存的抽取清单。", "到时揭示并抽取，或者写明理由作废。"
    team = asking.policy(SUPERVISORS_PER_SITTING_MIN)
    if all(held >= team for held in asking.reading(pool.held_by_target).values()):
        return "这次考试的督导员已经抽齐。", "督导员回避或推辞后，可以另行抽取补足。"
    return None


no_draw_stands.shown_by(
    case("one place open", Plan(), read={has_a_sealed_list: False, pool.held_by_target: {"20260506.6-31-01": 1}}),
    case("sealed", Plan(), read={has_a_sealed_list: True}, says="已有一份封存"),
    case(
        "all stand",
        Plan(),
        read={has_a_sealed_list: False, pool.held_by_target: {"20260506.6-31-01": 2}},
        says="已经抽齐",
    ),
)


@rule("supervision.exam_lies_ahead", clause=RANDOM)
def exam_lies_ahead(asking: Asking[Plan]) -> tuple[str, str] | None:
    """督导员在考试之前抽取。"""
    if asking.today > asking.subject.ends_on:
        return "考试已经结束，不能再抽取督导员。", "向上级说明未督导的原因。"
    return None


exam_lies_ahead.shown_by(
    case("on the last day", Plan(held_on=date(2026, 5, 6), ends_on=date(2026, 5, 6))),
    case("the day after", Plan(held_on=date(2026, 5, 5), ends_on=date(2026, 5, 5)), says="考试已经结束"),
)


@rule("supervision.draw_time_has_come", clause=SCHEME)
def draw_time_has_come(asking: Asking[Draw]) -> tuple[str, str] | None:
    """到清单写明的时刻方可抽取。"""
    draw = asking.subject
    if asking.now < draw.opens_at:
        at = draw.opens_at.astimezone(asking.now.tzinfo).strftime("%Y-%m-%d %H:%M")
        return say("清单写明的抽取时刻是 {at}，现在尚未到时。", at=at), say("{at} 起即可抽取。", at=at)
    return None


draw_time_has_come.shown_by(
    case("at the moment", Draw(opens_at=datetime(2026, 5, 6, 9, tzinfo=ZONE))),
    case("an hour early", Draw(opens_at=datetime(2026, 5, 6, 10, tzinfo=ZONE)), says="2026-05-06 10:00，现在尚未到时"),
)


@rule("supervision.sealed_in_time", clause=SCHEME)
def sealed_in_time(asking: Asking[Draw]) -> tuple[str, str] | None:
    """抽取时刻之前，日志检查点须已覆盖封存清单的记录。"""
    covered = asking.reading(covered_at)
    if covered is None:
        return "封存清单的记录还没有进入日志检查点。", "日志每分钟封存一次，稍候即可。"
    if covered > asking.subject.opens_at:
        return "封存清单的记录在抽取时刻之后才进入日志检查点。", "作废本次抽取，另行封存。"
    return None


sealed_in_time.shown_by(
    case(
        "before",
        Draw(opens_at=datetime(2026, 5, 6, 9, tzinfo=ZONE)),
        read={covered_at: datetime(2026, 5, 6, 8, tzinfo=ZONE)},
    ),
    case(
        "not yet",
        Draw(opens_at=datetime(2026, 5, 6, 9, tzinfo=ZONE)),
        read={covered_at: None},
        says="还没有进入日志检查点",
    ),
    case(
        "too late",
        Draw(opens_at=datetime(2026, 5, 6, 8, tzinfo=ZONE)),
        read={covered_at: datetime(2026, 5, 6, 9, tzinfo=ZONE)},
        says="之后才进入",
    ),
)


@rule("supervision.beacon_is_known", clause=SCHEME)
def beacon_is_known(asking: Asking[Draw]) -> tuple[str, str] | None:
    """指定了公开随机值的，须录入并经第二人复核。"""
    draw = asking.subject
    if draw.manifest["beacon"]["source"] == NONE:
        return None
    if not draw.beacon:
        return "还没有录入清单指定的公开随机值。", "录入随机值，并由第二人复核。"
    if not draw.beacon.get("confirmed_by"):
        return "公开随机值还没有经第二人复核。", "由另一人重新录入一遍，一致即可。"
    return None


beacon_is_known.shown_by(
    case("none named", Draw(manifest={"beacon": {"source": "none"}}, beacon=None)),
    case("named, not entered", Draw(manifest={"beacon": {"source": "双色球"}}, beacon=None), says="还没有录入"),
    case(
        "not confirmed",
        Draw(manifest={"beacon": {"source": "双色球"}}, beacon={"value": "1", "confirmed_by": ""}),
        says="第二人复核",
    ),
    case("confirmed", Draw(manifest={"beacon": {"source": "双色球"}}, beacon={"value": "1", "confirmed_by": "seat:2"})),
)


@rule("supervision.names_a_beacon", clause=SCHEME)
def names_a_beacon(asking: Asking[Draw]) -> tuple[str, str] | None:
    """只有清单指定了公开随机值的抽取才录入随机值。"""
    if asking.subject.manifest["beacon"]["source"] != NONE:
        return None
    return "这份清单没有指定公开随机值。", "不需要录入；到清单写明的时刻即可抽取。"


names_a_beacon.shown_by(
    case("named", Draw(manifest={"beacon": {"source": "双色球"}}, beacon=None)),
    case("none", Draw(manifest={"beacon": {"source": "none"}}, beacon=None), says="没有指定"),
)


@rule("supervision.beacon_is_entered", clause=SCHEME)
def beacon_is_entered(asking: Asking[Draw]) -> tuple[str, str] | None:
    """公开随机值录入以后，由另一人复核。"""
    return None if asking.subject.beacon else ("还没有录入公开随机值。", "请先由另一人录入公开随机值。")


beacon_is_entered.shown_by(
    case("entered", Draw(beacon={"value": "1", "confirmed_by": ""})),
    case("not", Draw(beacon=None), says="还没有录入"),
)


@rule("supervision.exam_is_over", clause=SCHEME)
def exam_is_over(asking: Asking[Draw]) -> tuple[str, str] | None:
    """抽取结果在考试结束以后公开，考前保密。"""
    draw = asking.subject
    if asking.today <= draw.plan.ends_on:
        return "考试尚未结束，抽取结果还须保密。", say(
            "{ends_on} 的次日起可以公开。", ends_on=draw.plan.ends_on.isoformat()
        )
    return None


exam_is_over.shown_by(
    case("the day after", Draw(plan=Plan(held_on=date(2026, 5, 5), ends_on=date(2026, 5, 5)))),
    case("on the last day", Draw(plan=Plan(held_on=date(2026, 5, 5), ends_on=date(2026, 5, 6))), says="还须保密"),
)


@rule("supervision.before_the_exam_ends", clause=RECUSAL)
def before_the_exam_ends(asking: Asking[Duty]) -> tuple[str, str] | None:
    """回避或推辞须在考试结束以前提出。"""
    if asking.today <= asking.subject.plan.ends_on:
        return None
    return "考试已经结束。", "现在不能再回避或推辞；有异议的，请书面向派出机关说明。"


before_the_exam_ends.shown_by(
    case("on the last day", Duty(plan=Plan(held_on=date(2026, 5, 5), ends_on=date(2026, 5, 6)))),
    case("the day after", Duty(plan=Plan(held_on=date(2026, 5, 5), ends_on=date(2026, 5, 5))), says="已经结束"),
)


@rule("supervision.on_exam_day", clause=EVERY_EXAM)
def on_exam_day(asking: Asking[Duty]) -> tuple[str, str] | None:
    """督导员在考试日到场。"""
    duty = asking.subject
    first, last = duty.plan.held_on, duty.plan.ends_on
    if first <= asking.today <= last:
        return None
    return "今天不是考试日。", say("考试日为 {first}", first=first.isoformat()) + (
        say(" 至 {last}。", last=last.isoformat()) if last > first else "。"
    )


on_exam_day.shown_by(
    case("on the second day", Duty(plan=Plan(held_on=date(2026, 5, 5), ends_on=date(2026, 5, 6)))),
    case("the day before", Duty(plan=Plan(held_on=date(2026, 5, 7), ends_on=date(2026, 5, 8))), says="不是考试日"),
)


@rule("supervision.not_arrived_yet", clause=EVERY_EXAM)
def has_not_arrived(asking: Asking[Duty]) -> tuple[str, str] | None:
    """到场只登记一次；登记到场以后不再推辞。"""
    arrived = asking.subject.arrived_at
    if arrived is None:
        return None
    return say(
        "已于 {arrived:%Y-%m-%d %H:%M} 登记到场。", arrived=arrived.astimezone(ZONE)
    ), "考试结束后提交督导报告即可。"


has_not_arrived.shown_by(
    case("not yet", Duty()),
    case("arrived", Duty(arrived_at=datetime(2026, 5, 6, 8, tzinfo=ZONE)), says="2026-05-06 08:00 登记到场"),
)


@rule("supervision.supervisor_was_there", clause=EVERY_EXAM)
def supervisor_was_there(asking: Asking[Duty]) -> tuple[str, str] | None:
    """督导报告由到场的督导员提交。"""
    return None if asking.subject.arrived_at else ("没有到场记录，不能提交督导报告。", "考试日在考点登记到场。")


supervisor_was_there.shown_by(
    case("arrived", Duty(arrived_at=datetime(2026, 5, 6, 8, tzinfo=ZONE))),
    case("not", Duty(), says="没有到场记录"),
)


@rule("supervision.plan_is_filed", clause=FILED)
def plan_is_filed(asking: Asking[Batch]) -> tuple[str, str] | None:
    """没有备案编号，不得考试。"""
    batch = asking.subject
    if batch.plan.state == PlanState.FILED and batch.plan.number:
        return None
    return "这个批次的认定计划没有备案。", "计划备案后方可组织考试。"


plan_is_filed.shown_by(
    case("filed", Batch(plan=Plan(state="filed", number="2613000216010001"))),
    case("in review", Batch(plan=Plan(state="submitted")), says="没有备案"),
)


@rule("supervision.today_is_examined", clause=FILED)
def today_is_examined(asking: Asking[Batch]) -> tuple[str, str] | None:
    """按备案的日期组织考试。"""
    batch = asking.subject
    first, last = batch.plan.held_on, batch.plan.ends_on
    if first <= asking.today <= last:
        return None
    return say("备案的考试日期是 {first}，今天不能开考。", first=first.isoformat()), "改期须变更计划，重新备案。"


today_is_examined.shown_by(
    case("on the day", Batch(plan=Plan(held_on=date(2026, 5, 6), ends_on=date(2026, 5, 6)))),
    case("the day before", Batch(plan=Plan(held_on=date(2026, 5, 7), ends_on=date(2026, 5, 7))), says="今天不能开考"),
)


@rule(
    "supervision.enough_supervisors_have_arrived",
    clause=EVERY_EXAM,
    cites=[SUPERVISORS_PER_SITTING_MIN, COVERAGE_PERCENT],
)
def enough_supervisors_have_arrived(asking: Asking[Batch]) -> tuple[str, str] | None:
    """有考必督：规定人数的督导员到场以后方可开考。"""
    needed = asking.policy(SUPERVISORS_PER_SITTING_MIN)
    here = asking.reading(arrived_duties)[pool.target_of(asking.today, asking.subject.occupation_code)]
    if here >= needed:
        return None
    begun, attended = asking.reading(exams_of_the_year)
    if HUNDRED * attended >= asking.policy(COVERAGE_PERCENT) * (begun + 1):
        return None
    return (
        say("今天这个职业须有 {needed} 名督导员到场，已登记到场 {here} 名。", needed=needed, here=here),
        "督导员在考点登记到场后即可开考；有缺的，另行抽取补足。",
    )


enough_supervisors_have_arrived.shown_by(
    case(
        "both",
        Batch(occupation_code="6-31-01-03"),
        read={arrived_duties: Counter({"20260506.6-31-01": 2}), exams_of_the_year: (0, 0)},
    ),
    case(
        "one of two",
        Batch(occupation_code="6-31-01-03"),
        read={arrived_duties: Counter({"20260506.6-31-01": 1}), exams_of_the_year: (199, 199)},
        says="须有 2 名督导员到场，已登记到场 1 名",
    ),
    case(
        "for another trade",
        Batch(occupation_code="6-31-01-03"),
        read={arrived_duties: Counter({"20260506.6-18-02": 2}), exams_of_the_year: (0, 0)},
        says="已登记到场 0 名",
    ),
)


@rule("supervision.last_sitting_has_ended", clause=FILED)
def last_sitting_has_ended(asking: Asking[Batch]) -> tuple[str, str] | None:
    """最后一场结束以后，考试方为完成。"""
    ends_at = asking.reading(last_sitting_end)
    if ends_at is None or asking.now >= ends_at:
        return None
    at = ends_at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
    return say("备案的最后一场到 {at} 结束。", at=at), say("{at} 起可以办理考试完成。", at=at)


last_sitting_has_ended.shown_by(
    case("at its end", Batch(), read={last_sitting_end: datetime(2026, 5, 6, 9, tzinfo=ZONE)}),
    case(
        "the practical part still runs",
        Batch(),
        read={last_sitting_end: datetime(2026, 5, 6, 16, 30, tzinfo=ZONE)},
        says="到 2026-05-06 16:30 结束",
    ),
)
