"""A draw with a witness, in the browser: the secret is made and kept on the witness's device, the sealing is one button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from hengjian.authorities.roles import Role
from hengjian.kernel import clock, sealer
from hengjian.kernel.clock_acts import perform_due
from hengjian.supervision.models import Draw, Witness
from tests.journeys.hands import DESK, PHONE, press, says, the_clock_stands_at, write
from tests.world import MARCH, a_filed_plan, a_seat, a_supervisor, at_hour
from tests.world_after import a_chain, seats_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.on_both
def test_a_witness_keeps_the_secret_on_the_own_device(
    browser: Callable[..., Any], settings: Any, pictures: Any
) -> None:
    with clock.at(MARCH):
        plan = a_filed_plan()
        _, responsible, reviewer = seats_of(plan)
        for _ in range(3):
            a_supervisor()
        a_chain(plan.office)
    the_clock_stands_at(MARCH, settings)

    page = browser(responsible, **PHONE)
    page.goto(f"/plans/{plan.pk}/")
    press(page, "见证抽取")
    press(page, "生成秘密值")
    assert says(page, "秘密值已生成并存在这台设备上")
    pictures.take(page, "commit-phone")
    press(page, "见证抽取")
    witness = Witness.objects.get()
    kept = page.evaluate("(key) => localStorage.getItem(key)", f"hengjian witness {witness.commitment}")
    assert len(kept) == 64

    desk = browser(reviewer, **DESK)
    desk.goto(f"/plans/{plan.pk}/draw/")
    assert says(desk, "直接封存为 C 级")
    assert not desk.locator("[name=beacon_source]").is_visible()
    pictures.take(desk, "seal-desk")
    narrow = browser(reviewer, **PHONE)
    narrow.goto(f"/plans/{plan.pk}/draw/")
    pictures.take(narrow, "seal-phone")
    press(desk, "封存抽取清单")
    draw = Draw.objects.get()
    assert draw.manifest["commitments"][1] == witness.commitment
    sealer.seal()

    page.goto(f"/witnesses/{witness.pk}/")
    press(page, "揭示秘密值")
    assert page.locator("[name=secret]").input_value() == kept
    pictures.take(page, "reveal-phone")
    press(page, "揭示秘密值")
    witness.refresh_from_db()
    assert (witness.state, witness.secret) == (Witness.State.REVEALED, kept)

    desk.goto("/clock/")
    desk.fill("[name=days]", "1")
    press(desk, "拨动演示时钟")
    assert says(desk, "演示时钟已向前拨。")
    desk.goto(f"/draws/{draw.pk}/")
    press(desk, "抽取质量督导员")
    press(desk, "抽取质量督导员")
    draw.refresh_from_db()
    assert draw.state == Draw.State.DRAWN
    pictures.take(desk, "drawn-desk")

    head = browser(a_seat(Role.CENTRE_HEAD, office=plan.office), **DESK)
    head.goto(f"/draws/{draw.pk}/")
    press(head, "抽取作废")
    head.get_by_label("考试改期、换考点或者取消").check()
    write(head, {"说明": "机构来函，考试推迟到下月举行，场次全部改变。"})
    pictures.take(head, "void-desk")
    press(head, "抽取作废")
    assert says(head, "作废")
    perform_due(at_hour(plan.ends_on + timedelta(days=1), 0, 5))
    for name, size in (("desk", DESK), ("phone", PHONE)):
        public = browser(None, **size)
        public.goto(f"/draws/public/{draw.code}/")
        assert says(public, "这次抽取已经作废")
        press(public, "重新抽一遍")
        assert says(public, "成立：重新计算的结果与公布的完全一致")
        pictures.take(public, f"public-{name}")
