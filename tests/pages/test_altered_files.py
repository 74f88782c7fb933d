"""A stored file that is not what was handed in is given out by no page: a sentence, 409 (altered) or 410 (gone), no part of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import hengjian
from hengjian.authorities.roles import Role
from hengjian.institutions.models import Material
from hengjian.kernel.models import Upload
from hengjian.rosters.models import RosterCheck
from tests.acts.institutions.tables import a_line, a_table
from tests.harness import lying
from tests.world import TANGSHAN, Province, Wanted, a_filed_plan, a_seat, a_submitted_filing
from tests.world_after import a_person, a_roster_file, seats_of

pytestmark = pytest.mark.django_db
SOURCES = Path(hengjian.__file__).parent
# Every place where a channel opens a stored file, by the words that do it; each is asked below or never answers with it.
OPENS = re.compile(r"\b(?:contents|annotated)\(|\bopened\(desk\.actor")
PLACES = {
    "web/takeovers/check_pages.py": 1,
    "web/takeovers/runs.py": 1,
    "web/rosters/check_pages.py": 2,
    "web/viewing.py": 1,
}


def a_material_file(client_of: Any) -> tuple[Any, str]:
    filing = a_submitted_filing()
    material = Material.objects.filter(filing=filing).order_by("pk").first()
    assert material is not None
    return client_of(a_seat(Role.CENTRE_REVIEWER, office=filing.office)), f"/filings/materials/{material.pk}/file"


def a_material_shown(client_of: Any) -> tuple[Any, str]:
    client, address = a_material_file(client_of)
    return client, address.replace("/file", "/view/")


def a_picture_of_a_material(client_of: Any) -> tuple[Any, str]:
    client, address = a_material_shown(client_of)
    return client, f"{address}0.png"


def a_checked_roster(client_of: Any) -> tuple[Any, str]:
    wanted = (Wanted(occupation_code="6-31-01-03", level="4", headcount=40),)
    batch = a_filed_plan(batches=wanted).batches.get()
    client = client_of(seats_of(batch.plan)[0])
    for name in ("王知行", "李知远"):
        people = [a_person(name), a_person("赵明德", number="130203198801010000")]
        roster = SimpleUploadedFile("名册.csv", a_roster_file(batch, people))
        assert client.post(f"/rosters/{batch.pk}/upload/", {"roster": roster}).status_code == 302
    return client, f"/rosters/checks/{RosterCheck.objects.latest('pk').pk}/"


def an_annotated_roster(client_of: Any) -> tuple[Any, str]:
    client, address = a_checked_roster(client_of)
    return client, f"{address}copy.xlsx"


def what_was_mended(client_of: Any) -> tuple[Any, str]:
    client, address = a_checked_roster(client_of)
    return client, f"{address}?mended=1"


def a_checked_table(client_of: Any) -> tuple[Any, str]:
    client = client_of(a_seat(Role.CENTRE_REVIEWER, at=TANGSHAN))
    table = SimpleUploadedFile("机构.xlsx", a_table(a_line()))
    return client, client.post(reverse("takeover_upload"), {"table": table}).url


def an_annotated_table(client_of: Any) -> tuple[Any, str]:
    client, address = a_checked_table(client_of)
    return client, f"{address}copy.xlsx"


@pytest.mark.parametrize(
    "route",
    [
        a_material_file,
        a_material_shown,
        a_picture_of_a_material,
        an_annotated_roster,
        what_was_mended,
        an_annotated_table,
    ],
)
@pytest.mark.parametrize(
    ("spoil", "status", "sentence"),
    [
        (lying.alter_all, 409, "摘要不符"),
        (lying.exchange_all, 409, "摘要不符"),
        (lying.remove_all, 410, "已不在库中"),
    ],
)
def test_a_file_changed_behind_the_acts_is_not_given_out(
    province: Province,
    client_of: Any,
    at: Callable[[object], None],
    route: Callable[[Any], tuple[Any, str]],
    spoil: Callable[[], None],
    status: int,
    sentence: str,
) -> None:
    at("2026-05-06T09:00")
    client, address = route(client_of)
    before = client.get(address)
    assert before.status_code == 200
    assert Upload.objects.exists()
    spoil()
    answer = client.get(address)
    assert answer.status_code == status
    page = answer.content.decode()
    assert sentence in page and "</html>" in page
    assert "Content-Disposition" not in answer
    assert "somebody else" not in page and "赵明德" not in page


def test_every_place_that_opens_a_stored_file_is_asked_here() -> None:
    found = {}
    for folder in ("web", "api"):
        for path in (SOURCES / folder).rglob("*.py"):
            count = len(OPENS.findall(path.read_text(encoding="utf-8")))
            if count:
                found[path.relative_to(SOURCES).as_posix()] = count
    assert found == PLACES
