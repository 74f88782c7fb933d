"""How long a password must be says `accounts.password_length_min`, at the place where it is set."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from hengjian.authorities.holder import Holder
from hengjian.authorities.models import Account
from hengjian.kernel.actor import PUBLIC
from hengjian.kernel.asking import Asking
from hengjian.kernel.policy import Policy
from hengjian.kernel.words import in_words, say

LENGTH_MIN = Policy("accounts.password_length_min", int)


class LongEnough:
    """A validator of Django's kind; the number is the policy's of the day."""

    def validate(self, password: str, user: Any = None) -> None:
        account = Account.objects.filter(user_id=getattr(user, "pk", None) or 0).select_related("user").first()
        least = Asking(Holder(account) if account is not None else PUBLIC, None).policy(LENGTH_MIN)
        if len(password) < least:
            raise ValidationError(in_words(say("口令至少 {least} 位，现有 {now} 位。", least=least, now=len(password))))

    def get_help_text(self) -> str:
        return str(in_words(say("口令至少 {least} 位。", least=Asking(PUBLIC, None).policy(LENGTH_MIN))))
