"""Sending what is due: a claim, the sending itself outside every transaction, the result. A process that dies between the
last two sends once more under the same key; nothing is lost and the other side can tell the copy.

A message that claims an effect is looked at once more before it leaves: where its claim holds no longer, it is not sent.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from hengjian.kernel.kept_words import said_again
from hengjian.kernel.law import Law, nationwide
from hengjian.kernel.words import SOURCE, in_words, say, speaking
from hengjian.messages.channels import Letter, Undeliverable, Way, ways
from hengjian.messages.claims import holds_of_any
from hengjian.messages.declared import Address
from hengjian.messages.models import Delivery, Message
from hengjian.messages.policies import TRIES
from hengjian.messages.routing import addresses, route

log = logging.getLogger("hengjian.messages")
State = Delivery.State
AT_ONCE = 50
FIRST_PAUSE = timedelta(minutes=1)  # doubled at every try
ABANDONED = timedelta(minutes=10)  # after which a claimed delivery is taken up by another process


def send_due(now: datetime) -> int:
    """Route what is new, send what is due; how many letters left."""
    route(now)
    open_ways = {way.channel: way for way in ways()}
    sent = 0
    while batch := _claimed(now, list(open_ways)):
        known = addresses(list(dict.fromkeys(delivery.message.person for delivery in batch)))
        standing = [delivery for delivery in batch if _stands(delivery, now)]
        for together in _letters(standing):
            message = together[0].message
            sent += _send(open_ways[together[0].channel], together, known.get(message.person, Address()), now)
    return sent


def _claimed(now: datetime, channels: Sequence[str]) -> list[Delivery]:
    """The next due deliveries, marked as being sent so that no other process takes them."""
    due = Q(state=State.WAITING, next_at__lte=now) | Q(state=State.SENDING, next_at__lte=now - ABANDONED)
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(skip_locked=_skips()).filter(due, channel__in=channels)
        keys = list(rows.order_by("next_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
        Delivery.objects.filter(pk__in=keys).update(state=State.SENDING, next_at=now, tries=F("tries") + 1)
    return list(Delivery.objects.filter(pk__in=keys).select_related("message").order_by("pk"))


@cache
def _skips() -> bool:
    from django.db import connection

    return connection.features.has_select_for_update_skip_locked


def _stands(delivery: Delivery, now: datetime) -> bool:
    """Whether what the message says is still so; else it is marked and goes nowhere."""
    message = delivery.message
    if holds_of_any(message):
        return True
    Delivery.objects.filter(pk=delivery.pk).update(state=State.LAPSED, ended_at=now)
    Message.objects.filter(pk=message.pk, lapsed_at__isnull=True).update(lapsed_at=now)
    return False


def _letters(deliveries: Sequence[Delivery]) -> list[list[Delivery]]:
    """Each alone, but what one person wants to read together by one way; what was tried together is tried together again."""
    together: dict[tuple[str, ...], list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        alone = str(delivery.pk) if not delivery.digest else ""
        together[alone, delivery.message.person, delivery.channel, delivery.letter].append(delivery)
    for letters in together.values():
        if not letters[0].letter:
            _name(letters)
    return list(together.values())


def _name(deliveries: Sequence[Delivery]) -> None:
    """The key of a letter stands before its first try, so that a second one carries the same."""
    key = f"d{deliveries[0].pk}"
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in deliveries]).update(letter=key)
    for delivery in deliveries:
        delivery.letter = key


def _send(way: Way, deliveries: Sequence[Delivery], to: Address, now: datetime) -> int:
    keys = [delivery.pk for delivery in deliveries]
    rows = Delivery.objects.filter(pk__in=keys, state=State.SENDING)
    to = _own_address(deliveries[0].message) or to
    try:
        answer = way.send(letter(deliveries, to)) if way.reaches(to) else ""
        if not answer:
            raise Undeliverable("没有地址", for_good=True)
    except Undeliverable as problem:
        tries = deliveries[0].tries
        over = problem.for_good or given_up(tries, nationwide(now.date()))
        log.warning("%s not delivered (%s), try %d", way.channel, problem.answer, tries)
        if over:
            _destroy_enclosed(deliveries)
            rows.update(state=State.FAILED, answer=problem.answer[:120], ended_at=now)
        else:
            rows.update(state=State.WAITING, answer=problem.answer[:120], next_at=now + FIRST_PAUSE * 2 ** (tries - 1))
        return 0
    rows.update(state=State.SENT, answer=answer[:120], ended_at=now)
    _destroy_enclosed(deliveries)
    return 1


def _own_address(message: Message) -> Address | None:
    """Where a letter for its reader alone goes, whatever the address book says."""
    return Address(mail=message.enclosed_to) if message.enclosed_to else None


def _destroy_enclosed(deliveries: Sequence[Delivery]) -> None:
    """A link that opens something stands nowhere longer than it must."""
    keys = [delivery.message_id for delivery in deliveries if delivery.message.by_way]
    Message.objects.filter(pk__in=keys).update(enclosed=b"", enclosed_to=b"")


def _enclosed(message: Message) -> str:
    return f"\n\n{message.enclosed}" if message.enclosed else ""


def given_up(tries: int, law: Law) -> bool:
    return tries >= law.policy(TRIES)


def letter(deliveries: Sequence[Delivery], to: Address) -> Letter:
    """In the reader's language; the link leads to the inbox, never to the case itself: an address says nothing."""
    messages = [delivery.message for delivery in deliveries]
    with speaking(to.language or SOURCE):
        titles = [str(in_words(said_again(message.title))) for message in messages]
        texts = [str(in_words(said_again(message.text))) for message in messages]
        if len(messages) == 1:
            title, text = say("【衡鉴】{title}", title=titles[0]), texts[0] + _enclosed(messages[0])
        else:
            title = say("【衡鉴】消息汇总 {count} 条", count=len(messages))
            text = "\n".join(f"{number}. {titles[number - 1]}　{said}" for number, said in enumerate(texts, 1))
        spoken = str(in_words(title))
    return Letter(deliveries[0].letter, to, spoken, text, f"{settings.SITE_ADDRESS}/messages/")
