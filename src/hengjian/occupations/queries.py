"""Readings of the catalogue: an occupation on a date, a search, the standards that hold (R2, R3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from hengjian.kernel.disclosure import Disclosures, along_jurisdiction
from hengjian.kernel.words import say
from hengjian.occupations.models import Occupation, Standard


@dataclass(frozen=True)
class OccupationRow:
    id: int
    occupation_code: str
    name: str
    mark: str
    small_code: str
    small_name: str
    middle_name: str
    major_name: str
    edition: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class StandardRow:
    id: int
    kind: str
    kind_label: str
    occupation_code: str
    trade: str
    name: str
    edition: str
    document_number: str
    levels: str
    conditions: str
    issued_on: date
    replaced_on: date | None

    @property
    def citation(self) -> str:
        """As a batch pins it: the title with its edition."""
        return say("{name}（{edition}）", name=self.name, edition=self.edition)


DISCLOSED: Disclosures = along_jurisdiction(Occupation, Standard)


def small_class(occupation_code: str) -> str:
    """`6-31-01-03` → `6-31-01`: supervisors are competent for small classes."""
    return "-".join(occupation_code.split("-")[:3])


def occupation_on(occupation_code: str, day: date) -> OccupationRow | None:
    """The occupation as the catalogue had it on that day, or nothing."""
    found = _in_force(day).filter(code=occupation_code).order_by("-valid_from").first()
    return occupation_row(found) if found else None


def occupations_on(occupation_codes: set[str], day: date) -> dict[str, OccupationRow]:
    """The same for several codes in one reading."""
    rows = _in_force(day).filter(code__among=sorted(occupation_codes)).order_by("valid_from")
    return {row.code: occupation_row(row) for row in rows}


def classes_known(small_classes: set[str]) -> set[str]:
    """Of these small classes (`6-31-01`) those in which the catalogue has an occupation, of whatever edition."""
    codes = Occupation.objects.order_by("code").values_list("code", flat=True)
    return small_classes & {"-".join(code.split("-")[:3]) for code in codes} if small_classes else set()


def search(words: str, day: date, *, limit: int = 20) -> list[OccupationRow]:
    """Occupations in force whose code or name has every word."""
    rows = _in_force(day)
    for word in words.split():
        rows = rows.filter(Q(code__startswith=word) | Q(name__contains=word) | Q(small_name__contains=word))
    return [occupation_row(row) for row in rows.order_by("code")[:limit]]


def standards_of(occupation_code: str, *, trade: str | None = None, on: date | None = None) -> list[StandardRow]:
    """Every version, newest first; with `on` only those in force that day."""
    rows = Standard.objects.filter(occupation_code=occupation_code).order_by("trade", "-issued_on", "kind")
    if trade is not None:
        rows = rows.filter(trade=trade)
    if on is not None:
        rows = rows.filter(issued_on__lte=on).filter(Q(replaced_on__isnull=True) | Q(replaced_on__gt=on))
    return [_standard(row) for row in rows]


def standard_for(occupation_code: str, trade: str, level: str, day: date) -> StandardRow | None:
    """The one a batch follows: of the trade before that of the whole occupation, national before norm, newest first."""
    fitting = [
        row
        for row in standards_of(occupation_code, on=day)
        if level in row.levels and row.trade in (trade, "") and (row.trade == trade or not row.trade)
    ]
    fitting.sort(key=lambda row: (row.trade != trade, row.kind != Standard.Kind.NATIONAL, -row.issued_on.toordinal()))
    return fitting[0] if fitting else None


def _in_force(day: date) -> QuerySet[Occupation]:
    rows: QuerySet[Occupation] = Occupation.objects.filter(valid_from__lte=day)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def occupation_row(row: Occupation) -> OccupationRow:
    return OccupationRow(
        row.pk,
        row.code,
        row.name,
        row.mark,
        small_class(row.code),
        row.small_name,
        row.middle_name,
        row.major_name,
        row.edition,
        row.valid_from,
        row.valid_to,
    )


def _standard(row: Standard) -> StandardRow:
    return StandardRow(
        row.pk,
        row.kind,
        row.get_kind_display(),
        row.occupation_code,
        row.trade,
        row.title,
        row.version,
        row.document_number,
        row.levels,
        row.conditions,
        row.issued_on,
        row.replaced_on,
    )
