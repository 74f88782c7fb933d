"""Runs a command line in this process, on the test's database: exit status, what it printed, and its JSON.

Whatever a test makes a command say in Chinese is said once more in English: nothing may stay Chinese in it but names and data.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import hengjian.cli.main
from hengjian.cli.answer import Answer
from hengjian.cli.main import main
from hengjian.kernel.words import in_words, speaking
from tests.cli.names import chinese_of, data_of


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
        with overheard() as heard:
            status = main(words)
        said = self._captured.readouterr()
        _english(heard, words)
        return Ran(status, said.out, said.err)


@contextmanager
def overheard() -> Iterator[list[Any]]:
    """What commands say, before it is put into a language."""
    heard: list[Any] = []
    tell, usage = hengjian.cli.main.tell, hengjian.cli.main.for_the_terminal

    def telling(answer: Answer, *, as_json: bool) -> None:
        heard.extend((answer.data, list(answer.lines)))
        tell(answer, as_json=as_json)

    def wrong(text: str) -> str:
        heard.append(text)
        return usage(text)

    patch = pytest.MonkeyPatch()
    patch.setattr(hengjian.cli.main, "tell", telling)
    patch.setattr(hengjian.cli.main, "for_the_terminal", wrong)
    try:
        yield heard
    finally:
        patch.undo()


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            yield from texts(item)
    elif isinstance(value, str):
        yield value


def _english(heard: Sequence[Any], words: Sequence[str]) -> None:
    with speaking("en"):
        said = [in_words(text) for text in texts(list(heard))]
    left = {run: text for text in said for run in chinese_of(text)}
    if left:
        typed = "".join(words) + "".join(_read(word) for word in words)
        data = typed + data_of()
        left = {run: text[:120] for run, text in left.items() if run not in data}
    assert not left, f"`hengjian {' '.join(words)}` stays Chinese in English: {left}"


def _read(word: str) -> str:
    """The file a word names, where it is one that is read as text."""
    try:
        return Path(word).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
