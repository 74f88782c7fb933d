"""Areas, seats, the calendar and the demonstration's clock: each comes in and changes by an act."""

from datetime import datetime, timedelta

import pytest

from hengjian.authorities.acts.enter_calendar_year import enter_calendar_year, load_calendar
from hengjian.authorities.acts.load_areas import AreaRow, load_areas
from hengjian.authorities.acts.move_demo_clock import move_demo_clock, set_up_demo_clock
from hengjian.authorities.models import Area, Office
from hengjian.authorities.roles import Role
from hengjian.authorities.seeds import supervised_areas
from hengjian.kernel import clock
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.models import DemoClock
from hengjian.kernel.refusal import Kind
from tests.world import PROVINCE, a_province, a_seat, an_applicant, refused

pytestmark = pytest.mark.django_db


def test_all_areas_of_the_province_are_loaded_parents_before_children():
    rows = [AreaRow(area.code, area.path, area.name, area.kind, f"{area.name}机关") for area in supervised_areas()]
    load_areas(OPERATOR, rows=rows, source="行政区划")
    assert Area.objects.count() == Office.objects.count() == len(rows)
    dingzhou = Office.objects.select_related("parent__area").get(area__code="130682")
    assert (dingzhou.level, dingzhou.parent.area.path) == (Office.Level.CITY, PROVINCE)
    assert not Area.objects.exclude(path="13/").filter(parent__isnull=True).exists()


def test_only_the_installation_loads_areas():
    a_province()
    refusal = load_areas.why_not(a_seat(Role.PROVINCE_OFFICER, at=PROVINCE))
    assert refusal and refusal.kind == Kind.ROLE


def test_a_year_is_entered_once_and_with_its_notice():
    a_province()
    assert 2026 in stored_calendar().known_years
    with refused("authorities.year_known", Kind.INPUT):
        enter_calendar_year(a_seat(Role.PROVINCE_OFFICER, at=PROVINCE), year=2026, notice="通知", lines="")
    with refused("kernel.argument", Kind.INPUT):
        enter_calendar_year(OPERATOR, year=2027, notice=" ", lines="2027-01-01,放假,元旦")
    with refused("authorities.notice_lines", Kind.INPUT):
        enter_calendar_year(OPERATOR, year=2027, notice="通知", lines="2027-13-01,放假,元旦")
    with refused("authorities.notice_faults", Kind.INPUT):
        enter_calendar_year(OPERATOR, year=2027, notice="通知", lines="2027-01-01,放假,元旦")
    for seat in (a_seat(Role.CENTRE_HEAD, at=PROVINCE), a_seat(Role.CLERK, institution=an_applicant())):
        assert enter_calendar_year.why_not(seat).kind == Kind.ROLE
        assert load_calendar.why_not(seat).kind == Kind.ROLE


class TestTheDemonstrationsClock:
    @pytest.fixture
    def movable(self, settings, django_capture_on_commit_callbacks):
        """What happens inside commits: the clock is read anew when it has been moved, and again when the test is over."""
        settings.CLOCK_MOVABLE = True
        yield django_capture_on_commit_callbacks
        clock.moved()

    def test_it_is_set_once_and_then_moves_forward_only(self, movable):
        to = datetime.now(clock.ZONE) + timedelta(days=3)
        with movable(execute=True):
            set_up_demo_clock(OPERATOR, to=to)
        assert abs(clock.now() - to) < timedelta(minutes=1)
        with refused("authorities.demo_clock_set", Kind.RULE):
            set_up_demo_clock(OPERATOR, to=to)
        stored = DemoClock.objects.get()
        with movable(execute=True):
            move_demo_clock(OPERATOR, stored, days=5)
        assert abs(clock.now() - to - timedelta(days=5)) < timedelta(minutes=1)
        for days in (0, -1, 367):
            with refused("authorities.demo_clock_days", Kind.INPUT):
                move_demo_clock(OPERATOR, stored, days=days)

    def test_nobody_moves_the_clock_of_a_real_installation(self, settings):
        settings.DEMO = False
        with refused("authorities.demo_only", Kind.RULE):
            set_up_demo_clock(OPERATOR, to=datetime.now(clock.ZONE))
        assert not DemoClock.objects.exists()
