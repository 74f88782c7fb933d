"""The numbers of certificates of whatever scheme: the rule of today, and those that went before it (domain: 国家职业资格证书, 试点时期).

The shapes are data (`certificates.older_schemes`): of each a pattern whose named groups say where the year and the level stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from hengjian.certificates import coding, policies
from hengjian.kernel import typed
from hengjian.kernel.certificate_number import Parts, Problem, parse
from hengjian.kernel.law import Law
from hengjian.kernel.words import say


@dataclass(frozen=True)
class Scheme:
    """A number read: `name` of the scheme (empty: that of today), two digits of the year, code of the level (empty: not in it)."""

    value: str
    name: str = ""
    year: str = ""
    level: str = ""
    parts: Parts | None = None


def scheme_of(written: str, law: Law) -> Scheme | Problem:
    """The number by the scheme that fits it, or what is wrong with it."""
    value = typed.number_code(written)
    for scheme in law.policy(policies.OLDER_SCHEMES):
        if len(value) != scheme["length"]:
            continue
        found = _pattern(str(scheme["pattern"])).fullmatch(value)
        if found is None:
            reason = say(
                "{length} 位的是{name}的编号，但写法不对：{layout}。",
                length=scheme["length"],
                name=scheme["name"],
                layout=scheme["layout"],
            )
            return Problem("", reason)
        said: dict[str, Any] = found.groupdict()
        return Scheme(value, str(scheme["name"]), said.get("year") or "", said.get("level") or "")
    parts = parse(value, coding.layout(law))
    if isinstance(parts, Problem):
        return parts
    return Scheme(value, "", parts.year, parts.level, parts)


@lru_cache(maxsize=16)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.ASCII)
