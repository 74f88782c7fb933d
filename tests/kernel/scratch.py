"""Facts only tests speak of."""

from dataclasses import dataclass

from hengjian.kernel.facts import Fact


@dataclass(frozen=True)
class Blanked(Fact):
    code = "tests.blanked"
    title = "测试抹去"
    rows: int
