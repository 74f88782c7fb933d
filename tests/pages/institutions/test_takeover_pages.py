"""承接 on pages and at the command line: uploaded, checked at the cells, given back marked, taken over, undone."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hengjian.authorities.roles import Role
from hengjian.cli.main import main
from hengjian.institutions.models import Institution, Takeover
from hengjian.institutions.takeover_columns import COLUMNS, WORDS
from hengjian.institutions.takeover_reading import read_institutions
from hengjian.kernel.asking import Asking
from tests.acts.institutions.tables import BAODING_CODE, a_line, a_table
from tests.pages.reading import read
from tests.world import BAODING, TANGSHAN, a_seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province", "in_march")]


def uploaded(client: Any, data: bytes) -> str:
    answer = client.post(reverse("takeover_upload"), {"table": SimpleUploadedFile("机构.xlsx", data)})
    assert answer.status_code == 302
    return str(answer.url)


def template(kind: str = "institutions") -> str:
    return reverse("takeover_template", kwargs={"kind": kind})


def test_a_table_without_an_error_is_taken_over_from_its_page(client_of: Any) -> None:
    client = client_of(a_seat(Role.CENTRE_REVIEWER, at=TANGSHAN))
    assert "还没有承接过" in read(client, reverse("takeovers"))
    check = uploaded(client, a_table(a_line()))
    html = client.get(check).content.decode()
    assert "没有发现问题" in html
    action = re.search(r'action="([^"]*take_over[^"]*)"', html)
    assert action is not None
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))
    answer = client.post(action[1], hidden)
    takeover = Takeover.objects.get()
    assert answer.status_code == 302
    text = read(client, reverse("takeover", kwargs={"pk": takeover.pk}))
    assert "唐人社备〔2022〕3号" in text
    assert "撤销承接" in text


def test_an_error_is_shown_at_its_cell_and_the_table_comes_back_marked(client_of: Any) -> None:
    client = client_of(a_seat(Role.CENTRE_REVIEWER, at=TANGSHAN))
    check = uploaded(client, a_table(a_line(area=BAODING_CODE)))
    text = read(client, check)
    assert "第 3 行 所在地" in text
    assert "现在还不能承接" in text
    book = openpyxl.load_workbook(BytesIO(client.get(f"{check}copy.xlsx").content))
    assert book.sheetnames == ["2024", "核查意见汇总"]
    assert not Institution.objects.exists()


def test_what_is_no_table_is_refused_in_a_sentence(client_of: Any) -> None:
    client = client_of(a_seat(Role.CENTRE_REVIEWER, at=TANGSHAN))
    check = uploaded(client, b"%PDF-1.4")
    assert "这是PDF 文件，不是表格" in read(client, check)
    read(client, f"{check}copy.xlsx", status=404)


def test_an_upload_is_its_owners_alone_and_institutions_take_nothing_over(client_of: Any) -> None:
    check = uploaded(client_of(a_seat(Role.CENTRE_REVIEWER, at=TANGSHAN)), a_table(a_line()))
    stranger = client_of(a_seat(Role.CENTRE_REVIEWER, at=BAODING))
    read(stranger, check, status=404)
    read(stranger, f"{check}copy.xlsx", status=404)
    clerk = client_of(a_seat(Role.CLERK))
    read(clerk, reverse("takeovers"), status=404)
    read(clerk, template(), status=404)
    assert clerk.post(reverse("takeover_upload"), {"kind": "institutions"}).status_code == 404


def test_the_template_is_read_back_by_its_own_columns(client_of: Any) -> None:
    seat = a_seat(Role.CENTRE_REVIEWER, at=TANGSHAN)
    data = client_of(seat).get(template()).content
    book = openpyxl.load_workbook(BytesIO(data))
    headings = [cell.value for cell in book.worksheets[0][2]]
    assert [WORDS.key_of(str(heading)) for heading in headings] == [column.key for column in COLUMNS]
    example = dict(zip((column.key for column in COLUMNS), (cell.value for cell in book.worksheets[1][3]), strict=True))
    for place, column in enumerate(COLUMNS, start=1):
        book.worksheets[0].cell(3, place, example[column.key])
    filled = BytesIO()
    book.save(filled)
    taking = read_institutions(Asking(seat, None), filled.getvalue(), "")
    assert {f.column for f in taking.findings if f.severity.value == "error"} <= {
        "uscc"
    }  # invented, and so without a check sign


def test_the_command_does_what_the_page_does(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seat = a_seat(Role.CENTRE_REVIEWER, at=TANGSHAN)
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(a_table(a_line()))
    bad.write_bytes(a_table(a_line(area=BAODING_CODE)))
    words = ["import", "institutions", "--as", str(seat.pk), "--json"]
    assert main([*words, str(bad), "--out", str(tmp_path / "marked.xlsx")]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [found["column"] for found in told["findings"]] == ["area"]
    assert (tmp_path / "marked.xlsx").stat().st_size > 1000
    assert main([*words, str(good), "--dry-run"]) == 0
    assert not Takeover.objects.exists()
    assert main([*words, str(good)]) == 0
    assert Takeover.objects.get().rows == 1
    assert main(["import", "institutions", str(good), "--as", "999999"]) == 2
    clerk = a_seat(Role.CLERK, institution=Institution.objects.get())
    assert main(["import", "institutions", str(good), "--as", str(clerk.pk)]) == 1
