"""What is wrong with a command line, in the terminal's language: the sentences of argparse, and readers of dates and counts
for options."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date

from hengjian.kernel import typed
from hengjian.kernel.words import in_words, say, speaks_another

# argparse looks its sentences up by these very words.
CHINESE = {  # not said: argparse has its own English
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示本说明",
    "show program's version number and exit": "显示版本",
    "%(prog)s: error: %(message)s\n": "%(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "the following arguments are required: %s": "缺少参数：%s",
    "one of the arguments %s is required": "以下参数须给出一个：%s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "not allowed with argument %s": "不能与 %s 同时使用",
    "ignored explicit argument %r": "这个选项不带值，多了 %r",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r 这一项，可用：%(choices)s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "没有 %(parser_name)r 这条命令，可用：%(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r 不合要求",
    "expected one argument": "须给出一个值",
    "expected at most one argument": "至多一个值",
    "expected at least one argument": "须至少给出一个值",
    "expected %s argument": "须给出 %s 个值",
    "expected %s arguments": "须给出 %s 个值",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 不完整，可能是 %(matches)s",
    "can't open '%(filename)s': %(error)s": "打不开 %(filename)s：%(error)s",
}


def speak() -> None:
    """argparse asks the module's own `_` and `ngettext` for each sentence: its own in English, else from the table above."""

    def one(message: str) -> str:
        return message if speaks_another() else CHINESE.get(message, message)

    def many(single: str, plural: str, number: int) -> str:
        return one(single if number == 1 else plural)

    setattr(argparse, "_", one)  # noqa: B010 - no public way to set the language without compiled catalogues
    setattr(argparse, "ngettext", many)  # noqa: B010


def worded(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The parser with its descriptions and helps in the terminal's language, and those of its commands."""
    parser.description = in_words(parser.description)
    for action in parser._actions:  # argparse has no other way to its parts
        action.help = in_words(action.help)
        if isinstance(action.metavar, str):
            action.metavar = in_words(action.metavar)
        if isinstance(action, argparse._SubParsersAction):
            for each in action._choices_actions:
                each.help = in_words(each.help)
            for below in set(action.choices.values()):
                worded(below)
    return parser


def day(text: str) -> date:
    """A date as an option's value."""
    try:
        return typed.day(text)
    except typed.Unreadable as error:
        raise argparse.ArgumentTypeError(in_words(say("{error}，现为“{text}”", error=error, text=text[:40]))) from None


def count(least: int, most: int) -> Callable[[str], int]:
    """A whole number from `least` to `most` as an option's value."""

    def read(text: str) -> int:
        try:
            return typed.whole(text, least=least, most=most)
        except typed.Unreadable as error:
            raise argparse.ArgumentTypeError(
                in_words(say("{error}，现为“{text}”", error=error, text=text[:40]))
            ) from None

    return read
