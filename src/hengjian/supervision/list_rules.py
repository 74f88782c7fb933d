"""What stands before a list is sealed: one chain of codes a year, and enough people to draw from (M1, R32)."""

from __future__ import annotations

from hengjian.kernel.asking import Asking
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case
from hengjian.kernel.words import say
from hengjian.plans.models import Plan
from hengjian.supervision import pool
from hengjian.supervision.models import CodeChain
from hengjian.supervision.policies import SUPERVISORS_PER_SITTING_MIN
from hengjian.supervision.rules import RANDOM, SCHEME

_TARGET = "20260506.6-31-01"


def chain_of_the_asker(asking: Asking[None]) -> CodeChain | None:
    """The chain of this year of the office somebody acts for."""
    office = asking.actor.reach.get("office")
    return CodeChain.objects.filter(office=office, year=asking.now.year).order_by("pk").first()


@rule("supervision.no_chain_this_year", clause=SCHEME)
def no_chain_this_year(asking: Asking[None]) -> tuple[str, str] | None:
    """一个机关一年只启用一条抽取码链。"""
    if asking.consulting(chain_of_the_asker) is None:
        return None
    return say("{year} 年的抽取码链已经启用。", year=asking.now.year), "请使用已启用的抽取码链。"


no_chain_this_year.shown_by(
    case("none yet", read={chain_of_the_asker: None}),
    case("opened", read={chain_of_the_asker: CodeChain()}, says="2026 年的抽取码链已经启用"),
)


@rule("supervision.pool_is_large_enough", clause=RANDOM, cites=[SUPERVISORS_PER_SITTING_MIN])
def pool_is_large_enough(asking: Asking[Plan]) -> tuple[str, str] | None:
    """每一场次可抽的人员不少于须督导的人数。"""
    wanted = asking.policy(SUPERVISORS_PER_SITTING_MIN)
    lacking = {target: wanted - held for target, held in asking.reading(pool.held_by_target).items() if held < wanted}
    team = max(lacking.values(), default=0)
    able = asking.reading(pool.able_by_target)
    for target in sorted(lacking):
        if able[target] < team:
            day, small = target.split(".", 1)
            return (
                say(
                    "{day} 小类 {small} 须督导 {team} 人，可抽的只有 {able} 人。",
                    day=day,
                    small=small,
                    team=team,
                    able=able[target],
                ),
                "增聘该小类的督导员，或请上级机关调派人员后再抽取。",
            )
    return None


pool_is_large_enough.shown_by(
    case("two may go", Plan(), read={pool.held_by_target: {_TARGET: 0}, pool.able_by_target: {_TARGET: 2}}),
    case("one stands, one may go", Plan(), read={pool.held_by_target: {_TARGET: 1}, pool.able_by_target: {_TARGET: 1}}),
    case(
        "one may go",
        Plan(),
        read={pool.held_by_target: {_TARGET: 0}, pool.able_by_target: {_TARGET: 1}},
        says="须督导 2 人，可抽的只有 1 人",
    ),
)
