"""A value of the law as a reader sees it: words instead of JSON, labels instead of keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from hengjian.authorities.roles import Role
from hengjian.kernel.policy_files import written
from hengjian.kernel.words import listed, say
from hengjian.plans.models import Sitting

LABELS: Mapping[str, str] = {
    **{str(value): str(label) for value, label in Role.choices},
    **{str(value): str(label) for value, label in Sitting.Part.choices},
}
_IDENTIFIER = re.compile(r"[a-z]+(_[a-z]+)*")


def in_words(value: Any) -> str | None:
    """`甲、乙`, `一：1；二：2`; None where the value is built of names only programs read, which belong into a block of code."""
    if isinstance(value, str):
        return LABELS.get(value, None if _IDENTIFIER.fullmatch(value) else value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        pairs = [(in_words(str(key)), in_words(item)) for key, item in value.items()]
        if any(key is None or item is None or "；" in item for key, item in pairs):
            return None
        return listed([say("{key}：{item}", key=key, item=item) for key, item in pairs], "；")
    if isinstance(value, list | tuple):
        items = [in_words(item) for item in value]
        if any(item is None or "：" in item for item in items):
            return None
        return listed(item for item in items if item is not None)
    return written(value)
