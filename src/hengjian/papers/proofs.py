"""What proves a paper off line: the receipt of the act that issued it, and the way from that entry to the paper's row.

The entry's leaf holds a root over commitments to the rows its act wrote; one of them is the paper as it was issued, with
number, addressee and the digest of what it says. Row, salt and path go into the file, and so anybody can follow them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from hengjian.kernel import ledger, sealer
from hengjian.kernel.facts import canonical
from hengjian.kernel.models import Checkpoint, Entry, EntryRow
from hengjian.kernel.publication import NotSealed
from hengjian.kernel.tlog import merkle, receipt, tiles
from hengjian.kernel.tlog.merkle import leaf_hash
from hengjian.kernel.tlog.note import Verifier
from hengjian.kernel.tlog.receipt import Opening
from hengjian.papers.issuing import digest_of
from hengjian.papers.models import Paper, PaperFacts


class NotIssuedHere(ValueError):
    """The attachments do not prove that the log holds this paper."""


@dataclass(frozen=True)
class Proof:
    """`receipt` is a C2SP tlog-proof; `row` is JSON: the row's text, its salt, its place among the rows and the path."""

    index: int
    leaf: str
    checkpoint: int
    receipt: str
    row: str


@dataclass(frozen=True)
class Proven:
    """What the attachments prove: the row of the register as it was issued, at which place of the log."""

    row: dict[str, Any]
    facts: str
    act: str
    index: int
    leaf: str
    size: int


def issuing_entry(paper: Paper) -> Entry | None:
    """The entry of the act that issued the paper."""
    row = (
        EntryRow.objects.filter(table=Paper._meta.db_table, row_id=paper.pk)
        .select_related("entry")
        .order_by("id")
        .first()
    )
    return row.entry if row is not None else None


def issued_in_log(paper: Paper) -> tuple[int, str] | None:
    """Place and leaf hash of the act that issued the paper; None until it is sealed."""
    entry = issuing_entry(paper)
    return (entry.idx, bytes(entry.leaf_hash).hex()) if entry is not None and entry.idx is not None else None


def sealed_papers() -> QuerySet[EntryRow, int]:
    """The keys of papers that sealed entries have written, as a subquery."""
    return EntryRow.objects.filter(table=Paper._meta.db_table, entry__idx__isnull=False).values_list(
        "row_id", flat=True
    )


def proof_of(paper: Paper) -> Proof:
    """The proof, always the same: under the first checkpoint that covers the entry. Raises NotSealed for the moments until
    there is one; asked before the row changes for the first time."""
    entry = issuing_entry(paper)
    checkpoint = (
        Checkpoint.objects.filter(size__gt=entry.idx).order_by("size").first()
        if entry is not None and entry.idx is not None
        else None
    )
    if entry is None or entry.idx is None or checkpoint is None:
        raise NotSealed(str(paper.pk))
    opening = Opening(bytes(entry.leaf))
    path = tiles.prove_inclusion(sealer.StoredTiles(), entry.idx, checkpoint.size)
    return Proof(
        entry.idx,
        bytes(entry.leaf_hash).hex(),
        checkpoint.size,
        receipt.build_receipt(entry.idx, path, checkpoint.note, opening),
        _row(paper, entry),
    )


def _row(paper: Paper, entry: Entry) -> str:
    rows = list(EntryRow.objects.filter(entry=entry).order_by("position"))
    own = next(row for row in rows if (row.table, row.row_id) == (Paper._meta.db_table, paper.pk))
    ((_, text),) = ledger.row_texts(Paper, [paper.pk])
    hashes = [leaf_hash(bytes(row.commitment)) for row in rows]
    said = {
        "row": text.decode(),
        "salt": bytes(own.salt or b"").hex(),
        "position": own.position,
        "path": [node.hex() for node in audit_path(own.position, hashes)],
    }
    return canonical(said).decode()


def audit_path(position: int, hashes: Sequence[bytes]) -> list[bytes]:
    """RFC 9162 section 2.1.3.1 over few leaves: the siblings from the leaf up, lowest first."""
    if len(hashes) <= 1:
        return []
    split = 1 << ((len(hashes) - 1).bit_length() - 1)
    left, right = hashes[:split], hashes[split:]
    if position < split:
        return [*audit_path(position, left), merkle.root_of(right)]
    return [*audit_path(position - split, right), merkle.root_of(left)]


def verify(receipt_text: str, row_text: str, facts_text: str, log: Verifier) -> Proven:
    """Follow the attachments of a paper. Raises NotIssuedHere or ReceiptInvalid."""
    found, checkpoint = receipt.verify_receipt(receipt_text, log)
    leaf = found.opening.leaf
    try:
        said, opened = json.loads(leaf), json.loads(row_text)
        text = opened["row"].encode()
        committed = ledger.commitment(bytes.fromhex(opened["salt"]), text)
        path = [bytes.fromhex(node) for node in opened["path"]]
        merkle.check_inclusion(opened["position"], said["n"], leaf_hash(committed), path, bytes.fromhex(said["r"]))
        table, values = json.loads(text)
        facts = json.loads(facts_text)
        digest = digest_of(values["kind"], canonical(facts).decode())
    except (ValueError, KeyError, TypeError) as problem:
        raise NotIssuedHere("文件所附的登记与日志条目不符。") from problem
    if table != Paper._meta.db_table or values["facts_sha256"] != digest:
        raise NotIssuedHere("文件所附的内容不是登记的内容。")
    return Proven(values, facts_text, said["act"], found.index, leaf_hash(leaf).hex(), checkpoint.size)


def facts_of(paper: Paper) -> str:
    """What the paper says, canonical JSON as it was stored."""
    text: str = PaperFacts.objects.get(paper=paper).text
    return text
