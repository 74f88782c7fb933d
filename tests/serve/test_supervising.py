"""`serve` before it serves, and what it does with children and jobs: no migration where it may not, growing pauses, nothing left."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from hengjian.cli import messages, serve, worker
from hengjian.cli.supervising import LONGEST_PAUSE, Child, pause_before
from hengjian.web import health_page
from tests.cli.running import Hengjian


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Hengjian:
    return Hengjian(capsys)


def test_pauses_grow_and_stay_bounded() -> None:
    pauses = [pause_before(times) for times in range(30)]
    assert pauses == sorted(pauses) and pauses[0] < 1 and pauses[-1] == LONGEST_PAUSE


def test_a_child_that_dies_comes_again_after_its_pause_and_one_that_ran_long_at_once() -> None:
    child = Child("short", [sys.executable, "-c", ""])
    assert child.look(0.0) and child.restarts == 0
    assert child.process is not None
    child.process.wait()
    now = child.began + 1
    assert child.look(now) and not child.up
    assert not child.look(now + pause_before(0) / 2)
    assert child.look(now + pause_before(0)) and child.restarts == 1
    assert child.process is not None
    child.process.wait()
    child.look(child.began + 1)
    assert child.due - (child.began + 1) == pytest.approx(pause_before(1))
    child.look(child.due)
    assert child.process is not None
    child.process.wait()
    child.look(child.began + 3600)
    assert child.due - (child.began + 3600) == pytest.approx(pause_before(0))


@pytest.mark.django_db
@pytest.mark.parametrize(("production", "owner"), [(True, True), (False, False)])
def test_serve_does_not_migrate_where_it_may_not(
    monkeypatch: pytest.MonkeyPatch, settings: Any, run: Hengjian, tmp_path: Path, production: bool, owner: bool
) -> None:
    settings.PRODUCTION, settings.DEMO = production, False
    settings.LOG_KEY_FILE = tmp_path / "none"
    monkeypatch.setattr(health_page, "pending_migrations", lambda: ["plans.0007_more"])
    monkeypatch.setattr(serve, "_may_migrate", lambda: owner)
    monkeypatch.setattr(serve, "_make_files", lambda: None)
    monkeypatch.setattr(serve.installation, "migrate", lambda: pytest.fail("it migrated"))
    ran = run("serve", "--port", str(_free()))
    assert ran.status == 1
    assert "plans.0007_more" in ran.out and "hengjian migrate" in ran.out


@pytest.mark.django_db
def test_serve_touches_no_table_when_nothing_is_pending(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.DEMO = False
    monkeypatch.setattr(serve.installation, "migrate", lambda: pytest.fail("it migrated"))
    assert health_page.pending_migrations() == []
    serve._make_tables(scale=1, demo=True)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_application_role_may_not_migrate() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("roles are PostgreSQL's")
    assert serve._may_migrate()
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE hj_serve_app; SET ROLE hj_serve_app")
        try:
            assert not serve._may_migrate()
        finally:
            cursor.execute("RESET ROLE; DROP ROLE hj_serve_app")


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_server_does_not_compile_the_long_statements_of_a_desk() -> None:
    """Their parts are small: done in 2 ms, compiled in 1,400."""
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL compiles statements")
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


def test_a_worker_is_known_to_live_by_its_moment_of_start() -> None:
    own = worker.own_id()
    assert worker.lives(own) is True
    assert (
        worker.lives(f"{socket.gethostname()[:24]}:{os.getpid()}:1") is False
    )  # the number was given to another process
    assert worker.lives("another machine:1:1") is None
    assert len(own) <= 64


@pytest.mark.django_db
def test_health_says_what_is_wrong(
    run: Hengjian, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    ran = run("health", "--json")
    assert (ran.status, ran.data["ok"], ran.data["database"]["pending_migrations"]) == (0, True, 0)
    (tmp_path / "serve.json").write_text('{"children": {"worker": {"up": false, "pid": null, "restarts": 3}}}')
    ran = run("health")
    assert ran.status == 1 and "进程 worker 停了" in ran.out
    monkeypatch.setattr(health_page, "pending_migrations", lambda: ["a.0001"])
    assert run("health", "--json").data["problems"][0].startswith("数据库有更新")


def test_children_are_five_and_web_has_its_bounds() -> None:
    found = serve.commands(SimpleNamespace(host="127.0.0.1", port=1, workers=1, every=1))
    assert list(found) == ["web", "worker", "sealer", "clock", "post"]
    assert "--http1-header-read-timeout" in found["web"]


def test_production_seals_under_another_account(settings: Any) -> None:
    settings.PRODUCTION = True
    found = serve.commands(SimpleNamespace(host="127.0.0.1", port=1, workers=1, every=1))
    assert list(found) == ["web", "worker", "clock", "post"]


@pytest.mark.django_db
def test_a_site_that_could_read_the_log_s_key_does_not_start(
    monkeypatch: pytest.MonkeyPatch, settings: Any, run: Hengjian, tmp_path: Path
) -> None:
    settings.PRODUCTION, settings.DEMO = True, False
    settings.LOG_KEY_FILE = tmp_path / "log-key"
    monkeypatch.setattr(serve, "_make_files", lambda: None)
    monkeypatch.setattr(serve, "_serve", lambda *rest: "")
    assert run("serve", "--port", str(_free())).status == 0
    settings.LOG_KEY_FILE.touch()
    ran = run("serve", "--port", str(_free()))
    assert ran.status == 1 and str(settings.LOG_KEY_FILE) in ran.out and "hengjian log seal --follow" in ran.out


@pytest.mark.django_db
def test_code_that_cannot_be_written_is_no_fault_and_a_folder_of_its_own_that_cannot_is(
    monkeypatch: pytest.MonkeyPatch, settings: Any, run: Hengjian
) -> None:
    def refuses(*rest: Any) -> None:
        raise PermissionError(13, "Permission denied", "folder/of/the/site")

    settings.DEMO = False
    monkeypatch.setattr(serve, "_serve", lambda *rest: "")
    monkeypatch.setattr(serve, "_collect_static", lambda: None)
    monkeypatch.setattr(messages, "compile_all", refuses)
    ran = run("serve", "--port", str(_free()))
    assert ran.status == 0 and "hengjian messages" in ran.err
    monkeypatch.setattr(serve, "_collect_static", refuses)
    ran = run("serve", "--port", str(_free()))
    assert ran.status == 1 and "folder/of/the/site" in ran.out and "HENGJIAN_VAR" in ran.out


def _free() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_a_worker_has_a_bound_on_its_memory(tmp_path: Path) -> None:
    asked = (
        "import resource; from hengjian.cli import worker;"
        "resource.setrlimit(resource.RLIMIT_DATA, (worker.MEMORY_BYTES, worker.MEMORY_BYTES));"
        "bytearray(2 * worker.MEMORY_BYTES)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": "src"}
    )
    assert ran.returncode == 1 and "MemoryError" in ran.stderr
