"""What is said to people: a message with named parameters, Chinese by itself and in another language when asked.

    say("还差 {missing} 项材料。", missing=3)

A `Said` is the Chinese text: stored, compared and logged as such, whoever asks. It also remembers its message and its
parameters, so that a page, an answer of the API or a command says it anew in its reader's language (`in_words`). What has
no parameters needs no `say`: the text is its own message. Adding and listing keep what was said; an f-string does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from decimal import Decimal
from string import Formatter
from typing import Any, Self

from hengjian.kernel.translations import messages_of

IDEOGRAPH = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
SOURCE = "zh-hans"
WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_spoken: ContextVar[str] = ContextVar("spoken", default="")
_BEFORE_A_BLANK = frozenset(".;:?!,”’")
_PLAIN = (str, int, float, Decimal, date, datetime, time)


class Said(str):
    """A Chinese text that knows how it came about. `message` is the msgid; `parameters` are plain values or `Said`."""

    message: str
    parameters: Mapping[str, Any]

    def __new__(cls, message: str, parameters: Mapping[str, Any] | None = None) -> Self:
        values = {name: _plain(value) for name, value in (parameters or {}).items()}
        made = super().__new__(cls, message.format(**values) if values else message)
        made.message, made.parameters = message, values
        return made

    def in_words(self) -> str:
        """The text in the language that is active now."""
        message = translated(self.message)
        if not self.parameters:
            return message
        return message.format(**{name: in_words(value) for name, value in self.parameters.items()})

    def __html__(self) -> str:
        """Templates ask for this: in the reader's language, escaped."""
        from django.utils.html import escape

        return escape(self.in_words())

    def __add__(self, other: str) -> Said:
        return Listed("", (self, other))

    def __radd__(self, other: str) -> Said:
        return Listed("", (other, self))

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.message, dict(self.parameters)))


class Listed(Said):
    """Several texts one after the other, with a sign between them."""

    separator: str
    items: tuple[str, ...]

    def __new__(cls, separator: str, items: Iterable[object]) -> Self:
        kept = tuple(item if isinstance(item, str) else str(item) for item in items)
        made = str.__new__(cls, separator.join(kept))
        made.message, made.parameters = str(made), {}
        made.separator, made.items = separator, kept
        return made

    def in_words(self) -> str:
        words = [in_words(item) for item in self.items]
        if self.separator:
            return translated(self.separator).join(words)
        if language() == SOURCE:  # Chinese sets no blank between words
            return "".join(words)
        text = ""
        for word in filter(None, words):
            apart = (text[-1:].isalnum() or text[-1:] in _BEFORE_A_BLANK) and (word[0].isalnum() or word[0] in "“‘")
            text += f" {word}" if text and apart else word
        return text

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.separator, self.items))


class Unstopped(Said):
    """A sentence without its full stop, so that more can follow."""

    def __new__(cls, message: str, parameters: Mapping[str, Any] | None = None) -> Self:
        whole = Said(message, parameters)
        made = str.__new__(cls, str(whole).rstrip("。"))
        made.message, made.parameters = whole.message, whole.parameters
        return made

    def in_words(self) -> str:
        return super().in_words().rstrip("。.")


def unstopped(text: str) -> str:
    """The text without its full stop; `rstrip` would leave it Chinese for good."""
    if isinstance(text, Listed):
        return Listed(text.separator, [*text.items[:-1], *map(unstopped, text.items[-1:])])
    return Unstopped(text.message, text.parameters) if isinstance(text, Said) else Unstopped(text)


def say(message: str, **parameters: Any) -> str:
    """The message with its parameters; the names are part of what translators see."""
    return Said(message, parameters)


def listed(items: Iterable[object], separator: str = "、") -> str:
    """An enumeration; each item and the sign between them are said in the reader's language."""
    return Listed(separator, items)


def words_of(error: BaseException) -> str:
    """The sentence an exception was raised with, still able to be said in another language; `str` would fix it."""
    return error.args[0] if error.args and isinstance(error.args[0], str) else str(error)


def _plain(value: Any) -> Any:
    if isinstance(value, BaseException):
        return words_of(value)
    return value if isinstance(value, _PLAIN) else str(value)


def in_words(value: Any) -> Any:
    """Text in the language that is active now; what is no text stays as it is."""
    if isinstance(value, Said):
        return value.in_words()
    return translated(value) if isinstance(value, str) else value


def translated(text: str) -> str:
    """A whole message in the active language; text that is no message (names, data) stays as it is."""
    spoken = language()
    return messages_of(spoken).gettext(text) if text and spoken != SOURCE else text


def language() -> str:
    """The language that is active: of the command line where one was set, else of the request."""
    chosen = _spoken.get()
    if chosen:
        return chosen
    from django.conf import settings

    if not settings.configured:
        return SOURCE
    from django.utils.translation import get_language

    return get_language() or SOURCE


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Within, in this language (`zh-hans`, `en`), whatever a request asked for."""
    token = _spoken.set(name)
    try:
        yield
    finally:
        _spoken.reset(token)


def speaks_another() -> bool:
    """Whether a language other than the source's is active."""
    return language() != SOURCE


def parameters_of(message: str) -> frozenset[str]:
    """The names of a message's parameters, without the attribute or form asked of them."""
    return frozenset(re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(message) if name)
