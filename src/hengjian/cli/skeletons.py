"""What `hengjian new` writes: the smallest act, policy, check and room that pass the house tests. The law is left to be filled in."""

from __future__ import annotations

ACT = '''"""$title。"""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, act
from hengjian.kernel.arguments import Reason
from hengjian.$domain.facts import $fact
from hengjian.$domain.models import $model


@act(
    "$domain.$verb",
    $model,
    by=Role.CENTRE_HEAD.of_responsible_office,
    clause="衡鉴产品规则",
)
def $verb(doing: Doing[$model], *, reason: Reason) -> $fact:
    """$title。"""
    return $fact(reason)
'''

FACT = """

@dataclass(frozen=True)
class $fact(Fact):
    code = "$domain.$past"
    title = "$title"
    reason: str
"""

ACT_TEST = '''"""$title: who may, and what it asks."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.kernel.arguments import read
from hengjian.$domain.acts.$verb import $verb


def test_only_the_head_of_the_responsible_office_may() -> None:
    assert [by.role_code for by in $verb.header.by] == [Role.CENTRE_HEAD]


def test_it_asks_for_a_reason_of_substance() -> None:
    assert read($verb.body, {"reason": "行"})[1]
    assert not read($verb.body, {"reason": "事实清楚，依据充分。"})[1]
'''

MESSAGE = """
msgid "$title"
msgstr "$english"
"""

POLICY = """
[$name]
title     = "$title"
unit      = "$unit"
stricter  = "none"
source    = "衡鉴产品规则"
clause    = ""
certainty = "product"
[[$name.values]]
since = 2021-01-01
value = $value
law   = "衡鉴产品规则"
"""
POLICY_CASE = """
[[case]]
title = "$title：自 2021-01-01 起为 $value $unit"
policy = "$domain.$name"
on = 2021-01-01
value = $value
"""

CHECK = '''"""$title. Say here which sentence of the law this is, and where it stands."""

from __future__ import annotations

import ibis

from hengjian.rosters.checks.cases import day
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.tables import Tables
from hengjian.rosters.checks.wording import day as written

CHECK = Check("rosters.$name", "$title", "birth", "衡鉴产品规则")


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    return c.filter(c.birth > c.judged).select("row", "birth", "judged")


def sentence(r: Reasons) -> Sentence:
    return Sentence(f"出生日期 {written(r['birth'])} 晚于 {written(r['judged'])}。", "请更正出生日期。")


CASES = (
    case("born on the very day", {"birth": day(2026, 11, 1)}),
    case("born after it", {"birth": day(2030, 11, 2)}, found=(1,)),
)
'''

ROOM = {
    "__init__.py": '"""$title. Say in five lines what this room is for and what it may touch."""\n',
    "apps.py": """from django.apps import AppConfig


class ${camel}Config(AppConfig):
    name = "hengjian.$name"
    label = "$name"
""",
    "models.py": '"""Tables and constraints of $name; no behaviour."""\n',
    "states.py": '"""States of the cases of $name; each has its database constraint."""\n',
    "policies.py": '"""Handles on the law of $name (policies/$name.toml)."""\n',
    "rules.py": '"""Rules of $name, one per sentence; they read and never write."""\n',
    "queries.py": '"""What may be read of $name: frozen rows per audience, and nothing else."""\n',
    "facts.py": '''"""What the ledger can say about $name."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.kernel.facts import Fact

__all__ = ["Fact", "dataclass"]
''',
    "acts/__init__.py": "",
    "migrations/__init__.py": "",
}

WEB_ROOM = {
    "__init__.py": "",
    "start_page.py": '''"""The first page of $name."""

from __future__ import annotations

from hengjian.web.cases import case_page
from hengjian.web.components import Card, Empty, Head
from hengjian.web.pages import Answer, Desk, page


@page("$name/", "$name")
def start_page(desk: Desk) -> Answer:
    """$title。"""
    return case_page(Head("$title"), [Card("$title", empty=Empty("还没有事项"))], [])
''',
    "room.py": '''"""$title."""

from __future__ import annotations

from hengjian.web.$name import start_page
from hengjian.web.room import MenuEntry, Room
from hengjian.web.seats_of import CASE_ROLES

ROOM = Room("$name", pages=(start_page.start_page,), menu=(MenuEntry("事前", "$title", "$name", CASE_ROLES),))
''',
}
