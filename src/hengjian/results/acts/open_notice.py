"""The results stand in public for the working days the law asks for, without leaking anybody (R56, R57, R60, M10)."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.refusal import refuse
from hengjian.results import notice, policies, rules
from hengjian.results.facts import NoticeOpened
from hengjian.results.models import ResultSheet, Score
from hengjian.results.states import SheetState


@act(
    "results.open_notice",
    ResultSheet,
    by=Role.RESPONSIBLE_PERSON.of_own_institution,
    step=Step(SheetState.CONFIRMED, to=SheetState.ON_NOTICE),
    requires=[rules.every_score_entered, rules.supervision_report_filed],
    cites=[policies.NOTICE_WORKING_DAYS, policies.IDENTITY_SHOWN_ENDS],
    clause=rules.NOTICE,
    turn=True,
)
def open_notice(doing: Doing[ResultSheet], *, place: str) -> NoticeOpened:
    """公示评价结果。"""
    if not place.strip():
        raise refuse("results.notice_place", "请写明公示的地点或网址。", field="place", clause=rules.NOTICE)
    sheet = doing.subject
    days = doing.policy(policies.NOTICE_WORKING_DAYS)
    closes = doing.calendar.add_working_days(doing.today, days)
    sheet.notice_place = place.strip()
    sheet.notice_opened_on, sheet.notice_days = doing.today, days
    sheet.notice_closes_on, sheet.notice_provisional = closes.on, closes.provisional
    rows = _listed(doing)
    sheet.notice_root = notice.root(rows)
    return NoticeOpened(closes.on, closes.provisional, sheet.notice_place, days, len(rows), sheet.notice_root)


def _listed(doing: Doing[ResultSheet]) -> list[notice.NoticeRow]:
    """Those who passed, in the order of the roster; the ones who did not are nobody's business."""
    ends = doing.policy(policies.IDENTITY_SHOWN_ENDS)
    passed = list(
        Score.objects.filter(sheet=doing.subject, passed=True).select_related("candidate").order_by("candidate__row")
    )
    for score in passed:
        score.notice_salt = notice.fresh_salt()
        score.find_hash = notice.find_hash(score.candidate.name, score.candidate.document_number, score.notice_salt)
    if passed:
        doing.bulk_save(Score, passed, ["notice_salt", "find_hash"])
    return [row_of(score, place, ends) for place, score in enumerate(passed, start=1)]


def row_of(score: Score, place: int, ends: notice.Ends) -> notice.NoticeRow:
    candidate = score.candidate
    masked = notice.shown(candidate.masked_number, ends)
    return notice.NoticeRow(place, candidate.masked_name, masked, score.notice_salt, score.find_hash)
