"""The log's pair of keys. The private one is read by the sealing process and by no other: it is no setting, its file is
opened when the first checkpoint is signed, and a process that has not taken up the seal is refused before it is.

Everybody else knows the public key from `HENGJIAN_LOG_VKEY`.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings

from hengjian.kernel.tlog import note
from hengjian.kernel.words import say


class NotTheSealer(RuntimeError):
    """This process signs nothing: a programming error, or a sealing process without its key file."""


_held = False


@contextmanager
def holding() -> Iterator[None]:
    """Inside, this process is the sealer. For `hengjian log seal` and what builds a demo, never for the site."""
    global _held
    before, _held = _held, True
    try:
        yield
    finally:
        _held = before


def held() -> bool:
    """Whether this process is the sealer."""
    return _held


def signer() -> note.Signer:
    """The private key. Raises NotTheSealer outside the sealing process, and where its file is missing, unreadable or of
    another log than `HENGJIAN_LOG_VKEY`."""
    if not _held:
        raise NotTheSealer("只有封存进程（hengjian log seal）可以签署检查点。")
    return _signer(str(settings.LOG_KEY_FILE))


@cache
def _signer(file: str) -> note.Signer:
    try:
        if settings.PRODUCTION and Path(file).stat().st_mode & 0o077:
            raise NotTheSealer("日志私钥文件（HENGJIAN_LOG_KEY_FILE）别的账号也能读，请执行 chmod 600。")
        found = note.Signer.parse(Path(file).read_text(encoding="ascii").strip())
    except OSError as problem:
        raise NotTheSealer(
            say("封存进程读不到日志私钥（HENGJIAN_LOG_KEY_FILE）：{strerror}。", strerror=problem.strerror)
        ) from None
    except (ValueError, note.NoteInvalid) as problem:
        raise NotTheSealer(say("HENGJIAN_LOG_KEY_FILE 不是日志签名私钥：{problem}。", problem=problem)) from None
    if found.verifier != verifier():
        raise NotTheSealer("日志私钥与公钥 HENGJIAN_LOG_VKEY 不是一对。")
    _try(found)
    return found


def _try(found: note.Signer) -> None:
    """One signature made and verified as anybody would, before the first entry is numbered."""
    sample = f"{found.name}\ntrial {secrets.token_hex(16)}\n"
    try:
        note.verify(note.sign(sample, found), [verifier()])
    except note.NoteInvalid as problem:
        raise NotTheSealer(say("用日志私钥试签一次，公钥验不过：{problem}。", problem=problem)) from None


def verifier() -> note.Verifier:
    """The log's public key, published for everybody."""
    return _verifier(settings.LOG_VKEY)


@cache
def _verifier(vkey: str) -> note.Verifier:
    return note.Verifier.parse(vkey)
