"""The results stand in public for the working days the law asks for, without leaking anybody (R56, R57, R60, M10)."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.arguments import Line
from hengjian.results import notice, policies, rules
from hengjian.results.facts import NoticeOpened
from hengjian.results.models import ResultSheet, Score
from hengjian.results.states import SheetState
from hengjian.rosters import ticket_code
from hengjian.rosters.models import Candidate


@act(
    "results.open_notice",
    ResultSheet,
    by=Role.RESPONSIBLE_PERSON.of_own_institution,
    step=Step(SheetState.CONFIRMED, to=SheetState.ON_NOTICE),
    requires=[rules.every_score_entered, rules.supervision_report_filed, rules.exam_stands],
    cites=[policies.NOTICE_WORKING_DAYS],
    clause=rules.NOTICE,
    turn=True,
)
def open_notice(doing: Doing[ResultSheet], *, place: Line) -> NoticeOpened:
    """公示评价结果。"""
    sheet = doing.subject
    sheet.notice_place = place.strip()
    closes = doing.set_deadline(sheet, "notice")
    rows = _listed(doing)
    sheet.notice_root = notice.root(rows)
    return NoticeOpened(closes.on, closes.provisional, sheet.notice_place, closes.days, len(rows), sheet.notice_root)


def _listed(doing: Doing[ResultSheet]) -> list[notice.NoticeRow]:
    """Those who passed, in the order of the roster; the ones who did not are nobody's business."""
    passed = list(
        Score.objects.filter(sheet=doing.subject, passed=True).select_related("candidate").order_by("candidate__row")
    )
    _late_codes(doing, [score.candidate for score in passed])
    for place, score in enumerate(passed, start=1):
        score.notice_place = place
        score.find_digest = notice.digest_of(score.candidate.ticket_code or "")
    if passed:
        doing.bulk_save(Score, passed, ["notice_place", "find_digest"])
    return [row_of(score) for score in passed]


def _late_codes(doing: Doing[ResultSheet], listed: list[Candidate]) -> None:
    """Who was admitted before tickets bore a code gets one now; the institution prints the ticket again."""
    without = [candidate for candidate in listed if not candidate.ticket_code]
    for candidate in without:
        ticket_code.give(candidate)
    if without:
        doing.bulk_save(Candidate, without, ["ticket_code", "ticket_code_index"])


def row_of(score: Score) -> notice.NoticeRow:
    assert score.notice_place is not None
    return notice.NoticeRow(score.notice_place, score.candidate.masked_name, score.find_digest)
