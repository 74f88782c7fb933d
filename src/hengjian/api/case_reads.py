"""Single cases by their number, each as the frozen row its domain makes for a desk; a foreign one answers like a missing one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from django.db import models
from django.http import Http404, HttpRequest
from ninja.params.functions import Path

from hengjian.api.app import api
from hengjian.api.listings import ANSWERS
from hengjian.authorities.models import Seat
from hengjian.institutions import queries as institutions
from hengjian.institutions.models import Filing, Institution
from hengjian.kernel import clock
from hengjian.kernel.arguments import Key
from hengjian.personnel import queries as personnel
from hengjian.personnel.models import Supervisor
from hengjian.plans import queries as plans
from hengjian.plans.models import Plan


@dataclass(frozen=True)
class CaseRead:
    """`read` gives the row, or None where the case is not disclosed to that seat."""

    route: str
    title: str
    of: type[models.Model]
    answer: Any
    read: Callable[[Seat, int], Any]


CASE_READS: tuple[CaseRead, ...] = (
    CaseRead(
        "/institutions/{int:id}",
        "一家评价机构",
        Institution,
        institutions.InstitutionFile,
        lambda seat, pk: institutions.institution(seat, pk, clock.today()),
    ),
    CaseRead("/filings/{int:id}", "一件备案申请", Filing, institutions.FilingFile, institutions.filing),
    CaseRead("/plans/{int:id}", "一份认定计划", Plan, plans.PlanFile, plans.plan),
    CaseRead("/plans/{int:id}/versions", "认定计划的历次版本", Plan, list[plans.VersionRow], plans.versions),
    CaseRead(
        "/supervisors/{int:id}",
        "一名质量督导员",
        Supervisor,
        personnel.SupervisorFile,
        lambda seat, pk: personnel.supervisor(seat, pk, clock.today()),
    ),
)


def register() -> None:
    """Make the operations."""
    for each in CASE_READS:
        name = each.route.strip("/").replace("/{int:id}", "").replace("/", "_")
        api.get(
            each.route,
            response={200: each.answer, **ANSWERS},
            operation_id=f"read_{name}",
            summary=each.title,
            tags=["reading"],
        )(_operation(each))


def _operation(case: CaseRead) -> Callable[..., Any]:
    def operation(request: HttpRequest, id: int) -> Any:
        found = case.read(request.auth, id)  # type: ignore[attr-defined]
        if found is None:
            raise Http404
        return found

    operation.__annotations__ = {"id": Annotated[Key, Path()]}
    return operation
