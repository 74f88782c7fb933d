"""The smallest installation the kernel's own tests need: three areas, two offices, a few seats; made by acts."""

from __future__ import annotations

from hengjian.authorities.acts.load_areas import AreaRow, load_areas
from hengjian.authorities.acts.open_seat import open_seat
from hengjian.authorities.models import Office, Seat
from hengjian.authorities.roles import Role
from hengjian.kernel.actor import OPERATOR
from tests.ground import the_user

ROWS = (
    AreaRow("130000", "13/", "河北省", "province", "河北省演示中心"),
    AreaRow("130200", "13/1302/", "唐山市", "city", "唐山市演示中心"),
    AreaRow("130203", "13/1302/130203/", "路北区", "county", "路北区演示局"),
    AreaRow("130300", "13/1303/", "秦皇岛市", "city", "秦皇岛市演示中心"),
)


def offices() -> dict[str, Office]:
    load_areas(OPERATOR, rows=ROWS, source="测试")
    return {office.area.path: office for office in Office.objects.select_related("area")}


def seat(role: Role, office: Office, name: str = "林知远") -> Seat:
    user = the_user(f"{role.value}-{office.pk}-{name}", name)
    return open_seat(OPERATOR, user_id=user.pk, role=role.value, office_id=office.pk)
