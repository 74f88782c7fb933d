"""Production does not start half set up: one sentence for each thing that is missing or wrong, and all of them at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hengjian.environment import log_key_pair
from hengjian.production import faults
from hengjian.settings import _database

ORIGIN = "log.example.org/hebei"
KEY, OTHER = bytes(range(32)).hex(), bytes(range(100, 132)).hex()
GIVEN = {
    "HENGJIAN_DATABASE_URL": "postgres://hengjian_app:secret@127.0.0.1:5432/hengjian",
    "HENGJIAN_SECRET_KEY": "correct-horse-battery-staple-0123456789-abc",
    "HENGJIAN_FIELD_KEYS": f"k1:{KEY}",
    "HENGJIAN_INDEX_KEY": OTHER,
    "HENGJIAN_LOG_VKEY": log_key_pair(ORIGIN)[1],
    "HENGJIAN_LOG_ORIGIN": ORIGIN,
    "HENGJIAN_SITE": "https://rd.example.org",
    "HENGJIAN_HOSTS": "rd.example.org 127.0.0.1",
    "HENGJIAN_ORIGINS": "https://rd.example.org",
    "HENGJIAN_TRUSTED_PROXIES": "1",
    "HENGJIAN_CONTACT": "mailto:rd@example.org",
}


def test_a_whole_set_up_starts() -> None:
    assert faults(GIVEN) == []


@pytest.mark.parametrize("name", GIVEN)
def test_each_missing_setting_has_its_sentence(name: str) -> None:
    found = faults({key: value for key, value in GIVEN.items() if key != name})
    assert len(found) == 1 and found[0].startswith(f"缺少 {name}")


def test_an_empty_set_up_is_told_everything_at_once() -> None:
    assert len(faults({})) == len(GIVEN)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HENGJIAN_DATABASE_URL", "mysql://root@127.0.0.1/hengjian"),
        ("HENGJIAN_DATABASE_URL", "postgres://hengjian_app@127.0.0.1"),
        ("HENGJIAN_DATABASE_URL", "postgres://hengjian_app@127.0.0.1:port/hengjian"),
        ("HENGJIAN_DATABASE_URL", "postgres://[/hengjian"),
        ("HENGJIAN_SECRET_KEY", "x"),
        ("HENGJIAN_SECRET_KEY", "a" * 64),
        ("HENGJIAN_FIELD_KEYS", "k1:" + "00" * 16),
        ("HENGJIAN_FIELD_KEYS", "k1:" + "00" * 32),
        ("HENGJIAN_FIELD_KEYS", "k1:ab"),
        ("HENGJIAN_FIELD_KEYS", KEY),
        ("HENGJIAN_FIELD_KEYS", f"k1:{KEY},k1:{'ab' + KEY[2:]}"),
        ("HENGJIAN_INDEX_KEY", "ab"),
        ("HENGJIAN_INDEX_KEY", "ff" * 32),
        ("HENGJIAN_INDEX_KEY", KEY),
        ("HENGJIAN_LOG_VKEY", "log.example.org/hebei+00000000+AAAA"),
        pytest.param("HENGJIAN_LOG_VKEY", log_key_pair("another.example.org")[1], id="another log's key"),
        ("HENGJIAN_LOG_ORIGIN", "another.example.org"),
        ("HENGJIAN_SITE", "http://rd.example.org"),
        ("HENGJIAN_HOSTS", "*"),
        ("HENGJIAN_HOSTS", "another.example.org"),
        ("HENGJIAN_ORIGINS", "https://another.example.org"),
        ("HENGJIAN_SITE", "https://["),
        ("HENGJIAN_ORIGINS", "https://rd.example.org https://["),
        ("HENGJIAN_TRUSTED_PROXIES", "nginx"),
        ("HENGJIAN_CONTACT", "rd"),
    ],
)
def test_what_is_weak_or_does_not_match_is_named(name: str, value: str) -> None:
    found = faults({**GIVEN, name: value})
    assert len(found) == 1 and name in found[0], found


def started(tmp_path: Path, **given: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("HENGJIAN_", "DJANGO_"))}
    script = (
        "from django.conf import settings as s;"
        "print(s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0, s.SESSION_COOKIE_SECURE, s.SECURE_PROXY_SSL_HEADER)"
    )
    env = {**kept, **given, "HENGJIAN_MODE": "production", "HENGJIAN_VAR": str(tmp_path), "PYTHONPATH": "src"}
    env["DJANGO_SETTINGS_MODULE"] = "hengjian.settings"
    root = Path(__file__).parents[2]
    return subprocess.run([sys.executable, "-c", script], env=env, cwd=root, capture_output=True, text=True, timeout=60)


def test_the_settings_themselves_stop_the_start(tmp_path: Path) -> None:
    found = started(tmp_path, **{**GIVEN, "HENGJIAN_ORIGINS": "", "HENGJIAN_INDEX_KEY": "ab"})
    assert found.returncode == 1 and not found.stdout
    assert "缺少 HENGJIAN_ORIGINS" in found.stderr and "HENGJIAN_INDEX_KEY 应为" in found.stderr


def test_encrypted_connections_follow_from_the_settings(tmp_path: Path) -> None:
    found = started(tmp_path, **GIVEN)
    assert found.stdout.strip() == "True True True ('HTTP_X_FORWARDED_PROTO', 'https')", found.stderr


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        (
            "postgres://app:p%40ss@db.example.org:5433/hengjian?sslmode=verify-full",
            {
                "HOST": "db.example.org",
                "PORT": 5433,
                "PASSWORD": "p@ss",
                "OPTIONS": {"sslmode": "verify-full", "options": "-c jit=off"},
            },
        ),
        (
            "postgres://app@127.0.0.1/hengjian?options=-c%20search_path%3Dours",
            {"OPTIONS": {"options": "-c jit=off -c search_path=ours"}},
        ),
        ("postgresql://app@127.0.0.1/hengjian", {"NAME": "hengjian", "USER": "app", "CONN_HEALTH_CHECKS": True}),
        ("sqlite:////var/lib/hengjian.sqlite3", {"NAME": "/var/lib/hengjian.sqlite3", "CONN_MAX_AGE": None}),
        ("sqlite:///here.sqlite3", {"NAME": "here.sqlite3"}),
    ],
)
def test_an_address_of_a_database_is_read_with_all_that_stands_in_it(address: str, wanted: dict[str, object]) -> None:
    found = _database(address)
    assert {name: found.get(name) for name in wanted} == wanted
    assert found["ENGINE"].startswith("hengjian.kernel.backends."), "every connection has the guard"


@pytest.mark.parametrize(
    "address", ["mysql://root@127.0.0.1/x", "postgres://[/x", "postgres://app@127.0.0.1:port/x", ""]
)
def test_what_is_no_address_of_a_database_is_said_in_a_sentence(address: str) -> None:
    with pytest.raises(SystemExit, match="HENGJIAN_DATABASE_URL 应"):
        _database(address)
