"""A demo installation's clock is moved ahead by an act, so that a stranger sees five working days pass in a minute."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from hengjian.authorities.facts import DemoClockMoved
from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.kernel.act import Doing, act, creates
from hengjian.kernel.actor import BY_OPERATOR
from hengjian.kernel.asking import Asking
from hengjian.kernel.models import DemoClock
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case


def is_a_demo(asking: Asking[object]) -> bool:
    return bool(settings.DEMO)


@rule("authorities.demo_only", clause=PRODUCT)
def only_in_a_demo(asking: Asking[object]) -> tuple[str, str] | None:
    """只有演示系统可以拨动时钟。"""
    if asking.consulting(is_a_demo):
        return None
    return "只有演示系统可以拨动时钟。", "正式系统的时间取自服务器，不能拨动。"


only_in_a_demo.shown_by(
    case("a demo", read={is_a_demo: True}),
    case("a real installation", read={is_a_demo: False}, says="只有演示系统"),
)


def has_a_demo_clock(asking: Asking[object]) -> bool:
    return DemoClock.objects.exists()


@rule("authorities.demo_clock_set", clause=PRODUCT)
def no_demo_clock_yet(asking: Asking[None]) -> tuple[str, str] | None:
    """演示时钟只设置一次。"""
    return ("演示时钟已经设置。", "请改用“拨动演示时钟”。") if asking.consulting(has_a_demo_clock) else None


no_demo_clock_yet.shown_by(
    case("none", read={has_a_demo_clock: False}),
    case("one", read={has_a_demo_clock: True}, says="已经设置"),
)


@creates("authorities.set_up_demo_clock", DemoClock, by=BY_OPERATOR, requires=[only_in_a_demo, no_demo_clock_yet])
def set_up_demo_clock(doing: Doing[None], *, to: datetime) -> tuple[DemoClock, DemoClockMoved]:
    """设置演示时钟。"""
    doing.afterwards(clock.moved)
    ahead = int((to - datetime.now(clock.ZONE)).total_seconds())
    return doing.create(DemoClock, ahead_seconds=ahead), DemoClockMoved(to.isoformat())


@act(
    "authorities.move_demo_clock",
    DemoClock,
    by=[BY_OPERATOR, *(role.anywhere for role in Role)],
    requires=[only_in_a_demo],
)
def move_demo_clock(doing: Doing[DemoClock], *, days: int) -> DemoClockMoved:
    """拨动演示时钟。

    Forward only: what has happened has happened.
    """
    if not 1 <= days <= 366:  # a year at a time is enough for a demonstration
        raise refuse(
            "authorities.demo_clock_days",
            "一次可以向前拨 1 至 366 天。",
            field="days",
            remedy="请填写 1 至 366 之间的天数。",
            clause=PRODUCT,
        )
    doing.afterwards(clock.moved)
    doing.subject.ahead_seconds += int(timedelta(days=days).total_seconds())
    return DemoClockMoved((doing.now + timedelta(days=days)).isoformat())
