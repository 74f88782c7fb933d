"""What the gallery shows: for every component its states, with plain invented values."""

from hengjian.web.specimens.cases import CASES
from hengjian.web.specimens.forms import FORM_PAGE, FORMS
from hengjian.web.specimens.lists import LISTS
from hengjian.web.specimens.pages import CASE, CHECK, QUEUE, shell_of
from hengjian.web.specimens.proofs import PROOFS
from hengjian.web.specimens.specimen import Specimen, Values

SPECIMENS: dict[str, list[Specimen]] = {**CASES, **LISTS, **FORMS, **PROOFS}

# Name → template and values of the whole pages.
PAGES: dict[str, tuple[str, Values]] = {
    "queue": ("gallery/queue.html", QUEUE),
    "case": ("gallery/case.html", CASE),
    "form": (
        "gallery/form.html",
        {**FORM_PAGE, "shell": shell_of("质量督导", "唐山市职业技能鉴定指导中心", "外部督导员", "林知远")},
    ),
    "check": ("gallery/check.html", CHECK),
}

__all__ = ["PAGES", "SPECIMENS", "Specimen"]
