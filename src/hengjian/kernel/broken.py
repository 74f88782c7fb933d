"""What cannot be, and is: two computations of the program contradict each other. No refusal, for no user can mend it.

    raise Broken("supervision.draw_does_not_hold", "D-2026-0001", problems)

Nothing is changed; whoever acted is told that it is a fault of the system (an answer of its own on page and API, never
a sentence of the regulation), and the program's log gets one critical line by which the operator is alarmed.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

log = logging.getLogger("hengjian.broken")

SENTENCE = "系统自检没有通过，所办事项没有作任何更改。这不是您的操作有误，请告知系统管理员。"


class Broken(RuntimeError):
    """`code` names the invariant, `place` the case by its public number; `problems` are the contradictions in words."""

    def __init__(self, code: str, place: str, problems: Sequence[str]) -> None:
        super().__init__(f"{code} {place}: {'; '.join(problems)}")
        self.code = code


def alarm(broken: Broken) -> None:
    """One line for the operator; called once, where the answer is made."""
    log.critical("%s", broken, exc_info=broken)
