"""The log's private key is read by the sealing process and by no other; acts that must be on record at once wake it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import pytest
from django.db import connection

from hengjian.authorities.roles import Role
from hengjian.environment import demo_keys, log_key_pair
from hengjian.kernel import log_key, sealer, sealing_process
from hengjian.kernel.act import CATALOGUE, Doing, act
from hengjian.kernel.actor import BY_OPERATOR, OPERATOR
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.models import Checkpoint, Entry
from hengjian.kernel.verification import verify
from tests.kernel.places import offices, seat
from tests.kernel.scratch import Blanked
from tests.law.enacted import enacted, in_force
from tests.shared import ROOT

WATCHED = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
{body}
print(any(name.endswith("log-key") for name in opened))
"""
SITE = """
import hengjian.web.wsgi
from django.test import Client
from hengjian.kernel import log_key, sealer
from django.conf import settings
for address in ("/log/", "/verify/", "/log/vkey"):
    Client().get(address)
for forbidden in (sealer.seal, log_key.signer):
    try:
        forbidden()
    except log_key.NotTheSealer as refused:
        print(refused)
print(any("PRIVATE+KEY" in str(getattr(settings, name)) for name in dir(settings) if name.isupper()))
"""
SEALER = """
import django; django.setup()
from hengjian.kernel import log_key
with log_key.holding(): log_key.signer()
"""


def a_process(body: str, folder, **more: str) -> list[str]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "hengjian.settings",
        "HENGJIAN_MODE": "test",
        "HENGJIAN_VAR": str(folder),
        "HENGJIAN_DATABASE_URL": f"sqlite:///{folder}/one.sqlite3",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        **more,
    }
    program = [sys.executable, "-c", WATCHED.format(body=body)]
    ran = subprocess.run(program, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return ran.stdout.splitlines()


@pytest.fixture
def an_installation(tmp_path):
    demo_keys(tmp_path / "keys.json", tmp_path / "log-key")
    (tmp_path / "static").mkdir()
    return tmp_path


def test_the_site_never_opens_the_key_and_cannot_sign(an_installation) -> None:
    migrate = "import django; django.setup()\nfrom django.core.management import call_command\ncall_command('migrate', verbosity=0)"
    assert a_process(migrate, an_installation) == ["False"]
    assert a_process(SITE, an_installation) == [
        *["只有封存进程（hengjian log seal）可以签署检查点。"] * 2,
        "False",
        "False",
    ]
    assert a_process(SEALER, an_installation) == ["True"]


def test_the_private_key_lies_in_a_file_of_its_own(an_installation) -> None:
    assert (an_installation / "log-key").stat().st_mode & 0o777 == 0o600
    assert "PRIVATE+KEY" in (an_installation / "log-key").read_text()
    assert "PRIVATE+KEY" not in (an_installation / "keys.json").read_text()


def test_keys_made_before_the_key_had_its_file_are_kept(tmp_path) -> None:
    import json

    private, public = log_key_pair("log.example/demo")
    (tmp_path / "keys.json").write_text(json.dumps({"HENGJIAN_LOG_KEY": private, "HENGJIAN_SECRET_KEY": "x"}))
    assert demo_keys(tmp_path / "keys.json", tmp_path / "log-key")["HENGJIAN_LOG_VKEY"] == public
    assert (tmp_path / "log-key").read_text().strip() == private
    assert "PRIVATE+KEY" not in (tmp_path / "keys.json").read_text()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(None, "读不到"), ("rubbish", "不是日志签名私钥"), (log_key_pair("another.example", bytes(32))[0], "不是一对")],
    ids=["missing", "rubbish", "another log's"],
)
def test_a_wrong_key_file_stops_the_sealer_with_a_sentence(tmp_path, settings, content, sentence) -> None:
    settings.LOG_KEY_FILE = tmp_path / "key"
    if content is not None:
        settings.LOG_KEY_FILE.write_text(content)
    with pytest.raises(log_key.NotTheSealer, match=sentence):
        log_key.signer()


@pytest.mark.django_db(transaction=True)
def test_an_act_that_must_be_sealed_at_once_wakes_the_sealing_process(monkeypatch) -> None:
    held = seat(Role.CENTRE_REVIEWER, offices()["13/1302/"])

    def body(doing: Doing) -> Blanked:
        """立即封存。"""
        return Blanked(1)

    hurried = act("authorities.test_hurried", type(held), by=BY_OPERATOR, seals_at_once="draw")(body)
    stop, sealing = threading.Event(), threading.Event()

    def process() -> None:
        try:
            with monkeypatch.context() as patched:
                patched.setattr(sealing_process, "LOOKS", 0.02)
                sealing.set()
                sealing_process.follow(stop, 60)
        finally:
            connection.close()

    another = threading.Thread(target=process)
    another.start()
    sealing.wait()
    try:
        assert _until(lambda: Entry.objects.filter(idx__isnull=True).count() == 0)
        monkeypatch.setattr(log_key, "held", lambda: False)  # as in the site's process
        before = Checkpoint.objects.count()
        hurried(OPERATOR, held)
        assert _until(lambda: Checkpoint.objects.count() > before)
    finally:
        stop.set()
        another.join()
        CATALOGUE.pop("authorities.test_hurried")
    assert verify().differences == []


def _until(holds, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < end:
        time.sleep(0.02)
    return held


@pytest.mark.django_db
def test_only_what_the_law_of_the_log_names_is_sealed_at_once() -> None:
    """The kinds that acts say of themselves are those of the law; a kind taken off waits for the interval."""
    said = {entry.header.seals_at_once for entry in catalogue().values() if entry.header.seals_at_once}
    assert said == set(in_force("log.sealed_at_once"))
    hurried = catalogue()["certificates.put_online"].header
    assert sealer.at_once(hurried)
    with enacted("log.sealed_at_once", ("draw",)):
        assert not sealer.at_once(hurried)
    assert not sealer.at_once(catalogue()["plans.draft_plan"].header)
