"""Sign-in rules of the house over django-allauth: no self-registration, second factor kept by the library."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come with a seat from an administrator's act; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """The secret of a second factor is stored encrypted like every other secret."""

    def encrypt(self, text: str) -> str:
        from hengjian.kernel.sealed import encrypt

        return encrypt(text.encode(), "mfa_authenticator.secret").hex()

    def decrypt(self, encrypted_text: str) -> str:
        from hengjian.kernel.sealed import decrypt

        return decrypt(bytes.fromhex(encrypted_text), "mfa_authenticator.secret").decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "衡鉴"}
