"""A case laid many times over: one institution with filing, plan, batch, sheet, certificate and log entry, again and again.

The first of each is performed by acts; the others are its copies, made by one statement per table, and one long batch is
on notice. Nothing is invented but numbers.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, models, transaction

START = 1_000_000  # keys of copies; rows made by acts stay far below
NOW = "2026-09-30T10:00"
API_LISTS = (
    "institutions", "filings", "plans", "rosters", "exams", "draws", "sheets", "objections", "certificates", "supervisors",
    "occupations", "tokens",
)  # fmt: skip


def first_case() -> Any:
    """A batch on notice, and beside it a certificate issued in spring and a filing that waits; all by acts."""
    from tests.pages.stage import stage
    from tests.world import MARCH, a_submitted_filing
    from tests.world_after import a_certified_sheet, some_people

    from hengjian.kernel import clock

    with clock.at(MARCH):
        a_certified_sheet(people=some_people(1))
    made = stage(candidates=6).on_notice()
    with clock.at("2026-09-20T09:00"):
        a_submitted_filing()
    return made


def copied(made: Any, first: int, end: int) -> None:
    """Copies `first` to `end` of everything, sealed into the log too."""
    from hengjian.certificates.models import Certificate
    from hengjian.institutions.models import Filing, Institution, ScopeItem
    from hengjian.kernel import sealer
    from hengjian.kernel.models import Entry
    from hengjian.plans.models import Batch, Plan
    from hengjian.results.models import ResultSheet, Score
    from hengjian.rosters.models import Candidate

    own = f"{START} + n.i"
    text = "CAST(100000 + n.i AS TEXT)"
    binary = f"CAST({text} AS BLOB)" if connection.vendor == "sqlite" else f"convert_to({text}, 'UTF8')"
    where = made.institution
    candidate = Candidate.objects.filter(batch=made.batch).order_by("-pk")[0]
    copies: tuple[tuple[type[models.Model], int, dict[str, str]], ...] = (
        (
            Institution,
            where.pk,
            {
                "name": f"'演示机械' || {text}", "uscc": f"'91130203MA' || {text} || 'XX'",
                "site_code": text, "filing_number": f"'YB' || {text}",
            },
        ),
        (ScopeItem, where.scope.order_by("pk")[0].pk, {"institution_id": own}),
        (Filing, Filing.objects.filter(state="submitted").order_by("pk")[0].pk, {"institution_id": own}),
        (Plan, made.plan.pk, {"institution_id": own, "number": f"'27' || {text}"}),
        (Batch, made.batch.pk, {"plan_id": own}),
        (ResultSheet, made.sheet.pk, {"batch_id": own}),
        (Candidate, candidate.pk, {"row": "1000 + n.i", "document_index": binary, "ticket_code_index": binary}),
        (Score, Score.objects.get(candidate=candidate).pk, {"candidate_id": own, "notice_place": "1000 + n.i"}),
        (
            Certificate,
            Certificate.objects.order_by("pk")[0].pk,
            {
                "number": f"'Y000013000001263' || {text}", "institution_id": own, "score_id": own,
                "document_index": binary,
            },
        ),
        (Entry, Entry.objects.order_by("-pk")[0].pk, {"idx": "NULL", "key": "NULL", "place": own}),
    )  # fmt: skip
    for model, pk, values in copies:
        more_rows(model, pk, {"id": own, **values}, first, end)
    sealer.seal()


def more_rows(model: type[models.Model], pk: int, values: dict[str, str], first: int, end: int) -> None:
    """Copies `first` to `end` of a row, without `end`, by one statement past the guard: load, not a case. `values` are SQL
    expressions in which `n.i` counts."""
    from hengjian.kernel import guard, guard_sql

    columns = [str(field.column) for field in model._meta.concrete_fields]
    table = model._meta.db_table
    taken = ", ".join(values.get(column, f'row_."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    statement = (
        f'INSERT INTO "{table}" ({names}) WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {end - 1}) '
        f'SELECT {taken} FROM "{table}" AS row_, n WHERE row_.id = {pk}'
    )
    with guard.opened("bench"), transaction.atomic(), connection.cursor() as cursor:
        guard_sql.name_the_act("bench.copied", None)
        cursor.execute(statement)
        guard_sql.disown()


def asked(made: Any) -> dict[str, tuple[Any, str]]:
    """Page → who asks for it, and its address."""
    from django.urls import reverse

    batch, sheet, code = made.batch.pk, made.sheet.pk, made.institution.filing_number
    reviewer, clerk = made.reviewer, made.clerk
    return {
        "desk of a reviewer": (reviewer, reverse("desk")),
        "what others have in hand": (reviewer, reverse("in_hand")),
        "desk of a clerk": (clerk, reverse("desk")),
        "institutions": (reviewer, reverse("institutions")),
        "filings": (reviewer, reverse("filings")),
        "plans": (reviewer, reverse("plans")),
        "rosters": (reviewer, reverse("rosters")),
        "candidates of a batch": (reviewer, reverse("roster", kwargs={"pk": batch})),
        "results": (reviewer, reverse("results")),
        "scores of a batch": (reviewer, reverse("result_sheet", kwargs={"pk": sheet})),
        "certificates": (reviewer, reverse("certificates")),
        "notices": (None, reverse("notices")),
        "one notice": (None, reverse("notice", kwargs={"pk": sheet})),
        "log": (None, reverse("log")),
        "register": (None, reverse("register")),
        **{f"api: {name}": (reviewer, f"/api/{name}") for name in API_LISTS},
        "api: register": (None, "/api/register"),
        "one of the register": (None, reverse("register_entry", kwargs={"number": code})),
    }


def queries_of(made: Any) -> dict[str, list[str]]:
    """The SQL statements each page needs now. A first visit, which may fill caches of the process, is not counted."""
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from hengjian.authorities.seating import CHOSEN
    from hengjian.kernel import clock

    clients: dict[Any, Client] = {}
    found = {}
    with clock.at(NOW):
        for name, (seat, address) in asked(made).items():
            client = clients.get(seat and seat.pk)
            if client is None:
                client = clients[seat and seat.pk] = Client()
                if seat is not None:
                    client.force_login(seat.user, backend="allauth.account.auth_backends.AuthenticationBackend")
                    session = client.session
                    session[CHOSEN] = seat.pk
                    session.save()
            for _ in range(2):
                with CaptureQueriesContext(connection) as captured:
                    answer = client.get(address)
                if answer.status_code != 200:
                    raise AssertionError(f"{name} answered {answer.status_code}")
            found[name] = [query["sql"] for query in captured.captured_queries]
    return found


def analysed() -> None:
    """What a database in use does by itself: the planner learns how many rows there are."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
