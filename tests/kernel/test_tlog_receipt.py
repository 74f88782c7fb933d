"""A receipt proves without a network, by the product and by the script anybody can download, and only what it says."""

import json
import re
import runpy
import subprocess
from base64 import b64decode, b64encode
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

import hengjian
from hengjian.kernel.tlog.merkle import check_inclusion, leaf_hash
from hengjian.kernel.tlog.note import Checkpoint, Signer, Verifier, split
from hengjian.kernel.tlog.receipt import (
    Opening,
    Receipt,
    ReceiptInvalid,
    as_read,
    build_receipt,
    commitment,
    verify_receipt,
)
from hengjian.kernel.tlog.tiles import grow, prove_inclusion
from tests.shared import shared

OWN_LOG = json.loads((Path(__file__).parent.parent / "vectors/tlog_own_log_300.json").read_text())
SCRIPT = Path(hengjian.__file__).parent / "web/static/hengjian/verify_receipt.py"
KEY = Verifier.parse(OWN_LOG["vkey"])


class Tiles(dict):
    def tile(self, level, index):
        return self[level, index]


TILES = Tiles(grow(Tiles(), 0, [leaf_hash(entry.encode()) for entry in OWN_LOG["entries"]]).tiles)


def receipt_of(index, *, opened=True):
    salt, details = OWN_LOG["openings_first_3"][index] if opened else ("", "")
    leaf = OWN_LOG["entries"][index].encode()
    opening = Opening(leaf, bytes.fromhex(salt), details.encode()) if opened else Opening(leaf)
    return build_receipt(index, prove_inclusion(TILES, index, 300), OWN_LOG["checkpoint_300"], opening)


def run_script(tmp_path, text, key=OWN_LOG["vkey"]):
    path = tmp_path / "receipt.tlog-proof"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return subprocess.run(["python3", "-I", SCRIPT, path, key], capture_output=True, text=True, check=False)


def spoiled():
    good = Receipt.parse(receipt_of(1))
    other = Receipt.parse(receipt_of(2))
    leaf, salt, details = good.opening.leaf, good.opening.salt, good.opening.details
    stranger = Signer.from_seed(KEY.name, bytes(32))
    body = good.checkpoint.partition("\n\n")[0] + "\n"
    yield "other index", replace(good, index=2)
    yield "beyond the log", replace(good, index=300)
    yield "short proof", replace(good, proof=good.proof[:-1])
    yield "long proof", replace(good, proof=(*good.proof, bytes(32)))
    yield "changed node", replace(good, proof=(bytes(32), *good.proof[1:]))
    yield "other leaf", replace(good, opening=other.opening)
    yield "changed leaf", replace(good, opening=Opening(leaf.replace(b"09:01", b"09:02"), salt, details))
    yield "changed details", replace(good, opening=Opening(leaf, salt, details.replace(b"61", b"91")))
    yield "changed salt", replace(good, opening=Opening(leaf, bytes(32), details))
    yield "other checkpoint", replace(good, checkpoint=OWN_LOG["checkpoint_256"])
    yield "changed size", replace(good, checkpoint=good.checkpoint.replace("300", "299"))
    yield "another's signature", replace(good, checkpoint=f"{body}\n{stranger.line(body)}")


def test_the_commitment_is_that_of_the_leaf():
    for entry, (salt, details) in zip(OWN_LOG["entries"], OWN_LOG["openings_first_3"], strict=False):
        assert commitment(bytes.fromhex(salt), details.encode()) == json.loads(entry)["c"]


def test_a_receipt_has_the_form_of_the_specification():
    lines = receipt_of(1, opened=False).split("\n")
    assert lines[0] == "c2sp.org/tlog-proof@v1"
    assert lines[1].startswith("extra ")
    assert lines[2] == "index 1"
    assert lines[3] == b64encode(prove_inclusion(TILES, 1, 300)[0]).decode()
    assert receipt_of(1, opened=False).endswith("\n\n" + OWN_LOG["checkpoint_300"])


@pytest.mark.parametrize("opened", [True, False])
def test_a_receipt_proves_with_and_without_its_details(tmp_path, opened):
    text = receipt_of(2, opened=opened)
    receipt, checkpoint = verify_receipt(text, KEY)
    assert (receipt.index, checkpoint.size, str(receipt)) == (2, 300, text)
    run = run_script(tmp_path, text)
    assert (run.returncode, run.stderr) == (0, "")
    assert "凭证成立" in run.stdout


@pytest.mark.parametrize("receipt", [pytest.param(receipt, id=name) for name, receipt in spoiled()])
def test_a_spoiled_receipt_is_refused_by_the_product_and_by_the_script(tmp_path, receipt):
    with pytest.raises(ReceiptInvalid):
        verify_receipt(str(receipt), KEY)
    run = run_script(tmp_path, str(receipt))
    assert (run.returncode, run.stderr) == (1, "")
    assert "凭证不成立" in run.stdout


@pytest.mark.parametrize("missing", ["salt", "details", "leaf"])
def test_details_are_believed_only_with_the_salt_that_opens_the_commitment(tmp_path, missing):
    head, gap, tail = receipt_of(1).partition("\n\n")
    lines = head.split("\n")
    opening = json.loads(b64decode(lines[1].removeprefix("extra ")))
    del opening[missing]
    lines[1] = "extra " + b64encode(json.dumps(opening).encode()).decode()
    text = "\n".join(lines) + gap + tail
    with pytest.raises(ReceiptInvalid, match="明细"):
        verify_receipt(text, KEY)
    assert run_script(tmp_path, text).returncode == 1


@pytest.mark.parametrize("text", ["", "not a receipt", "c2sp.org/tlog-proof@v1\nextra !\nindex 1\n\nx\n"])
def test_what_is_no_receipt_is_refused(tmp_path, text):
    with pytest.raises(ReceiptInvalid):
        verify_receipt(text, KEY)
    assert run_script(tmp_path, text).returncode == 1


@settings(max_examples=12, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80), st.integers(0, 511))
def test_the_scripts_own_ed25519_agrees_with_the_library_and_notices_every_bit(seed, message, bit):
    holds = runpy.run_path(str(SCRIPT))["ed25519_holds"]
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert holds(public, message, signature)
    assert not holds(public, message + b"0", signature)
    spoiled = bytearray(signature)
    spoiled[bit // 8] ^= 1 << bit % 8
    try:
        assert not holds(public, message, bytes(spoiled))
    except Exception as problem:  # the script's own refusal: no point of the curve
        assert type(problem).__name__ == "NotProven"


MAILED = {
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR only": lambda text: text.replace("\n", "\r").encode(),
    "mixed line ends": lambda text: text.replace("\n", "\r\n", 3).encode(),
    "byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "Notepad's Unicode": lambda text: text.replace("\n", "\r\n").encode("utf-16"),
    "GB 18030": lambda text: text.encode("gb18030"),
    "last line end missing": lambda text: text.rstrip("\n").encode(),
    "last line end doubled": lambda text: text.encode() + b"\n",
    "empty lines around": lambda text: b"\r\n\n" + text.encode() + b"\r\n \r\n",
    "blanks at line ends": lambda text: text.replace("\n", "  \n").encode(),
}


@pytest.mark.parametrize("mail", MAILED.values(), ids=MAILED)
def test_a_receipt_survives_mail_and_editors(tmp_path, mail):
    text = receipt_of(2)
    sent = mail(text)
    assert sent != text.encode()
    receipt, _ = verify_receipt(as_read(sent), KEY)
    assert str(receipt) == text
    run = run_script(tmp_path, sent)
    assert (run.returncode, run.stderr) == (0, ""), run.stdout
    with pytest.raises(ReceiptInvalid):
        verify_receipt(as_read(mail(text.replace("index 2", "index 1"))), KEY)


@pytest.mark.parametrize("name", ["receipt_crlf.txt", "receipt_bom.txt", "receipt_extra_newline.txt"])
def test_the_handed_receipts_are_read(tmp_path, name):
    """They are of a log whose key was not handed over: their inclusion holds; the script stops at the signature only."""
    data = shared(f"cases/{name}").read_bytes()
    receipt = Receipt.parse(as_read(data))
    checkpoint = Checkpoint.parse(split(receipt.checkpoint)[0])
    check_inclusion(receipt.index, checkpoint.size, leaf_hash(receipt.opening.leaf), receipt.proof, checkpoint.root)
    assert "没有此日志的签名" in run_script(tmp_path, data).stdout


def test_every_refusal_of_a_receipt_is_a_sentence_in_chinese():
    for _, receipt in spoiled():
        with pytest.raises(ReceiptInvalid) as refused:
            verify_receipt(str(receipt), KEY)
        assert not re.search(r"[a-z]{3,}", str(refused.value).replace(KEY.name, "")), str(refused.value)


def test_the_script_refuses_a_key_that_does_not_belong_to_its_name(tmp_path):
    assert run_script(tmp_path, receipt_of(1), OWN_LOG["vkey"].replace("/hb/", "/hn/")).returncode == 1


def test_the_script_explains_itself_when_called_wrongly():
    run = subprocess.run(["python3", "-I", SCRIPT], capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "verify_receipt.py" in run.stdout
