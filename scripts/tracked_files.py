"""Tracked files name no machine: no home or work folder of anybody, no package index."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Written in pieces and classes, so that this file does not find itself.
NAMES = (
    r"/" + r"(?:work|root|home/\w+|Users/\w+)/",
    r"file" + r":///(?!\$)",
    r"p[y]thonh[o]sted|p[y]pi[.]o[r]g|registry[.]n[p]m[j]s|deb[.]d[e]bian[.]o[r]g",
)
MACHINE = re.compile("|".join(NAMES))
LETTER = re.compile(rb"[\x00]")


def faults_in(name: str, text: str) -> list[str]:
    """`file:line: what was found` for every place that names a machine."""
    return [
        f"{name}:{number}: {found.group()}"
        for number, line in enumerate(text.splitlines(), 1)
        if (found := MACHINE.search(line))
    ]


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name.decode() for name in names.split(b"\0") if name]


def main() -> int:
    found: list[str] = []
    for path in tracked():
        if not path.is_file() or path.is_symlink():
            continue
        data = path.read_bytes()
        if not LETTER.search(data[:8000]):
            found.extend(faults_in(str(path.relative_to(ROOT)), data.decode("utf-8", errors="replace")))
    for line in found:
        sys.stderr.write(line + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
