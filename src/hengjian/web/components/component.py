"""What every part of a page is: a frozen value with named fields. Templates get these, never models and never dictionaries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

# How something stands, in the words of the style sheet; colour never carries the meaning alone.
Tone = Literal["", "normal", "good", "warn", "seal", "quiet", "coming"]


class Component:
    """A part of a page. Its template stands in `templates/components/`; which one, says `shown_by.py`."""

    __slots__ = ()

    if not TYPE_CHECKING:
        # A template looks a name up as a key first: answered here, no exception is raised for each of a table's cells.
        __getitem__ = object.__getattribute__
