"""Once a year an office opens its chain of one-time codes: the head is public before the first draw (draw/1)."""

from __future__ import annotations

import secrets

from hengjian.authorities.roles import Role
from hengjian.kernel import draw
from hengjian.kernel.act import Doing, creates
from hengjian.supervision import list_rules, rules
from hengjian.supervision.facts import ChainOpened
from hengjian.supervision.models import CodeChain

LENGTH = 4096  # codes: far more draws than an office makes in a year
SEED_BYTES = 32


@creates(
    "supervision.open_chain",
    CodeChain,
    by=[Role.CENTRE_HEAD.of_responsible_office, Role.CENTRE_REVIEWER.of_responsible_office],
    requires=[list_rules.no_chain_this_year],
    clause=rules.SCHEME,
    seals_at_once="draw",
)
def open_chain(doing: Doing[None]) -> tuple[CodeChain, ChainOpened]:
    """启用年度抽取码链。"""
    office, year = doing.actor.reach["office"], doing.today.year
    seed = secrets.token_bytes(SEED_BYTES)
    head = draw.chain_head(seed, LENGTH).hex()
    chain = doing.create(CodeChain, office_id=office, year=year, head=head, length=LENGTH, seed=seed.hex())
    return chain, ChainOpened(year, head, LENGTH)
