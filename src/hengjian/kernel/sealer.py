"""The sealer: numbers the new entries, grows the tree, signs a checkpoint. There is one at a time, in one transaction.

An entry's place is decided here and not in the act, so acts never wait for each other; one that commits late simply gets
a later index. The law of the log names what is sealed at once; everything else waits for the interval. Sealing is for the one
process that holds the log's private key (`log_key`); every other can only wake it.
"""

from __future__ import annotations

import logging
import threading

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction

from hengjian.kernel import clock, guard, log_key
from hengjian.kernel.header import Header
from hengjian.kernel.law import nationwide
from hengjian.kernel.models import Checkpoint, Entry, Tile
from hengjian.kernel.patience import trouble_of
from hengjian.kernel.policy import Policy
from hengjian.kernel.tlog import note, tiles
from hengjian.kernel.words import say

SEAL_INTERVAL = Policy("log.seal_interval_seconds", int)  # the longest an entry waits for its checkpoint
SEALED_AT_ONCE: Policy[tuple[str, ...]] = Policy("log.sealed_at_once", tuple)  # kinds of acts that do not wait
log = logging.getLogger("hengjian.sealer")
BATCH = 5000
CHANNEL = "hengjian_seal"  # PostgreSQL: whoever wants the log sealed at once notifies it
_LOCK = 0x48454E47  # the advisory lock of the one sealer
# Written out because the ORM spends a hundred times what the database does on numbering many entries, and several times
# what it does on reading a tile.
_NUMBER = "UPDATE kernel_entry SET idx = %s WHERE id = %s"
_NUMBER_ALL = (
    "UPDATE kernel_entry SET idx = numbered.idx FROM unnest(%s::bigint[], %s::bigint[]) AS numbered (id, idx)"
    " WHERE kernel_entry.id = numbered.id"
)
_READ = "SELECT data FROM kernel_tile WHERE level = %s AND n = %s"


class StoredTiles:
    """Tiles as the table keeps them; a reader for proofs and for growing the tree."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bytes] = {}

    def tile(self, level: int, index: int) -> bytes:
        place = (level, index)
        if place not in self._known:
            with connection.cursor() as cursor:
                cursor.execute(_READ, place)
                row = cursor.fetchone()
            self._known[place] = bytes(row[0]) if row else b""
        return self._known[place]


def latest() -> Checkpoint | None:
    return Checkpoint.objects.order_by("-size").first()


def insist_the_log_is_ours() -> None:
    """Raises NotTheSealer where the newest checkpoint was not signed with this log's key: one more would fork the log."""
    head = latest()
    if head is None:
        return
    try:
        note.verify_checkpoint(head.note, log_key.verifier())
    except note.NoteInvalid as problem:
        raise log_key.NotTheSealer(
            say("库中最新的检查点不是用这把日志密钥签署的：{problem}。请找回原来的密钥。", problem=problem)
        ) from None


def seal() -> Checkpoint | None:
    """Seal every entry that waits; the newest checkpoint, or nothing while the log is empty. Raises NotTheSealer in a
    process that does not hold the key, before anything is numbered."""
    log_key.signer()
    while _seal_batch() == BATCH:
        pass
    return latest()


def _seal_batch() -> int:
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        waiting = list(Entry.objects.filter(idx__isnull=True).order_by("id").values_list("pk", "leaf_hash")[:BATCH])
        last = latest()
        size = last.size if last else 0
        if not waiting:
            return 0
        with guard.opened("sealer"):
            _number([pk for pk, _ in waiting], size)
            growth = tiles.grow(StoredTiles(), size, [bytes(leaf_hash) for _, leaf_hash in waiting])
            Tile.objects.bulk_create(
                [Tile(level=level, n=n, data=data) for (level, n), data in growth.tiles.items()],
                update_conflicts=True,
                unique_fields=["level", "n"],
                update_fields=["data"],
            )
            now = clock.now()
            # Signed with the head: when, and which head came before, so that neither is changed or taken away unnoticed.
            said = (f"at {now.isoformat()}", f"after {size}")
            text = note.Checkpoint(settings.LOG_ORIGIN, growth.size, growth.root, said).text
            Checkpoint(size=growth.size, root=growth.root, note=note.sign(text, log_key.signer()), at=now).save(
                force_insert=True
            )
        return len(waiting)


def _number(pks: list[int], size: int) -> None:
    """Entries take the places after the first `size`; a server is asked once for all of them."""
    places = range(size, size + len(pks))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_NUMBER_ALL, [pks, list(places)])
        else:
            cursor.executemany(_NUMBER, list(zip(places, pks, strict=True)))


def at_once(header: Header) -> bool:
    """Whether an act of this header is sealed as soon as it is committed: its kind stands in the law of today."""
    return bool(header.seals_at_once) and header.seals_at_once in nationwide(clock.today()).policy(SEALED_AT_ONCE)


_seal_lock = threading.Lock()


def seal_soon() -> None:
    """After the commit of an act that must be on record at once: wake the sealing process, or seal where this is it.

    The act stands whether this succeeds or not: where the database is busy or lost now, the next turn seals it."""
    try:
        if log_key.held():
            with _seal_lock:
                seal()
        elif connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"NOTIFY {CHANNEL}")
        # SQLite tells nobody anything; there the sealing process looks (`sealing_process`).
    except (DatabaseError, InterfaceError) as error:
        if trouble_of(error) is None:
            raise
        log.warning("sealing is left to the next turn (%s)", error)
