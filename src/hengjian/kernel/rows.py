"""What a query gives as frozen rows, read only as far as somebody asks: its length is a count, a part of it is a part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

from django.db.models import QuerySet

R = TypeVar("R")


class Rows(Sequence[R], Generic[R]):
    """`Rows(query, as_row)`: an ordered query and how one of its models becomes a row. Decrypting ten thousand names to
    show fifty is what this avoids."""

    def __init__(self, query: QuerySet[Any], row: Callable[[Any], R]) -> None:
        self.query, self._row = query, row
        self._length: int | None = None

    def __len__(self) -> int:
        if self._length is None:
            self._length = int(self.query.count())
        return self._length

    def __iter__(self) -> Iterator[R]:
        return (self._row(found) for found in self.query)

    @overload
    def __getitem__(self, place: int) -> R: ...
    @overload
    def __getitem__(self, place: slice) -> list[R]: ...
    def __getitem__(self, place: int | slice) -> R | list[R]:
        if isinstance(place, slice):
            return [self._row(found) for found in self.query[place]]
        return self._row(self.query[place])

    def narrowed(self, **conditions: Any) -> Rows[R]:
        """Those of them that meet the conditions."""
        return Rows(self.query.filter(**conditions), self._row)
