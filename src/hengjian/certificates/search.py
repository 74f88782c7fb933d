"""Certificates as the search finds them: by the beginning of their number, and by whose they are."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from hengjian.certificates import identity
from hengjian.certificates.models import Certificate, EarlierCertificate, EarlierMark
from hengjian.certificates.queries import STANDINGS, standing
from hengjian.kernel import marks, typed
from hengjian.kernel.actor import Actor
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.finding import FOUND, Finder, Hit, number_in
from hengjian.kernel.words import listed
from hengjian.occupations.levels import level_title
from hengjian.rosters.codes import DOCUMENT
from hengjian.rosters.models import CandidateMark

LAST = "Z" * 22  # behind every number that begins alike: numbers are of digits and capitals


def _certificates(actor: Actor, words: str) -> list[Hit]:
    rows = disclosed(Certificate, actor).defer("name", "document_number")
    found = _found(rows, words, CandidateMark, by="score__candidate")
    return [_hit(row, reason, standing(row), STANDINGS[standing(row)]) for row, reason in found]


def _earlier(actor: Actor, words: str) -> list[Hit]:
    rows = disclosed(EarlierCertificate, actor).defer("name", "document_number")
    found = _found(rows, words, EarlierMark)
    return [_hit(row, reason, row.state, str(row.get_state_display())) for row, reason in found]


def _found(rows: QuerySet[Any], words: str, kept: type[Any], **by: str) -> list[tuple[Any, str]]:
    """By the number of the certificate, by the holder's number, by the holder's name (`kept`: its marks), with the reason."""
    found: list[tuple[Any, str]] = []
    number = number_in(typed.number_code(words))
    if number:
        found = [(row, "证书编号") for row in _numbered(rows, number)]
        indexes = [identity.document_index(kind, number) for kind in DOCUMENT.titles]
        holders = rows.filter(document_index__in=indexes).order_by("-pk")[: FOUND + 1]
        found += [(row, marks.REASONS["number"]) for row in holders]
    known = [row.pk for row, _ in found]
    return [*found, *marks.search(kept, rows.exclude(pk__in=known), words, FOUND + 1 - len(found), **by)]


def _numbered(rows: QuerySet[Any], number: str) -> QuerySet[Any]:
    """A range of the index, not a comparison with every number."""
    return rows.filter(number__gte=number, number__lte=number + LAST, number__startswith=number).order_by("number")[
        : FOUND + 1
    ]


def _hit(row: Any, reason: str, state: str, state_label: str) -> Hit:
    return Hit(
        row.pk,
        row.number,
        row.masked_name,
        listed((row.occupation_name, level_title(row.level), row.institution_name), " "),
        state,
        state_label,
        reason,
    )


EARLIER = Finder("earlier_certificates", "承接的证书", "证书编号或持证人", EarlierCertificate, _earlier)
CERTIFICATES = Finder("certificates", "证书", "证书编号", Certificate, _certificates)
