"""Who is told of an act: the header declares it, the settings name who writes the messages (`TELLER`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from hengjian.kernel.case import CaseModel
    from hengjian.kernel.doing import Doing


class Told(Protocol):
    """A declared message; what it is made of is the teller's matter."""

    @property
    def code(self) -> str: ...


@cache
def _teller() -> Callable[[Doing[Any], Sequence[CaseModel], Any, int], None]:
    found: Callable[[Doing[Any], Sequence[CaseModel], Any, int], None] = import_string(settings.TELLER)
    return found


def tell(doing: Doing[Any], rows: Sequence[CaseModel], fact: Any, entry: int) -> None:
    """Write what the act tells whom, in its transaction, behind its entry in the log."""
    _teller()(doing, rows, fact, entry)
