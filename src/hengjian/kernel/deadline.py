"""A deadline is declared on the model: which column it counts from, how long the law gives, which columns keep it.

    class Plan(CaseModel):
        deadlines = (Deadline("due", start="submitted_on", days=policies.REVIEW_WORKING_DAYS),)

`due` means the columns `due_on`, `due_provisional` and `due_days`; `doing.set_deadline(plan, "due")` fills them, the arrival
of a year's calendar moves them, and nothing else writes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.kernel.policy import Policy


@dataclass(frozen=True, init=False)
class Deadline:
    """Of several lengths the act that sets it says which one counts. `on`: the column of the day, where it has a name of
    its own."""

    name: str
    start: str
    days: tuple[Policy[int], ...]
    on: str

    def __init__(self, name: str, *, start: str, days: Policy[int] | Sequence[Policy[int]], on: str = "") -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "days", (days,) if isinstance(days, Policy) else tuple(days))
        object.__setattr__(self, "on", on or f"{name}_on")

    @property
    def provisional(self) -> str:
        return f"{self.name}_provisional"

    @property
    def length(self) -> str:
        return f"{self.name}_days"

    @property
    def columns(self) -> tuple[str, ...]:
        return self.start, self.length, self.on, self.provisional

    def length_of(self, chosen: Policy[int] | None) -> Policy[int]:
        """The one length it has, or the chosen one of several."""
        if chosen is None and len(self.days) == 1:
            return self.days[0]
        if chosen not in self.days:
            raise TypeError(f"the deadline {self.name} has no such length: {chosen}")
        return chosen
