"""The types carry the header: mypy rejects a wrong subject, a missing argument, a misspelt one, a wrong kind of value."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

from tests.shared import ROOT

SNIPPET = """
from hengjian.authorities.acts.open_seat import end_seat, open_seat
from hengjian.authorities.models import Office, Seat

def f(seat: Seat, office: Office) -> None:
    end_seat(seat, seat, reason="x")
    end_seat(seat, office, reason="x")  # wrong subject
    end_seat(seat, seat)  # missing
    end_seat(seat, seat, reasons="x")  # misspelt
    open_seat(seat, user_id="1", role="x")  # wrong type
"""


def test_mypy_refuses_what_the_header_does_not_say(tmp_path: Path) -> None:
    file = tmp_path / "snippet.py"
    file.write_text(textwrap.dedent(SNIPPET))
    cache = tmp_path / "cache"
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", "--cache-dir", str(cache), str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    errors = [line for line in run.stdout.splitlines() if "snippet.py" in line and ": error:" in line]
    assert sorted({int(line.split(":")[1]) for line in errors}) == [7, 8, 9, 10], run.stdout + run.stderr
