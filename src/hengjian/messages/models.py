"""A message to one person about one cause; its deliveries; how a person wants to be told. Free tables: they hold no case
and decide nothing."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from hengjian.kernel.sealed import EncryptedTextField


class Channel(models.TextChoices):
    """Ways out of the house; a message stands in the inbox besides, whatever is chosen here."""

    MAIL = "mail", "电子邮件"
    SMS = "sms", "短信"
    CHAT = "chat", "工作群"


class When(models.TextChoices):
    AT_ONCE = "at_once", "即时"
    DAILY = "daily", "每日汇总"
    NEVER = "never", "不发送"


class Message(models.Model):
    """What one person is told for one cause. `title` and `text` are kept words (`kernel.kept_words`), said again in the
    reader's language; no name and no number of a natural person stands in them."""

    decides_nothing = True

    person = models.CharField(max_length=64)
    seat = models.CharField(max_length=64)
    template = models.CharField(max_length=96)
    cause = models.CharField(max_length=200)
    subject_table = models.CharField(max_length=64)
    subject_id = models.BigIntegerField(null=True)
    # Of several cases told as one (等 n 件): the others, of the same table. It holds as long as it holds of one of them.
    also = models.JSONField(null=True)
    title = models.JSONField()
    text = models.JSONField()
    urgent = models.BooleanField(default=False)
    # A letter for its reader alone: it leaves by this way only, at once, to this address, with this text. The inbox has
    # only its title and text; once it has left or failed, what was enclosed is destroyed.
    by_way = models.CharField(max_length=12, choices=Channel.choices, blank=True)
    enclosed = EncryptedTextField(default=b"")
    enclosed_to = EncryptedTextField(default=b"")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    routed_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[Any] = ["-id"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(fields=["person", "cause"], name="message_once_per_cause_and_person")
        ]
        indexes: ClassVar[Any] = [
            models.Index(
                fields=["person"], condition=Q(read_at__isnull=True, lapsed_at__isnull=True), name="message_unread"
            ),
            models.Index(fields=["subject_table", "subject_id"], name="message_by_subject"),
            models.Index(fields=["id"], condition=Q(routed_at__isnull=True), name="message_unrouted"),
            models.Index(
                fields=["subject_table"],
                condition=Q(also__isnull=False, lapsed_at__isnull=True),
                name="message_of_several",
            ),
        ]


class Delivery(models.Model):
    """A message on its way by one channel: the delivery log. The address itself is not kept."""

    class State(models.TextChoices):
        WAITING = "waiting", "待发送"
        SENDING = "sending", "发送中"
        SENT = "sent", "已发送"
        FAILED = "failed", "未能送达"
        LAPSED = "lapsed", "情形已变，未发送"

    decides_nothing = True

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    digest = models.BooleanField(default=False)
    # The key under which the other side knows the letter, from its first try on; a summary tried again is the same letter.
    letter = models.CharField(max_length=40, blank=True)
    next_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(max_length=120, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[Any] = ["-id"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(fields=["message", "channel"], name="delivery_once_per_channel"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sending"], ended_at__isnull=True)
                | Q(state__in=["sent", "failed", "lapsed"], ended_at__isnull=False),
                name="delivery_ended_has_its_time",
            ),
        ]
        indexes: ClassVar[Any] = [
            models.Index(fields=["next_at"], condition=Q(state__in=["waiting", "sending"]), name="delivery_under_way")
        ]


class Preference(models.Model):
    """How one person wants to be told by one channel; what is not said follows the rule."""

    decides_nothing = True

    person = models.CharField(max_length=64)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    when = models.CharField(max_length=12, choices=When.choices)

    class Meta:
        ordering: ClassVar[Any] = ["id"]
        constraints: ClassVar[Any] = [models.UniqueConstraint(fields=["person", "channel"], name="preference_once")]
