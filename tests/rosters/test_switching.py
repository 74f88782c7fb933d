"""Switching of severity: the shared lot sequences, and each sentence of clauses 9.3 and 9.4."""

from __future__ import annotations

import json
from datetime import date

import pytest

from hengjian.kernel.law import National
from hengjian.rosters.sampling.plans import Plan, Severity, cell_of
from hengjian.rosters.sampling.switching import Correction, Lot, Rules, Standing, State, course, standing, step
from tests.shared import shared

RULES = Rules.of(National(date(2026, 11, 1)), reduced_agreed=True)
EDITION = "GB/T 2828.1-2012"
YES, NO = Lot(accepted=True), Lot(accepted=False)
NAMES = {"discontinued": State.EVERYTHING}


def _plan(letter: str, aql: float, severity: Severity) -> Plan:
    cell = cell_of(letter, str(aql), severity, EDITION)
    return Plan(
        lot=10_000,
        level="II",
        aql=str(aql),
        severity=severity,
        letter=letter,
        plan_letter=cell.plan_letter,
        size=cell.n,
        accept=cell.accept,
        refuse=cell.refuse,
        everything=False,
        edition=EDITION,
        table=cell.table,
    )


@pytest.mark.parametrize("number", range(8))
def test_a_shared_sequence_of_lots_switches_as_derived(number: int) -> None:
    sequence = json.loads(shared("vectors/aql_switching.json").read_text(encoding="utf-8"))["cases"][number]
    rules = Rules(RULES.refused, RULES.within, RULES.accepted, RULES.discontinue, RULES.score, reduced=True)
    now = Standing()
    for row in sequence["rows"]:
        bad, before, size_and_accept, after = row[0], row[1], row[2], row[-1]
        assert now.state == NAMES.get(before, before)
        if size_and_accept is None:
            now = step(now, YES, rules)
        else:
            plan = _plan(sequence["letter"], sequence["aql"], Severity(before))
            assert [plan.size, plan.accept] == size_and_accept
            assert plan.accepts(bad) == (row[3] == "accept")
            now = step(now, Lot.of(plan, bad), rules)
            if now.state in (State.NORMAL, State.REDUCED):
                assert now.score == row[4]
        assert now.state == NAMES.get(after, after)


def test_two_refusals_among_five_lots_tighten() -> None:
    assert standing([NO, YES, YES, YES, NO], RULES).state is State.TIGHTENED
    assert standing([NO, YES, YES, YES, YES, NO], RULES).state is State.NORMAL
    assert standing([NO, NO], RULES).state is State.TIGHTENED


def test_five_acceptances_in_a_row_bring_normal_inspection_back() -> None:
    assert standing([NO, NO, YES, YES, YES, YES], RULES).state is State.TIGHTENED
    assert standing([NO, NO, YES, YES, YES, YES, YES], RULES).state is State.NORMAL
    assert standing([NO, NO, YES, YES, NO, YES, YES, YES], RULES).state is State.TIGHTENED


def test_refusals_before_tightening_do_not_count_towards_discontinuing() -> None:
    assert standing([NO, NO, *[NO] * 4], RULES).state is State.TIGHTENED
    assert standing([NO, NO, *[NO] * 5], RULES).state is State.EVERYTHING


def test_sampling_resumes_tightened_once_the_correction_is_accepted() -> None:
    stopped = [NO] * 7
    assert standing([*stopped, YES, YES, YES, YES, YES, YES], RULES).state is State.EVERYTHING
    assert standing([*stopped, Correction()], RULES) == Standing(State.TIGHTENED)
    assert standing([Correction()], RULES).state is State.NORMAL


def test_a_resubmitted_lot_never_counts() -> None:
    again = Lot(accepted=False, resubmitted=True)
    assert standing([NO, again, again], RULES).state is State.NORMAL


def test_reduced_inspection_is_off_however_many_lots_are_accepted() -> None:
    assert not RULES.reduced
    assert not Rules.of(National(date(2026, 11, 1)), reduced_agreed=True).reduced, "the policy forbids it"
    assert standing([YES] * 100, RULES).state is State.NORMAL


def test_the_state_is_recomputed_from_the_results_alone() -> None:
    events = [NO, YES, NO, YES, NO, NO, NO, NO, NO, Correction(), YES, YES, YES, YES, YES, NO]
    states = list(course(events, RULES))
    assert states[-1] == standing(events, RULES)
    assert [s.state.value for s in states] == [
        *["normal"] * 2,
        *["tightened"] * 6,
        "everything",
        *["tightened"] * 5,
        *["normal"] * 2,
    ]


def test_an_entrusted_stream_starts_tightened() -> None:
    assert standing([YES] * 4, RULES, State.TIGHTENED).state is State.TIGHTENED
    assert standing([YES] * 5, RULES, State.TIGHTENED).state is State.NORMAL
