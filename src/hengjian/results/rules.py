"""Sentences of the regulation about results, each reading only what it needs."""

from __future__ import annotations

from datetime import date

from hengjian.kernel.asking import Asking
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case
from hengjian.kernel.words import listed, say
from hengjian.plans.models import Batch
from hengjian.plans.states import BatchState
from hengjian.results.following import not_yet_filed
from hengjian.results.models import Objection, ResultSheet, Score
from hengjian.results.policies import NOTICE_WORKING_DAYS, OBJECTION_ANSWER_WORKING_DAYS, OBJECTION_TRIAGE_WORKING_DAYS
from hengjian.results.states import IN_TRIAGE, UNANSWERED, ScoreState, SheetState
from hengjian.rosters.models import Candidate
from hengjian.supervision.models import Duty

PAPER = "《技能等级认定试点企业监管服务措施研究》"
NOTICE = f"{PAPER}第 3.3 节"
SUPERVISED = f"{PAPER}第 3.2.3 节（逢考必督）"
RESPONSIBLE = f"{PAPER}第 3.2 节（谁评价、谁负责、谁发证）"


def has_a_sheet(batch: Batch) -> bool:
    return ResultSheet.objects.filter(batch=batch.pk).exists()


def rows_without_score(sheet: ResultSheet) -> list[int]:
    empty = Score.objects.filter(sheet=sheet.pk, state=ScoreState.EMPTY).order_by("candidate__row")
    return list(empty.values_list("candidate__row", flat=True))


def states_of_duties(sheet: ResultSheet) -> list[str]:
    return list(Duty.objects.filter(plan__batches=sheet.batch_id).order_by("id").values_list("state", flat=True))


def is_objected_to(score: Score) -> bool:
    return Objection.objects.filter(score=score.pk, state__in=UNANSWERED).exists()


def following(sheet: ResultSheet) -> set[int]:
    return not_yet_filed(sheet.pk)


@rule("results.no_sheet_yet", clause=RESPONSIBLE)
def no_sheet_yet(asking: Asking[Batch]) -> tuple[str, str] | None:
    """一个批次只建立一份成绩单。"""
    return ("这个批次的成绩单已经建立。", "请在已建立的成绩单上办理。") if asking.reading(has_a_sheet) else None


no_sheet_yet.shown_by(
    case("none", Batch(), read={has_a_sheet: False}),
    case("one", Batch(), read={has_a_sheet: True}, says="已经建立"),
)


def admitted_to(batch: Batch) -> int:
    return Candidate.objects.filter(batch=batch.pk, state=Candidate.State.ADMITTED).count()


@rule("results.nobody_admitted", clause=RESPONSIBLE)
def somebody_was_admitted(asking: Asking[Batch]) -> tuple[str, str] | None:
    """成绩单列出准予参加的考生。"""
    if asking.reading(admitted_to):
        return None
    return "这个批次没有准予参加的考生。", "请鉴定中心先核定考生。"


somebody_was_admitted.shown_by(
    case("three", Batch(), read={admitted_to: 3}),
    case("nobody", Batch(), read={admitted_to: 0}, says="没有准予参加的考生"),
)


@rule("results.every_score_entered", clause=RESPONSIBLE)
def every_score_entered(asking: Asking[ResultSheet]) -> tuple[str, str] | None:
    """每一名准予参加的考生都有成绩或缺考记录。"""
    rows = asking.reading(rows_without_score)
    if not rows:
        return None
    first = listed(str(row) for row in rows[:8]) + ("等" if len(rows) > 8 else "")
    return say(
        "还有 {rows} 名考生没有成绩（名册第 {listed} 行）。", rows=len(rows), listed=first
    ), "补录成绩，未参加的标记缺考，即可继续。"


every_score_entered.shown_by(
    case("all", ResultSheet(), read={rows_without_score: []}),
    case(
        "two are missing",
        ResultSheet(),
        read={rows_without_score: [3, 8]},
        says="还有 2 名考生没有成绩（名册第 3、8 行）",
    ),
)


@rule("results.supervision_report_filed", clause=SUPERVISED)
def supervision_report_filed(asking: Asking[ResultSheet]) -> tuple[str, str] | None:
    """有考必督：督导报告提交之后，评价结果才能确认和公示。"""
    states = asking.reading(states_of_duties)
    if Duty.State.REPORTED not in states:
        return "本次考试还没有质量督导报告。", "到场督导员提交督导报告后即可继续。"
    waiting = sum(state == Duty.State.ACCEPTED for state in states)
    if waiting:
        return say("还有 {waiting} 名督导员没有提交督导报告。", waiting=waiting), "全部督导报告提交后即可继续。"
    return None


supervision_report_filed.shown_by(
    case("all reported", ResultSheet(), read={states_of_duties: ["reported", "declined"]}),
    case("none", ResultSheet(), read={states_of_duties: ["drawn"]}, says="还没有质量督导报告"),
    case("one is waited for", ResultSheet(), read={states_of_duties: ["reported", "accepted"]}, says="还有 1 名"),
)


OVER = "公示期外发现问题的，可以向负责的鉴定中心投诉、举报。"


def _runs(sheet: ResultSheet, asking: Asking[object]) -> bool:
    closes = sheet.notice_closes_on
    return sheet.state == SheetState.ON_NOTICE and closes is not None and asking.today <= closes


@rule("results.exam_stands", clause=SUPERVISED)
def exam_stands(asking: Asking[ResultSheet]) -> tuple[str, str] | None:
    """督导叫停的考试，由鉴定中心处理以前不确认、不公示结果；认定无效的不再办理。"""
    state = asking.subject.batch.state
    if state == BatchState.STOPPED:
        return "这场考试已被质量督导员叫停，等待鉴定中心处理。", "中心负责人解除叫停以后可以继续。"
    if state == BatchState.INVALID:
        return "这场考试已被认定无效。", "须重新报送认定计划，另行考试。"
    return None


exam_stands.shown_by(
    case("done", ResultSheet(batch=Batch(state=BatchState.EXAMINED))),
    case("stopped", ResultSheet(batch=Batch(state=BatchState.STOPPED)), says="叫停"),
    case("without effect", ResultSheet(batch=Batch(state=BatchState.INVALID)), says="认定无效"),
)


@rule("results.notice_is_open", clause=NOTICE, cites=[NOTICE_WORKING_DAYS])
def notice_is_open(asking: Asking[Score]) -> tuple[str, str] | None:
    """公示期间，任何人都可以提出异议。"""
    return None if _runs(asking.subject.sheet, asking) else ("这项结果不在公示期内。", OVER)


notice_is_open.shown_by(
    case("on the last day", Score(sheet=ResultSheet(state="on_notice", notice_closes_on=date(2026, 5, 6)))),
    case(
        "the day after",
        Score(sheet=ResultSheet(state="on_notice", notice_closes_on=date(2026, 5, 5))),
        says="不在公示期内",
    ),
    case(
        "closed",
        Score(sheet=ResultSheet(state="notice_closed", notice_closes_on=date(2026, 5, 8))),
        says="不在公示期内",
    ),
)


@rule("results.sheet_is_on_notice", clause=NOTICE, cites=[NOTICE_WORKING_DAYS])
def sheet_is_on_notice(asking: Asking[ResultSheet]) -> tuple[str, str] | None:
    """公示期间，任何人都可以就名单遗漏提出异议。"""
    return None if _runs(asking.subject, asking) else ("这份名单不在公示期内。", OVER)


sheet_is_on_notice.shown_by(
    case("on the last day", ResultSheet(state="on_notice", notice_closes_on=date(2026, 5, 6))),
    case("the day after", ResultSheet(state="on_notice", notice_closes_on=date(2026, 5, 5)), says="不在公示期内"),
    case("closed", ResultSheet(state="notice_closed", notice_closes_on=date(2026, 5, 8)), says="不在公示期内"),
)


def not_looked_at(sheet: ResultSheet) -> int:
    return Objection.objects.filter(sheet=sheet.pk, state__in=IN_TRIAGE).count()


@rule("results.every_objection_triaged", clause=NOTICE)
def every_objection_is_triaged(asking: Asking[ResultSheet]) -> tuple[str, str] | None:
    """公示期间收到的异议都经过核对，决定受理与否，结果才能备案。"""
    waiting = asking.reading(not_looked_at)
    if not waiting:
        return None
    return say(
        "还有 {waiting} 件异议没有核对。", waiting=waiting
    ), "逐件受理或者不予受理；受理的只暂缓所涉的一行，其余照常备案。"


every_objection_is_triaged.shown_by(
    case("all looked at", ResultSheet(), read={not_looked_at: 0}),
    case("two are not", ResultSheet(), read={not_looked_at: 2}, says="还有 2 件异议没有核对"),
)


@rule("results.triage_is_overdue", clause=NOTICE, cites=[OBJECTION_TRIAGE_WORKING_DAYS])
def triage_is_overdue(asking: Asking[Objection]) -> tuple[str, str] | None:
    """异议在核对期限内没有核对的，转为逾期。"""
    due = asking.subject.triage_due_on
    return None if due is not None and asking.today > due else ("核对期限还没有过。", "期限过后由系统办理。")


triage_is_overdue.shown_by(
    case("the day after", Objection(triage_due_on=date(2026, 5, 5))),
    case("on the day itself", Objection(triage_due_on=date(2026, 5, 6)), says="还没有过"),
    case("without a deadline", Objection(), says="还没有过"),
)


@rule("results.answer_is_overdue", clause=NOTICE, cites=[OBJECTION_ANSWER_WORKING_DAYS])
def answer_is_overdue(asking: Asking[Objection]) -> tuple[str, str] | None:
    """异议在答复期限内没有答复的，转为逾期。"""
    return None if asking.today > asking.subject.due_on else ("答复期限还没有过。", "期限过后由系统办理。")


answer_is_overdue.shown_by(
    case("the day after", Objection(due_on=date(2026, 5, 5))),
    case("on the day itself", Objection(due_on=date(2026, 5, 6)), says="还没有过"),
)


@rule("results.closing_day_has_passed", clause=NOTICE, cites=[NOTICE_WORKING_DAYS])
def closing_day_has_passed(asking: Asking[ResultSheet]) -> tuple[str, str] | None:
    """公示期自公示次日起算，满规定的工作日方为期满。"""
    sheet = asking.subject
    closes = sheet.notice_closes_on
    if closes is None:
        return "这份结果没有公示。", "先公示评价结果。"
    if sheet.notice_provisional:
        return (
            "公示截止日所在年份的放假安排尚未录入，截止日为暂定。",
            "录入该年的放假安排后，截止日自动重新计算。",
        )
    if asking.today <= closes:
        return say("公示到 {closes} 当日结束。", closes=closes.isoformat()), say(
            "{closes} 的次日起即为期满。", closes=closes.isoformat()
        )
    return None


closing_day_has_passed.shown_by(
    case("the day after", ResultSheet(notice_closes_on=date(2026, 5, 5))),
    case("on the day itself", ResultSheet(notice_closes_on=date(2026, 5, 6)), says="当日结束"),
    case(
        "in a year without a calendar",
        ResultSheet(notice_closes_on=date(2026, 5, 5), notice_provisional=True),
        says="暂定",
    ),
    case("never on notice", ResultSheet(), says="没有公示"),
)


@rule("results.is_not_certified", clause=RESPONSIBLE)
def is_not_certified(asking: Asking[Score]) -> tuple[str, str] | None:
    """已经发证的成绩不能直接更改。"""
    if asking.subject.state == ScoreState.CERTIFIED:
        return "这项成绩已经发证。", "先注销证书。"
    return None


is_not_certified.shown_by(
    case("entered", Score(state="entered")),
    case("certified", Score(state="certified"), says="已经发证"),
)


@rule("results.has_open_objection", clause=NOTICE)
def has_open_objection(asking: Asking[Score]) -> tuple[str, str] | None:
    """公示后的成绩只因异议成立而更正。"""
    if asking.reading(is_objected_to):
        return None
    return "这项成绩没有待答复的异议。", "公示以后，成绩只能在答复异议时更正。"


has_open_objection.shown_by(
    case("objected to", Score(), read={is_objected_to: True}),
    case("not", Score(), read={is_objected_to: False}, says="没有待答复的异议"),
)


@rule("results.some_rows_follow", clause=NOTICE)
def some_rows_follow(asking: Asking[ResultSheet]) -> tuple[str, str] | None:
    """暂缓的成绩，异议答复后可以补报备案。"""
    if asking.reading(following):
        return None
    return "没有异议已经答复、等待补报的成绩。", "异议答复以后即可补报。"


some_rows_follow.shown_by(
    case("one", ResultSheet(), read={following: {7}}),
    case("none", ResultSheet(), read={following: set()}, says="没有异议已经答复"),
)
