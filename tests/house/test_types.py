"""The types carry the header: mypy rejects a wrong subject, a missing argument, a misspelt one, a wrong kind of value."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

from tests.shared import ROOT

SNIPPET = """
from hengjian.authorities.acts.open_seat import end_seat, open_seat
from hengjian.authorities.facts import SeatEnded
from hengjian.authorities.models import Office, Seat
from hengjian.kernel.act import Doing, Step, act, creates
from hengjian.kernel.actor import BY_OPERATOR
from hengjian.kernel.asking import Asking
from hengjian.kernel.prepared import Prepared
from hengjian.kernel.refusal import Refusal, refuse
from hengjian.kernel.rule import rule
from hengjian.plans.models import Plan
from hengjian.plans.states import PlanState
from hengjian.web.components import Button, Card, Cell, Chip, Go, Head, Table, columns

def f(seat: Seat, office: Office) -> None:
    end_seat(seat, seat, reason="x，情况属实")
    end_seat(seat, office, reason="x，情况属实")  # wrong subject
    end_seat(seat, seat)  # missing
    end_seat(seat, seat, reasons="x")  # misspelt
    open_seat(seat, user_id="1", role="x")  # wrong type

@rule("x.seat", clause="x")
def about_a_seat(asking: Asking[Seat]) -> tuple[str, str] | None: ...

@rule("x.office", clause="x")
def about_an_office(asking: Asking[Office]) -> tuple[str, str] | None: ...

@rule("x.opening", clause="x")
def about_nothing_yet(asking: Asking[None]) -> tuple[str, str] | None: ...

@rule("x.any", clause="x")
def about_anything(asking: Asking[object]) -> tuple[str, str] | None: ...

@rule("x.bare", clause="x")  # a sentence without its remedy
def bare(asking: Asking[Seat]) -> str | None: ...

refuse("x.y", "z", clause="x")  # no remedy either
Refusal("x.y", "z")  # nor here

def ready(asking: Asking[Office], *, reason: str) -> Prepared:
    return Prepared()

fits = act("x.fits", Seat, by=BY_OPERATOR, requires=[about_a_seat, about_anything], ensures=[about_a_seat])
stranger = act("x.stranger", Seat, by=BY_OPERATOR, requires=[about_an_office])  # a rule about another case
after = act("x.after", Seat, by=BY_OPERATOR, ensures=[about_an_office])  # the same, of what is left behind
opens = creates("x.opens", Seat, by=BY_OPERATOR, requires=[about_nothing_yet, about_anything])
early = creates("x.early", Seat, by=BY_OPERATOR, requires=[about_a_seat])  # there is no seat yet
moved = act("x.moved", Plan, by=BY_OPERATOR, step=Step(PlanState.DRAFT, to=PlanState.SUBMITTED))
lost = act("x.lost", Plan, by=BY_OPERATOR, step=Step(PlanState.DRAFT, to=PlanState.LOST))  # no such state
numbered = act("x.numbered", Plan, by=BY_OPERATOR, step=Step(1))  # no state at all
slow = act("x.slow", Seat, by=BY_OPERATOR, before=ready)  # prepares for another case

@act("x.forgets", Seat, by=BY_OPERATOR)  # its body returns no fact
def forgets(doing: Doing[Seat]) -> None: ...

@act("x.foreign", Seat, by=BY_OPERATOR)  # its body is about another case
def foreign(doing: Doing[Office]) -> SeatEnded:
    raise NotImplementedError

@creates("x.none", Seat, by=BY_OPERATOR)
def none(doing: Doing[None]) -> tuple[Seat, SeatEnded]:
    return doing.subject.pk, None  # there is no subject

def body(asking: Asking[Seat]) -> None:
    asking.subject.place_nam  # misspelt field
    asking.create(Seat)  # asking cannot write

def page(seat: Seat) -> Head:
    Card("x", table=Table(columns("x"), [[Cell("y", note="z"), "y"]]), chips=[Chip("x", "good")])
    Card(titel="x")  # misspelt field of a component
    Cell("x", bold=True)  # no such dress
    Chip("x", "green")  # no such tone
    Card("x", chips=[{"label": "x"}])  # a dictionary for a component
    Table(columns("x"), [["y", seat]])  # a model in a cell
    Button("x", "x.fits", why="y")  # no such field
    Button("x", href="/do/x.fits/")  # without its act
    Go("x", href="/x/")
    Go("x", "x.fits", refusal=None)  # what only leads somewhere is refused nothing
    shown = Card("x")
    shown.title = "y"  # a component is frozen
    return Card("x")  # another component
"""


def test_mypy_refuses_what_the_header_does_not_say(tmp_path: Path) -> None:
    file = tmp_path / "snippet.py"
    file.write_text(textwrap.dedent(SNIPPET))
    cache = tmp_path / "cache"
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", "--cache-dir", str(cache), str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    errors = [line for line in run.stdout.splitlines() if "snippet.py" in line and ": error:" in line]
    said_wrong = [n for n, line in enumerate(SNIPPET.splitlines(), 1) if "  # " in line]
    assert sorted({int(line.split(":")[1]) for line in errors}) == said_wrong, run.stdout + run.stderr
