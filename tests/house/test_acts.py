"""Every act has a label, a fact, a test and a law; every page of the catalogue is what the headers say."""

from __future__ import annotations

import re
import typing
from types import SimpleNamespace
from typing import Any

import pytest

from hengjian.cli.documents import documents, stale_documents
from hengjian.cli.index import Line, lines
from hengjian.kernel.act import CATALOGUE, Header
from hengjian.kernel.facts import Fact
from tests.house.source import ROOT, reviewed

CHINESE = re.compile(r"[\u4e00-\u9fff]")
CODE = re.compile(r"[a-z_]+\.[a-z_]+")


def facts_of(body: Any) -> list[type[Fact]]:
    """The facts a body is declared to return, alone or beside the row it creates."""
    answer = typing.get_type_hints(body).get("return")
    parts = typing.get_args(answer) or (answer,)
    return [part for part in parts if isinstance(part, type) and issubclass(part, Fact)]


def faults_of(line: Any, body: Any, *, lawless: frozenset[str] = frozenset()) -> list[str]:
    header = line.header
    faults = []
    if not CODE.fullmatch(header.code):
        faults.append("the code is not domain.verb")
    if not CHINESE.search(header.title):
        faults.append("no Chinese label")
    if not header.by:
        faults.append("nobody may perform it")
    if not facts_of(body):
        faults.append("its body is not declared to return a fact")
    if not line.tests:
        faults.append("no test performs it")
    if not line.law and header.code not in lawless:
        faults.append("no clause or policy")
    return [f"{header.code}: {fault}" for fault in faults]


def test_every_act_has_label_fact_test_and_law() -> None:
    lawless = frozenset(reviewed("acts_without_law.txt"))
    found = [fault for line in lines() for fault in faults_of(line, CATALOGUE[line.header.code].body, lawless=lawless)]
    assert not found, "\n".join(found)


def test_every_excused_act_is_still_without_law() -> None:
    assert set(reviewed("acts_without_law.txt")) <= {line.header.code for line in lines() if not line.law}


def test_the_check_sees_what_is_missing() -> None:
    def body(doing: Any) -> str:
        return ""

    bare = SimpleNamespace(header=Header("Plans-file", "file", (), object, "on"), tests=(), law=())  # type: ignore[arg-type]
    assert len(faults_of(bare, body)) == 6


def test_facts_are_named_after_their_domain() -> None:
    for line in lines():
        domain = line.header.code.split(".", 1)[0]
        for fact in facts_of(CATALOGUE[line.header.code].body):
            assert fact.code.split(".", 1)[0] == domain, f"{line.header.code} returns {fact.code}"


def test_no_two_acts_share_a_label_on_one_kind_of_case() -> None:
    seen: dict[tuple[Any, str], str] = {}
    for line in lines():
        place = (line.header.subject, line.header.title)
        assert place not in seen, f"{line.header.code} and {seen[place]} are both called {line.header.title}"
        seen[place] = line.header.code


def test_permission_matrix_is_as_reviewed() -> None:
    committed = (ROOT / "docs/generated/permissions.md").read_text(encoding="utf-8")
    assert documents()["docs/generated/permissions.md"] == committed, "review who may do what, then make docs"


def test_generated_docs_are_fresh() -> None:
    assert not stale_documents(ROOT), "run make docs and commit"


def test_a_stale_or_foreign_document_is_noticed(tmp_path: Any) -> None:
    for name, text in documents().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert stale_documents(tmp_path) == []
    (tmp_path / "docs/map.md").write_text("old", encoding="utf-8")
    (tmp_path / "docs/generated/left_over.md").write_text("", encoding="utf-8")
    (tmp_path / "docs/generated/rules.md").unlink()
    assert set(stale_documents(tmp_path)) == {"docs/map.md", "docs/generated/rules.md", "docs/generated/left_over.md"}


@pytest.mark.parametrize("line", lines(), ids=lambda line: line.header.code)
def test_every_step_names_states_of_its_subject(line: Line) -> None:
    header = line.header
    if header.step is None:
        return
    field = header.subject._meta.get_field("state")
    known = {str(code) for code, _ in field.flatchoices}  # type: ignore[union-attr]
    assert {*header.step.sources, *([header.step.to] if header.step.to else [])} <= known
