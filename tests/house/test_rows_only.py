"""Templates get rows, never models. `tests/pages/conftest.py` watches every test of pages; here that the watch sees what it should."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import models
from django.template import Context, Template

from hengjian.authorities.models import Seat
from hengjian.web.components import Card, Cell, facts
from tests.harness.rows_only import watched
from tests.house.source import ROOT

TEMPLATES = ROOT / "src/hengjian/web/templates"


def test_our_templates_take_no_model_that_the_library_puts_there() -> None:
    taken = re.compile(r"\{[{%][^}]*\b(?:user|perms|request\.user)\b\.?")
    ours = [path for path in TEMPLATES.rglob("*.html") if path.relative_to(TEMPLATES).parts[0] != "allauth"]
    assert ours and not [path.name for path in ours if taken.search(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda row: row,
        lambda row: {"deep": [("row", row)]},
        lambda row: facts(("席位", Cell(row))),
        lambda row: (Card("卡片", facts(("席位", Cell("甲", href=row)))),),
        lambda row: models.QuerySet(Seat),
        lambda row: Seat._base_manager,
    ],
)
def test_one_that_does_is_noticed(wrapped: Callable[[Any], Any]) -> None:
    told = wrapped(Seat())
    with watched() as found:
        template, context = Template("一页", name="a page"), Context({"told": told})
        template._render(context)  # type: ignore[attr-defined]
    assert len(found) == 1 and found[0].startswith("a page told")
