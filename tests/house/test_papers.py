"""What a paper points at is there."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from tests.house.source import ROOT
from tests.house.test_new import ACT_FILES, ACT_LINES, CHECK_FILES, CHECK_LINES, POLICY_FILES, ROOM_EDITS

LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)")
PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def dead_links(paper: str, text: str) -> list[str]:
    """Relative links of a paper that lead nowhere."""
    return [found for found in LINK.findall(text) if not (ROOT / paper).parent.joinpath(found).exists()]


@pytest.mark.parametrize("paper", [str(paper.relative_to(ROOT)) for paper in PAPERS])
def test_every_link_of_a_paper_leads_somewhere(paper: str) -> None:
    assert dead_links(paper, (ROOT / paper).read_text(encoding="utf-8")) == []


def test_a_link_to_nothing_is_found() -> None:
    assert dead_links("README.md", "see [this](docs/no-such-paper.md) and [that](https://example.org)") == [
        "docs/no-such-paper.md"
    ]


ROOMS = [folder.parent for folder in sorted((ROOT / "src" / "hengjian").glob("*/__init__.py"))]


def says_what_it_is_for(text: str) -> bool:
    """In three lines at least and eight at most, with what it may touch; or that it is not built, and where its law stands."""
    words = ast.get_docstring(ast.parse(text)) or ""
    return "Not built yet; its law stands in" in words or (3 <= len(words.splitlines()) <= 8 and "May touch:" in words)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_room_says_what_it_is_for_and_what_it_may_touch(room: Path) -> None:
    assert says_what_it_is_for((room / "__init__.py").read_text(encoding="utf-8"))


def test_a_room_that_says_nothing_is_found() -> None:
    assert len(ROOMS) >= 17
    assert not says_what_it_is_for('"""Plans."""')


def holds_nothing(door: str) -> bool:
    """Whether an `__init__.py` is its docstring and no code."""
    said, *code = ast.parse(door).body
    return not code and isinstance(said, ast.Expr) and isinstance(said.value, ast.Constant)


def test_a_room_called_unbuilt_holds_nothing() -> None:
    for room in ROOMS:
        door = (room / "__init__.py").read_text(encoding="utf-8")
        if "Not built yet" in door:
            assert [file.name for file in room.rglob("*.py")] == ["__init__.py"]
            assert holds_nothing(door), room.name
    assert not holds_nothing('"""Credit. Not built yet."""\n\nGRADES = "ABCD"\n')


COMMAND = re.compile(r"^(make [a-z-]+|bin/hengjian [a-z-]+)", re.MULTILINE)


def commands_and_papers(paper: str) -> tuple[set[str], set[str]]:
    """The commands a paper gives in its blocks, and the papers it leads to."""
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", paper, re.DOTALL))
    return set(COMMAND.findall(blocks)), {found for found in LINK.findall(paper) if found.endswith((".md", "/"))}


def test_both_readmes_give_the_same_commands_and_lead_to_the_same_papers() -> None:
    ours, theirs = (
        commands_and_papers((ROOT / name).read_text(encoding="utf-8")) for name in ("README.md", "README.en.md")
    )
    assert ours == theirs and len(ours[0]) >= 6


def test_how_tos_are_one_page_each() -> None:
    pages = {page.stem: page.read_text(encoding="utf-8") for page in (ROOT / "docs/howto").glob("*.md")}
    assert set(pages) == {"act", "room", "policy", "check"}
    assert all(len(text.splitlines()) <= 40 and f"bin/hengjian new {name}" in text for name, text in pages.items())


def test_the_architecture_says_of_the_cost_to_add_what_is_counted() -> None:
    paper = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| an? (act|policy|check|room) \| (.*) \|$", paper, re.MULTILINE))
    assert rows["act"].startswith(f"{ACT_FILES} ") and rows["act"].endswith(f"≤ {ACT_LINES}")
    assert rows["check"].startswith(f"{CHECK_FILES} ") and f"≤ {CHECK_LINES}" in rows["check"]
    assert rows["policy"].startswith(f"{len(POLICY_FILES)} ")
    assert f"| {ROOM_EDITS} (layer, app, list of rooms) |" in rows["room"]


def storeys(paper: str) -> list[str]:
    """The order of storeys as a paper gives it, from the command line down."""
    return [" ".join(found.split()) for found in re.findall(r"`(cli → [^`]*)`", paper)]


def test_the_papers_give_the_storeys_that_the_linter_keeps() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    kept = " → ".join(next(each["layers"] for each in contracts if each["type"] == "layers"))
    for name in ("README.md", "docs/architecture.md"):
        assert storeys((ROOT / name).read_text(encoding="utf-8")) == [kept], name
    assert storeys("`cli → web → kernel`") == ["cli → web → kernel"]
