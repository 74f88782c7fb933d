"""What the log shows the world: checkpoints, tiles, entry bundles, receipts; as bytes for pages and as static files."""

from __future__ import annotations

from pathlib import Path

from hengjian.kernel import log_key, sealed, sealer
from hengjian.kernel.ledger import DETAILS
from hengjian.kernel.models import Checkpoint, Entry, Tile
from hengjian.kernel.tlog import receipt, tiles
from hengjian.kernel.tlog.receipt import Opening


class NotSealed(LookupError):
    """The entry has no index yet; it gets one within a minute."""


def tile_bytes(level: int, index: int, width: int) -> bytes | None:
    """A tile of `width` hashes, or nothing when the log does not reach so far."""
    data = Tile.objects.filter(level=level, n=index).values_list("data", flat=True).first()
    return bytes(data)[: width * 32] if data is not None and len(data) >= width * 32 else None


def bundle_bytes(index: int, width: int) -> bytes | None:
    """The entry bundle of the same place."""
    first = index * tiles.WIDTH
    leaves = Entry.objects.filter(idx__gte=first, idx__lt=first + width).order_by("idx").values_list("leaf", flat=True)
    found = [bytes(leaf) for leaf in leaves]
    return tiles.bundle(found) if len(found) == width else None


def receipt_of(entry: Entry, *, opened: bool) -> str:
    """The C2SP receipt of a sealed entry; `opened` puts salt and details in, for who may see them."""
    checkpoint = sealer.latest()
    if entry.idx is None or checkpoint is None or checkpoint.size <= entry.idx:
        raise NotSealed(str(entry.pk))
    details = sealed.decrypt(bytes(entry.details), DETAILS) if opened and entry.details else None
    salt = bytes(entry.salt) if details is not None and entry.salt else None
    proof = tiles.prove_inclusion(sealer.StoredTiles(), entry.idx, checkpoint.size)
    return receipt.build_receipt(entry.idx, proof, checkpoint.note, Opening(bytes(entry.leaf), salt, details))


def export(folder: Path) -> int:
    """Write the log as static files, as any tlog-tiles reader expects them; the size of the exported tree. What is not
    sealed yet is not in it, and a log without a checkpoint has no head."""
    checkpoint = sealer.latest()
    size = checkpoint.size if checkpoint else 0
    for tile in tiles.tiles_between(0, size):
        data = tile_bytes(tile.level, tile.index, tile.width)
        assert data is not None
        _write(folder / tile.path, data)
        if tile.level == 0:
            bundle = bundle_bytes(tile.index, tile.width)
            assert bundle is not None
            _write(folder / tiles.bundle_path(tile.index, tile.width), bundle)
    for old in Checkpoint.objects.order_by("size"):
        _write(folder / "checkpoints" / str(old.size), old.note.encode())
    _write(folder / "vkey", f"{log_key.verifier()}\n".encode())
    # The head comes last: whoever mirrors the folder never sees a head whose tiles are missing.
    if checkpoint is not None:
        _write(folder / "checkpoint", checkpoint.note.encode())
    return size


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".part")
    draft.write_bytes(data)
    draft.replace(path)
