"""The sample tables of docs/takeover: whoever follows its page takes all five over, in the order it names, without an error."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hengjian.authorities.roles import Role
from hengjian.certificates import public_queries
from hengjian.certificates.queries import CheckAnswer
from hengjian.cli.importing import KINDS as COMMANDS
from hengjian.institutions.models import Takeover
from hengjian.institutions.taking import refusal_of
from hengjian.kernel.asking import Asking
from hengjian.kernel.uploads import keep_upload
from hengjian.tables.grid import Watch
from hengjian.web.takeovers.kinds import KINDS
from tests.world import TANGSHAN, a_seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province", "in_march")]
FOLDER = Path(__file__).parents[3] / "docs" / "takeover"


def test_every_kind_has_its_sample_its_command_and_its_line() -> None:
    codes = [kind.code for kind in KINDS]
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(codes) == set(COMMANDS) == set(Takeover.Kind.values)
    told = re.findall(r"\| `([a-z]+)` \|", (FOLDER / "README.md").read_text())
    assert told == codes


def test_the_samples_are_taken_over_in_the_order_of_the_page() -> None:
    seat = a_seat(Role.CENTRE_REVIEWER, at=TANGSHAN)
    for kind in KINDS:
        data = (FOLDER / f"{kind.code}.csv").read_bytes()
        taking = kind.read(Asking(seat, None), data, f"{kind.code}.csv", Watch())
        assert refusal_of(taking) is None, (kind.code, taking.findings)
        kind.act(seat, upload_id=keep_upload(f"{kind.code}.csv", "text/csv", data, seat).pk)
    assert Takeover.objects.count() == len(KINDS)
    assert isinstance(public_queries.check("1913022030400001", name="示例丙"), CheckAnswer)
