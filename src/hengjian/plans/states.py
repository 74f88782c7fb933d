"""The states of a plan and of its batches."""

from django.db import models


class PlanState(models.TextChoices):
    DRAFT = "draft", "填写中"
    SUBMITTED = "submitted", "计划审核"
    RETURNED = "returned", "退回修改"
    FILED = "filed", "已备案"
    WITHDRAWN = "withdrawn", "已撤回"


class BatchState(models.TextChoices):
    OPEN = "open", "待交名册"
    ROSTERED = "rostered", "名册已提交"
    ADMITTED = "admitted", "考生已核定"
    EXAMINING = "examining", "考试中"
    EXAMINED = "examined", "考试完成"
    STOPPED = "stopped", "督导叫停"
    INVALID = "invalid", "考试无效"
    WITHDRAWN = "withdrawn", "已撤下"
