"""A query that asks for no order gets a random one: code that leans on the order the database happens to give, fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models.expressions import OrderBy
from django.db.models.functions import Random
from django.db.models.sql.compiler import (
    SQLAggregateCompiler,
    SQLCompiler,
    SQLDeleteCompiler,
    SQLInsertCompiler,
    SQLUpdateCompiler,
)

OTHERS = (SQLAggregateCompiler, SQLDeleteCompiler, SQLInsertCompiler, SQLUpdateCompiler)


def _may_be_shuffled(query: Any) -> bool:
    # Where SQL forbids the extra term, or one row comes out anyway, order has no meaning to shuffle.
    return not (
        query.combinator
        or query.distinct
        or query.distinct_fields
        or query.group_by is not None
        or query.subquery
        or query.explain_info
        or getattr(query, "is_empty", lambda: False)()
        or any(alias.contains_aggregate for alias in query.annotation_select.values())
    )


@contextmanager
def shuffled_unless_ordered() -> Iterator[None]:
    ordinary = SQLCompiler._order_by_pairs  # type: ignore[attr-defined]

    def pairs(compiler: Any) -> Iterator[tuple[Any, bool]]:
        asked = list(ordinary(compiler))
        yield from asked
        if not asked and not isinstance(compiler, OTHERS) and _may_be_shuffled(compiler.query):
            yield OrderBy(Random()), False

    SQLCompiler._order_by_pairs = pairs  # type: ignore[attr-defined]
    try:
        yield
    finally:
        SQLCompiler._order_by_pairs = ordinary  # type: ignore[attr-defined]
