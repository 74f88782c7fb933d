"""Neither the number nor the text of a page's statements grows with the children of its case: two thousand of each kind.

Text that grows is an `IN (…)` or an `OR` per child, which ends in an error at a thousand; number that grows asks row by row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from bench._children import NOW, addresses, cases, first_family, more_children
from bench._rows import analysed
from django.db import connection

from hengjian.authorities import seating
from hengjian.kernel import clock
from hengjian.web.room import case_pages

FEW, MANY = 220, 2_000  # at the first, tables and the log are already cut into pages
ROWS = 150  # a page lists no more
NOTING = ("BEGIN", "SAVEPOINT", "RELEASE")  # once a minute a session notes that it is in use


def statements(client: Any, address: str, *, first: bool = False) -> tuple[list[str], int]:
    """The texts sent to the database, parameters left out, and how many table rows came back; a `first` visit fills what
    the process keeps, and is not counted."""
    texts: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if not sql.startswith(NOTING) and "django_session" not in sql:
            texts.append(sql)
        return execute(sql, *rest)

    if first:
        client.get(address)
    with connection.execute_wrapper(note):
        answer = client.get(address)
    return texts, answer.content.decode().count("<tr")


@pytest.mark.django_db(transaction=True)
def test_two_thousand_children_cost_a_page_no_further_statement(
    client_of: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    minute = int(seating.time.time())  # no session notes anew that it is in use
    monkeypatch.setattr(seating, "time", SimpleNamespace(time=lambda: minute))
    with clock.at(NOW):
        made = first_family()
        more_children(made, 1, FEW)
        analysed()
        pages = addresses(made, client_of)
        few = {name: statements(*asked, first=True)[0] for name, asked in pages.items()}
        more_children(made, FEW, MANY)
        analysed()
        faults = []
        for name, asked in pages.items():
            many, rows = statements(*asked)
            if len(many) != len(few[name]):
                more = [text[:120] for text in (Counter(many) - Counter(few[name]))]
                faults.append(f"{name}: {len(few[name])} statements became {len(many)}: {more}")
            elif [len(text) for text in sorted(many)] != [len(text) for text in sorted(few[name])]:
                faults.append(f"{name}: a statement's text grew")
            if rows > ROWS:
                faults.append(f"{name}: {rows} rows on one page")
    assert not faults, "\n".join(faults)


@pytest.mark.django_db
def test_every_page_of_a_case_is_among_them() -> None:
    made = first_family()
    seen = {type(case) for _, case in cases(made).values()}
    missing = {model.__name__ for model in case_pages() if model not in seen}
    # These have no children: one row, and its own log entries.
    assert missing <= {
        "Certificate",
        "Seat",
        "Waiver",
        "Standard",
        "CalendarYear",
        "Witness",
        "Account",
        "Assessor",
        "EarlierCertificate",
        "ApiToken",
        "Export",
        "Message",
        "Paper",
        "Takeover",
        "Registration",
    }, missing
