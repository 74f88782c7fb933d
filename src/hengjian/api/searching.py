"""`POST /api/search` with `{"q": …}`: what the search page finds, group by group, with the reason of each hit.

The words may be a name or a number and stand in the body, not in the address.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Schema
from pydantic import ConfigDict, Field

from hengjian.api.app import api
from hengjian.api.listings import ANSWERS
from hengjian.authorities.searching import SEARCH
from hengjian.certificates.search import CERTIFICATES, EARLIER
from hengjian.institutions.search import INSTITUTIONS
from hengjian.kernel.finding import LONGEST, Finder, Group, read, search
from hengjian.kernel.restraint import restrain
from hengjian.papers.search import PAPERS
from hengjian.personnel.search import ASSESSORS, SUPERVISORS
from hengjian.plans.search import BATCHES, PLANS
from hengjian.results.search import OBJECTIONS
from hengjian.rosters.search import CANDIDATES
from hengjian.supervision.search import DRAWS

FINDERS: tuple[Finder, ...] = (
    INSTITUTIONS,
    SUPERVISORS,
    ASSESSORS,
    PLANS,
    BATCHES,
    CANDIDATES,
    DRAWS,
    OBJECTIONS,
    CERTIFICATES,
    EARLIER,
    PAPERS,
)


class Searched(Schema):
    """What is searched for."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(max_length=LONGEST)


def register() -> None:
    """Make the operation."""

    @api.post(
        "/search",
        response={200: list[Group], **ANSWERS},
        summary="搜索",
        description="姓名、拼音、号码、编号或词语；只含当前席位看得到的，每组最多十条，各条写明符合之处。",
        tags=["reading"],
    )
    def found(request: HttpRequest, body: Searched) -> Any:
        words = read(body.q)
        if not words:
            return []
        restrain(SEARCH, request.auth)  # type: ignore[attr-defined]
        return search(FINDERS, request.auth, words)  # type: ignore[attr-defined]
