"""Slow work done before the transaction: reading and checking files, so that no lock is held meanwhile.

def read_it(asking: Asking[Batch], *, upload_id: int) -> Examined: ...      # Examined is a Prepared

@act("rosters.file_roster", Batch, before=read_it, …)
def file_roster(doing: Doing[Batch], *, upload_id: int) -> RosterFiled:
    examined: Examined = doing.prepared
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hengjian.kernel.refusal import Kind, Refusal, Refused
from hengjian.kernel.uploads import digest_now


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """Base of what is worked out beforehand. `files` are the uploads it was worked out from: key → SHA-256 of the bytes
    as they were read, which the runner compares with the stored bytes once more inside the transaction."""

    files: Mapping[int, str] = field(default_factory=dict)


def still_as_read(prepared: Prepared) -> None:
    """Raise a refusal when a file is no longer what was read."""
    for key, digest in prepared.files.items():
        if digest_now(key) != digest:
            raise Refused(
                Refusal(
                    "kernel.file_changed",
                    "文件在核查以后有变动，没有办理。",
                    remedy="请重新上传这份文件后再办。",
                    kind=Kind.STALE,
                )
            )
