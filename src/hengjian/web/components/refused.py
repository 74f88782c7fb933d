"""Why an act is not possible now, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.web.components.clause import Clause
from hengjian.web.components.component import Component
from hengjian.web.components.link import Link


@dataclass(frozen=True, slots=True)
class Hindrance(Component):
    """`lead` names the act ("现在还不能确认"), `mend` says what would change it; `id` is what the button points to."""

    lead: str
    sentence: str
    clauses: Sequence[Clause] = ()
    mend: str = ""
    mend_link: Link | None = None
    id: str = ""
