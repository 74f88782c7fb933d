"""The ground the tests' world stands on: a small part of Hebei with offices, calendar, occupations and standards; fixed times.

Everything is invented or public; one call of `a_province` performs the acts that an installation performs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO

import pikepdf
import pytest

from hengjian.authorities.acts.accounts import open_account
from hengjian.authorities.acts.enter_calendar_year import load_calendar
from hengjian.authorities.acts.load_areas import AreaRow, load_areas
from hengjian.authorities.models import Account, Area, Office, Seat, User
from hengjian.kernel import clock
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.identity import organisation_check_character, resident_check_digit, uscc_check_character
from hengjian.kernel.models import Upload
from hengjian.kernel.refusal import Kind, Refusal, Refused
from hengjian.kernel.uploads import keep_upload
from hengjian.occupations import seeds as occupation_seeds
from hengjian.occupations.acts.load_catalogue import load_catalogue
from hengjian.occupations.acts.load_standards import load_standards
from hengjian.occupations.seeds import SeedStandard
from tests.harness.laid import laid_once
from tests.harness.numbers import Numbers

ELECTRICIAN, WELDER, LATHE, CARE, CRANE = "6-31-01-03", "6-18-02-04", "6-18-01-01", "4-10-01-05", "6-30-05-02"


OCCUPATIONS = {ELECTRICIAN: "电工", WELDER: "焊工", LATHE: "车工", CARE: "养老护理员", CRANE: "起重工"}


AREAS = (
    AreaRow("130000", "13/", "河北省", "province", "河北省职业技能鉴定指导中心"),
    AreaRow("130200", "13/1302/", "唐山市", "city", "唐山市职业技能鉴定中心"),
    AreaRow("130202", "13/1302/130202/", "路南区", "county", "路南区人力资源和社会保障局"),
    AreaRow("130203", "13/1302/130203/", "路北区", "county", "路北区人力资源和社会保障局"),
    AreaRow("130273", "13/1302/130273/", "唐山高新技术产业开发区", "zone"),
    AreaRow("130600", "13/1306/", "保定市", "city", "保定市职业技能鉴定中心"),
    AreaRow("130602", "13/1306/130602/", "竞秀区", "county"),
    AreaRow("133100", "13/1331/", "河北雄安新区", "city", "雄安新区管理委员会公共服务局"),
    AreaRow("130629", "13/1331/130629/", "容城县", "county"),
    AreaRow("130682", "13/130682/", "定州市", "county", "定州市人力资源和社会保障局"),
    AreaRow("130181", "13/130181/", "辛集市", "county", "辛集市人力资源和社会保障局"),
)


PROVINCE, TANGSHAN, LUBEI, BAODING, XIONGAN, DINGZHOU = (
    "13/",
    "13/1302/",
    "13/1302/130203/",
    "13/1306/",
    "13/1331/",
    "13/130682/",
)


numbers = Numbers()


@dataclass(frozen=True)
class Province:
    """Offices by closed area path."""

    offices: dict[str, Office]

    def office(self, path: str) -> Office:
        return self.offices[path]


def a_province() -> Province:
    """Areas, offices, calendar, five occupations and their standards; performed once for a database."""
    if not Area.objects.exists():
        _the_ground()
    offices = Office.objects.select_related("area").order_by("area__path")
    return Province({office.area.path: office for office in offices})


@laid_once
def _the_ground() -> Area:
    load_areas(OPERATOR, rows=AREAS, source="测试用行政区划节选")
    load_calendar(OPERATOR, years=(2025, 2026), source="国务院办公厅历年节假日安排")
    known = [row for row in occupation_seeds.occupations() if row.code in OCCUPATIONS]
    load_catalogue(OPERATOR, rows=known, source="职业分类大典节选")
    load_standards(OPERATOR, rows=_standards(), source="测试用标准")
    return Area.objects.get(path=PROVINCE)


def _standards() -> list[SeedStandard]:
    return [
        SeedStandard(code, "", name, code, date(2024, 1, 15), "测试用标准文号") for code, name in OCCUPATIONS.items()
    ]


def a_user(name: str = "测试用户", *, exactly: bool = False, at: str = "13/1302/") -> User:
    """A new person with an account, opened at the office of an area; `exactly` keeps the name as it is."""
    number = next(numbers)
    return an_account(f"user{number}", name if exactly else f"{name}{number}", at=at).user


def an_account(
    username: str, name: str, *, at: str = "13/1302/", identity_number: str = "", phone: str = ""
) -> Account:
    """The person's account; identity number and phone are invented and nobody else's."""
    number = next(numbers)
    return open_account(
        OPERATOR,
        username=username,
        name=name,
        identity_number=identity_number or an_identity_number(number),
        phone=phone or f"139{number:08d}",
        office_id=Office.objects.get(area__path=at).pk,
    )


def an_identity_number(number: int) -> str:
    """An invented number with a right check character, of somebody born in the sixties."""
    born = date(1960, 1, 1) + timedelta(days=number // 990)
    head = f"130203{born:%Y%m%d}{number % 990 + 1:03d}"
    return head + resident_check_digit(head)


def the_user(username: str, name: str, *, at: str = "13/1302/") -> User:
    """The same person whenever asked for."""
    return User.objects.filter(username=username).first() or an_account(username, name, at=at).user


def a_uscc(number: int | None = None) -> str:
    """An invented unified social credit code with both check characters right."""
    body = f"{next(numbers) if number is None else number:08d}"
    code = f"91130200{body}{organisation_check_character(body)}"
    return code + uscc_check_character(code)


def a_pdf(words: str = "") -> bytes:
    """One blank page; its title makes it another file."""
    out = BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page(page_size=(200, 280))
        file.docinfo["/Title"] = words
        file.save(out, deterministic_id=True)
    return out.getvalue()


def an_upload(owner: Seat, *, name: str = "材料.pdf", data: bytes | None = None) -> Upload:
    data = data if data is not None else a_pdf(f"file {next(numbers)}")
    return keep_upload(name, "application/pdf", data, owner)


def a_working_day(ahead: int = 0) -> date:
    """The day so many working days after today."""
    return stored_calendar().add_working_days(clock.today(), ahead).on


def at_hour(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=clock.ZONE)


MARCH = datetime(2026, 3, 2, 9, tzinfo=clock.ZONE)  # a Monday; the year's holidays are known


@contextmanager
def refused(code: str, kind: Kind | None = None) -> Iterator[list[Refusal]]:
    """What happens inside is refused with this code, in a whole sentence; the refusal is in the list afterwards."""
    caught: list[Refusal] = []
    with pytest.raises(Refused) as raised:
        yield caught
    refusal = raised.value.refusal
    assert (refusal.code, refusal.sentence[-1]) == (code, "。"), refusal
    assert kind is None or refusal.kind == kind
    caught.append(refusal)


@pytest.fixture
def in_march() -> Iterator[datetime]:
    """Everything happens on the morning of Monday, 2 March 2026."""
    with clock.at(MARCH):
        yield MARCH


@pytest.fixture
def province(db: None) -> Province:
    return a_province()
