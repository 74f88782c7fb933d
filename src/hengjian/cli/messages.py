"""`hengjian messages`: compiles `locale/*/LC_MESSAGES/*.po` to the `.mo` form gettext reads; no gettext tools needed."""

from __future__ import annotations

import argparse
import ast
import re
import struct
from pathlib import Path

from hengjian.cli.answer import Answer, Commands, parser

LOCALE = Path(__file__).resolve().parents[1] / "locale"
_LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr)(?:\[(\d+)\])?\s+)?("(?:[^"\\]|\\.)*")$')


def add_parser(commands: Commands) -> None:
    parser(commands, "messages", "编译英文界面译文")


def run(arguments: argparse.Namespace) -> Answer:
    made = compile_all(LOCALE)
    return Answer({"compiled": made}, [f"{name}：{count} 条译文" for name, count in made.items()])


def compile_all(folder: Path) -> dict[str, int]:
    """File → number of messages; a file newer than its source is left as it is."""
    made: dict[str, int] = {}
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        messages = read_po(source.read_text(encoding="utf-8"))
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            target.write_bytes(mo_of(messages))
        made[str(source.relative_to(folder))] = len(messages)
    return made


def read_po(text: str) -> dict[str, str]:
    """Message → translation, as gettext keeps them: context before \\4, plurals joined by \\0. Fuzzy ones are left out."""
    messages: dict[str, str] = {}
    for block in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in block.splitlines()]
        if any(line.startswith("#,") and "fuzzy" in line for line in lines):
            continue
        parts: dict[str, str] = {}
        place = ""
        for line in lines:
            found = None if line.startswith("#") else _LINE.match(line)
            if found is None:
                continue
            if found[1]:
                place = found[1] + (found[2] or "")
                parts[place] = ""
            parts[place] += ast.literal_eval(found[3])
        strings = [parts[name] for name in sorted(parts) if name.startswith("msgstr")]
        if "msgid" not in parts or not all(strings):
            continue
        context = parts["msgctxt"] + "\4" if "msgctxt" in parts else ""
        plural = "\0" + parts["msgid_plural"] if "msgid_plural" in parts else ""
        messages[context + parts["msgid"] + plural] = "\0".join(strings)
    return messages


def mo_of(messages: dict[str, str]) -> bytes:
    """The binary catalogue: header, two tables of (length, place), then the texts."""
    pairs = sorted((message.encode(), text.encode()) for message, text in messages.items())
    start = 28 + 16 * len(pairs)
    blob = b""
    tables: tuple[list[int], list[int]] = ([], [])
    for side, table in enumerate(tables):
        for pair in pairs:
            table += [len(pair[side]), start + len(blob)]
            blob += pair[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return head + struct.pack(f"<{4 * len(pairs)}I", *tables[0], *tables[1]) + blob
