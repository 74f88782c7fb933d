"""What a command says: data for a program, lines for a person, and yes or no for a script."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, Protocol

from hengjian.kernel.policy_files import plain
from hengjian.kernel.terminal import terminal_language
from hengjian.kernel.words import in_words, say, speaking


class Commands(Protocol):
    """Where a command adds its parser (argparse's own class has no public name)."""

    def add_parser(self, name: str, **options: Any) -> argparse.ArgumentParser: ...


@dataclass(frozen=True)
class Answer:
    """`ok` decides the exit status: 0 yes or done, 1 no or refused."""

    data: Any
    lines: Sequence[str] = field(default=())
    ok: bool = True


class WrongUsage(Exception):
    """The command cannot be carried out as it was given (exit 2); the sentence says what to give instead."""


def parser(commands: Commands, name: str, what: str) -> argparse.ArgumentParser:
    """A command's parser with `--json` on it."""
    made = commands.add_parser(name, help=what, description=what)
    made.add_argument("--json", action="store_true", help="以 JSON 输出")
    return made


def read(name: str) -> bytes:
    """A file named on the command line; `-` is standard input."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as problem:
        raise WrongUsage(say("读不到文件 {name}：{strerror}。", name=name, strerror=problem.strerror)) from None


def read_json(name: str) -> Any:
    try:
        return json.loads(read(name))
    except RecursionError:
        raise WrongUsage(say("{name} 嵌套过深，不是抽取或凭证的文件。", name=name)) from None
    except ValueError:
        raise WrongUsage(say("{name} 不是 JSON 文件。", name=name)) from None


def write(path: Path, content: bytes) -> None:
    """A file the command line named for its result."""
    try:
        path.write_bytes(content)
    except OSError as problem:
        raise WrongUsage(say("写不了文件 {path}：{strerror}。", path=path, strerror=problem.strerror)) from None


def tell(answer: Answer, *, as_json: bool) -> None:
    """The answer in the language of the terminal."""
    with speaking(terminal_language()):
        if as_json:
            print(json.dumps(plain(_worded(answer.data)), ensure_ascii=False, indent=1, default=str))
            return
        for line in answer.lines:
            print(in_words(line))


def _worded(data: Any) -> Any:
    if isinstance(data, Mapping):
        return {key: _worded(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_worded(value) for value in data]
    return in_words(data)


def refuse_usage(sentence: str) -> NoReturn:
    raise WrongUsage(sentence)
