"""The holder of an account as actor: what one does to the own log-in, whichever seat one has or has not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hengjian.authorities.models import Account
from hengjian.authorities.roles import BY_HOLDER
from hengjian.kernel.words import say


@dataclass(frozen=True)
class Holder:
    """A person before the own account; sees and changes nothing else."""

    account: Account

    @property
    def actor_id(self) -> str:
        return f"account:{self.account.pk}"

    @property
    def person(self) -> str:
        return f"user:{self.account.user_id}"

    @property
    def label(self) -> str:
        return say("{name}（账号持有人）", name=self.account.user.name)

    @property
    def role_code(self) -> str:
        return BY_HOLDER.role_code

    @property
    def reach(self) -> Mapping[str, Any]:
        return {"account": self.account.pk, "area": self.account.area_path}

    @property
    def sees(self) -> tuple[str, ...]:
        return ("account",)
