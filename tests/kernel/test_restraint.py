"""How often is part of the declaration: counted in the database, for the whole period, on every channel, without a trace."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from hengjian.certificates import checking
from hengjian.certificates.policies import BATCH_CHECKS, PUBLIC_QUERIES
from hengjian.kernel import restraint
from hengjian.kernel.actor import PUBLIC
from hengjian.kernel.asker import asked_from, network_of
from hengjian.kernel.models import RestraintCount
from hengjian.kernel.refusal import Kind, Refused
from hengjian.kernel.restraint import Read, Restraint, Tally, restrain, standing, sweep

pytestmark = pytest.mark.django_db

A_MINUTE = Read("tests.query", "查询", (Restraint("address", PUBLIC_QUERIES),))
AN_HOUR = Read("tests.batch", "核验", (Restraint("address", BATCH_CHECKS),))
MOST = 20
HERE, THERE = "192.0.2.7", "198.51.100.4"


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[float], None]]:
    """`moment(seconds)`: so long after the start; the start lies well within a day."""
    start = 1_780_000_000.0
    now = [start]
    monkeypatch.setattr(restraint, "_time", lambda: now[0])
    yield lambda seconds: now.__setitem__(0, start + seconds)


def passed(read: Read, times: int, address: str = HERE) -> int:
    """How many of so many times pass."""
    count = 0
    with asked_from(address):
        for _ in range(times):
            try:
                restrain(read)
            except Refused as refused:
                assert refused.refusal.kind is Kind.RESTRAINT
            else:
                count += 1
    return count


def test_the_published_number_passes_and_not_one_more(moment: Callable[[float], None]) -> None:
    assert passed(A_MINUTE, 50) == MOST
    assert passed(A_MINUTE, 50, THERE) == MOST


def test_the_whole_period_counts_not_five_minutes_of_it(moment: Callable[[float], None]) -> None:
    assert passed(AN_HOUR, 50) == MOST
    for minute in (5, 30, 59):
        moment(minute * 60)
        assert passed(AN_HOUR, 50) == 0, minute
    moment(66 * 60)
    assert passed(AN_HOUR, 50) == MOST


@pytest.mark.parametrize("offset", range(0, 61, 7))
def test_no_period_of_that_length_holds_more_wherever_it_begins(offset: int, moment: Callable[[float], None]) -> None:
    times: list[float] = []
    for second in range(0, 180, 3):
        moment(offset + second)
        times += [second] * passed(A_MINUTE, 5)
    assert len(times) > MOST
    assert all(sum(start <= time < start + 60 for time in times) <= MOST for start in range(180))


def test_midnight_forgives_nothing(moment: Callable[[float], None], monkeypatch: pytest.MonkeyPatch) -> None:
    midnight = 1_779_984_000.0 + 57_600  # 00:00 in Shanghai, when the key of the hash changes
    monkeypatch.setattr(restraint, "_time", lambda: midnight - 5)
    assert passed(A_MINUTE, 50) == MOST
    monkeypatch.setattr(restraint, "_time", lambda: midnight + 5)
    assert passed(A_MINUTE, 50) == 0


def test_who_comes_again_when_told_is_heard(moment: Callable[[float], None]) -> None:
    passed(AN_HOUR, MOST)
    with asked_from(HERE) as asker, pytest.raises(Refused) as refused:
        restrain(AN_HOUR)
    assert 0 < asker.wait <= 3900
    assert "每小时最多核验 20 次" in refused.value.refusal.sentence
    assert refused.value.refusal.policy == BATCH_CHECKS.key
    moment(asker.wait)
    assert passed(AN_HOUR, 1) == 1


def test_a_refused_time_does_not_prolong_the_waiting(moment: Callable[[float], None]) -> None:
    passed(AN_HOUR, MOST)
    for minute in range(0, 60, 5):
        moment(minute * 60)
        passed(AN_HOUR, 30)
    moment(66 * 60)
    assert passed(AN_HOUR, 1) == 1


def test_asking_whether_does_not_count(moment: Callable[[float], None]) -> None:
    with asked_from(HERE):
        assert all(standing(A_MINUTE, PUBLIC) is None for _ in range(50))
        for _ in range(MOST):
            restrain(A_MINUTE)
        found = standing(A_MINUTE, PUBLIC)
    assert found is not None and found.kind is Kind.RESTRAINT


def test_nothing_kept_names_the_asker_and_all_of_it_goes(moment: Callable[[float], None]) -> None:
    passed(A_MINUTE, 3)
    rows = list(RestraintCount.objects.order_by("pk").values_list())
    assert rows
    assert HERE not in repr(rows) and HERE.encode().hex() not in repr(rows)
    assert sweep() == 0
    moment(200)
    assert sweep() == len(rows) and not RestraintCount.objects.exists()


def test_the_same_address_has_another_hash_the_next_day(moment: Callable[[float], None]) -> None:
    passed(A_MINUTE, 1)
    moment(86_400)
    passed(A_MINUTE, 1)
    assert RestraintCount.objects.values("key").distinct().order_by("key").count() == 2


def test_a_whole_ipv6_network_is_one_asker() -> None:
    assert network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2::9") == "2001:db8:1:2::/64"
    assert network_of("2001:db8:1:3::9") != network_of("2001:db8:1:2::9")
    assert network_of("::ffff:192.0.2.7") == HERE


def test_a_job_of_the_house_itself_has_no_address_to_count() -> None:
    for _ in range(MOST + 5):
        restrain(A_MINUTE)


def test_misses_are_told_many_at_once(moment: Callable[[float], None]) -> None:
    tally = Tally("tests.miss", checking.MISSES.limit)
    tally.note("a", "a", "b")
    assert tally.noted(["a", "b", "c"]) == {"a": 2, "b": 1, "c": 0}
    tally.forget("a")
    assert tally.noted(["a"]) == {"a": 0}
