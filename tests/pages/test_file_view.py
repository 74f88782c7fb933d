"""A stored file in the page: pictures and words made anew, nothing of the file itself; who opened it stands in the log of
openings, which the auditor of the area reads and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from hengjian.authorities import file_openings
from hengjian.authorities.file_openings import FileOpening
from hengjian.authorities.roles import Role
from hengjian.demo.materials import a_material
from hengjian.institutions.acts.materials import add_material
from hengjian.institutions.models import Filing, Material
from hengjian.kernel import clock
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.refusal import Refused
from tests.files.test_kinds import a_picture
from tests.ground import a_pdf
from tests.world import BAODING, TANGSHAN, Province, a_draft_filing, a_seat, an_upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def filing(province: Province, at: Callable[[object], None]) -> Filing:
    at("2026-05-06T09:00")
    return a_draft_filing(papers=False)


def the_clerk(filing: Filing) -> Any:
    return a_seat(Role.CLERK, institution=filing.institution)


def a_file(filing: Filing, name: str, data: bytes) -> Material:
    clerk = the_clerk(filing)
    add_material(clerk, filing, kind="备案申请表", upload_id=an_upload(clerk, name=name, data=data).pk, title=name)
    return Material.objects.latest("pk")


def shown(client: Any, material: Material) -> str:
    answer = client.get(f"/filings/materials/{material.pk}/view/")
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff" and "script-src 'self'" in answer["Content-Security-Policy"]
    return str(answer.content.decode())


def test_each_kind_is_shown_as_what_cannot_act(filing: Filing, client_of: Any) -> None:
    client = client_of(the_clerk(filing))
    assert '.png" alt="第 1 页"' in shown(client, a_file(filing, "表.pdf", a_pdf("one")))
    assert "view/0.png" in shown(client, a_file(filing, "现场.jpg", a_picture()))
    assert "配电实训台" in shown(client, a_file(filing, *a_material("场地与设备清单及照片")))
    assert "启封须两人在场" in shown(client, a_file(filing, *a_material("管理制度")))
    page = shown(client, a_file(filing, "说明.txt", "一行 <b onclick=x>粗</b>\n<script>alert(1)</script>".encode()))
    assert "&lt;script&gt;" in page and "<b onclick" not in page
    page = shown(client, a_file(filing, "表.csv", "姓名,=cmd|'/c calc'!A1\n".encode()))
    assert "=cmd|&#x27;/c calc&#x27;!A1" in page


def test_pictures_are_made_anew_and_the_file_is_only_ever_saved(filing: Filing, client_of: Any) -> None:
    client = client_of(the_clerk(filing))
    data = a_picture(comment=b"SECRET WORD")
    material = a_file(filing, "现场.jpg", data)
    picture = client.get(f"/filings/materials/{material.pk}/view/0.png")
    assert picture["Content-Type"] == "image/jpeg" and b"SECRET" not in picture.content
    with Image.open(BytesIO(picture.content)) as found:
        assert found.size == (400, 300)
    assert client.get(f"/filings/materials/{material.pk}/view/1.png").status_code == 404
    taken = client.get(f"/filings/materials/{material.pk}/file")
    assert taken.content == data
    assert taken["Content-Type"] == "application/octet-stream" and taken["Content-Disposition"].startswith(
        "attachment;"
    )
    for answer in (picture, taken):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("表.pdf", b"%PDF-1.7 nothing", "损坏"),
        ("表.pdf", a_picture(), "内容却是"),
        ("表.zip", b"PK\x05\x06" + bytes(18), "不收"),
        ("大.txt", "大".encode() * 400_000, "超过上限"),
    ],
)
def test_what_is_no_evidence_is_refused_at_its_field_and_by_the_act(
    filing: Filing, client_of: Any, name: str, data: bytes, says: str
) -> None:
    clerk = the_clerk(filing)
    sent = {"kind": "备案申请表", "title": "写好的标题", "upload_id": SimpleUploadedFile(name, data), "key": "k" * 32}
    answer = client_of(clerk).post(f"/filings/{filing.pk}/materials/add/", sent)
    page = answer.content.decode()
    assert answer.status_code in (409, 422) and says in page and "写好的标题" in page
    with pytest.raises(Refused, match=says):
        add_material(clerk, filing, kind="备案申请表", upload_id=an_upload(clerk, name=name, data=data).pk)
    assert not Material.objects.filter(filing=filing).exists()


def test_who_opened_what_stands_in_the_log_of_openings(
    filing: Filing, client_of: Any, at: Callable[[object], None]
) -> None:
    clerk = the_clerk(filing)
    material = a_file(filing, "表.pdf", a_pdf("two"))
    client = client_of(clerk)
    assert not FileOpening.objects.exists()
    for _ in range(2):
        shown(client, material)
        client.get(f"/filings/materials/{material.pk}/view/0.png")
    client.get(f"/filings/materials/{material.pk}/file")
    assert sorted(FileOpening.objects.values_list("how", "actor", "case_id").order_by("how")) == [
        ("shown", clerk.actor_id, filing.pk),
        ("taken", clerk.actor_id, filing.pk),
    ]
    at("2026-05-06T09:11")
    shown(client, material)
    assert FileOpening.objects.count() == 3
    stranger = client_of(a_seat(Role.CENTRE_REVIEWER, at=BAODING))
    assert stranger.get(f"/filings/materials/{material.pk}/view/").status_code == 404
    assert stranger.get(f"/filings/materials/{material.pk}/view/0.png").status_code == 404
    assert FileOpening.objects.count() == 3  # nothing was opened


def test_the_auditor_of_the_area_reads_it_and_nobody_else(filing: Filing, client_of: Any) -> None:
    clerk = the_clerk(filing)
    shown(client_of(clerk), a_file(filing, "表.pdf", a_pdf("three")))
    auditor = a_seat(Role.AUDITOR, at=TANGSHAN)
    page = client_of(auditor).get("/files/opened/").content.decode()
    assert clerk.label in page and clerk.user.name in page and "备案申请表" in page and f"/filings/{filing.pk}/" in page
    assert disclosed(FileOpening, auditor).count() == 1
    for other in (a_seat(Role.AUDITOR, at=BAODING), a_seat(Role.CENTRE_REVIEWER, at=TANGSHAN), clerk):
        assert disclosed(FileOpening, other).count() == 0
        assert clerk.label not in client_of(other).get("/files/opened/").content.decode().partition("<main")[2]


def test_openings_are_kept_as_long_as_the_policy_says(
    filing: Filing, client_of: Any, at: Callable[[object], None]
) -> None:
    shown(client_of(the_clerk(filing)), a_file(filing, "表.pdf", a_pdf("four")))
    at("2029-05-04T09:00")
    assert file_openings.forget_old(clock.now()) == 0
    at("2029-05-06T09:00")
    assert file_openings.forget_old(clock.now()) == 1
