"""How a certificate came about as a time line, the same for the public and for the desk."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from hengjian.certificates.queries import how_it_came_about


def origin_of(certificate: int) -> tuple[list[dict[str, Any]], int | None]:
    """The entries, each dated once, and where the issuing of the certificate stands in the log."""
    lines = how_it_came_about(certificate)
    entries: list[dict[str, Any]] = []
    for line in lines:
        on = line.on.isoformat() if line.on else ""
        dated = line.text if not on or on in line.text or f"{line.on:%m-%d}" in line.text else f"{on} {line.text}"
        entry: dict[str, Any] = {"act": line.title, "time": dated}
        if line.index is not None:
            href = reverse("log_entry", kwargs={"index": line.index})
            entry["proof"] = {"index": line.index, "href": href, "verified": True}
        if line.revokes:
            entry["tone"] = "seal"
        if line.draw:
            entry["link"] = {"label": gettext("复算"), "href": reverse("public_draw", kwargs={"code": line.draw})}
        entries.append(entry)
    return entries, next((line.index for line in lines if line.issues), None)
