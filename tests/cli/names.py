"""What may stay Chinese in the English of a command: words to be typed, titles of documents of the law and values laid down in
them, and what stands in the database."""

from __future__ import annotations

import re
from functools import cache

from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.policy import catalogue as policies
from hengjian.kernel.policy_files import written
from hengjian.kernel.rule import RULES
from hengjian.rosters.checks import ALL
from tests.house.test_messages import LEVEL, TYPED

CHINESE = re.compile(r"[\u4e00-\u9fff]+")


@cache
def _law() -> str:
    titles = "".join(
        text.citation + text.source + "".join(old.law + written(old.value) for old in text.history)
        for text in policies().values()
    )
    titles += "".join(rule.clause for rule in RULES.values()) + "".join(check.CHECK.clause for check in ALL)
    return titles + "".join(act.header.clause for act in catalogue().values())


def chinese_of(text: str) -> list[str]:
    """Chinese that is neither to be typed nor the title of a document of the law, nor a value laid down in it."""
    return [
        word for word in CHINESE.findall(text) if word not in TYPED and word not in _law() and not LEVEL.fullmatch(word)
    ]


def data_of() -> str:
    """Every text of the database, where the test has one."""
    from tests.pages.test_english_everywhere import stored

    try:
        return "\n".join(stored())
    except RuntimeError:  # the test has no database
        return ""
