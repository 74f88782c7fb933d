"""What the gallery shows: for every component its states, with plain invented values."""

from hengjian.web.specimens.cases import CASES
from hengjian.web.specimens.forms import FORMS
from hengjian.web.specimens.lists import LISTS
from hengjian.web.specimens.pages import PAGES
from hengjian.web.specimens.proofs import PROOFS
from hengjian.web.specimens.specimen import Specimen

SPECIMENS: dict[str, list[Specimen]] = {**CASES, **LISTS, **FORMS, **PROOFS}

__all__ = ["PAGES", "SPECIMENS", "Specimen"]
