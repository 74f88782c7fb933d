"""What was taken out of the house as a file: which list, narrowed by what, how many rows, what for. Recorded by an act."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import parse_qsl

from django.db import models

from hengjian.authorities.models import Seat
from hengjian.kernel.case import CaseModel
from hengjian.kernel.listing import Fault, Listing, Wanted, wanted
from hengjian.kernel.listing_catalogue import listings
from hengjian.kernel.sealed import EncryptedTextField
from hengjian.kernel.words import say


class Export(CaseModel):
    """One file of one list, by one seat. `asked` is what the address of the list said; it may hold a name."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="exports")
    listing = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    asked = EncryptedTextField(default=b"")
    narrowed = models.CharField(max_length=400)
    rows = models.PositiveIntegerField()
    form = models.CharField(max_length=4, choices=[("csv", "CSV"), ("xlsx", "Excel")])
    purpose = models.TextField()
    at = models.DateTimeField()

    jurisdiction: ClassVar[dict[str, str]] = {"seat_number": "seat_id", "seats": "seat__area_path"}

    class Meta:
        ordering: ClassVar[Any] = ["-id"]
        constraints: ClassVar[Any] = [
            models.CheckConstraint(
                condition=~models.Q(purpose="") & models.Q(form__in=["csv", "xlsx"]), name="export_says_what_for"
            )
        ]

    def __str__(self) -> str:
        return say("导出{title}", title=self.title)


def understood(name: str, asked: str) -> tuple[Listing[Any] | None, Wanted, list[Fault]]:
    """The list of that name, what of it is asked for and what cannot be understood."""
    listing = listings().get(name)
    if listing is None:
        return None, Wanted(), []
    wish, faults = wanted(listing, dict(parse_qsl(asked)))
    return listing, wish, faults
