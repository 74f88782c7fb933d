"""A kill at any line leaves nothing half done; two people at once and a double click are one act."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

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


_COUNTS = """
import django; django.setup()
from hengjian.authorities.models import Seat
from hengjian.kernel.models import Entry
from hengjian.kernel.verification import verify
print(Seat.objects.filter(role="auditor").count(), Entry.objects.filter(act="authorities.open_seat").count(), len(verify().differences))
"""


def test_killed_before_any_statement_nothing_is_half_done() -> None:
    office = offices()["13/1302/"]
    user = the_user("crash", "演示")
    environment = {
        **os.environ,
        "HENGJIAN_DATABASE_URL": _url(),
        "DJANGO_SETTINGS_MODULE": "hengjian.settings",
        "HENGJIAN_MODE": "test",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }

    def child(step: int) -> subprocess.CompletedProcess[str]:
        arguments = [sys.executable, "-m", "tests.kernel.crash_child", str(step), str(user.pk), str(office.pk)]
        return subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, text=True)

    def counts() -> tuple[int, int, int]:
        run = subprocess.run([sys.executable, "-c", _COUNTS], cwd=ROOT, env=environment, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        seats, entries, differences = map(int, run.stdout.split())
        return seats, entries, differences

    step = undone = 0
    while True:
        step += 1
        run = child(step)
        if run.returncode == 0:
            break
        assert run.returncode == -signal.SIGKILL, run.stderr
        found = counts()
        assert found in ((0, 0, 0), (1, 1, 0)), f"half done when killed before statement {step}"
        undone += found == (0, 0, 0)
    assert undone >= 6  # key, user, office, row, entry, commitment, commit: each was cut off once
    assert counts() == (1, 1, 0)
    assert child(10_000).returncode == 0  # the same click again, after the crash
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
