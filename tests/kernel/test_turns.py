"""Writers of one process take turns: first come, first served, nobody passed over, no turn lost on any way out."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from hengjian.kernel.backends.sqlite3.base import DatabaseWrapper
from hengjian.kernel.patience import Trouble, trouble_of
from hengjian.kernel.turns import Turns


def waiting(turns: Turns, number: int) -> None:
    while len(turns._waiting) < number:
        time.sleep(0.001)


def test_the_turn_goes_to_whoever_has_waited_longest() -> None:
    turns, served = Turns(), list[int]()
    assert turns.take(0)

    def writer(place: int) -> None:
        assert turns.take(10)
        served.append(place)
        turns.leave()

    writers = []
    for place in range(6):
        writers.append(threading.Thread(target=writer, args=(place,)))
        writers[-1].start()
        waiting(turns, place + 1)
    turns.leave()
    for thread in writers:
        thread.join(10)
    assert served == [0, 1, 2, 3, 4, 5]
    assert turns.take(0), "the turn is free again"


def test_who_has_waited_too_long_goes_and_holds_nobody_up() -> None:
    turns = Turns()
    assert turns.take(0)
    assert not turns.take(0.01)
    turns.leave()
    assert turns.take(0)


@pytest.fixture
def opened(tmp_path: Path, db: None) -> Iterator[Any]:
    """`opened()`: one more connection to the same file."""
    made: list[Any] = []

    def one() -> Any:
        options = {"transaction_mode": "IMMEDIATE", "timeout": 10, "init_command": "PRAGMA journal_mode=WAL"}
        settings = connection.settings_dict | {"NAME": str(tmp_path / "turns.sqlite3"), "OPTIONS": options}
        made.append(DatabaseWrapper(settings, "default"))
        made[-1].inc_thread_sharing()
        return made[-1]

    first = one()
    with first.cursor() as cursor:
        cursor.execute("CREATE TABLE django_session (n integer)")  # a table that is no case
        cursor.execute("INSERT INTO django_session VALUES (0)")
    yield one
    for wrapper in made:
        wrapper.close()


def number(wrapper: Any) -> int:
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT n FROM django_session")
        return int(cursor.fetchone()[0])


def one_more(wrapper: Any) -> None:
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT n FROM django_session")
        found = cursor.fetchone()[0]
        cursor.execute("UPDATE django_session SET n = %s", [found + 1])


def begin(wrapper: Any) -> None:
    wrapper.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def committed(wrapper: Any) -> None:
    wrapper.commit()
    wrapper.set_autocommit(True)


def test_six_threads_write_and_none_is_lost(opened: Any) -> None:
    def writer(wrapper: Any) -> None:
        for _ in range(30):
            begin(wrapper)
            one_more(wrapper)
            committed(wrapper)

    threads = [threading.Thread(target=writer, args=(opened(),)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert number(opened()) == 180


def test_the_turn_is_free_after_commit_rollback_a_closed_connection_and_a_lock_held_by_another_process(
    opened: Any,
) -> None:
    one, other = opened(), opened()
    other.wait_at_most(0.02)
    for ended in (one.commit, one.rollback, one.close):
        begin(one)
        one_more(one)
        with pytest.raises(OperationalError) as busy:
            begin(other)
        assert trouble_of(busy.value) is Trouble.BUSY
        ended()
        one.set_autocommit(True)
        begin(other)
        committed(other)
    # Another process is met at the database's own lock, and its waiting is refused like before.
    outside = one.get_new_connection(one.get_connection_params())
    outside.execute("BEGIN IMMEDIATE")
    for _ in range(2):
        with pytest.raises(OperationalError) as busy:
            begin(other)
        assert trouble_of(busy.value) is Trouble.BUSY
    outside.rollback()
    outside.close()
    begin(other)
    committed(other)


def test_what_the_turn_took_of_the_patience_is_not_waited_again(opened: Any) -> None:
    wrapper = opened()
    wrapper.wait_at_most(4.0)
    wrapper.ensure_connection()
    asked: list[str] = []
    wrapper.connection.set_trace_callback(asked.append)
    wrapper._begin_within(4.0, waited=3.0)
    assert asked == ["PRAGMA busy_timeout = 1000", "BEGIN IMMEDIATE", "PRAGMA busy_timeout = 4000"]
    wrapper.connection.rollback()
