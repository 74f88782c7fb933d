"""The language of the terminal a command was typed in: pages have a request for that, a command its environment."""

from __future__ import annotations

import os
from collections.abc import Mapping

from hengjian.kernel.words import SOURCE, in_words, speaking

_NAMES = ("LC_ALL", "LC_MESSAGES", "LANG")  # in the order in which POSIX asks them


def terminal_language(environment: Mapping[str, str] = os.environ) -> str:
    """English where the terminal asks for it, Chinese otherwise."""
    asked = next((environment[name] for name in _NAMES if environment.get(name)), "")
    return "en" if asked.lower().startswith("en") else SOURCE


def for_the_terminal(text: str) -> str:
    """The text as whoever typed the command reads it."""
    with speaking(terminal_language()):
        words: str = in_words(text)
        return words
