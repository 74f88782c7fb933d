"""What a paper points at is there."""

from __future__ import annotations

import re

import pytest

from tests.house.source import ROOT

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
