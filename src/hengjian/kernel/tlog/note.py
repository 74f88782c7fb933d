"""Signed notes (C2SP signed-note) and checkpoints (C2SP tlog-checkpoint, tlog-cosignature).

A note is text, an empty line, and signature lines `— name base64(key id, signature)`. A checkpoint is a note of three
lines: the log's origin, its size, its root. Lines of unknown keys are ignored, so that a witness, or an SM2 line beside
the Ed25519 one, can be added without breaking any verifier.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from hengjian.kernel.words import listed, say

ED25519 = 0x01
COSIGNATURE = 0x04  # of a witness: Ed25519 over the checkpoint and the time at which it was seen
_DASH = "— "
_NAME = re.compile(r"[^\s+]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_NUMBER = re.compile(r"0|[1-9][0-9]*")


class NoteInvalid(ValueError):
    """The note is malformed, or no known key has signed it, or a known key's signature is wrong."""


@dataclass(frozen=True)
class Verifier:
    """A public key with the name it signs under."""

    name: str
    public: bytes
    algorithm: int = ED25519

    @property
    def key_id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + bytes([self.algorithm]) + self.public).digest()[:4]

    def __str__(self) -> str:
        """The published form, `name+key id+base64`."""
        return f"{self.name}+{self.key_id.hex()}+{b64encode(bytes([self.algorithm]) + self.public).decode()}"

    @classmethod
    def parse(cls, vkey: str) -> Verifier:
        name, algorithm, public, key_id = _parse_key(vkey.strip())
        verifier = cls(name, public, algorithm)
        if verifier.key_id != key_id:
            raise NoteInvalid("密钥标识与公钥不相符")
        return verifier

    def accepts(self, text: str, signature: bytes) -> bool:
        message = text.encode()
        if self.algorithm == COSIGNATURE:
            message, signature = _cosigned(int.from_bytes(signature[:8], "big"), text), signature[8:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """A private key with the name it signs under. Its `repr` does not show the key."""

    name: str
    key: Ed25519PrivateKey
    algorithm: int = ED25519

    @classmethod
    def from_seed(cls, name: str, seed: bytes, algorithm: int = ED25519) -> Signer:
        return cls(name, Ed25519PrivateKey.from_private_bytes(seed), algorithm)

    @classmethod
    def parse(cls, skey: str) -> Signer:
        """From `PRIVATE+KEY+name+key id+base64`."""
        prefix = "PRIVATE+KEY+"
        if not skey.startswith(prefix):
            raise NoteInvalid("不是日志签名私钥")
        name, algorithm, seed, key_id = _parse_key(skey.removeprefix(prefix).strip())
        signer = cls.from_seed(name, seed, algorithm)
        if signer.verifier.key_id != key_id:
            raise NoteInvalid("密钥标识与私钥不相符")
        return signer

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self.key.public_key().public_bytes_raw(), self.algorithm)

    def line(self, text: str, *, at: int = 0) -> str:
        """The signature line under `text`; a cosignature states the POSIX time `at`."""
        if self.algorithm == COSIGNATURE:
            signature = at.to_bytes(8, "big") + self.key.sign(_cosigned(at, text))
        else:
            signature = self.key.sign(text.encode())
        return f"{_DASH}{self.name} {b64encode(self.verifier.key_id + signature).decode()}\n"


class Checkpoint(NamedTuple):
    """The head of the log at one size. `extensions` are signed as well and mean something to this log only."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        lines = [self.origin, str(self.size), b64encode(self.root).decode(), *self.extensions]
        return "\n".join(lines) + "\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Reads the body of a checkpoint; lines after the third are extensions."""
        lines = text.split("\n")
        if len(lines) < 4 or not lines[0] or not _NUMBER.fullmatch(lines[1]):
            raise NoteInvalid("检查点应有日志名称、条数和树根")
        root = unbase64(lines[2])
        if len(root) != 32:
            raise NoteInvalid("检查点的树根应为 32 字节")
        return cls(lines[0], int(lines[1]), root, tuple(lines[3:-1]))


class Signed(NamedTuple):
    """An opened note: its text, and who of the known keys has signed it."""

    text: str
    signers: tuple[Verifier, ...]


def sign(text: str, *signers: Signer) -> str:
    """The whole note, signed by each signer in turn."""
    _check_text(text)
    return text + "\n" + "".join(signer.line(text) for signer in signers)


def cosign(note: str, witness: Signer, *, at: int) -> str:
    """The note with a further line: `witness` has seen this checkpoint at POSIX time `at`."""
    text, _ = split(note)
    return note + witness.line(text, at=at)


def split(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """The text and its signature lines as (name, key id, signature), nothing verified."""
    text, gap, tail = note.rpartition("\n\n")
    if not gap or not tail.endswith("\n"):
        raise NoteInvalid("检查点应是正文、一个空行和签名行")
    text += "\n"
    _check_text(text)
    signatures = []
    for line in tail[:-1].split("\n"):
        name, space, encoded = line.removeprefix(_DASH).partition(" ")
        blob = unbase64(encoded) if space else b""
        if not line.startswith(_DASH) or not _NAME.fullmatch(name) or len(blob) < 5:
            raise NoteInvalid("签名行应写作“— 名称 签名”")
        signatures.append((name, blob[:4], blob[4:]))
    return text, signatures


def verify(note: str, verifiers: Sequence[Verifier]) -> Signed:
    """Opens a note. Raises NoteInvalid unless a known key signed it and no known key's signature is wrong."""
    text, signatures = split(note)
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    signers: list[Verifier] = []
    for name, key_id, signature in signatures:
        verifier = known.get((name, key_id))
        if verifier is None or verifier in signers:
            continue
        if not verifier.accepts(text, signature):
            raise NoteInvalid(say("{name} 的签名不成立", name=name))
        signers.append(verifier)
    if not signers:
        raise NoteInvalid("检查点没有所给公钥的签名")
    return Signed(text, tuple(signers))


def verify_checkpoint(note: str, log: Verifier, witnesses: Sequence[Verifier] = ()) -> Checkpoint:
    """The checkpoint of a note that the log itself has signed, and so has every witness listed here."""
    signed = verify(note, [log, *witnesses])
    if missing := [key.name for key in (log, *witnesses) if key not in signed.signers]:
        raise NoteInvalid(say("检查点没有 {missing} 的签名", missing=listed(missing)))
    checkpoint = Checkpoint.parse(signed.text)
    if checkpoint.origin != log.name:
        raise NoteInvalid("检查点属于另一日志")
    return checkpoint


def _cosigned(at: int, text: str) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _parse_key(text: str) -> tuple[str, int, bytes, bytes]:
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    blob = unbase64(encoded)
    if not _NAME.fullmatch(name) or not re.fullmatch(r"[0-9a-f]{8}", key_id):
        raise NoteInvalid("公钥应写作“名称+标识+密钥”")
    if len(blob) != 33 or blob[0] not in (ED25519, COSIGNATURE):
        raise NoteInvalid("公钥的算法不认识")
    return name, blob[0], blob[1:], bytes.fromhex(key_id)


def _check_text(text: str) -> None:
    if not text.endswith("\n") or _CONTROL.search(text):
        raise NoteInvalid("检查点正文应以换行结尾，不含控制字符")


def unbase64(text: str) -> bytes:
    try:
        data = b64decode(text, validate=True)
    except ValueError:
        raise NoteInvalid("有一处不是 base64 编码") from None
    if b64encode(data).decode() != text:
        raise NoteInvalid("有一处 base64 编码写法不规范")
    return data
