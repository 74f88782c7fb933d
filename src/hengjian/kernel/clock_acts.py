"""Clock acts: what falls due is performed by the clock, through the same runner, one case at a time.

    due(expire_filing, lambda now: Institution.objects.filter(valid_until__lt=now.date()))

`perform_due` is called by the worker and by `hengjian tick`. A case that is refused or fails is written to the program's
log by its table and key, nothing else; the next case goes on, so one broken case never holds the others up.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from hengjian.kernel import clock, restraint
from hengjian.kernel.act import Act
from hengjian.kernel.actor import CLOCK
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.broken import Broken, alarm
from hengjian.kernel.case import CaseModel
from hengjian.kernel.refusal import Refused

log = logging.getLogger("hengjian.clock_acts")
S = TypeVar("S", bound=CaseModel)


@dataclass(frozen=True)
class DueAct:
    """An act of the clock and the cases it is due for at a moment."""

    act: Act[Any, Any, Any]
    query: Callable[[datetime], Iterable[CaseModel]]


DUE: dict[str, DueAct] = {}


def due(act: Act[S, [], Any], query: Callable[[datetime], Iterable[S]]) -> None:
    """Register an act without arguments; in the acts module, below the act."""
    DUE[act.header.code] = DueAct(act, query)


def perform_due(now: datetime | None = None) -> int:
    """Perform every act that is due at `now` (default: this moment); how many were performed."""
    catalogue()
    performed = 0
    with clock.at(now or clock.now()):
        moment = clock.now()
        for entry in list(DUE.values()):
            for subject in list(entry.query(moment)):
                performed += _perform(entry.act, subject)
    restraint.sweep()
    return performed


def _perform(act: Act[Any, Any, Any], subject: CaseModel) -> int:
    place = f"{subject._meta.db_table}#{subject.pk}"
    try:
        act(CLOCK, subject)
    except Refused as refused:
        log.warning("%s refused for %s: %s", act.header.code, place, refused.refusal.code)
        return 0
    except Broken as broken:
        alarm(broken)
        return 0
    except Exception:
        log.exception("%s failed for %s", act.header.code, place)
        return 0
    return 1
