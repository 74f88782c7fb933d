"""The parts of a result sheet's page: steps, figures by part, the list of scores, what a fact says in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse

from hengjian.certificates.facts import CertificatesIssued
from hengjian.kernel.acts_catalogue import acts_about
from hengjian.kernel.facts import Fact
from hengjian.kernel.law import Law
from hengjian.kernel.words import listed, say
from hengjian.results import facts as said
from hengjian.results.marks import TITLES
from hengjian.results.models import Score
from hengjian.results.policies import FULL_MARK, PARTS_BY_LEVEL, PASS_MARK
from hengjian.results.queries import Marks, ScoreLine, SheetDetail
from hengjian.results.states import ScoreState, SheetState
from hengjian.web.components import Button, Card, Cell, Chip, Column, Empty, Row, Step, Table, Tone
from hengjian.web.pages import Desk
from hengjian.web.paging import part_of
from hengjian.web.parts import day, policy_chip
from hengjian.web.performing import row_acts

SHEET_TONES: Mapping[SheetState, Tone] = {
    SheetState.ENTERING: "warn",
    SheetState.CONFIRMED: "normal",
    SheetState.ON_NOTICE: "warn",
    SheetState.NOTICE_CLOSED: "normal",
    SheetState.FILED: "good",
    SheetState.CERTIFIED: "good",
}
SCORE_TONES: Mapping[str, Tone] = {
    "empty": "quiet",
    "entered": "normal",
    "held": "warn",
    "cleared": "normal",
    "certified": "good",
}
ON_ONE_PAGE = 100


def sheet_chip(state: str) -> Chip:
    return Chip(str(SheetState(state).label), SHEET_TONES[SheetState(state)])


def sheet_steps(detail: SheetDetail, *, reported: bool, online: bool) -> list[Step]:
    """Seven steps from the scores to the record online; the first that is not done is present."""
    state = SheetState(detail.head.state)
    labels = ["成绩录入", "督导报告归档", "负责人确认", "公示", "结果备案", "制证编号", "数据上网"]
    if detail.notice_days:
        labels[3] = say("公示 {notice_days} 个工作日", notice_days=detail.notice_days)
    place = {
        SheetState.ENTERING: 0 if not detail.entered else 1 if not reported else 2,
        SheetState.CONFIRMED: 3,
        SheetState.ON_NOTICE: 3,
        SheetState.NOTICE_CLOSED: 4,
        SheetState.FILED: 5,
        SheetState.CERTIFIED: 7 if online else 6,
    }[state]
    done_early = {1} if reported else set()
    return [
        Step(
            label,
            "done" if at < place or (at in done_early and at != place) else "present" if at == place else "coming",
        )
        for at, label in enumerate(labels)
    ]  # fmt: skip


def scores_card(detail: SheetDetail, law: Law) -> Card:
    """应考, 实考, 合格, 合格率 and mean of each part of this level."""
    by_level = law.policy(PARTS_BY_LEVEL)
    parts = by_level.get(detail.head.level) or by_level[min(by_level)]
    mark = law.policy(PASS_MARK)
    registered = len(detail.lines)
    rows: list[list[Any]] = []
    for part in parts:
        marks = [value for one in detail.marks if (value := _mark(one, part)) is not None]
        passed = sum(value >= mark for value in marks)
        rows.append(
            [TITLES[part], str(registered), str(len(marks)), str(passed), _share(passed, len(marks)), _mean(marks)]
        )
    total = detail.totals
    rows.append(
        [
            Cell("合计", strong=True), str(total.registered), str(total.sat),
            Cell(str(total.passed), strong=True), _share(total.passed, total.sat), "",
        ]
    )  # fmt: skip
    labels = (("科目", False), ("应考", True), ("实考", True), ("合格", True), ("合格率", True), ("平均分", True))
    hint = say("满分 {full_mark}，{mark} 分合格。", full_mark=law.policy(FULL_MARK), mark=mark)
    if total.held or total.cancelled:
        hint += say(
            "合格中异议暂缓 {held} 人；另有取消成绩 {cancelled} 人，不计入合格。",
            held=total.held,
            cancelled=total.cancelled,
        )
    return Card(
        "成绩",
        clause=policy_chip(PASS_MARK.key),
        hint=hint,
        table=Table(columns=[Column(label, numeric=numeric) for label, numeric in labels], rows=rows),
    )


def _mark(one: Marks, part: str) -> Decimal | None:
    value: Decimal | None = getattr(one, part)
    return value


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "—"


def _mean(marks: list[Decimal]) -> str:
    return f"{sum(marks) / len(marks):.1f}" if marks else "—"


def lines_card(desk: Desk, detail: SheetDetail) -> Card:
    """The candidates with their marks, a page at a time; the responsible person reaches the single score from here."""
    part = part_of(desk, detail.lines, size=ON_ONE_PAGE, kept=[("side", "list")])
    acts = _acts(desk, [line.score for line in part.rows])
    doing = any(acts.values())
    rows = [_row(line, acts.get(line.score, ()), doing=doing) for line in part.rows]
    return Card(
        "名单",
        hint="姓名只显示部分，以名册行号和准考证号为准。",
        table=Table(
            columns=[
                Column("考生"),
                Column("准考证号"),
                Column("理论", numeric=True),
                Column("技能", numeric=True),
                Column("综合评审", numeric=True),
                Column("结果"),
                Column("状态"),
                *([Column("办理")] if doing else []),
            ],
            rows=rows,
            empty=Empty("没有准予参加的考生"),
        ),
        pager=part.pager,
    )


OUTCOME_TONES: Mapping[str, Tone] = {"合格": "good", "不合格": "warn", "缺考": "quiet"}


def _acts(desk: Desk, shown: Sequence[int]) -> dict[int, list[Button]]:
    """Score → what this desk can do with it; nothing is read where the desk has no act on scores."""
    if not any(by.role_code == desk.actor.role_code for act in acts_about(Score) for by in act.header.by):
        return {}
    rows = desk.visible(Score).filter(pk__in=shown).select_related("sheet__batch__plan__institution", "candidate")
    return {row.pk: row_acts(desk, row) for row in rows.order_by("pk")}


def _row(line: ScoreLine, acts: Sequence[Button], *, doing: bool) -> Row:
    outcome = "缺考" if line.absent else "" if line.passed is None else "合格" if line.passed else "不合格"
    return Row(
        struck=line.state == ScoreState.CANCELLED,
        cells=[
            Cell(say("{row}\u3000{masked_name}", row=line.row, masked_name=line.masked_name)),
            Cell(line.ticket, mono=True),
            _shown(line.theory),
            _shown(line.practical),
            _shown(line.review),
            Cell(chip=Chip(outcome, OUTCOME_TONES[outcome])) if outcome else "",
            Cell(chip=Chip(line.state_label, SCORE_TONES.get(line.state, "seal"))),
            *([Cell(acts=acts)] if doing else []),
        ],
    )


def _shown(mark: Decimal | None) -> str:
    return (
        f"{mark:f}".rstrip("0").rstrip(".")
        if mark is not None and "." in f"{mark:f}"
        else ("" if mark is None else f"{mark:f}")
    )


def in_words(fact: Fact) -> str:
    """What a fact about results adds to its title on the time line."""
    match fact:
        case said.ScoresEntered():
            return say(
                "{rows} 人，缺考 {absent} 人，合格 {passed} 人", rows=fact.rows, absent=fact.absent, passed=fact.passed
            )
        case said.ResultsConfirmed():
            return say(
                "应考 {registered} 人，实考 {sat} 人，合格 {passed} 人",
                registered=fact.registered,
                sat=fact.sat,
                passed=fact.passed,
            )
        case said.NoticeOpened():
            return say("{place}，至 {closes_on}", place=fact.place, closes_on=day(fact.closes_on))
        case said.ResultObjected():
            return say("名册第 {row} 行，应于 {due_on} 前答复", row=fact.row, due_on=day(fact.due_on))
        case said.OmissionObjected():
            return say("应于 {due_on} 前答复", due_on=day(fact.due_on))
        case said.ObjectionAccepted():
            held = "，该行暂缓" if fact.held else ""
            return say(
                "{row_said}应于 {answer_by} 前答复{held}",
                row_said=_row_said(fact.row),
                answer_by=day(fact.answer_by),
                held=held,
            )
        case said.ObjectionRefused():
            return listed((_row_said(fact.row), fact.ground), "")
        case said.ObjectionFellOverdue():
            return say(
                "{row_said}{value}期限 {due_on}",
                row_said=_row_said(fact.row),
                value="核对" if fact.stage == "triage" else "答复",
                due_on=day(fact.due_on),
            )
        case said.ObjectionPressed():
            return listed((_row_said(fact.row), fact.instruction), "")
        case said.OmissionAnswered():
            return say("异议{upheld}", upheld="成立" if fact.upheld else "不成立")
        case said.BurstSettled():
            return say("{number} 件：{note}", number=fact.number, note=fact.note)
        case said.ObjectionAnswered():
            return say("名册第 {row} 行，异议{upheld}", row=fact.row, upheld="成立" if fact.upheld else "不成立")
        case said.ScoreCorrected():
            return say("名册第 {row} 行：{before} 更正为 {after}", row=fact.row, before=fact.before, after=fact.after)
        case said.ScoreCancelled():
            return say("名册第 {row} 行：{reason}", row=fact.row, reason=fact.reason)
        case said.ResultsFiled():
            return say(
                "报名 {registered} 人，参加 {sat} 人，合格 {passed} 人",
                registered=fact.registered,
                sat=fact.sat,
                passed=fact.passed,
            )
        case CertificatesIssued():
            return (
                say("{count} 张，{first} 至 {last}", count=fact.count, first=fact.first, last=fact.last)
                if fact.count
                else "没有可以发证的人员"
            )
    return ""


def _row_said(row: int | None) -> str:
    return say("名册第 {row} 行，", row=row) if row is not None else "名单遗漏，"


def public_notice_address(sheet: int) -> str:
    return reverse("notice", kwargs={"pk": sheet})
