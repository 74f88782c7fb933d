"""The roster of a batch: template, dry run with findings, the marked copy, filing only without errors, the office's side."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hengjian.authorities.models import Seat
from hengjian.kernel import clock
from hengjian.plans.models import Batch
from hengjian.plans.states import BatchState
from hengjian.rosters.models import Candidate, RosterCheck
from tests.pages.reading import queries, read
from tests.pages.stage import stage
from tests.world import Province, Wanted, a_filed_plan
from tests.world_after import a_person, a_roster_file, a_rostered_batch, seats_of, some_people

pytestmark = pytest.mark.django_db
At = Callable[[object], None]
ELECTRICIANS = (Wanted(occupation_code="6-31-01-03", level="4", headcount=40),)


@pytest.fixture
def batch(province: Province, at: At) -> Batch:
    at("2026-05-06T09:00")
    found: Batch = a_filed_plan(batches=ELECTRICIANS).batches.order_by("pk")[0]
    return found


def uploaded(client: Any, batch: Batch, data: bytes, name: str = "名册.csv") -> str:
    """Where the dry run of this file is shown."""
    answer = client.post(f"/rosters/{batch.pk}/upload/", {"roster": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302
    return str(answer["Location"])


def clerk_of(batch: Batch) -> Seat:
    return seats_of(batch.plan)[0]


def test_the_template_is_this_batchs_own(batch: Batch, client_of: Any) -> None:
    answer = client_of(clerk_of(batch)).get(f"/rosters/{batch.pk}/template.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    told = " ".join(str(cell) for row in book["名册"].iter_rows(max_row=2, values_only=True) for cell in row if cell)
    assert batch.plan.number in told and batch.occupation_name in told


def test_a_clean_roster_is_checked_and_filed_by_one_button(batch: Batch, client_of: Any) -> None:
    client = client_of(clerk_of(batch))
    assert "上传并核查" in read(client, f"/rosters/{batch.pk}/")
    page = read(client, uploaded(client, batch, a_roster_file(batch, some_people(3))))
    action = f"/do/rosters.file_roster/{batch.pk}/"
    assert "可以提交" in page and f'action="{action}"' in page
    given = dict(re.findall(r'<input type="hidden" name="(key|seen|upload_id-kept)" value="([^"]*)"', page))
    assert client.post(action, given).status_code == 302
    batch.refresh_from_db()
    assert batch.state == BatchState.ROSTERED and batch.roster_rows == 3


def test_errors_are_told_by_row_and_cell_with_clause_and_the_button_is_refused(batch: Batch, client_of: Any) -> None:
    client = client_of(clerk_of(batch))
    data = a_roster_file(batch, [a_person("王知行"), a_person("李知远", number="130203198801010000")])
    address = uploaded(client, batch, data)
    page = read(client, address)
    assert "现在还不能提交名册" in page and "证件号码" in page and "/do/rosters.file_roster/" not in page
    assert "第 3 行" in page
    only = read(client, f"{address}?severity=error")
    assert only.count('class="lead-cell"') <= page.count('class="lead-cell"')
    copy = client.get(f"{address}copy.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(copy.content))
    cells = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row if cell]
    assert any("核查意见" in cell for cell in cells)


def test_what_was_mended_since_the_last_upload_is_shown(batch: Batch, client_of: Any) -> None:
    client = client_of(clerk_of(batch))
    people = [a_person("王知行"), a_person("李知远", number="130203198801010000")]
    uploaded(client, batch, a_roster_file(batch, people))
    address = uploaded(client, batch, a_roster_file(batch, [people[0], a_person("李知远")]))
    assert "看改了什么" in read(client, address)
    assert "已改正" in read(client, f"{address}?mended=1")


def test_a_file_that_is_no_table_is_told_so(batch: Batch, client_of: Any) -> None:
    client = client_of(clerk_of(batch))
    page = read(client, uploaded(client, batch, b"%PDF-1.7 nothing", "名册.pdf"))
    assert "PDF" in page and "重新上传" in page


def test_a_run_under_way_shows_how_far_it_is_and_can_be_stopped(batch: Batch, client_of: Any) -> None:
    seat = clerk_of(batch)
    client = client_of(seat)
    check = RosterCheck.objects.create(
        batch_id=batch.pk, upload_id=0, owner=seat.actor_id, at=clock.now(), sentence="核查第 1 步", done=40, total=100
    )
    page = read(client, f"/rosters/checks/{check.pk}/")
    assert 'value="40"' in page and "every 1s" in page and "停止核查" in page
    assert client.post(f"/rosters/checks/{check.pk}/cancel/").status_code == 302
    check.refresh_from_db()
    assert check.cancel
    RosterCheck.objects.filter(pk=check.pk).update(state=RosterCheck.State.CANCELLED)
    over = client.get(f"/rosters/checks/{check.pk}/progress/")
    assert over.status_code == 204 and over["HX-Refresh"] == "true"


def test_a_run_belongs_to_whoever_began_it(batch: Batch, client_of: Any) -> None:
    clerk, responsible, reviewer = seats_of(batch.plan)
    address = uploaded(client_of(clerk), batch, a_roster_file(batch, some_people(2)))
    for seat in (responsible, reviewer):
        read(client_of(seat), address, 404)
        assert client_of(seat).get(f"{address}copy.xlsx").status_code == 404


def test_the_office_draws_the_sample_and_admits_from_the_rosters_page(
    province: Province, at: At, client_of: Any
) -> None:
    at("2026-05-06T09:00")
    rostered = a_rostered_batch(people=some_people(5))
    _, responsible, reviewer = seats_of(rostered.plan)
    page = read(client_of(reviewer), f"/rosters/{rostered.pk}/")
    assert "核查深度" in page and f"/do/rosters.draw_sample/{rostered.pk}/" in page and "上传并核查" not in page
    client = client_of(reviewer)
    given = dict(
        re.findall(
            r'<input type="hidden" name="(key|seen)" value="([^"]*)"',
            read(client, f"/do/rosters.draw_sample/{rostered.pk}/"),
        )
    )
    assert client.post(f"/do/rosters.draw_sample/{rostered.pk}/", given).status_code == 302
    listed = read(client, f"/rosters/{rostered.pk}/?side=list")
    assert "抽中" in listed and "不予参加" in listed
    chosen = Candidate.objects.filter(batch=rostered, sampled=True).order_by("row")[0]
    told = read(client, f"/candidates/{chosen.pk}/")
    assert "申报情况" in told and chosen.document_number not in told and chosen.name not in told
    assert chosen.name in read(client_of(responsible), f"/candidates/{chosen.pk}/")


def test_names_are_whole_for_the_own_institution_alone(client_of: Any, at: At) -> None:
    made = stage()
    at("2026-09-10T09:00")
    own = read(client_of(made.clerk), f"/rosters/{made.batch.pk}/?side=list")
    office = read(client_of(made.reviewer), f"/rosters/{made.batch.pk}/?side=list")
    assert made.names[0] in own and made.names[0] not in office
    assert not any(number in own + office for number in made.numbers)


@pytest.mark.parametrize("role", ["foreign", "supervisor"])
def test_strangers_find_nothing(role: str, client_of: Any, at: At) -> None:
    made = stage()
    at("2026-09-10T09:00")
    client = client_of(made.roles[role])
    for address in (f"/rosters/{made.batch.pk}/", f"/rosters/{made.batch.pk}/template.xlsx"):
        assert client.get(address).status_code == 404
    candidate = Candidate.objects.filter(batch=made.batch).order_by("row")[0]
    read(client, f"/candidates/{candidate.pk}/", 404)
    assert made.plan.number not in read(client, "/rosters/")


def test_the_columns_are_explained(client_of: Any) -> None:
    page = read(client_of(stage().clerk), "/rosters/columns/")
    assert "证件号码" in page and "填写要求" in page


def test_lists_cost_the_same_for_few_and_for_many(client_of: Any, at: At) -> None:
    few, many = stage(candidates=100), stage(candidates=1000)
    at("2026-09-10T09:00")
    client = client_of(few.reviewer)
    for side in ("", "?side=list"):
        read(client, f"/rosters/{few.batch.pk}/{side}")
        counted = [
            queries(lambda made=made, side=side: client.get(f"/rosters/{made.batch.pk}/{side}")) for made in (few, many)
        ]  # type: ignore[misc]
        assert counted[0] == counted[1], side
    one = queries(lambda: client.get("/rosters/"))
    stage()
    stage()
    assert queries(lambda: client.get("/rosters/")) == one
