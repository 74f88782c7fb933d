"""The public check of a certificate taken over: its record, who brought it, and no way to a proof; alone and in a batch."""

from __future__ import annotations

import pytest
from django.test import Client

from hengjian.authorities.roles import Role
from hengjian.certificates.acts.take_over_certificates import take_over_certificates
from hengjian.kernel.uploads import keep_upload
from tests.acts.institutions.tables import a_certificate_line, certificates
from tests.world import TANGSHAN, a_seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province", "in_march")]


def test_it_says_by_whom_it_was_brought_and_leads_to_no_proof() -> None:
    seat = a_seat(Role.CENTRE_REVIEWER, at=TANGSHAN)
    table = keep_upload("台账.xlsx", "", certificates(a_certificate_line()), seat)
    takeover = take_over_certificates(seat, upload_id=table.pk)
    number, public = "1913022030400001", Client()
    html = public.post("/check/", {"number": number, "who": "旧证甲"}).content.decode()
    for words in ("此前发的证书，记录由机关承接", takeover.office.name, "国家职业资格证书", "旧**", number):
        assert words in html, words
    assert "check/origin" not in html and "真实有效" not in html
    assert "没有查到这张证书" in public.post("/check/", {"number": number, "who": "别人"}).content.decode()
    batch = public.post("/check/batch/", {"lines": f"{number},1235"}).content.decode()
    assert "记录由机关承接" in batch
