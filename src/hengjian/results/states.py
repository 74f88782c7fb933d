"""The states of a result sheet, of one score and of an objection."""

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
    RECEIVED = "received", "待答复"
    DISMISSED = "dismissed", "异议不成立"
    UPHELD = "upheld", "异议成立"
