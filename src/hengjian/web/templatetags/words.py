"""What a page says, in its reader's language: `said` between tags, `spoken` inside an attribute or a title.

A label, a sentence or a state is a message and is translated; what is none (a name, what somebody wrote) stays as it is and is
marked with its language, so that a screen reader does not read Chinese names as English (WCAG 2.2, 3.1.2).
"""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from hengjian.kernel.words import IDEOGRAPH, in_words, speaks_another

register = template.Library()
CHINESE = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff〇\u3001-\u303f\uff00-\uffef]+(?:[ ·]?[\u3400-\u9fff〇\u3001-\u303f\uff00-\uffef]+)*"
)


@register.filter
def spoken(value: Any) -> Any:
    """In the reader's language, without marks."""
    return in_words(value)


@register.filter
def said(value: Any) -> Any:
    """In the reader's language; names and data that stay Chinese are marked with theirs."""
    if not isinstance(value, str) or isinstance(value, SafeString) or not speaks_another():
        return value
    words = in_words(value)
    if not IDEOGRAPH.search(words):
        return words
    return mark_safe(CHINESE.sub(_marked, escape(words)))  # noqa: S308 - escaped just here


@register.filter
def tongue(value: Any) -> str:
    """The `lang` of an option, which can hold no marks within: ` lang="zh-Hans"` where the label stays Chinese."""
    if not isinstance(value, str) or not speaks_another() or not IDEOGRAPH.search(in_words(value)):
        return ""
    return mark_safe(' lang="zh-Hans"')


def _marked(found: re.Match[str]) -> str:
    return f'<span lang="zh-Hans">{found[0]}</span>' if IDEOGRAPH.search(found[0]) else found[0]
