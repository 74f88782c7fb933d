"""`hengjian log verify --against`: a checkpoint that somebody outside kept, from a file or an address, whatever mail did to it."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.test import Client

from hengjian.kernel import log_key, sealer
from hengjian.kernel.models import Entry
from hengjian.kernel.tlog import note
from tests.cli.running import Hengjian
from tests.world import a_filed_institution

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(in_march: object, db: None, tmp_path: Path) -> Path:
    """What the page of the log gave to somebody; the log has grown since."""
    a_filed_institution()
    sealer.seal()
    answer = Client().get("/log/keep.txt")
    file = tmp_path / "kept.txt"
    file.write_bytes(answer.content)
    a_filed_institution()
    sealer.seal()
    return file


def test_the_log_continues_what_was_kept(run: Hengjian, kept: Path) -> None:
    ran = run("log", "verify", "--against", str(kept), "--json")
    assert (ran.status, ran.data["against"]) == (0, [str(kept)])


@pytest.mark.parametrize(
    "mail", [lambda data: data.replace(b"\n", b"\r\n"), lambda data: b"\xef\xbb\xbf" + data + b"\n"]
)
def test_it_survives_mail(run: Hengjian, kept: Path, mail) -> None:
    kept.write_bytes(mail(kept.read_bytes()))
    assert run("log", "verify", "--against", str(kept)).status == 0


def test_it_is_fetched_from_an_address(run: Hengjian, kept: Path) -> None:
    class Mirror(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/kept.txt" else 404)
            self.end_headers()
            self.wfile.write(kept.read_bytes())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Mirror)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        place = f"http://127.0.0.1:{server.server_port}"
        assert run("log", "verify", "--against", f"{place}/kept.txt").status == 0
        missing = run("log", "verify", "--against", f"{place}/nothing")
        assert missing.status == 2
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


def test_another_log_than_the_one_kept_fails_by_name(run: Hengjian, kept: Path) -> None:
    another = note.Signer.from_seed(log_key.verifier().name, bytes(32))
    head = sealer.latest()
    assert head is not None
    signed = note.sign(note.Checkpoint(another.name, head.size + 7, bytes(32)).text, another)
    kept.write_text(f"{another.verifier}\n\n{signed}", encoding="utf-8")
    ran = run("log", "verify", "--against", str(kept), "--json")
    assert ran.status == 1
    assert {found["kind"] for found in ran.data["differences"]} == {
        "key_replaced",
        "head_of_another_key",
        "log_shortened",
    }


@pytest.mark.parametrize("text", ["", "没有的东西", "c2sp.org/tlog-proof@v1\n"])
def test_what_is_no_checkpoint_is_wrong_usage_with_a_sentence(run: Hengjian, kept: Path, text: str) -> None:
    kept.write_text(text, encoding="utf-8")
    ran = run("log", "verify", "--against", str(kept))
    assert ran.status == 2


def test_a_checkpoint_without_its_key_needs_the_key_from_outside(run: Hengjian, kept: Path, tmp_path: Path) -> None:
    key, _, alone = kept.read_text().partition("\n\n")
    kept.write_text(alone, encoding="utf-8")
    assert run("log", "verify", "--against", str(kept)).status == 2
    assert run("log", "verify", "--against", str(kept), "--vkey", key).status == 0
    (tmp_path / "key").write_text(key)
    assert run("log", "verify", "--against", str(kept), "--vkey", str(tmp_path / "key")).status == 0


def test_without_something_from_outside_the_answer_says_what_it_cannot_see(run: Hengjian, kept: Path) -> None:
    ran = run("log", "verify")
    assert ran.status == 0
    assert "--against" in ran.out
    assert Entry.objects.exists()
