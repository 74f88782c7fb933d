"""One case with a great many children: objections, materials, sittings, roster rows, log entries … copied by one statement each.

`bench/_rows.py` lays many cases side by side; here one plan, one batch, one sheet, one filing, one institution and one
supervisor get more and more beneath them. The first of each is made by acts or laid by hand.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.db import connection, models
from django.urls import reverse

from bench._rows import START, _copied

NOW = "2026-09-30T10:00"
SIDE = re.compile(r'href="\?side=(\w+)"')


def first_family() -> Any:
    """A batch on notice with an objection, and one child of every kind under each case of the story."""
    from tests.pages.stage import laid, stage

    from hengjian.institutions.models import Filing, FilingItem, Material, ScopeItem, SiteVisit
    from hengjian.kernel import clock
    from hengjian.occupations.models import Occupation, Standard
    from hengjian.personnel.models import Recusal
    from hengjian.plans.models import Sitting

    made = stage(candidates=6).objected()
    where = made.institution
    laid(
        ScopeItem,
        institution=where, occupation_code="6-20-01-01", occupation_name="钳工", level="3",
        valid_from=date(2025, 3, 1), valid_until=date(2028, 2, 28),
    )  # fmt: skip
    filing = laid(
        Filing,
        institution=where, office=where.office, state="filed", submitted_on=date(2026, 2, 2), accepted_on=date(2026, 2, 3),
        decided_on=date(2026, 3, 1), decided_by=where.office.name, decision_reason="材料齐全，现场考察合格。",
    )  # fmt: skip
    laid(FilingItem, filing=filing, occupation_code="6-20-01-01", occupation_name="钳工", level="3", assessors=3)
    laid(
        Material,
        filing=filing,
        kind="charter",
        title="章程",
        file_name="章程.pdf",
        upload_id=0,
        sha256="0" * 64,
    )
    laid(SiteVisit, filing=filing, planned_on=date(2026, 2, 20), place="一号实训楼")
    laid(
        Sitting,
        batch=made.batch, part="theory", room="101", seats=30,
        starts_at=datetime(2026, 9, 19, 9, tzinfo=clock.ZONE), ends_at=datetime(2026, 9, 19, 11, tzinfo=clock.ZONE),
    )  # fmt: skip
    laid(Recusal, supervisor_id=made.duty.supervisor_id, institution=where, ground="relative")
    occupation = laid(Occupation, code="6-20-01-01", name="钳工", valid_from=date(2022, 9, 1), edition="2022")
    laid(
        Standard,
        occupation_code="6-20-01-01",
        title="钳工 2020 年版",
        version="2020",
        kind="national",
        issued_on=date(2020, 1, 1),
    )
    made.filing, made.occupation = filing, occupation
    return made


def cases(made: Any) -> dict[str, tuple[Any, models.Model]]:
    """Name of the page → (who asks, the case)."""
    from hengjian.personnel.models import Supervisor
    from hengjian.results.models import Objection
    from hengjian.rosters.models import Candidate

    objection = Objection.objects.order_by("pk")[0]
    own = {
        f"{name} for {role}": (getattr(made, role), case)
        for role in ("clerk", "responsible", "head")
        for name, case in (
            ("plan", made.plan),
            ("batch", made.batch),
            ("roster", made.batch),
            ("result_sheet", made.sheet),
            ("filing", made.filing),
            ("institution", made.institution),
        )
    }
    return own | {
        "plan": (made.reviewer, made.plan),
        "batch": (made.reviewer, made.batch),
        "roster": (made.reviewer, made.batch),
        "result_sheet": (made.reviewer, made.sheet),
        "objection_case": (made.reviewer, objection),
        "filing": (made.reviewer, made.filing),
        "institution": (made.reviewer, made.institution),
        "supervisor": (made.reviewer, Supervisor.objects.get(pk=made.duty.supervisor_id)),
        "occupation": (made.reviewer, made.occupation),
        "candidate": (made.reviewer, Candidate.objects.filter(batch=made.batch).order_by("pk")[0]),
        "draw_case": (made.reviewer, made.draw),
        "duty": (made.supervisor, made.duty),
    }


def more_children(made: Any, first: int, end: int) -> None:
    """Copies `first` to `end` of every kind of child, under the same parents."""
    from hengjian.institutions.models import Filing, FilingItem, Institution, Material, ScopeItem, SiteVisit
    from hengjian.kernel.models import Entry
    from hengjian.occupations.models import Standard
    from hengjian.personnel.models import Recusal, Supervisor
    from hengjian.plans.models import Batch, Plan, Sitting
    from hengjian.results.models import Objection, Score
    from hengjian.rosters.models import Candidate
    from hengjian.supervision.models import Duty

    own = f"{START} + n.i"
    text = "CAST(100000 + n.i AS TEXT)"
    binary = f"CAST({text} AS BLOB)" if connection.vendor == "sqlite" else f"convert_to({text}, 'UTF8')"
    first_of = lambda model: model._base_manager.order_by("pk")[0].pk  # noqa: E731
    candidate = Candidate.objects.filter(batch=made.batch).order_by("-pk").exclude(pk__gte=START)[0]
    score = Score.objects.get(candidate=candidate)
    listed: dict[str, str] = {"notice_place": "1000 + n.i"} if score.notice_place is not None else {}
    copies: tuple[tuple[type[models.Model], int, dict[str, str]], ...] = (
        (
            Institution,
            made.institution.pk,
            {
                "name": f"'演示机械' || {text}", "uscc": f"'91130203MA' || {text} || 'XX'",
                "site_code": text, "filing_number": f"'YB' || {text}",
            },
        ),
        (Supervisor, made.duty.supervisor_id, {"code": f"'TC' || {text}", "card_number": f"'DC' || {text}"}),
        (ScopeItem, first_of(ScopeItem), {"occupation_code": f"'6-' || {text}"}),
        (Filing, made.filing.pk, {}),
        (FilingItem, first_of(FilingItem), {"occupation_code": f"'6-' || {text}"}),
        (Material, first_of(Material), {}),
        (SiteVisit, first_of(SiteVisit), {}),
        (Plan, made.plan.pk, {"number": f"'28' || {text}"}),
        (Batch, made.batch.pk, {"occupation_code": f"'6-' || {text}"}),
        (Sitting, first_of(Sitting), {}),
        (Candidate, candidate.pk, {"row": "1000 + n.i", "document_index": binary, "ticket": text, "ticket_code_index": binary}),
        (Score, score.pk, {"candidate_id": own, **listed}),
        (Objection, first_of(Objection), {"code": f"'OC' || {text}"}),
        (Recusal, first_of(Recusal), {"institution_id": own}),
        (Duty, made.duty.pk, {"supervisor_id": own}),
        (Standard, first_of(Standard), {"version": text}),
    )  # fmt: skip
    for model, pk, values in copies:
        _copied(model, pk, {"id": own, **values}, first, end)
    entry = Entry.objects.order_by("-pk").exclude(pk__gte=START)[0]
    every = {(case._meta.db_table, case.pk): case for _, case in cases(made).values()}
    for place, case in enumerate(every.values()):
        table = f"'{case._meta.db_table}'"
        own = f"{START * (place + 1)} + n.i"
        values = {"id": own, "place": own, "idx": "NULL", "key": "NULL", "subject_table": table}
        _copied(Entry, entry.pk, {**values, "subject_id": str(case.pk)}, first, end)


def addresses(made: Any, client_of: Any) -> dict[str, tuple[Any, str]]:
    """`page side` → (client, address), every side of every case."""
    found: dict[str, tuple[Any, str]] = {}
    clients: dict[int, Any] = {}
    for name, (seat, case) in cases(made).items():
        client = clients.setdefault(seat.pk, client_of(seat))
        address = reverse(name.split(" ")[0], kwargs={"pk": case.pk})
        answer = client.get(address)
        if answer.status_code != 200:
            raise AssertionError(f"{name} answered {answer.status_code}")
        found[name] = (client, address)
        for side in sorted(set(SIDE.findall(answer.content.decode()))):
            found[f"{name} {side}"] = (client, f"{address}?side={side}")
    return found
