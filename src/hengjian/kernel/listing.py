"""A list as its domain declares it, once: whose rows, as which frozen rows, in which columns, searched, narrowed and sorted by what.

    PLANS = Listing("plans", "认定计划", PlanRow, rows=_plans, row=_plan, columns=[ListColumn("开考", "held_on", "held_on")], …)

The page, its CSV and its workbook, and `GET /api/plans` read this declaration; what it does not say, none of them does. The
database narrows, orders and pages: only the rows of one page become frozen rows. Declarations stand in `lists.py` of a domain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, Literal, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db.models import Count, Q, QuerySet

from hengjian.kernel import typed
from hengjian.kernel.actor import Actor
from hengjian.kernel.asking import Asking
from hengjian.kernel.restraint import Read
from hengjian.kernel.words import listed, say

R = TypeVar("R")
Options = Sequence[tuple[str, str]]
SIZES = (20, 50, 100)  # what a page offers; the first is taken where nobody chooses
MOST = 200  # rows of one page at most
EXPORTED = 50_000  # rows of one export at most
WORDS = 80  # characters of a search
Nothing = Literal["", "yet", "match", "desk"]
"""Why a list has no row: there is none yet; none is as asked for; none is ever disclosed to whoever asks. Empty where it has rows."""


@dataclass(frozen=True)
class ListColumn(Generic[R]):
    """`field` of the frozen row; sorted by the look-up `order`, or not at all."""

    label: str
    field: str
    order: str = ""
    numeric: bool = False
    text: Callable[[R], object] | None = None

    @property
    def sort(self) -> str:
        """Its word in `sort`: of a label what it is the label of."""
        return self.field.removesuffix("_label")

    def said(self, row: R) -> str:
        """What stands in an exported cell: days as `2026-09-19`, nothing as an empty cell."""
        value = getattr(row, self.field) if self.text is None else self.text(row)
        return (
            ""
            if value is None
            else value.isoformat()
            if isinstance(value, date)
            else value
            if isinstance(value, str)
            else str(value)
        )


@dataclass(frozen=True)
class Parameter:
    """A word of the address: what may be said there. Without options it is a day or the number of a case, by its `kind`."""

    name: str
    label: str
    kind: str = "choice"
    options: Options = ()

    def read(self, text: str) -> str | int | date:
        """Raises ValueError with what was expected."""
        if self.kind == "day":
            return typed.day(text)
        if self.kind == "case":
            return typed.whole(text, least=1, most=typed.KEY)
        if text not in dict(self.options):
            raise ValueError(say("应为其中之一：{options}", options=listed((value for value, _ in self.options), "、")))
        return text


@dataclass(frozen=True)
class Choice:
    """One of several: the look-up is filtered by the value chosen, or `narrow` does it for the day that is asked on."""

    name: str
    label: str
    options: Options | Callable[[], Options]
    lookup: str = ""
    narrow: Callable[[Any, str, date], Any] | None = None

    def parameters(self) -> tuple[Parameter, ...]:
        options = self.options() if callable(self.options) else self.options
        return (
            Parameter(
                self.name,
                self.label,
                options=tuple((value, label if isinstance(label, str) else str(label)) for value, label in options),
            ),
        )

    def narrowed(self, rows: Any, chosen: Mapping[str, Any], today: date) -> Any:
        value = chosen.get(self.name)
        if value is None:
            return rows
        return self.narrow(rows, value, today) if self.narrow else rows.filter(**{self.lookup: value})


@dataclass(frozen=True)
class Days:
    """From a day to a day of a column of days, both included: `{name}_from` and `{name}_until`."""

    name: str
    label: str
    lookup: str

    def parameters(self) -> tuple[Parameter, ...]:
        return (
            Parameter(f"{self.name}_from", say("{label}从", label=self.label), "day"),
            Parameter(f"{self.name}_until", say("{label}至", label=self.label), "day"),
        )

    def narrowed(self, rows: Any, chosen: Mapping[str, Any], today: date) -> Any:
        first, last = chosen.get(f"{self.name}_from"), chosen.get(f"{self.name}_until")
        if first is not None:
            rows = rows.filter(**{f"{self.lookup}__gte": first})
        return rows.filter(**{f"{self.lookup}__lte": last}) if last is not None else rows


@dataclass(frozen=True)
class Of:
    """Those of one case, by its number; a page is led there by a link."""

    name: str
    label: str
    lookup: str

    def parameters(self) -> tuple[Parameter, ...]:
        return (Parameter(self.name, self.label, "case"),)

    def narrowed(self, rows: Any, chosen: Mapping[str, Any], today: date) -> Any:
        value = chosen.get(self.name)
        return rows if value is None else rows.filter(**{self.lookup: value})


@dataclass(frozen=True)
class Listing(Generic[R]):
    """`rows` gives what is disclosed to whoever asks, with all that `row` needs; `row` makes the frozen row for that reader.

    `key` is the field by which its rows are told apart. `search` are look-ups, each word to be found in one of them, and
    `hint` says which. `order` are look-ups. `shown_to` says whose desk has this list at all; `public` lists are read by
    anybody, as often as that says. `more` are columns of a file alone: what a page shows as a small second line.
    """

    name: str
    title: str
    of: type[R]
    rows: Callable[[Asking[None]], QuerySet[Any]]
    row: Callable[[Asking[None], Any], R]
    key: str
    columns: Sequence[ListColumn[R]]
    search: Sequence[str] = ()
    hint: str = ""
    filters: Sequence[Choice | Days | Of] = ()
    order: Sequence[str] = ("-pk",)
    shown_to: Callable[[Actor], bool] = field(default=lambda actor: True)
    public: Read | None = None
    more: Sequence[ListColumn[R]] = ()

    def parameters(self) -> list[Parameter]:
        """What narrows the list, besides the words of a search."""
        return [parameter for each in self.filters for parameter in each.parameters()]

    def sorts(self) -> dict[str, str]:
        """`sort` → the look-up it orders by."""
        up = {column.sort: column.order for column in self.columns if column.order}
        return up | {f"-{name}": f"-{lookup}" for name, lookup in up.items()}


@dataclass(frozen=True)
class Wanted:
    """Which part of a list somebody asks for, as understood."""

    words: str = ""
    chosen: Mapping[str, str | int | date] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    size: int = SIZES[0]


@dataclass(frozen=True)
class Fault:
    """A word of the address that says nothing this list knows."""

    parameter: str
    sentence: str


def wanted(listing: Listing[Any], given: Mapping[str, str]) -> tuple[Wanted, list[Fault]]:
    """What an address asks for and what of it cannot be understood; an empty value asks for nothing."""
    known = {parameter.name: parameter for parameter in listing.parameters()}
    faults: list[Fault] = []
    chosen: dict[str, str | int | date] = {}
    numbers = {"page": 1, "size": SIZES[0]}
    words = sort = ""
    for name, text in given.items():
        value = text.strip()
        if not value:
            continue
        try:
            if name in known:
                chosen[name] = known[name].read(value)
            elif name in numbers:
                numbers[name] = typed.whole(value, least=1, most=MOST if name == "size" else typed.WHOLE)
            elif name == "sort":
                sort = _among(value, listing.sorts())
            elif name == "q" and listing.search:
                words = _short(typed.line(value))
            else:
                names = ["q"] if listing.search else []
                raise ValueError(
                    say("本列表没有这一项，可用：{names}", names=listed([*names, *known, "sort", *numbers], "、"))
                )
        except ValueError as error:
            faults.append(Fault(name, error.args[0]))
    return Wanted(words, chosen, sort, **numbers), faults


def _among(value: str, sorts: Mapping[str, str]) -> str:
    if value not in sorts:
        up = [name for name in sorts if not name.startswith("-")]
        raise ValueError(say("不能按它排序，可用：{names}；前加“-”为倒序", names=listed(up, "、")))
    return value


def _short(value: str) -> str:
    if len(value) > WORDS:
        raise ValueError(say("最多 {limit} 个字符", limit=WORDS))
    return value


def selected(listing: Listing[Any], asking: Asking[None], wish: Wanted) -> QuerySet[Any]:
    """All rows that are asked for, in their order; not yet read."""
    rows: Any = listing.rows(asking)
    for word in wish.words.split():
        any_of = Q()
        for lookup in listing.search:
            any_of |= Q(**{f"{lookup}__icontains": word})
        rows = rows.filter(any_of)
    for each in listing.filters:
        rows = each.narrowed(rows, wish.chosen, asking.today)
    order = (listing.sorts()[wish.sort],) if wish.sort else tuple(listing.order)
    ordered: QuerySet[Any] = rows.order_by(*order, "pk")
    return ordered


def tallied(listing: Listing[Any], asking: Asking[None], wish: Wanted, by: str) -> dict[Any, int]:
    """How many rows there are of what is asked for, by the value of a look-up; one statement."""
    rows = selected(listing, asking, wish).order_by()
    counted = QuerySet(rows.model).filter(pk__in=rows.values("pk")).order_by(by).values_list(by).annotate(n=Count("pk"))
    return dict(counted)


@dataclass(frozen=True)
class ListPart(Generic[R]):
    """One page of a list: its rows, how many there are in all, the number of the last page, why there are none."""

    rows: list[R]
    total: int
    last: int
    nothing: Nothing = ""


def part_of(listing: Listing[R], asking: Asking[None], wish: Wanted) -> ListPart[R]:
    """The page asked for; one behind the last has no rows."""
    rows = selected(listing, asking, wish)
    total = rows.count()
    first = (wish.page - 1) * wish.size
    found = rows[first : first + wish.size] if first < total else ()
    last = max(1, -(-total // wish.size))
    return ListPart(
        [listing.row(asking, row) for row in found], total, last, "" if total else why(listing, asking, wish)
    )


def reaches(listing: Listing[Any], asking: Asking[None]) -> bool:
    """Whether a row of this list can ever be disclosed to whoever asks. No statement is sent: where no dimension of
    theirs is one of the case, the query set is empty by itself."""
    try:
        listing.rows(asking).order_by().query.sql_with_params()
    except EmptyResultSet:
        return False
    return True


def why(listing: Listing[Any], asking: Asking[None], wish: Wanted) -> Nothing:
    """Why there is no row of what was asked for; at most one statement."""
    if not reaches(listing, asking):
        return "desk"
    narrowed = bool(wish.words or wish.chosen)
    return "match" if narrowed and listing.rows(asking).exists() else "yet"


def exported(listing: Listing[R], asking: Asking[None], wish: Wanted) -> Iterator[list[str]]:
    """The lines of an export: all pages one after the other."""
    for row in selected(listing, asking, wish)[:EXPORTED]:
        frozen = listing.row(asking, row)
        yield [column.said(frozen) for column in (*listing.columns, *listing.more)]
