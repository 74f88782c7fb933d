"""The number of a prior certificate: which scheme it follows, and the level and year it carries.

人社鉴发〔2019〕2号 (22 places, by the layout of policy), the older national qualification number (16 digits; 13 in
Shanghai, whose query pads it) and the 20 places of the pilot years (`certificates.older_schemes`).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache
from typing import NamedTuple

from hengjian.kernel.certificate_number import Layout, Parts, parse
from hengjian.kernel.law import nationwide
from hengjian.rosters.policies import CERTIFICATE_CLASSES, CERTIFICATE_LAYOUT, CERTIFICATE_LEVELS, PROVINCES

NOT_GIVEN, WELL_FORMED, MALFORMED = 0, 1, 2
TOP_LEVELS = {"特级技师": -1, "首席技师": -2}

_QUALIFICATION = re.compile(r"(?P<year>\d{2})\d{4}[0-4]\d{3}(?P<level>[1-5])\d{5}", re.ASCII)
_PILOT = re.compile(r"R[GSCX][NW]\d{9}(?P<year>\d{2})(?P<level>[1-5])\d{5}", re.ASCII)
_SHANGHAI = re.compile(r"(?P<year>\d{2})\d{11}", re.ASCII)
_BLANKS = re.compile(r"[\s·-]+")


class PriorNumber(NamedTuple):
    """`form` and what the number says; 0 where it says nothing."""

    form: int
    level: int = 0
    year: int = 0


def read(number: str | None, on: date) -> PriorNumber:
    """What the number is, by the layout in force on the day."""
    written = _BLANKS.sub("", unicodedata.normalize("NFKC", number or "")).upper()
    if not written:
        return PriorNumber(NOT_GIVEN)
    layout = _layout(on)
    parts = parse(written, layout)
    if isinstance(parts, Parts):
        name = layout.level_name(parts.level)
        level = int(parts.level) if parts.level.isdecimal() else TOP_LEVELS.get(name, 0)
        return PriorNumber(WELL_FORMED, level, 2000 + int(parts.year))
    for form in (_QUALIFICATION, _PILOT, _SHANGHAI):
        if found := form.fullmatch(written):
            carried = found.groupdict()
            return PriorNumber(WELL_FORMED, int(carried.get("level", "0")), _century(int(carried["year"]), on))
    return PriorNumber(MALFORMED)


def _century(year: int, on: date) -> int:
    """Qualification certificates began in the nineties of the last century."""
    return 2000 + year if 2000 + year <= on.year else 1900 + year


@cache
def _layout(on: date) -> Layout:
    law = nationwide(on)
    return Layout.of(
        law.policy(CERTIFICATE_LAYOUT)["parts"],
        law.policy(CERTIFICATE_CLASSES),
        law.policy(CERTIFICATE_LEVELS),
        law.policy(PROVINCES),
    )
