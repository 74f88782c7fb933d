"""One case with a great many children: objections, materials, sittings, roster rows, log entries … copied by one statement each.

`bench/_rows.py` lays many cases side by side; here one plan, one batch, one sheet, one filing, one institution and one
supervisor get more and more beneath them. The first of each is made by acts.
"""

from __future__ import annotations

import re
from typing import Any

from django.db import connection, models
from django.urls import reverse

from bench._rows import START, more_rows

NOW = "2026-09-30T10:00"
SIDE = re.compile(r'href="\?side=(\w+)"')


def first_family() -> Any:
    """A batch on notice with an objection, and one child of every kind under each case of the story; all by acts."""
    from tests.pages.stage import stage
    from tests.world import ELECTRICIAN

    from hengjian.kernel import clock
    from hengjian.occupations.models import Occupation
    from hengjian.personnel.acts.declare_recusal import declare_recusal

    made = stage(candidates=6).objected()
    with clock.at("2026-09-29T09:00"):
        declare_recusal(
            made.head, made.duty.supervisor, institution_id=made.institution.pk, ground="relative", note="亲属任职。"
        )
    made.filing = made.institution.filings.get()
    made.occupation = Occupation.objects.get(code=ELECTRICIAN)
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
    standard = Standard.objects.filter(occupation_code=made.occupation.code).order_by("pk")[0]
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
        (Standard, standard.pk, {"version": text}),
    )  # fmt: skip
    for model, pk, values in copies:
        more_rows(model, pk, {"id": own, **values}, first, end)
    entry = Entry.objects.order_by("-pk").exclude(pk__gte=START)[0]
    every = {(case._meta.db_table, case.pk): case for _, case in cases(made).values()}
    for place, case in enumerate(every.values()):
        table = f"'{case._meta.db_table}'"
        own = f"{START * (place + 1)} + n.i"
        values = {"id": own, "place": own, "idx": "NULL", "key": "NULL", "subject_table": table}
        more_rows(Entry, entry.pk, {**values, "subject_id": str(case.pk)}, first, end)


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
