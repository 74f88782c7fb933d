"""The log against what somebody outside kept: a checkpoint and the key it was signed with.

Whoever owns database and key can rewrite everything and sign it anew; all of it then agrees with itself and nothing of
it with a checkpoint that was given away before. What an outsider keeps is one small text: the public key, an empty line
and the signed checkpoint, as the page of the log offers it.
"""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.kernel import log_key, sealer
from hengjian.kernel.differences import Difference
from hengjian.kernel.tlog import note, tiles
from hengjian.kernel.tlog.merkle import Frontier, ProofInvalid, check_consistency
from hengjian.kernel.words import say, words_of


class NothingKept(ValueError):
    """The text is no checkpoint kept from outside; the message says what is missing."""


@dataclass(frozen=True)
class Kept:
    """A checkpoint from outside, verified by the key from outside; `origin` is where it came from, for the report."""

    origin: str
    key: note.Verifier
    checkpoint: note.Checkpoint


def text_to_keep(key: note.Verifier, checkpoint: str) -> str:
    """What an outsider keeps: the public key, an empty line, the signed checkpoint."""
    return f"{key}\n\n{checkpoint}"


def kept(text: str, origin: str, key: str | None = None) -> Kept:
    """Read what was kept. `key` counts instead of a key in the text; without either nothing is proven. Raises NothingKept."""
    first, _, rest = text.partition("\n\n")
    try:
        within = note.Verifier.parse(first.strip())
    except note.NoteInvalid:
        within = None
    signed = rest.lstrip("\n") if within is not None else text
    try:
        using = note.Verifier.parse(key.strip()) if key is not None else within
        if using is None:
            raise NothingKept("没有公钥：请用 --vkey 给出当初一并留存的日志公钥")
        return Kept(origin, using, note.verify_checkpoint(signed, using))
    except note.NoteInvalid as problem:
        raise NothingKept(words_of(problem)) from None


def check_kept(one: Kept, hashes: list[bytes], found: list[Difference]) -> None:
    """The log of today continues the log of then, under the same key: by its entries, and by the proof its tiles give."""

    def differs(kind: str, sentence: str) -> None:
        found.append(
            Difference(
                kind,
                "kernel_checkpoint",
                None,
                None,
                say("{sentence}（留存件：{origin}）", sentence=sentence, origin=one.origin),
            )
        )

    if log_key.verifier() != one.key:
        differs(
            "key_replaced",
            say(
                "日志的公钥已经换掉：留存的是 {key}，现在公布的是 {verifier}。",
                key=one.key,
                verifier=log_key.verifier(),
            ),
        )
    head = sealer.latest()
    if head is not None:
        try:
            note.verify_checkpoint(head.note, one.key)
        except note.NoteInvalid:
            differs("head_of_another_key", say("最新的检查点 {size} 不是留存的公钥签署的。", size=head.size))
    size = one.checkpoint.size
    if len(hashes) < size or head is None or head.size < size:
        differs(
            "log_shortened",
            say(
                "日志被缩短：留存的检查点有 {size} 条，现在只有 {hashes} 条。",
                size=size,
                hashes=min(len(hashes), head.size if head else 0),
            ),
        )
        return
    tree = Frontier()
    tree.extend(hashes[:size])
    if tree.root() != one.checkpoint.root:
        differs("log_rewritten", say("前 {size} 条已被改写：与留存的检查点签署的根不符。", size=size))
        return
    if not size:
        return
    try:
        proof = tiles.prove_consistency(sealer.StoredTiles(), size, head.size)
        check_consistency(size, head.size, one.checkpoint.root, bytes(head.root), proof)
    except (ProofInvalid, ValueError) as problem:
        differs("log_rewritten", say("不能证明现在的日志延续留存的 {size} 条：{problem}。", size=size, problem=problem))
