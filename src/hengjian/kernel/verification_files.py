"""Files against facts: what acts took up is stored, and is what its digest says, unless an act of erasure destroyed it."""

from __future__ import annotations

from hengjian.kernel import stored_files
from hengjian.kernel.differences import Difference
from hengjian.kernel.models import Upload
from hengjian.kernel.verification_log import Told
from hengjian.kernel.words import say


def check_files(told: Told, found: list[Difference]) -> int:
    """How many files were read; each that is gone or altered is named by its row and the entry that took it up."""
    read = 0
    for digest, idx in told.files.items():
        try:
            stored_files.contents(digest)
        except stored_files.FileGone:
            if digest not in told.erased_files:
                found.append(_difference("file_deleted", digest, idx, "已被移除，没有哪一件删除办理说明过"))
        except stored_files.FileUnfit:
            found.append(_difference("file_altered", digest, idx, "已被改动"))
        else:
            read += 1
    return read


def _difference(kind: str, digest: str, idx: int | None, what: str) -> Difference:
    row = Upload.objects.filter(sha256=digest).order_by("pk").values_list("pk", flat=True).first()
    return Difference(
        kind,
        "kernel_upload",
        row,
        idx,
        say("日志第 {idx} 条登记的文件（摘要 {digest}…）{what}。", idx=idx, digest=digest[:16], what=what),
    )
