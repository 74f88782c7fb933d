"""The states of a result sheet, of one score, of an objection and of a burst of objections."""

from django.db import models


class SheetState(models.TextChoices):
    ENTERING = "entering", "成绩录入"
    CONFIRMED = "confirmed", "负责人已确认"
    ON_NOTICE = "on_notice", "公示中"
    NOTICE_CLOSED = "notice_closed", "公示期满"
    FILED = "filed", "结果已备案"
    CERTIFIED = "certified", "已制证"


class ScoreState(models.TextChoices):
    EMPTY = "empty", "待录入"
    ENTERED = "entered", "已录入"
    HELD = "held", "异议暂缓"
    CLEARED = "cleared", "异议已答复"
    CERTIFIED = "certified", "已发证"
    CANCELLED = "cancelled", "成绩取消"


class ObjectionState(models.TextChoices):
    RECEIVED = "received", "核对中"
    TRIAGE_OVERDUE = "triage_overdue", "核对逾期"
    ACCEPTED = "accepted", "已受理，待答复"
    ANSWER_OVERDUE = "answer_overdue", "答复逾期"
    REFUSED = "refused", "不予受理"
    DISMISSED = "dismissed", "异议不成立"
    UPHELD = "upheld", "异议成立"


# Not looked at yet by the centre; holds nobody.
IN_TRIAGE = (ObjectionState.RECEIVED, ObjectionState.TRIAGE_OVERDUE)
# Accepted and not answered: what holds a row.
UNANSWERED = (ObjectionState.ACCEPTED, ObjectionState.ANSWER_OVERDUE)
OVERDUE = (ObjectionState.TRIAGE_OVERDUE, ObjectionState.ANSWER_OVERDUE)
SETTLED = (ObjectionState.REFUSED, ObjectionState.DISMISSED, ObjectionState.UPHELD)


class ObjectionPart(models.TextChoices):
    """What an objection is about."""

    THEORY = "theory", "理论成绩"
    PRACTICAL = "practical", "技能成绩"
    REVIEW = "review", "综合评审成绩"
    ENTRY = "entry", "报名资格"
    IDENTITY = "identity", "身份、替考"
    CONDUCT = "conduct", "考场纪律"
    OTHER = "other", "其他"


class BurstState(models.TextChoices):
    OPEN = "open", "待处置"
    SEEN = "seen", "已处置"
