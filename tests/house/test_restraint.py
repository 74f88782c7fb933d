"""What is published as a rate is enforced: every such policy restrains something, and every door knows who asks."""

from __future__ import annotations

import pytest
from django.conf import settings

import hengjian.authorities.logging_in
import hengjian.certificates.checking
import hengjian.web.accounts
import hengjian.web.urls  # noqa: F401 - the library loads the adapter late; every restraint is declared at import
from hengjian.cli.index import lines
from hengjian.kernel.policy import catalogue
from hengjian.kernel.restraint import PERIODS, RESTRAINED, Restraint
from hengjian.results.policies import NOTICE_WORKING_DAYS


def test_every_rate_of_the_law_restrains_something() -> None:
    lines()

    rates = {key for key, text in catalogue().items() if text.unit.startswith("次/")}
    enforced = {restraint.limit.key for restraints in RESTRAINED.values() for restraint in restraints}
    assert rates
    assert not rates - enforced, f"published and enforced nowhere: {sorted(rates - enforced)}"


def test_a_rate_has_a_period_that_can_be_counted() -> None:
    odd = {key: text.unit for key, text in catalogue().items() if text.unit.startswith("次/")}
    assert set(odd.values()) <= set(PERIODS)
    with pytest.raises(TypeError):
        Restraint("address", NOTICE_WORKING_DAYS)


def test_the_asker_is_known_before_anything_else_answers() -> None:
    assert settings.MIDDLEWARE[0] == "hengjian.web.proxies.FromOutside"
