"""The states of a filing, of an institution, of a takeover and of an application for registration."""

from django.db import models


class FilingState(models.TextChoices):
    DRAFT = "draft", "填写中"
    SUBMITTED = "submitted", "待受理"
    RETURNED = "returned", "退回补正"
    ACCEPTED = "accepted", "材料审查"
    VISITING = "visiting", "现场考察"
    ASSESSED = "assessed", "待作决定"
    FILED = "filed", "准予备案"
    REFUSED = "refused", "不予备案"
    WITHDRAWN = "withdrawn", "已撤回"


class InstitutionState(models.TextChoices):
    APPLYING = "applying", "未备案"
    FILED = "filed", "已备案"
    SUSPENDED = "suspended", "暂停认定"
    ENDED = "ended", "备案终止"
    WITHDRAWN = "withdrawn", "承接已撤销"


class MaterialState(models.TextChoices):
    GIVEN = "given", "待审查"
    ACCEPTED = "accepted", "通过"
    RETURNED = "returned", "退回"
    WITHDRAWN = "withdrawn", "已撤换"


class RegistrationState(models.TextChoices):
    WAITING = "waiting", "待确认"
    CONFIRMED = "confirmed", "已登记"
    REFUSED = "refused", "不予登记"


class TakeoverState(models.TextChoices):
    TAKEN = "taken", "已承接"
    UNDONE = "undone", "已撤销"
