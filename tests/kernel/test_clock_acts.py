"""What falls due is performed by the clock, one case at a time; a broken case does not hold the others up."""

import logging

import pytest

from hengjian.institutions.acts.decide_filing import expire_filing
from hengjian.institutions.models import Institution
from hengjian.institutions.states import InstitutionState
from hengjian.kernel import clock
from hengjian.kernel.clock_acts import DUE, due, perform_due
from tests.world import a_filed_institution

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]
AFTER = "2029-03-02T00:05"


@pytest.fixture
def only_expiry(monkeypatch):
    """Register `expire_filing` with another query, alone."""

    def registered(query):
        monkeypatch.setattr("hengjian.kernel.clock_acts.DUE", {})
        due(expire_filing, query)

    return registered


def test_expiry_is_registered_under_its_code():
    assert DUE["institutions.expire_filing"].act is expire_filing


def test_a_refused_case_is_logged_by_key_and_the_next_goes_on(only_expiry, caplog):
    early = a_filed_institution()
    with clock.at("2026-02-02T09:00"):
        over = a_filed_institution()
    only_expiry(lambda now: Institution.objects.order_by("-id"))
    with clock.at("2029-02-15T09:00"), caplog.at_level(logging.WARNING):
        assert perform_due() == 1
    early.refresh_from_db()
    over.refresh_from_db()
    assert (early.state, over.state) == (InstitutionState.FILED, InstitutionState.ENDED)
    assert f"institutions_institution#{early.pk}" in caplog.text and "institutions.validity_over" in caplog.text
    assert early.name not in caplog.text


def test_a_case_that_breaks_changes_nothing_and_the_next_goes_on(only_expiry, monkeypatch, caplog):
    first, second = a_filed_institution(), a_filed_institution()
    only_expiry(lambda now: Institution.objects.order_by("id"))
    from hengjian.kernel import ledger

    append, broken = ledger.append, [True]

    def sometimes(*args, **kwargs):
        if broken.pop() if broken else False:
            raise RuntimeError("disk is full")
        return append(*args, **kwargs)

    monkeypatch.setattr(ledger, "append", sometimes)
    with clock.at(AFTER):
        assert perform_due() == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (InstitutionState.FILED, InstitutionState.ENDED)
    assert "disk is full" in caplog.text


def test_a_given_moment_counts_and_not_the_clock(only_expiry):
    a_filed_institution()
    only_expiry(lambda now: Institution.objects.filter(valid_until__lt=now.date()).order_by("id"))
    assert perform_due() == 0
    with clock.at(AFTER):
        moment = clock.now()
    assert perform_due(moment) == 1
