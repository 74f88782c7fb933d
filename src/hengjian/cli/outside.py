"""What somebody outside kept of the log, read from a file or an address."""

from __future__ import annotations

from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from hengjian.cli.answer import WrongUsage, read
from hengjian.kernel.tlog.receipt import as_read, as_written
from hengjian.kernel.verification_outside import Kept, NothingKept, kept
from hengjian.kernel.words import say

LIMIT = 64 * 1024
SECONDS = 20


def kept_outside(place: str, vkey: str | None) -> Kept:
    """The checkpoint kept at `place`, verified by the key kept with it or given."""
    key = as_read(read(vkey)) if vkey is not None and Path(vkey).is_file() else vkey
    try:
        return kept(as_written(as_read(_fetched(place))), place, key)
    except NothingKept as problem:
        raise WrongUsage(say("{place} 不是可用的留存件：{problem}。", place=place, problem=problem)) from None


def _fetched(place: str) -> bytes:
    scheme = urlsplit(place).scheme
    if scheme not in ("http", "https"):
        return read(place)
    try:
        with urlopen(Request(place, headers={"User-Agent": "hengjian"}), timeout=SECONDS) as answer:  # noqa: S310 - http(s) only
            found: bytes = answer.read(LIMIT + 1)
    except (URLError, OSError, ValueError) as problem:
        raise WrongUsage(
            say("取不到 {place}：{getattr}。", place=place, getattr=getattr(problem, "reason", problem))
        ) from None
    if len(found) > LIMIT:
        raise WrongUsage(say("{place} 太大，不是检查点。", place=place))
    return found
