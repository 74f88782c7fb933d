"""`hengjian docs`: writes what the headers say as pages to read; `--check` fails when a page no longer says it."""

from __future__ import annotations

import argparse
from pathlib import Path

from hengjian.cli import index, pages_of_acts, pages_of_law
from hengjian.cli.answer import Answer, Commands, parser
from hengjian.kernel.words import say

# not said: stands in the papers of the repository
HEAD = "<!-- 由 hengjian docs 生成，请勿手改：改行为、规则、事实或 policies/，再运行 make docs。 -->\n\n"


def add_parser(commands: Commands) -> None:
    made = parser(commands, "docs", "生成 docs/map.md 与 docs/generated/")
    made.add_argument("--check", action="store_true", help="只核对：有一页过时即退出码 1")


def run(arguments: argparse.Namespace) -> Answer:
    stale = stale_documents(index.ROOT)
    if arguments.check:
        told = [say("{name} 已过时，请运行 make docs。", name=name) for name in stale] or ["生成的文档都是最新的。"]
        return Answer({"stale": stale}, told, ok=not stale)
    for name, text in documents().items():
        path = index.ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name in stale:
        if name not in documents():
            (index.ROOT / name).unlink()
    return Answer({"written": stale}, [say("已更新 {name}", name=name) for name in stale] or ["没有变化。"])


def stale_documents(root: Path) -> list[str]:
    """The pages under `root` that differ from what the headers say, are missing, or should not be there."""
    wanted = documents()
    stale = [
        name
        for name, text in wanted.items()
        if not (root / name).is_file() or (root / name).read_text(encoding="utf-8") != text
    ]
    present = {str(path.relative_to(root)) for path in (root / "docs/generated").glob("*.md")}
    return stale + sorted(present - set(wanted))


def documents() -> dict[str, str]:
    """Path → text of every generated page."""
    made = {
        "docs/map.md": pages_of_acts.map_of_acts(),
        "docs/generated/permissions.md": pages_of_acts.permissions(),
        "docs/generated/states.md": pages_of_acts.states(),
        "docs/generated/facts.md": pages_of_law.facts(),
        "docs/generated/policies.md": pages_of_law.policies(),
        "docs/generated/rules.md": pages_of_law.rules(),
    }
    return {name: HEAD + text.rstrip() + "\n" for name, text in made.items()}
