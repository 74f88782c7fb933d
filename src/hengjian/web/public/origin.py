"""How a certificate came about as a time line, the same for the public and for the desk."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from hengjian.certificates.queries import how_it_came_about
from hengjian.kernel.words import listed
from hengjian.web.components import Entry, Link
from hengjian.web.parts import proof_of


def origin_of(certificate: int) -> tuple[list[Entry], int | None]:
    """The entries, each dated once, and where the issuing of the certificate stands in the log."""
    lines = how_it_came_about(certificate)
    entries: list[Entry] = []
    for line in lines:
        on = line.on.isoformat() if line.on else ""
        dated = (
            line.text if not on or on in line.text or f"{line.on:%m-%d}" in line.text else listed((on, line.text), " ")
        )
        entries.append(
            Entry(
                line.title,
                time=dated,
                proof=proof_of(line.index),
                link=Link(gettext("复算"), reverse("public_draw", kwargs={"code": line.draw})) if line.draw else None,
                tone="seal" if line.revokes else "",
            )
        )
    return entries, next((line.index for line in lines if line.issues), None)
