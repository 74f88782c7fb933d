"""The whole life of one batch, act by act: who did what by which clause, and where it stands in the log.

It uses the same stages as the province. A public lottery is the draw's beacon, typed by two persons.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from hengjian.authorities.acts.accounts import open_account
from hengjian.authorities.acts.open_seat import open_seat
from hengjian.authorities.acts.own_login import change_password
from hengjian.demo import ground, people
from hengjian.demo import province as demo_province
from hengjian.demo.candidates import candidates
from hengjian.demo.exams import STAGES, BatchLife
from hengjian.demo.filing import STAGES as FILING_STAGES
from hengjian.demo.filing import FilingLife, at
from hengjian.demo.province import ELECTRICIAN, HEAVY, TANGSHAN, YEAR_BEGAN, Builder
from hengjian.institutions.acts.open_institution_seat import open_institution_seat
from hengjian.kernel import clock, sealer
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.ledger import opened
from hengjian.kernel.models import Entry
from hengjian.kernel.words import say
from hengjian.personnel.acts.open_supervisor_seat import open_supervisor_seat

FILED_ON, PLANNED_ON = date(2026, 2, 2), date(2026, 3, 16)
LOTTERY = "3.8.12.19.25.33./7./"
# Seats are opened when somebody is first needed; that is the stage hand's work and no part of the story.
STAGE_HANDS = frozenset(
    hand.header.code for hand in (open_account, change_password, open_seat, open_institution_seat, open_supervisor_seat)
)


@dataclass(frozen=True)
class Told:
    """One act of the story."""

    index: int
    at: datetime
    code: str
    title: str
    who: str
    clause: str
    said: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "at": self.at.isoformat()}

    def line(self) -> str:
        when = self.at.astimezone(clock.ZONE).strftime("%m-%d %H:%M")
        line = say(
            "{index:>4}  {when}  {title}  {code}  ·{who}",
            index=self.index,
            when=when,
            title=self.title,
            code=self.code,
            who=self.who,
        )
        return say("{line}  依据 {clause}", line=line, clause=self.clause) if self.clause else line


def play() -> Iterator[Told]:
    """Set the stage, then yield each act once it is in the log."""
    builder = Builder(lambda line: None)
    with clock.at(at(YEAR_BEGAN, 8)):
        ground.lay()
        demo_province.publish_norms(builder)
    office = builder.office(TANGSHAN)
    names = [(people.invented(200 + place), demo_province.COMMON) for place in range(4)]
    builder.supervisors(office, names)
    seen = Entry.objects.order_by("-id").values_list("pk", flat=True).first() or 0
    for stage in _stages(builder):
        stage()
        sealer.seal()
        for entry in Entry.objects.filter(pk__gt=seen).order_by("pk"):
            seen = entry.pk
            if entry.act not in STAGE_HANDS:
                yield _told(entry)


def _stages(builder: Builder) -> Iterator[Any]:
    filing = FilingLife(builder.seats, HEAVY, 1, FILED_ON)
    for name in FILING_STAGES:
        yield getattr(filing, name)
    exam = BatchLife(
        builder.seats,
        filing.institution,
        ELECTRICIAN,
        "4",
        candidates(0, 60),
        PLANNED_ON,
        "2026 年第一期电工认定",
        lottery=LOTTERY,
    )
    for name in STAGES:
        yield partial(exam.perform, name)


def _told(entry: Entry) -> Told:
    recorded = opened(entry)
    header = catalogue()[entry.act].header
    clause = header.clause or next((policy.text.citation for policy in header.cites), "")
    said = asdict(recorded.fact) if recorded.fact is not None else {}
    assert entry.idx is not None
    return Told(entry.idx, entry.at, entry.act, header.title, recorded.who, clause, said)
