"""The drill: an installation is saved while it stands, comes back on a second machine, and everything proves itself there."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from hengjian.kernel import sealer
from hengjian.kernel.models import Checkpoint, Entry
from tests.harness import lying
from tests.serve.running import address_of_the_database, free_port
from tests.shared import ROOT
from tests.world import a_draft_filing
from tests.world_after import a_certified_sheet

pytestmark = pytest.mark.django_db(transaction=True)
FILE = "photos/演示.bin"


@dataclass
class Machine:
    """A folder and a database of its own."""

    var: Path
    address: str

    def run(self, *words: str, status: int = 0, **given: str) -> str:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("HENGJIAN_", "DJANGO_"))}
        around = {"HENGJIAN_VAR": str(self.var), "HENGJIAN_DATABASE_URL": self.address, "PYTHONPATH": str(ROOT / "src")}
        ran = subprocess.run(
            [sys.executable, "-m", "hengjian.cli", *words], env={**kept, **around, **given}, cwd=ROOT,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ran.returncode == status, ran.stdout + ran.stderr
        assert "Traceback" not in ran.stderr, ran.stderr
        return ran.stdout + ran.stderr

    def rows(self) -> dict[str, str]:
        """Table → digest of all its rows, in order."""
        found = {}
        for table, rows in self._tables():
            found[table] = sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()
        return found

    def _tables(self) -> Iterator[tuple[str, list[Any]]]:
        if self.address.startswith("sqlite"):
            with closing(sqlite3.connect(self.address.removeprefix("sqlite:///"))) as file:
                named = [row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
                for table in named:
                    yield table, file.execute(f'SELECT * FROM "{table}"').fetchall()
        else:
            with closing(psycopg.connect(self.address)) as server:
                named = [r[0] for r in server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
                for table in named:
                    yield table, server.execute(f'SELECT * FROM "{table}"').fetchall()  # type: ignore[call-overload]


@contextmanager
def a_machine(folder: Path) -> Iterator[Machine]:
    """A second machine: nothing on it but an empty database of the same kind."""
    folder.mkdir()
    if connection.vendor == "sqlite":
        yield Machine(folder, f"sqlite:///{folder}/hengjian.sqlite3")
        return
    address, name = address_of_the_database(), f"drill_{sha256(str(folder).encode()).hexdigest()[:12]}"
    with closing(psycopg.connect(address, autocommit=True)) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0")  # type: ignore[call-overload]
        try:
            yield Machine(folder, f"{address.rsplit('/', 1)[0]}/{name}")
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]


@dataclass
class Copy:
    folder: Path
    entries: int
    head: str
    certificates: int


_made: list[Copy] = []


@pytest.fixture
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Saved once for all tests of this module: a batch lived to its certificates, one entry not sealed yet, a stored file."""
    if not _made:
        sheet = a_certified_sheet()
        a_draft_filing()  # with its papers, as stored files
        sealer.seal()
        head = sealer.latest()
        assert head is not None
        place = tmp_path_factory.mktemp("first")
        for name in (Path(settings.VAR_DIR) / "keys.json", Path(settings.LOG_KEY_FILE)):
            shutil.copy(name, place)
        shutil.copytree(Path(settings.VAR_DIR) / "files", place / "files")
        (place / "files/photos").mkdir(parents=True)
        (place / "files" / FILE).write_bytes(bytes(range(256)) * 5000)
        (place / "seals").mkdir()
        (place / "seals/130200.png").write_bytes(b"picture of a seal")
        (place / "paper-key.pem").write_text("key that signs papers")
        first = Machine(place, address_of_the_database())
        told = first.run("backup", str(place / "copy"), HENGJIAN_CONTACT="mailto:rd@example.org")
        assert "请移到别处" in told and "日志私钥不在" not in told
        _made.append(Copy(place / "copy", Entry.objects.count(), head.note, sheet.scores.filter(passed=True).count()))
        assert Checkpoint.objects.count()
    return _made[0]


def another(copy: Copy, place: Path) -> Path:
    """A copy of the copy, to be spoilt."""
    return Path(shutil.copytree(copy.folder, place))


def test_on_a_second_machine_everything_proves_itself_and_a_third_is_equal(copy: Copy, tmp_path: Path) -> None:
    with a_machine(tmp_path / "second") as second, a_machine(tmp_path / "third") as third:
        told = json.loads(second.run("restore", str(copy.folder), "--json"))
        assert told["faults"] == []
        assert (told["entries"], told["certificates"]) == (copy.entries, copy.certificates) and copy.certificates > 1
        assert told["receipts"] == copy.entries and told["files"] > 0
        assert "全部成立" in third.run("restore", str(copy.folder))
        assert second.rows() == third.rows() and len(second.rows()["kernel_entry"]) == 64
        for machine in (second, third):
            assert (machine.var / "files" / FILE).read_bytes() == (copy.folder / "files" / FILE).read_bytes()
            assert (machine.var / "seals/130200.png").read_bytes() == b"picture of a seal"
            assert (machine.var / "paper-key.pem").read_text() == "key that signs papers"
            assert not (machine.var / "restoring.json").exists()
        # it goes on from there: same keys, same log, a new head that grows out of the saved one
        (tmp_path / "kept.txt").write_text(copy.head)
        vkey = json.loads((second.var / "keys.json").read_text())["HENGJIAN_LOG_VKEY"]
        against = ("--against", str(tmp_path / "kept.txt"), "--vkey", vkey)
        checked = json.loads(second.run("log", "verify", *against, "--json"))
        assert checked["consistent"] and checked["files"] == told["files"]
        assert "封存到第" in second.run("log", "seal")
        # and saved again it is the same copy
        second.run("backup", str(tmp_path / "again"))
        manifests = [json.loads((f / "manifest.json").read_text()) for f in (copy.folder, tmp_path / "again")]
        assert manifests[0]["rows"] == manifests[1]["rows"] and manifests[0]["head"] == manifests[1]["head"]


def test_files_saved_from_a_folder_come_back_into_a_bucket_and_from_there_into_a_folder(
    copy: Copy, tmp_path: Path
) -> None:
    names = ("HENGJIAN_FILES_URL", *(f"HENGJIAN_FILES_{name}" for name in ("ENDPOINT", "KEY", "SECRET", "REGION")))
    with lying.s3_server() as there, a_machine(tmp_path / "second") as second:
        in_bucket = dict(zip(names, there, strict=True))
        told = json.loads(second.run("restore", str(copy.folder), "--json", **in_bucket))
        assert told["faults"] == [] and told["files"] > 0
        assert not list((second.var / "files").rglob("*")) if (second.var / "files").exists() else True
        second.run("backup", str(tmp_path / "again"), **in_bucket)
    first, again = (json.loads((f / "manifest.json").read_text())["files"] for f in (copy.folder, tmp_path / "again"))
    assert {n: k for n, k in first.items() if n.startswith("files/")} == {
        n: k for n, k in again.items() if n.startswith("files/")
    }
    with a_machine(tmp_path / "third") as third:
        assert json.loads(third.run("restore", str(tmp_path / "again"), "--json"))["files"] == told["files"]


def test_database_files_and_keys_lie_apart_and_nobody_else_reads_them(copy: Copy) -> None:
    assert sorted(place.name for place in copy.folder.iterdir()) == [
        "database", "files", "keys", "manifest.json", "seals", "settings",
    ]  # fmt: skip
    for place in [copy.folder / "keys", *copy.folder.rglob("*")]:
        assert place.stat().st_mode & 0o077 == 0, place
    secret = json.loads((copy.folder.parent / "keys.json").read_text())["HENGJIAN_INDEX_KEY"].encode()
    private = (copy.folder.parent / "log-key").read_bytes().strip()
    for place in copy.folder.rglob("*"):
        if place.is_file() and place.parent.name != "keys":
            data = place.read_bytes()
            assert secret not in data and private not in data, place
    manifest = json.loads((copy.folder / "manifest.json").read_text())
    assert manifest["head"] == copy.head and manifest["entries"] == copy.entries
    assert not any(name.startswith("keys/") for name in manifest["files"])
    assert json.loads((copy.folder / "keys/manifest.json").read_text())["files"].keys() == {
        "keys.env",
        "log-key",
        "paper-key.pem",
    }


def test_a_target_that_is_not_empty_is_left_as_it_is(copy: Copy, tmp_path: Path) -> None:
    with a_machine(tmp_path / "second") as second:
        second.run("restore", str(copy.folder))
        before = second.rows()
        assert "不是空的" in second.run("restore", str(copy.folder), status=1)
        assert second.rows() == before
    with a_machine(tmp_path / "third") as third:
        (third.var / "files").mkdir()
        (third.var / "files/other").write_text("x")
        assert "不是空的" in third.run("restore", str(copy.folder), status=1)
        assert set(third.rows()) == set() and not (third.var / "keys.json").exists()


@pytest.mark.parametrize("part", ["database/*", "keys/keys.env", f"files/{FILE}", "settings/hengjian.env"])
def test_one_byte_altered_is_found_before_anything_is_touched(copy: Copy, tmp_path: Path, part: str) -> None:
    spoilt = another(copy, tmp_path / "spoilt")
    (place,) = spoilt.glob(part)
    data = bytearray(place.read_bytes())
    data[len(data) // 2] ^= 1
    place.chmod(0o600)
    place.write_bytes(data)
    with a_machine(tmp_path / "second") as second:
        told = second.run("restore", str(spoilt), status=1)
        assert place.name in told and "摘要不符" in told
        assert set(second.rows()) == set() and list(second.var.glob("*.json")) == []


def test_a_run_that_was_killed_is_finished_by_the_next_and_nothing_serves_before(copy: Copy, tmp_path: Path) -> None:
    digest = sha256((copy.folder / "manifest.json").read_bytes()).hexdigest()
    with a_machine(tmp_path / "second") as second:
        # killed before the database was in place: keys and the note stand
        for name in ("keys.json", "log-key"):
            shutil.copy(copy.folder.parent / name, second.var)
        (second.var / "restoring.json").write_text(json.dumps({"manifest": digest}))
        (second.var / "hengjian.sqlite3.restoring").write_bytes(b"half")
        assert "恢复没有做完" in second.run("serve", "--port", str(free_port()), status=1)
        other = another(copy, tmp_path / "other")
        (other / "manifest.json").write_text((other / "manifest.json").read_text() + "\n")
        assert "另一份备份" in second.run("restore", str(other), status=1)
        assert "全部成立" in second.run("restore", str(copy.folder))
        # killed after it: database and half the files stand
        (second.var / "restoring.json").write_text(json.dumps({"manifest": digest}))
        (second.var / "files" / FILE).write_bytes(b"half")
        assert "全部成立" in second.run("restore", str(copy.folder))
        assert (second.var / "files" / FILE).stat().st_size == 256 * 5000
        assert not (second.var / "restoring.json").exists()


def test_what_was_altered_before_the_copy_was_made_does_not_come_back_unnoticed(copy: Copy, tmp_path: Path) -> None:
    """Digests fit, since the manifest was made anew: the proofs find it, and the site does not start."""
    with a_machine(tmp_path / "second") as second, a_machine(tmp_path / "third") as third:
        second.run("restore", str(copy.folder))
        change = "UPDATE certificates_certificate SET level = '1'"
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(second.var / "hengjian.sqlite3")) as file:
                for (trigger,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                    file.execute(f'DROP TRIGGER "{trigger}"')
                file.execute(change)
                file.commit()
        else:
            with psycopg.connect(second.address) as server:
                server.execute("SET session_replication_role = replica")
                server.execute(change)
        second.run("backup", str(tmp_path / "altered"))
        told = third.run("restore", str(tmp_path / "altered"), status=1)
        assert "没有通过核对" in told and "certificates_certificate" in told
        assert (third.var / "restoring.json").exists()


def test_keys_of_another_installation_are_refused(copy: Copy, tmp_path: Path) -> None:
    with a_machine(tmp_path / "second") as second:
        told = second.run("restore", str(copy.folder), status=1, HENGJIAN_INDEX_KEY="ab" * 32)
        assert "HENGJIAN_INDEX_KEY" in told and set(second.rows()) == set()
        keys = another(copy, tmp_path / "apart") / "keys"
        shutil.rmtree(keys)
        assert "keys" in second.run("restore", str(tmp_path / "apart"), status=1)


def test_a_copy_is_never_written_over_and_a_killed_one_is_made_anew(copy: Copy, tmp_path: Path) -> None:
    with a_machine(tmp_path / "second") as second:
        second.run("restore", str(copy.folder))
        assert "已有一份备份" in second.run("backup", str(copy.folder), status=1)
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine/letter.txt").write_text("x")
        assert "不是空目录" in second.run("backup", str(tmp_path / "mine"), status=1)
        killed = another(copy, tmp_path / "killed")
        (killed / "manifest.json").unlink()
        assert "没有做完" in second.run("restore", str(killed), status=1)
        second.run("backup", str(killed), "--keys", str(tmp_path / "keys"))
        assert not (killed / "keys").exists() and (tmp_path / "keys/log-key").exists()
    with a_machine(tmp_path / "third") as third:
        assert "全部成立" in third.run("restore", str(killed), "--keys", str(tmp_path / "keys"))
