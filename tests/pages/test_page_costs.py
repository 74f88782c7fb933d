"""What a page costs in statements: the table of docs/architecture.md says it, and here it is counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from bench._children import NOW, addresses, first_family

from hengjian.kernel import clock
from tests.house.source import ROOT
from tests.pages.test_many_children import statements

ROW = re.compile(r"^\| `(\w+)` \| (\d+) \|$", re.MULTILINE)
MOST = 20  # of a page of a plan


def told() -> dict[str, int]:
    """Page of a case → statements, as the document has them."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    return {name: int(number) for name, number in ROW.findall(text)}


@pytest.mark.django_db
def test_a_page_costs_what_the_table_says(client_of: Callable[[Any], Any]) -> None:
    with clock.at(NOW):
        pages = addresses(first_family(), client_of)
        counted = {name: len(statements(*asked, first=True)[0]) for name, asked in pages.items() if name.isidentifier()}
    said = told()
    assert {name: (number, said.get(name)) for name, number in counted.items() if said.get(name) != number} == {}
    assert said.keys() == counted.keys()
    assert counted["plan"] <= MOST
