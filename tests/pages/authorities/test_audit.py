"""An auditor finds every act of the area by person, act, case and day, what is unusual, and what changed between two days."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from hengjian.authorities.lists import ACTS
from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.kernel.asking import Asking
from hengjian.kernel.law import National
from hengjian.kernel.listing import Wanted, part_of, selected
from hengjian.supervision.acts.void_draw import void_draw
from hengjian.supervision.policies import VOID_GROUNDS
from tests.pages.stage import stage
from tests.world import BAODING, PROVINCE, TANGSHAN, a_seat

ClientOf = Callable[[Seat], Client]
pytestmark = pytest.mark.django_db
NOW = "2026-09-30T10:00"


def acts_of(seat: Seat, **chosen: object) -> set[str]:
    return set(selected(ACTS, Asking(seat, None), Wanted(chosen=chosen)).values_list("act", flat=True))  # type: ignore[arg-type]


def test_an_auditor_sees_the_acts_of_the_own_area_and_nobody_else_any() -> None:
    with clock.at(NOW):
        made = stage(candidates=4).objected()
        assert "plans.file_plan" in acts_of(a_seat(Role.AUDITOR, at=TANGSHAN))
        assert "plans.file_plan" not in acts_of(a_seat(Role.AUDITOR, at=BAODING))
        assert "results.object_to_result" in acts_of(a_seat(Role.AUDITOR, at=PROVINCE)), "the public's too"
        for seat in (made.reviewer, made.head, made.clerk, a_seat(Role.PROVINCE_OFFICER, at=PROVINCE)):
            assert acts_of(seat) == set()


def test_only_an_auditor_has_the_page(client_of: ClientOf) -> None:
    with clock.at(NOW):
        made = stage(candidates=4)
        assert client_of(made.head).get(reverse("audit")).status_code == 404
        assert client_of(a_seat(Role.AUDITOR, at=PROVINCE)).get(reverse("audit")).status_code == 200
        own = a_seat(Role.AUDITOR, at=TANGSHAN)
        entry = selected(ACTS, Asking(own, None), Wanted(chosen={"act": "plans.file_plan"})).values_list(
            "pk", flat=True
        )[0]
        address = reverse("audit_entry", kwargs={"entry": entry})
        assert client_of(own).get(address).status_code == 200
        for seat in (made.head, made.clerk, a_seat(Role.AUDITOR, at=BAODING)):
            assert client_of(seat).get(address).status_code == 404, seat
            missing = client_of(seat).get(reverse("audit_entry", kwargs={"entry": 999_999_999}))
            assert missing.status_code == 404


def test_by_person_by_act_by_case_and_by_day() -> None:
    with clock.at(NOW):
        made = stage(candidates=4).objected()
        asking = Asking(a_seat(Role.AUDITOR, at=PROVINCE), None)
        name = made.reviewer.user.name

        def found(words: str = "", **chosen: object) -> list[str]:
            wish = Wanted(words=words, chosen=chosen, size=200)  # type: ignore[arg-type]
            return [row.act for row in part_of(ACTS, asking, wish).rows]

        assert "plans.file_plan" in found(name) and "plans.submit_plan" not in found(name)
        assert set(found(act="plans.file_plan")) == {"plans.file_plan"}
        of_the_case = found(of="plans_plan", case=made.plan.pk)
        assert {"plans.submit_plan", "plans.file_plan"} <= set(of_the_case)
        day = clock.today().replace(month=8, day=21)
        assert "plans.file_plan" in found(at_from=day, at_until=day)
        assert "plans.submit_plan" not in found(at_from=day, at_until=day)


def test_what_takes_back_and_what_is_done_at_odd_hours_is_unusual() -> None:
    made = stage(candidates=4).sealed_draw()
    auditor = a_seat(Role.AUDITOR, at=PROVINCE)
    with clock.at("2026-09-10T09:40"):
        before = acts_of(auditor, unusual="acts")
        ground = next(iter(National(clock.today()).policy(VOID_GROUNDS)))
        void_draw(made.head, made.draw, ground=ground, explanation="清单有误，重新封存后再抽取。")
        assert "supervision.void_draw" not in before and "supervision.void_draw" in acts_of(auditor, unusual="acts")
        assert "supervision.void_draw" not in acts_of(auditor, unusual="hours")


def test_between_two_days_the_acts_are_counted_by_kind(client_of: ClientOf) -> None:
    with clock.at(NOW):
        stage(candidates=4).objected()
        client = client_of(a_seat(Role.AUDITOR, at=PROVINCE))
        assert client.get(reverse("audit")).context["changes"] is None
        page = client.get(reverse("audit") + "?at_from=2026-08-20&at_until=2026-08-21")
        rows = page.context["changes"].table.rows
        total = sum(int(row.cells[1]) for row in rows)
        assert total == page.context["pager"].total
        filed = next(row for row in rows if str(row.cells[0].text) == "计划备案")
        assert "计划审核" in str(filed.cells[0].note) and "已备案" in str(filed.cells[0].note)
