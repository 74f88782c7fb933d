"""A kill at any line leaves nothing half done; two people at once and a double click are one act."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from hengjian.authorities.acts.open_seat import end_seat, open_seat
from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel import sealer
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.models import Entry
from hengjian.kernel.refusal import Kind, Refused
from hengjian.kernel.verification import verify
from tests.ground import the_user
from tests.kernel.places import offices, seat
from tests.shared import ROOT

pytestmark = pytest.mark.django_db(transaction=True)


def _url() -> str:
    """The address of the database under test, for another process."""
    settings = connection.settings_dict
    if connection.vendor == "postgresql":
        return f"postgres://{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
    return f"sqlite:///{settings['NAME']}"


@contextmanager
def _another_process() -> Iterator[Callable[[str], tuple[int, str]]]:
    """A process of its own (`crash_child`) on the database under test: what is said to it → how that ended, and its answer."""
    environment = {
        **os.environ,
        "HENGJIAN_DATABASE_URL": _url(),
        "DJANGO_SETTINGS_MODULE": "hengjian.settings",
        "HENGJIAN_MODE": "test",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    arguments = [sys.executable, "-m", "tests.kernel.crash_child"]
    with subprocess.Popen(
        arguments, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        asked, answered = process.stdin, process.stdout
        assert asked is not None and answered is not None

        def ask(words: str) -> tuple[int, str]:
            asked.write(f"{words}\n")
            asked.flush()
            ended, said = json.loads(answered.readline())
            return ended, said

        try:
            yield ask
        finally:
            asked.close()


def test_killed_before_any_statement_nothing_is_half_done() -> None:
    office = offices()["13/1302/"]
    user = the_user("crash", "演示")
    with _another_process() as ask:

        def counts() -> tuple[int, ...]:
            ended, said = ask("counts")
            assert ended == 0, said
            return tuple(map(int, said.split()))

        step = undone = 0
        while True:
            step += 1
            ended, said = ask(f"{step} {user.pk} {office.pk}")
            if ended == 0:
                break
            assert ended == -signal.SIGKILL, said
            found = counts()
            assert found in ((0, 0, 0), (1, 1, 0)), f"half done when killed before statement {step}"
            undone += found == (0, 0, 0)
        assert undone >= 6  # key, user, office, row, entry, commitment, commit: each was cut off once
        assert counts() == (1, 1, 0)
        assert ask(f"10000 {user.pk} {office.pk}")[0] == 0  # the same click again, after the crash
        assert counts() == (1, 1, 0)


def _at_once(*works) -> list[object]:
    """Run in threads that start together; what each returned or was refused with."""
    barrier = threading.Barrier(len(works))
    answers: list[object] = [None] * len(works)

    def go(place: int, work) -> None:
        barrier.wait()
        try:
            answers[place] = work()
        except Refused as refused:
            answers[place] = refused.refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=item) for item in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.fixture
def a_city_with_people():
    office = offices()["13/1302/"]
    return seat(Role.CENTRE_REVIEWER, office), the_user("two", "演示"), office


def test_two_clerks_decide_at_once_and_one_is_told(a_city_with_people) -> None:
    held, _, _ = a_city_with_people
    answers = _at_once(
        lambda: end_seat(OPERATOR, Seat._base_manager.get(pk=held.pk), reason="甲，情况属实"),
        lambda: end_seat(OPERATOR, Seat._base_manager.get(pk=held.pk), reason="乙，情况属实"),
    )
    refused = [answer for answer in answers if getattr(answer, "kind", None) is Kind.RULE]
    assert len(refused) == 1, answers
    assert Entry.objects.filter(act="authorities.end_seat").count() == 1
    assert verify().differences == []


def test_a_double_click_at_the_same_moment_is_one_act(a_city_with_people) -> None:
    _, user, office = a_city_with_people

    def click() -> int:
        return open_seat.once("click")(OPERATOR, user_id=user.pk, role="centre_head", office_id=office.pk).pk

    first, second = _at_once(click, click)
    assert first == second
    assert Entry.objects.filter(act="authorities.open_seat", key__endswith=":click").count() == 1


def test_two_sealers_at_once_make_one_log(a_city_with_people) -> None:
    _at_once(sealer.seal, sealer.seal)
    assert verify().differences == []
    assert list(Entry.objects.order_by("idx").values_list("idx", flat=True)) == list(range(Entry.objects.count()))
