"""Calendar, seats and rights to both: which year is missing, how a deadline is counted, who administers seats (R6, M9)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel.models import CalendarYear
from tests import world
from tests.pages.reading import queries, read

pytestmark = pytest.mark.django_db
LINES = """2027-01-01 至 2027-01-03, 放假, 元旦
2027-02-05 至 2027-02-11, 放假, 春节
2027-04-03 至 2027-04-05, 放假, 清明节
2027-05-01 至 2027-05-05, 放假, 劳动节
2027-06-09, 放假, 端午节
2027-09-15, 放假, 中秋节
2027-10-01 至 2027-10-07, 放假, 国庆节"""


def test_a_deadline_is_counted_day_by_day(province: world.Province) -> None:
    text = read(Client(), reverse("calendar") + "?from=2026-09-29&days=5")
    assert "第 5 个工作日是 2026 年 10 月 12 日" in text
    assert "4 调休" in text


@pytest.mark.parametrize("asked", ["?from=昨天&days=5", "?from=2026-09-29&days=很多", "?from=2026-09-29&days=9999"])
def test_a_date_or_number_that_cannot_be_counted_is_refused_in_words(province: world.Province, asked: str) -> None:
    assert 'role="alert"' in read(Client(), reverse("calendar") + asked)


def test_a_missing_year_is_announced_from_the_day_the_policy_says(province: world.Province, at: Any) -> None:
    at("2026-11-14T09:00")
    assert "2027 年的放假安排尚未录入" not in read(Client(), reverse("calendar"))
    at("2026-11-15T09:00")
    assert "2027 年的放假安排尚未录入" in read(Client(), reverse("calendar"))
    at("2027-03-01T09:00")
    assert "所有期限均为暂定" in read(Client(), reverse("calendar"))


def test_a_deadline_into_an_unknown_year_is_provisional(province: world.Province) -> None:
    assert "暂定" in read(Client(), reverse("calendar") + "?from=2026-12-30&days=5")


def test_the_province_enters_a_year_and_lands_on_it(province: world.Province, client_of: Any, at: Any) -> None:
    at("2026-11-20T09:00")
    client = client_of(world.a_seat(Role.PROVINCE_OFFICER, at=world.PROVINCE))
    address = reverse("open_case", kwargs={"code": "authorities.enter_calendar_year"})
    assert address in read(client, reverse("calendar"))
    posted = {"key": "y", "year": "2027", "notice": "国办发明电〔2026〕示例号", "lines": LINES}
    assert client.post(address, posted | {"lines": "2027-13-40, 放假, 元旦"}).status_code == 422
    answer = client.post(address, posted, follow=True)
    assert answer.redirect_chain[-1][0].endswith("?year=2027")
    assert CalendarYear.objects.filter(year=2027).exists()
    assert "尚未录入" not in answer.content.decode()


def test_only_administrators_reach_the_seats_and_only_those_of_their_area(client_of: Any) -> None:
    plain = world.a_seat(Role.CENTRE_REVIEWER)
    other = world.a_seat(Role.CENTRE_REVIEWER, at=world.BAODING)
    read(client_of(plain), reverse("seat_list"), status=404)
    read(client_of(plain), reverse("seat", kwargs={"pk": plain.pk}), status=404)
    city = client_of(world.a_seat(Role.ADMINISTRATOR))
    text = read(city, reverse("seat_list"))
    assert plain.user.name in text
    assert other.user.name not in text
    read(city, reverse("seat", kwargs={"pk": plain.pk}))
    read(city, reverse("seat", kwargs={"pk": other.pk}), status=404)


def test_a_seat_is_proposed_by_one_and_confirmed_from_the_queue_of_another(client_of: Any) -> None:
    office = world.a_province().office(world.TANGSHAN)
    head = client_of(world.a_seat(Role.CENTRE_HEAD))
    administrator = world.a_seat(Role.ADMINISTRATOR)
    client = client_of(administrator)
    address = reverse("open_seat")
    assert 'name="place_name"' not in read(client, address)
    user = world.a_user("新审核员")
    posted = {"key": "s", "user_id": str(user.pk), "role": "centre_reviewer", "office_id": str(office.pk)}
    assert client.post(address, posted).status_code == 302
    seat = Seat.objects.get(user=user)
    assert (seat.place_name, seat.area_path, seat.state) == (office.name, office.area.path, "pending")
    shown = reverse("seat", kwargs={"pk": seat.pk})
    confirm = f"/do/authorities.confirm_seat/{seat.pk}/"
    assert "提出人和本人不能确认" in read_after_post(client, confirm, seat)
    assert shown in read(head, "/desk/")
    assert confirm in read(head, shown)
    assert head.post(confirm, {"key": "c", "seen": str(seat.revision)}).status_code == 302
    seat.refresh_from_db()
    assert seat.state == "active"
    end = reverse("end_seat", kwargs={"pk": seat.pk})
    assert end in read(client, shown)
    assert client.post(end, {"key": "e", "seen": str(seat.revision), "reason": "已离职，不再担任。"}).status_code == 302
    seat.refresh_from_db()
    assert seat.ended_on is not None
    assert "已撤销" in read(client, shown)
    read(client_of(world.a_seat(Role.ADMINISTRATOR, at=world.BAODING)), end, status=404)
    assert client.post(address, posted | {"key": "s2"}).status_code == 302, "an ended seat can be opened again"


def read_after_post(client: Any, address: str, row: Any) -> str:
    answer = client.post(address, {"key": "x", "seen": str(row.revision)})
    assert answer.status_code == 409
    return str(answer.content.decode())


def test_the_seats_ask_the_database_as_often_for_many_as_for_few(client_of: Any) -> None:
    client = client_of(world.a_seat(Role.ADMINISTRATOR))
    client.get(reverse("seat_list"))
    few = queries(lambda: client.get(reverse("seat_list")))
    for _ in range(3):
        world.another_seat(world.a_seat(Role.CENTRE_REVIEWER))
    assert queries(lambda: client.get(reverse("seat_list"))) == few
