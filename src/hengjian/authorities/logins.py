"""What opens a log-in: password hash, factors and outside identities lie in tables of libraries, which no act writes.

The account's row holds one digest over them. An act that changes one writes the digest anew; `log verify` compares the two,
and so does the door at each log-in. The digest is taken over stored hashes, never over secrets.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from hengjian.authorities.models import Account, User
from hengjian.kernel.differences import Difference
from hengjian.kernel.facts import canonical
from hengjian.kernel.words import say

USER_COLUMNS = ("id", "username", "name", "email", "password", "is_active", "is_staff", "is_superuser")
LABELS = {"totp": "动态口令", "webauthn": "安全密钥或通行密钥", "recovery_codes": "备用验证码"}

# Which recovery codes are used up, and whether they were looked at, is no opening: it changes by use, not by an act.
OF_USE = frozenset({"used_mask", "did_view", "viewed_at"})

Part = tuple[str, str]  # what it is called, and the hash of what is stored


def parts_of(user_ids: Iterable[int] | None = None) -> dict[int, list[Part]]:
    """User → what opens the log-in, in a fixed order; of all users, or of these."""
    of_user = {} if user_ids is None else {"id__in": list(user_ids)}
    of_holder = {f"user_{name}": value for name, value in of_user.items()}
    found: dict[int, list[Part]] = defaultdict(list)
    for row in User.objects.filter(**of_user).order_by("id").values(*USER_COLUMNS):
        found[row["id"]].append(("口令与账号", _hash(row)))
    for user, kind, data in (
        Authenticator.objects.filter(**of_holder).order_by("user_id", "id").values_list("user_id", "type", "data")
    ):
        kept = {name: value for name, value in data.items() if name not in OF_USE}
        found[user].append((LABELS.get(kind, kind), _hash([kind, kept])))
    for user, provider, uid in (
        SocialAccount.objects.filter(**of_holder).order_by("user_id", "id").values_list("user_id", "provider", "uid")
    ):
        found[user].append((say("统一身份认证（{provider}）", provider=provider), _hash([provider, uid])))
    for user, address in (
        EmailAddress.objects.filter(**of_holder).order_by("user_id", "id").values_list("user_id", "email")
    ):
        found[user].append(("电子邮箱", _hash(address)))
    return found


def _hash(value: Any) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def digest_of_parts(parts: list[Part]) -> str:
    return _hash([list(part) for part in parts])


def login_digest(user_id: int) -> str:
    """What stands for this log-in in the log, as it is stored now."""
    return digest_of_parts(parts_of([user_id])[user_id])


def is_as_committed(user_id: int) -> bool:
    """Whether the log-in is what the last act on its account left."""
    account = Account.objects.filter(user_id=user_id).order_by("id").first()
    return account is not None and account.login_digest == login_digest(user_id)


def differences() -> Iterator[Difference]:
    """For `log verify`: log-ins changed, inserted or taken away past the acts."""
    committed = dict(Account.objects.order_by("id").values_list("user_id", "login_digest"))
    stored = parts_of()
    for user_id, parts in sorted(stored.items()):
        if user_id not in committed:
            yield Difference(
                "inserted",
                "authorities_user",
                user_id,
                None,
                say("登录账号 {user_id} 不是任何行为开立的。", user_id=user_id),
            )
        elif digest_of_parts(parts) != committed[user_id]:
            yield Difference(
                "edited",
                "authorities_user",
                user_id,
                None,
                say("登录账号 {user_id} 的口令、第二重验证或外部身份不是经行为变更的。", user_id=user_id),
            )
