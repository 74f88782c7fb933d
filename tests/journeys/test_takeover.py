"""承接 in a browser: an office takes its list of certificates over, and a holder's phone finds the certificate as one that was brought."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hengjian.authorities.roles import Role
from hengjian.institutions.models import Takeover
from hengjian.kernel import clock
from tests.journeys.hands import DESK, PHONE, press, says, the_clock_stands_at
from tests.world import MARCH, TANGSHAN, Province, a_seat

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SAMPLE = Path(__file__).parents[2] / "docs" / "takeover" / "certificates.csv"


def test_a_list_of_certificates_is_taken_over_and_checked_on_a_phone(
    browser: Callable[..., Any], province: Province, settings: Any, tmp_path: Path
) -> None:
    with clock.at(MARCH):
        reviewer = a_seat(Role.CENTRE_REVIEWER, at=TANGSHAN)
    rows = SAMPLE.read_text()
    spoilt = tmp_path / "发证台账.csv"
    spoilt.write_text(rows.replace("四级/中级工", "三级/高级工"))
    the_clock_stands_at(MARCH, settings)
    page = browser(reviewer, **DESK)
    page.goto("/takeovers/?side=certificates")
    page.set_input_files("input[type=file]", spoilt)
    press(page, "上传并核查")
    assert says(page, "编号中的等级代码是 4，与“等级”不符。")
    page.goto("/takeovers/?side=certificates")
    mended = tmp_path / "发证台账改.csv"
    mended.write_text(rows.replace(",91130203DEM000014C,", ",,"))
    page.set_input_files("input[type=file]", mended)
    press(page, "上传并核查")
    press(page, "承接已发证书")
    assert says(page, "可以整批撤销到")
    assert Takeover.objects.get().rows == 2
    phone = browser(**PHONE)
    phone.goto("/check/")
    phone.fill("#number", "1913022030400001")
    phone.fill("#who", "示例丙")
    phone.get_by_role("button", name="核验", exact=True).click()
    assert says(phone, "此前发的证书，记录由机关承接")
    assert not says(phone, "这张证是怎么来的")
