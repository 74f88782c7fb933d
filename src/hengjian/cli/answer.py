"""What a command says: data for a program, lines for a person, and yes or no for a script."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, Protocol

from hengjian.kernel.policy_files import plain


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
        raise WrongUsage(f"读不到文件 {name}：{problem.strerror}。") from None


def read_json(name: str) -> Any:
    try:
        return json.loads(read(name))
    except RecursionError:
        raise WrongUsage(f"{name} 嵌套过深，不是抽取或凭证的文件。") from None
    except ValueError:
        raise WrongUsage(f"{name} 不是 JSON 文件。") from None


def write(path: Path, content: bytes) -> None:
    """A file the command line named for its result."""
    try:
        path.write_bytes(content)
    except OSError as problem:
        raise WrongUsage(f"写不了文件 {path}：{problem.strerror}。") from None


def say(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(plain(answer.data), ensure_ascii=False, indent=1, default=str))
        return
    for line in answer.lines:
        print(line)


def refuse_usage(sentence: str) -> NoReturn:
    raise WrongUsage(sentence)
