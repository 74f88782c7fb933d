"""A date column takes dates: a moment given to it would lose its hours in silence. The reverse, a bare date given to a
moment column, is a naive moment, which Django warns of and the suite turns into an error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db.models import DateField


class MomentInDateColumn(TypeError):
    pass


@contextmanager
def dates_stay_dates() -> Iterator[None]:
    ordinary = DateField.get_prep_value

    def get_prep_value(field: Any, value: Any) -> Any:
        if type(field) is DateField and isinstance(value, datetime):
            raise MomentInDateColumn(f"{field} was given a moment: {value.isoformat()}")
        return ordinary(field, value)

    DateField.get_prep_value = get_prep_value  # type: ignore[method-assign]
    try:
        yield
    finally:
        DateField.get_prep_value = ordinary  # type: ignore[method-assign]
