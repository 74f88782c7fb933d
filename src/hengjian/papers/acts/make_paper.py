"""The clock makes the files of issued papers, once the log has sealed the act that issued them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from hengjian.kernel import clock, stored_files
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.actor import BY_CLOCK, CLOCK
from hengjian.kernel.asking import Asking
from hengjian.kernel.clock_acts import due
from hengjian.kernel.prepared import Prepared
from hengjian.papers import making, rules
from hengjian.papers.facts import PaperMade
from hengjian.papers.models import Paper
from hengjian.papers.proofs import sealed_papers
from hengjian.papers.states import PaperState

AT_ONCE = 40  # a turn of the clock stays short; the rest follows at the next


@dataclass(frozen=True, kw_only=True)
class MadePaper(Prepared):
    """The signed file, made before the transaction."""

    made: making.Made


def make_it(asking: Asking[Paper]) -> MadePaper:
    return MadePaper(made=making.made(asking.subject))


@act(
    "papers.make_paper",
    Paper,
    by=BY_CLOCK,
    step=Step(PaperState.IN_FORCE),
    requires=[rules.not_made_yet, rules.its_issue_is_sealed],
    before=make_it,
    clause=rules.PAPERS,
)
def make_paper(doing: Doing[Paper]) -> PaperMade:
    """制作公文。

    The file is kept as it was signed; its digest stands in the register and in the log.
    """
    paper, prepared = doing.subject, doing.prepared
    stored_files.store(prepared.made.file)
    paper.made_at = doing.now
    paper.file_sha256, paper.unsigned_sha256 = prepared.made.sha256, prepared.made.unsigned_sha256
    return PaperMade(paper.number, prepared.made.sha256, prepared.made.unsigned_sha256, prepared.made.signed_by)


def _to_make(now: datetime) -> QuerySet[Paper]:
    waiting: QuerySet[Paper] = Paper.objects.filter(state=PaperState.IN_FORCE, made_at__isnull=True)
    if not waiting.exists() or making.hindrance():
        return waiting.none()
    return waiting.filter(pk__in=sealed_papers()).select_related("replaces").order_by("pk")[:AT_ONCE]


due(make_paper, _to_make)


def make_waiting() -> int:
    """Make all that can be made now, turn by turn; how many."""
    made = 0
    while waiting := list(_to_make(clock.now())):
        for paper in waiting:
            make_paper(CLOCK, paper)
        made += len(waiting)
    return made
