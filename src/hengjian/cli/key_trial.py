"""A trial of the keys against what is stored, before production serves: well-formed keys may still be another installation's.

With a wrong ring every page about a person is a failure, and with a wrong index key a second account for one person is
let in without a sound. The private log key is tried by the sealing process (`log_key.signer`), here only the public one.
"""

from __future__ import annotations

from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from django.db import models

from hengjian.authorities.acts.rotate_keys import encrypted_models
from hengjian.authorities.models import Account
from hengjian.files.place import Missing, Unreachable
from hengjian.kernel import log_key, sealed, sealer, stored_files
from hengjian.kernel.case import CaseModel
from hengjian.kernel.models import StoredFile
from hengjian.kernel.sealed import EncryptedTextField
from hengjian.kernel.words import say

UNKNOWN_KEY = "库里的数据用密钥“{key}”加密，HENGJIAN_FIELD_KEYS 里没有这一把：请把它加回密钥环，换用完毕再去掉。"
WRONG_KEY = "HENGJIAN_FIELD_KEYS 中的“{key}”解不开库里已有的数据（{place}），不是当初那一把：请找回原来的密钥。"
WRONG_INDEX = "HENGJIAN_INDEX_KEY 与库里已有的索引不符，不是当初那一把：请找回原来的密钥，它不能更换。"
WRONG_LOG = "HENGJIAN_LOG_VKEY 与库里最新的检查点不符：请核对公钥和 HENGJIAN_LOG_ORIGIN。"


def faults() -> list[str]:
    """One sentence for each key that does not fit what is stored; nothing where they fit or nothing is stored yet."""
    found = list(dict.fromkeys([*_fields(), *_files()]))
    return [*found, *([] if found else _index()), *_log()]


def _fields() -> Iterator[str]:
    """The oldest and the newest value of every encrypted column, decrypted: a ring may have lost an old key."""
    for model in encrypted_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedTextField):
                for stored in _ends(model, field):
                    yield from _decrypted(stored, field.place)


def _ends(model: type[CaseModel], field: EncryptedTextField) -> list[bytes]:
    raw = models.ExpressionWrapper(models.F(field.attname), output_field=models.BinaryField())
    rows = models.QuerySet(model).annotate(stored=raw).exclude(stored=b"").exclude(stored=None)
    values = rows.values_list("stored", flat=True)
    return [bytes(value) for value in (values.order_by("pk").first(), values.order_by("-pk").first()) if value]


def _decrypted(stored: bytes, place: str) -> Iterator[str]:
    try:
        sealed.decrypt(stored, place)
    except KeyError:
        yield say(UNKNOWN_KEY, key=sealed.key_of(stored))
    except InvalidTag:
        yield say(WRONG_KEY, key=sealed.key_of(stored), place=place)


def _files() -> Iterator[str]:
    """The oldest and the newest of the small files; their names are made with the index key. What lies altered, or not at
    all, says nothing about keys, and neither does a store that is away: the check of files tells both."""
    small = StoredFile.objects.filter(size__lt=stored_files.PART, doomed_at__isnull=True)
    for row in (small.order_by("pk").first(), small.order_by("-pk").first()):
        if row is None:
            continue
        try:
            fits = stored_files.tried(bytes(row.name), row.place)
        except KeyError:
            yield say(UNKNOWN_KEY, key=row.key)
        except InvalidTag:
            yield say(WRONG_KEY, key=row.key, place=StoredFile._meta.db_table)
        except (Missing, Unreachable):
            continue
        else:
            if not fits:
                yield WRONG_INDEX


def _index() -> Iterator[str]:
    """An account's number indexed anew, as when a second account is asked for."""
    account = Account.objects.exclude(identity_index=b"").order_by("-pk").first()
    if account is not None and account.identity:
        index = sealed.blind_index(account.identity, "authorities_account.identity")
        if index != bytes(account.identity_index):
            yield WRONG_INDEX


def _log() -> Iterator[str]:
    try:
        sealer.insist_the_log_is_ours()
    except log_key.NotTheSealer:
        yield WRONG_LOG
