"""Runs a command line in this process, on the test's database: exit status, what it printed, and its JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from hengjian.cli.main import main


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


class Hengjian:
    """`run("workdays", "2026-09-28", "5")`"""

    def __init__(self, captured: pytest.CaptureFixture[str]) -> None:
        self._captured = captured

    def __call__(self, *words: str) -> Ran:
        self._captured.readouterr()
        status = main(words)
        said = self._captured.readouterr()
        return Ran(status, said.out, said.err)
