"""C2SP signed-note and tlog-checkpoint: ours are byte for byte those of other implementations."""

import json
from base64 import b64decode, b64encode
from pathlib import Path

import pytest

from hengjian.kernel.tlog.merkle import leaf_hash, root_of
from hengjian.kernel.tlog.note import (
    COSIGNATURE,
    Checkpoint,
    NoteInvalid,
    Signer,
    Verifier,
    cosign,
    sign,
    verify,
    verify_checkpoint,
)
from tests.shared import shared

OWN_LOG = json.loads((Path(__file__).parent.parent / "vectors/tlog_own_log_300.json").read_text())
LOG = Signer.from_seed("ledger.example.gov.cn/hb/acts", bytes.fromhex(OWN_LOG["skey_hex"]))
WITNESS = Signer.from_seed("witness.example.gov.cn/hb", bytes(range(1, 33)), COSIGNATURE)
NOTE = OWN_LOG["checkpoint_300"]


def test_published_notes_verify_and_are_signed_again_identically():
    for example in json.loads(shared("vectors/tlog_signed_notes.json").read_text())["notes"]:
        whole = example["text"] + "\n" + example["signature_line"]
        assert verify(whole, [Verifier.parse(example["vkey"])]).text == example["text"]
        if "skey" in example:
            assert sign(example["text"], Signer.parse(example["skey"])) == whole


def test_the_sixteen_checkpoints_of_another_log_are_reproduced_byte_for_byte():
    log = json.loads(shared("vectors/tlog_signed_notes.json").read_text())["log"]
    signer, verifier = Signer.parse(log["skey"]), Verifier.parse(log["vkey"])
    leaves = [leaf_hash(entry.encode()) for entry in log["entries"]]
    for size, published in enumerate(log["checkpoints"]):
        checkpoint = Checkpoint(signer.name, size, root_of(leaves[:size]))
        assert sign(checkpoint.text, signer) == published
        assert verify_checkpoint(published, verifier) == checkpoint


def test_the_own_log_signs_its_published_checkpoints():
    assert str(LOG.verifier) == OWN_LOG["vkey"]
    assert Verifier.parse(OWN_LOG["vkey"]) == LOG.verifier
    checkpoint = verify_checkpoint(NOTE, LOG.verifier)
    assert checkpoint.size == 300
    assert sign(checkpoint.text, LOG) == NOTE


def test_a_line_of_an_unknown_key_is_ignored():
    stranger = Signer.from_seed("sm2.example.gov.cn", bytes(32))
    note = sign(verify(NOTE, [LOG.verifier]).text, stranger, LOG)
    assert verify(note, [LOG.verifier]).signers == (LOG.verifier,)


def test_a_witness_states_when_it_saw_the_checkpoint():
    note = cosign(NOTE, WITNESS, at=1_764_000_000)
    assert verify_checkpoint(note, LOG.verifier, [WITNESS.verifier]).size == 300
    with pytest.raises(NoteInvalid, match="没有 witness"):
        verify_checkpoint(NOTE, LOG.verifier, [WITNESS.verifier])


def test_the_time_a_witness_stated_cannot_be_moved():
    text = verify(NOTE, [LOG.verifier]).text
    stated, moved = (b64decode(WITNESS.line(text, at=at).split(" ")[2]) for at in (1_764_000_000, 1_764_000_001))
    forged = b64encode(moved[:12] + stated[12:]).decode()  # key id and time of the one, signature of the other
    with pytest.raises(NoteInvalid, match="witness"):
        verify_checkpoint(f"{NOTE}— {WITNESS.name} {forged}\n", LOG.verifier, [WITNESS.verifier])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda note: note.replace("300", "301", 1),
        lambda note: note.replace("\n\n", "\n", 1),
        lambda note: note.rstrip("\n"),
        lambda note: note.replace("— ", "- "),
        lambda note: note.replace("ledger", "\x07ledger"),
        lambda note: note[:-8] + "AAAA" + note[-4:],
        lambda note: note.rpartition("— ")[0],
        lambda note: "",
    ],
    ids=["size", "no empty line", "no last line end", "no dash", "control character", "signature", "unsigned", "empty"],
)
def test_a_spoiled_note_is_refused(spoil):
    with pytest.raises(NoteInvalid):
        verify(spoil(NOTE), [LOG.verifier])


def test_a_checkpoint_of_another_log_is_refused_although_the_key_has_signed_it():
    other = sign(Checkpoint("another.example", 1, bytes(32)).text, LOG)
    with pytest.raises(NoteInvalid, match="另一日志"):
        verify_checkpoint(other, LOG.verifier)


@pytest.mark.parametrize("size", ["007", "-1", "1.0", ""])
def test_the_size_of_a_checkpoint_is_a_plain_number(size):
    with pytest.raises(NoteInvalid):
        Checkpoint.parse(f"log\n{size}\n{'A' * 43}=\n")


def test_a_key_whose_id_was_changed_is_refused():
    with pytest.raises(NoteInvalid, match="标识"):
        Verifier.parse(OWN_LOG["vkey"].replace("c513c10c", "c513c10d"))


def test_the_private_key_does_not_show():
    assert OWN_LOG["skey_hex"] not in repr(LOG)
