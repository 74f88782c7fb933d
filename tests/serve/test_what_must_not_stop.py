"""The site outlives the death of its worker, two hundred slow connections and a locked database; each while a page is asked."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django_tasks_db.models import DBTaskResult

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel import clock, stored_files
from hengjian.kernel.models import Entry, Upload
from hengjian.rosters.dry_run import examine_upload
from hengjian.rosters.models import RosterCheck
from tests.ground import the_user
from tests.kernel.places import offices, seat
from tests.serve.running import Served, served, until

pytestmark = pytest.mark.django_db(transaction=True)
BACKEND = "django_tasks_db.DatabaseBackend"
TOKEN = "a" * 32  # of the form: a cookie and a field that agree


@contextmanager
def locked(actor: Seat, *keys: str) -> Iterator[None]:
    """Somebody else holds what these requests wait for: SQLite's one writer, or the lock of the request's number."""
    with ExitStack() as held:
        if connection.vendor == "postgresql":
            cursor = held.enter_context(connection.cursor())
            for key in keys:
                cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"{actor.actor_id}:{key}"])
            held.callback(cursor.execute, "SELECT pg_advisory_unlock_all()")
        else:
            other = held.enter_context(closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)))
            other.execute("BEGIN IMMEDIATE")
        yield


def a_job(*, workers: list[str]) -> tuple[RosterCheck, DBTaskResult]:
    """A dry run that those workers began, one after the other, and none ended."""
    upload = Upload.objects.create(
        sha256=stored_files.store(b"a,b"), name="名册.csv", size=3, owner="seat:1", at=clock.now()
    )
    check = RosterCheck.objects.create(batch_id=10**6, upload_id=upload.pk, owner="seat:1", at=clock.now())
    job = DBTaskResult.objects.create(
        args_kwargs={"args": [check.pk], "kwargs": {}},
        task_path=examine_upload.module_path,
        backend_name="default",
        run_after=clock.now(),
        exception_class_path="",
        traceback="",
    )
    for worker in workers:
        job.claim(worker)
    return check, job


def slow(site: Served, *, each: int) -> ExitStack:
    """Connections that announce a body and send nothing, and others that do not end their head."""
    held = ExitStack()
    for _ in range(each):
        body, head = (held.enter_context(closing(site.connected())) for _ in range(2))
        body.sendall(b"POST /check/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n")
        head.sendall(b"GET /check/ HTTP/1.1\r\nHost: local")
    return held


def test_the_site_goes_on(tmp_path: Path) -> None:
    city = offices()["13/1302/"]
    administrator = seat(Role.ADMINISTRATOR, city)
    client = Client()
    client.force_login(administrator.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={TOKEN}"

    with served(tmp_path) as site:
        assert site.ask("GET", "/health").status == 200

        # two hundred connections that never come to a point
        with slow(site, each=100):
            assert [site.ask("GET", "/check/", wait=5).status for _ in range(5)] == [200] * 5

        # a body in pieces is read like any other
        pieces = site.ask(
            "POST", "/check/", iter([b"csrfmiddlewaretoken=" + TOKEN.encode(), b"&number=Y0"]),
            Cookie=f"csrftoken={TOKEN}", Transfer_Encoding="chunked", Content_Type="application/x-www-form-urlencoded",
        )  # fmt: skip
        assert pieces.status in (200, 422) and "Y0" in pieces.text

        # what is too large is refused before it is taken
        with closing(site.connected()) as large:
            large.sendall(b"POST /check/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000000\r\n\r\n")
            assert large.recv(64).startswith(b"HTTP/1.1 413")

        # the worker dies with two jobs in hand; one of them has already cost another worker its life
        began = until(lambda: site.children().get("worker", {}).get("up") and site.child("worker"))
        mine = worker_id(began)
        (first, _), (second, _) = a_job(workers=[mine]), a_job(workers=["elsewhere:1:1", mine])
        os.kill(began, signal.SIGKILL)
        assert site.ask("GET", "/check/", wait=5).status == 200
        until(lambda: site.children()["worker"]["up"] and site.child("worker") != began)

        def ended(check: RosterCheck) -> str:
            check.refresh_from_db()
            return "" if check.state == RosterCheck.State.RUNNING else check.sentence

        assert "请稍后重试" in until(lambda: ended(first))  # taken up again: the batch is not there
        assert "意外中断" in until(lambda: ended(second))

        # somebody holds the database; reading goes on, writing is told in time and keeps what was written
        user = the_user("new", "新人")
        form = {
            "csrfmiddlewaretoken": TOKEN, "key": "page", "user_id": user.pk, "role": "auditor", "office_id": city.pk,
            "remark": "写了半天的话",
        }  # fmt: skip
        before = Entry.objects.count()
        with ThreadPoolExecutor(2) as together, locked(administrator, "page", "api"):
            page = together.submit(
                site.ask, "POST", "/do/authorities.open_seat/", urlencode(form), Cookie=cookies,
                Content_Type="application/x-www-form-urlencoded",
            )  # fmt: skip
            operation = together.submit(
                site.ask, "POST", "/api/authorities/open_seat",
                f'{{"user_id": {user.pk}, "role": "auditor", "office_id": {city.pk}}}', Cookie=cookies,
                Content_Type="application/json", X_CSRFToken=TOKEN, Idempotency_Key="api",
            )  # fmt: skip
            assert [site.ask("GET", path, wait=5, Cookie=cookies).status for path in ("/check/", "/desk/")] == [200] * 2
            told = [page.result(), operation.result()]
        assert [answer.status for answer in told] == [503, 503], [answer.text[:300] for answer in told]
        assert all(int(answer.headers["retry-after"]) > 0 for answer in told)
        assert "写了半天的话" in told[0].text and 'name="key"' in told[0].text
        assert "没有确认办成" in told[1].text and '"code"' in told[1].text
        assert Entry.objects.count() == before

        # the web server itself dies
        began = site.child("web")
        os.kill(began, signal.SIGKILL)
        until(lambda: site.children()["web"]["up"] and site.child("web") != began)
        assert until(lambda: site.ask("GET", "/check/", wait=5).status == 200)
        restarts = {name: child["restarts"] for name, child in site.children().items()}
        assert restarts == {"web": 1, "worker": 1, "sealer": 0, "clock": 0, "post": 0}
        site.process.terminate()
        assert site.process.wait(15) == 0


def worker_id(pid: int) -> str:
    import socket

    from hengjian.cli import worker

    return f"{socket.gethostname()[:24]}:{pid}:{worker._started(pid)}"
