"""Every value the house counts as applied decides something: with another value another thing would have come out.

A value that is read and thrown away, or cited and never read, is found here by its key.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pytest
from django.db import transaction

from hengjian.cli.index import lines
from hengjian.kernel.policy import catalogue, is_applied
from tests.law import course, of_messages, values, worked
from tests.law.outcome import Probe, decided_by

pytestmark = pytest.mark.django_db


def applied() -> set[str]:
    lines()
    return {key for key in catalogue() if is_applied(key)}


def probes() -> Iterator[Probe]:
    """Worked cases first: what they show need not be performed."""
    yield from chain(worked.of_rules(), worked.of_checks(), worked.of_samples(), worked.of_restraints())
    yield from values.of_values()
    yield from of_messages.of_messages()
    yield from course.course()


@pytest.fixture(scope="module")
def shown(django_db_setup, django_db_blocker):
    """Key → the probe that shows it and the other value."""
    found: dict[str, tuple[str, object]] = {}
    with django_db_blocker.unblock(), transaction.atomic():
        for probe in probes():
            for key, other in decided_by(probe, sorted(set(probe.keys) - set(found))).items():
                found[key] = (probe.title, other)
        transaction.set_rollback(True)
    return found


def test_another_value_changes_the_outcome(shown):
    silent = sorted(applied() - set(shown))
    assert not silent, f"{len(silent)} values are read, or cited, and change nothing: {silent}"
