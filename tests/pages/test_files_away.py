"""The store of files is away: whoever needs a file is told so on every channel, and nothing is half done."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hengjian.authorities.acts.tokens import issue
from hengjian.authorities.roles import Role
from hengjian.files.place import Unreachable
from hengjian.institutions.acts.materials import add_material
from hengjian.institutions.models import Material
from hengjian.kernel.models import Entry, Upload
from tests.ground import a_pdf
from tests.pages.test_altered_files import a_material_file
from tests.world import Province, a_draft_filing, a_seat, an_upload

pytestmark = pytest.mark.django_db
NOWHERE = ("s3://hengjian-test/files", "http://127.0.0.1:9", "k", "s", "us-east-1")
PDF = a_pdf()


def test_a_file_that_cannot_be_fetched_is_not_said_to_be_gone(
    province: Province, client_of: Any, settings: Any
) -> None:
    client, address = a_material_file(client_of)
    settings.FILES = NOWHERE
    answer = client.get(address)
    assert answer.status_code == 503 and answer["Retry-After"]
    assert "没有应答" in answer.content.decode()


def test_an_upload_is_refused_with_what_to_do_and_leaves_nothing(
    province: Province, client_of: Any, settings: Any
) -> None:
    filing = a_draft_filing(papers=False)
    client = client_of(a_seat(Role.CLERK, institution=filing.institution))
    before = (Upload.objects.count(), Entry.objects.count(), Material.objects.count())
    settings.FILES = NOWHERE
    sent = {"kind": "备案申请表", "title": "写好的标题", "upload_id": SimpleUploadedFile("表.pdf", PDF)}
    answer = client.post(f"/filings/{filing.pk}/materials/add/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and "文件没有收下" in page and "写好的标题" in page
    assert (Upload.objects.count(), Entry.objects.count(), Material.objects.count()) == before


def test_an_act_that_needs_the_file_is_rolled_back(province: Province, settings: Any) -> None:
    filing = a_draft_filing(papers=False)
    clerk = a_seat(Role.CLERK, institution=filing.institution)
    upload = an_upload(clerk, name="表.pdf", data=PDF)
    settings.FILES = NOWHERE
    with pytest.raises(Unreachable):
        add_material(clerk, filing, kind="备案申请表", upload_id=upload.pk)
    program = Client(headers={"Authorization": f"Bearer {issue(clerk, 'sends files')}"})
    answer = program.post("/api/uploads", {"file": SimpleUploadedFile("表.pdf", PDF)})
    assert answer.status_code == 503 and "没有应答" in answer.json()["sentence"]
    sent = program.post(
        f"/api/institutions/add_material/{filing.pk}",
        {"kind": "备案申请表", "upload_id": upload.pk},
        content_type="application/json",
    )
    assert sent.status_code == 503 and sent.json()["kind"] == "unavailable"
    assert not Material.objects.filter(filing=filing).exists()
