"""Well-formed keys that are not this installation's: production is told which and does not serve; the sealer does not seal."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from hengjian.authorities.models import Account
from hengjian.authorities.roles import Role
from hengjian.cli import key_trial, serve
from hengjian.environment import log_key_pair
from hengjian.kernel import log_key, sealer, sealing_process
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.tlog import note
from hengjian.kernel.uploads import keep_upload
from tests import world
from tests.cli.running import Hengjian

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(province: world.Province) -> None:
    """An account, a stored file and a sealed log."""
    world.a_seat(Role.CENTRE_REVIEWER)
    keep_upload("名单.csv", "text/csv", b"a list", OPERATOR)
    sealer.seal()
    assert Account.objects.exists() and sealer.latest() is not None


def another_ring(settings: Any) -> None:
    name = settings.FIELD_KEYS.partition(":")[0]
    settings.FIELD_KEYS = f"{name}:{secrets.token_hex(32)}"


def a_lost_key(settings: Any) -> None:
    settings.FIELD_KEYS = f"k9:{secrets.token_hex(32)}"


def another_index(settings: Any) -> None:
    settings.INDEX_KEY = secrets.token_hex(32)


def another_log(settings: Any) -> None:
    settings.LOG_VKEY = log_key_pair(settings.LOG_ORIGIN, bytes(32))[1]


WRONG: list[tuple[Callable[[Any], None], str]] = [
    (another_ring, "解不开"),
    (a_lost_key, "没有这一把"),
    (another_index, "HENGJIAN_INDEX_KEY 与库里已有的索引不符"),
    (another_log, "HENGJIAN_LOG_VKEY 与库里最新的检查点不符"),
]


def test_the_own_keys_fit(filled: None, settings: Any) -> None:
    assert key_trial.faults() == []
    settings.FIELD_KEYS = f"k9:{secrets.token_hex(32)},{settings.FIELD_KEYS}"  # being rotated
    assert key_trial.faults() == []


def test_an_empty_installation_has_nothing_to_try(settings: Any) -> None:
    a_lost_key(settings)
    assert key_trial.faults() == []


@pytest.mark.parametrize(("spoil", "sentence"), WRONG)
def test_a_key_of_another_installation_is_named_and_production_does_not_serve(
    filled: None,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    spoil: Callable[[Any], None],
    sentence: str,
) -> None:
    spoil(settings)
    found = key_trial.faults()
    assert found and all(sentence in each for each in found)
    settings.PRODUCTION, settings.DEMO, settings.LOG_KEY_FILE = True, False, tmp_path / "none"
    monkeypatch.setattr(serve, "_make_files", lambda: None)
    monkeypatch.setattr(serve, "_serve", lambda *rest: pytest.fail("it served"))
    ran = Hengjian(capsys)("serve", "--port", "0")
    assert ran.status == 1 and sentence in ran.out and "网站没有启动" in ran.out


@pytest.mark.parametrize("which", ["identity", "file"])
def test_an_index_key_is_tried_with_whatever_is_stored(filled: None, settings: Any, which: str) -> None:
    another_index(settings)
    found = list(key_trial._index() if which == "identity" else key_trial._files())
    assert set(found) == {key_trial.WRONG_INDEX}


def test_the_sealing_process_signs_once_before_it_seals(settings: Any, tmp_path: Path, monkeypatch: Any) -> None:
    private, public = log_key_pair(settings.LOG_ORIGIN, bytes(range(32)))
    settings.LOG_KEY_FILE, settings.LOG_VKEY = tmp_path / "key", public
    settings.LOG_KEY_FILE.write_text(private)
    assert log_key.signer().verifier == log_key.verifier()
    broken = settings.LOG_KEY_FILE = tmp_path / "another"
    broken.write_text(private)
    line, other = note.Signer.line, note.Signer.from_seed(settings.LOG_ORIGIN, bytes(32))
    monkeypatch.setattr(note.Signer, "line", lambda signer, text, at=0: line(other, text, at=at))
    with pytest.raises(log_key.NotTheSealer, match="试签"):
        log_key.signer()


def test_a_sealer_with_the_key_of_another_log_does_not_fork_this_one(
    filled: None, settings: Any, tmp_path: Path
) -> None:
    before = sealer.latest()
    private, public = log_key_pair(settings.LOG_ORIGIN, bytes(range(32)))
    settings.LOG_KEY_FILE, settings.LOG_VKEY = tmp_path / "key", public
    settings.LOG_KEY_FILE.write_text(private)
    world.a_seat(Role.AUDITOR)
    with pytest.raises(log_key.NotTheSealer, match="找回原来的密钥"):
        sealing_process.follow(Event(), 60)
    assert sealer.latest() == before
