"""The states of a paper."""

from django.db import models


class PaperState(models.TextChoices):
    IN_FORCE = "in_force", "有效"
    REPLACED = "replaced", "已被替代"
    REVOKED = "revoked", "已撤销"
