"""Subjects of commits: imperative, with a capital, at most 72 characters, nothing half done; then an empty line, if there is more.

Those after `SINCE` are judged; what was committed before the rule is left as it is.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SINCE = "c75531b"
LONGEST = 72
HALF_DONE = re.compile(r"\b(?:wip|fixup|squash|tmp|todo)\b", re.IGNORECASE)
# Words in -ed, -s or -ing at the head are a report, not an order; these only look like one.
IMPERATIVE = {
    "Address",
    "Bring",
    "Dress",
    "Embed",
    "Feed",
    "Guess",
    "Need",
    "Pass",
    "Press",
    "Process",
    "Seed",
    "Speed",
    "Discuss",
}
IMPERATIVE |= {
    "Compress",
    "Express",
    "Suppress",
    "Bless",
    "Cross",
    "Miss",
    "Focus",
    "Stress",
    "Heed",
    "Weed",
    "Shed",
    "Sing",
    "Swing",
}


def faults(message: str) -> list[str]:
    """What is wrong with one message, as written."""
    subject, *rest = message.splitlines() or [""]
    first = subject.split(" ", 1)[0]
    found = []
    if len(subject) > LONGEST:
        found.append(f"{len(subject)} characters")
    if not first[:1].isupper():
        found.append("no capital")
    if re.search(r"(?:ed|ing|s)$", first) and first not in IMPERATIVE:
        found.append("not an order")
    if HALF_DONE.search(subject):
        found.append("half done")
    if subject.endswith("."):
        found.append("a full stop")
    if rest and rest[0].strip():
        found.append("no empty line after the subject")
    return found


def messages(since: str = SINCE) -> list[str]:
    """Those after `since`, newest first; empty where there is no history (an archive of the sources, a shallow clone). A whole
    history without that commit is an error: then this judged nothing."""
    if _git("rev-parse", "--is-shallow-repository") != "false":
        return []
    return [
        each.strip()
        for each in _git("log", "--format=%B%x00", f"{since}..HEAD", wanted=True).split("\0")
        if each.strip()
    ]


def _git(*words: str, wanted: bool = False) -> str:
    run = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=wanted)
    return run.stdout.strip()


def main() -> int:
    found = [f"{message.splitlines()[0]}: {', '.join(wrong)}" for message in messages() if (wrong := faults(message))]
    sys.stderr.writelines(f"{each}\n" for each in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
