"""Encrypted fields: AES-256-GCM with key id and nonce, bound to table and column; blind index for look-up.

Stored as `key id (1+n bytes) · nonce (12) · ciphertext`. The first key of the ring encrypts, every key decrypts, so keys
rotate by re-encrypting (an act). The blind index is a keyed hash of the normalised value: equality, nothing else.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models


@cache
def _ring(text: str) -> tuple[str, dict[str, AESGCM]]:
    pairs = [pair.split(":", 1) for pair in text.split(",")]
    return pairs[0][0], {name: AESGCM(bytes.fromhex(key)) for name, key in pairs}


def current_key() -> str:
    """The id of the key that encrypts now."""
    return _ring(settings.FIELD_KEYS)[0]


def encrypt(plain: bytes, place: str) -> bytes:
    """`place` (table.column) is authenticated: a value moved elsewhere does not decrypt."""
    name, keys = _ring(settings.FIELD_KEYS)
    nonce = secrets.token_bytes(12)
    return bytes([len(name)]) + name.encode() + nonce + keys[name].encrypt(nonce, plain, place.encode())


def decrypt(stored: bytes, place: str) -> bytes:
    """Raises KeyError for an unknown key, InvalidTag for an altered or moved value."""
    end = 1 + stored[0]
    _, keys = _ring(settings.FIELD_KEYS)
    return keys[stored[1:end].decode()].decrypt(stored[end : end + 12], stored[end + 12 :], place.encode())


def derived_key(name: str, salt: bytes) -> AESGCM:
    """A key for one file, from the ring's key of this id and a salt of its own. Raises KeyError for an unknown id."""
    keys = dict(pair.split(":", 1) for pair in settings.FIELD_KEYS.split(","))
    return AESGCM(HKDF(SHA256(), 32, salt, b"hengjian stored file").derive(bytes.fromhex(keys[name])))


def key_of(stored: bytes) -> str:
    return stored[1 : 1 + stored[0]].decode()


def blind_index(value: str, place: str) -> bytes:
    """16 bytes; the same value in another column gives another index."""
    return hmac.digest(bytes.fromhex(settings.INDEX_KEY), f"{place}\0{value}".encode(), "sha256")[:16]


def person_key_secret() -> bytes:
    """The key under which the roster checks hash an identity to 63 bits."""
    return hmac.new(bytes.fromhex(settings.INDEX_KEY), b"person_key", hashlib.sha256).digest()


def device_key(name: str) -> bytes:
    """32 bytes under which something waits encrypted outside, on somebody's device; the same again at any time."""
    return hmac.digest(bytes.fromhex(settings.INDEX_KEY), b"device\0" + name.encode(), "sha256")


class EncryptedTextField(models.BinaryField):  # type: ignore[type-arg]
    """A text that is stored encrypted; reads and writes as `str`. It cannot be filtered: keep a blind index beside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    @property
    def place(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, str):
            value = encrypt(value.encode(), self.place) if value else b""
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        if value is None:
            return None
        raw = bytes(value)
        return decrypt(raw, self.place).decode() if raw else ""

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError("an encrypted field is not serialised")
