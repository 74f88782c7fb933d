"""What was said, as it is kept in a row: the message and its parameters, so that it can be said again in any language.

    row.text = kept(say("批次 {number} 待您审核。", number="2026-17"))     # a plain value for a JSON column
    said_again(row.text)                                                # the same `Said`

What a person typed is kept as the text it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from hengjian.kernel.words import Listed, Said, Unstopped

_FORMS: dict[str, Any] = {"datetime": datetime, "date": date, "time": time}


def kept(text: Any) -> Any:
    """A text, or a parameter of one, as plain JSON. Raises TypeError for what no message can have as a parameter."""
    if isinstance(text, Listed):
        return {"between": text.separator, "items": [kept(item) for item in text.items]}
    if isinstance(text, Unstopped):
        return {"unstopped": text.message, **({"with": _parameters(text)} if text.parameters else {})}
    if isinstance(text, Said):
        return {"message": text.message, **({"with": _parameters(text)} if text.parameters else {})}
    if text is None or isinstance(text, str | bool | int):
        return str(text) if isinstance(text, str) else text  # a choice's label is a text like others
    if isinstance(text, float):
        return {"float": repr(text)}  # the log knows no floats
    if isinstance(text, Decimal):
        return {"decimal": str(text)}
    for name, form in _FORMS.items():
        if isinstance(text, form):
            return {name: text.isoformat()}
    raise TypeError(f"a {type(text).__name__} is no parameter of a message")


def kept_text(text: str) -> Any:
    """A text for a place where most are somebody's own: only what was composed is kept as message and parameters; a message
    without parameters is its own text, and is found in the catalogue when it is said."""
    composed = isinstance(text, Listed | Unstopped) or (isinstance(text, Said) and bool(text.parameters))
    return kept(text) if composed else str(text)


def said_again(value: Any) -> Any:
    """The text that was kept."""
    if not isinstance(value, Mapping):
        return value
    if "message" in value or "unstopped" in value:
        given = {name: said_again(item) for name, item in value.get("with", {}).items()}
        return Said(value["message"], given) if "message" in value else Unstopped(value["unstopped"], given)
    if "between" in value:
        return Listed(value["between"], [said_again(item) for item in value["items"]])
    if "float" in value:
        return float(value["float"])
    if "decimal" in value:
        return Decimal(value["decimal"])
    ((name, text),) = value.items()
    return _FORMS[name].fromisoformat(text)


def _parameters(text: Said) -> dict[str, Any]:
    return {name: kept(value) for name, value in text.parameters.items()}
