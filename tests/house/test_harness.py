"""The harness keeps its promises: each test commits the fault that must not pass."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import warnings
import xml.etree.ElementTree as ET  # a report our own run has just written
from datetime import date, datetime
from pathlib import Path

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.models import DateField, DateTimeField
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client, override_settings
from django.urls import path

from hengjian.authorities.models import Area, User
from hengjian.kernel import clock, guard
from hengjian.web.components import Card
from tests.harness.dates import MomentInDateColumn
from tests.harness.forms import FormWithoutToken, forms_without_token
from tests.harness.templates import UndefinedTemplateVariable
from tests.shared import ROOT


@login_not_required
def bare_form(request: object) -> HttpResponse:
    return HttpResponse('<form class="x" method="post"><button>办理</button></form>')


urlpatterns = [path("bare/", bare_form)]


def test_an_undefined_template_variable_fails() -> None:
    with pytest.raises(UndefinedTemplateVariable, match=r"sheet\.nothing"):
        Template("{{ sheet.nothing }}").render(Context({"sheet": {}}))
    assert Template("{{ sheet.name }}").render(Context({"sheet": {"name": "甲"}})) == "甲"


def test_a_default_filter_does_not_excuse_an_undefined_variable() -> None:
    with pytest.raises(UndefinedTemplateVariable):
        Template("{{ nothing|default:'无' }}").render(Context({}))


@pytest.mark.parametrize(
    "text", ["{{ card.titel }}", "{% if card.titel %}甲{% endif %}", "{% for each in card.chps %}{% endfor %}"]
)
def test_a_field_that_a_component_does_not_have_fails(text: str) -> None:
    with pytest.raises(UndefinedTemplateVariable, match="Card has no field"):
        Template(text).render(Context({"card": Card("甲")}))
    assert not hasattr(Card("甲"), "titel")


@pytest.mark.django_db
def test_a_query_without_an_order_comes_in_random_order() -> None:
    for number in range(40):
        User.objects.create(username=f"u{number}", name="甲")
    unordered = [list(User.objects.values_list("pk", flat=True)) for _ in range(4)]
    assert any(seen != sorted(seen) for seen in unordered)
    ordered = list(User.objects.order_by("pk").values_list("pk", flat=True))
    assert ordered == sorted(ordered)


@pytest.mark.django_db
def test_shuffling_leaves_counts_groups_and_distinct_alone() -> None:
    User.objects.create(username="one", name="甲")
    assert User.objects.count() == 1
    assert list(User.objects.values_list("name", flat=True).distinct()) == ["甲"]
    assert User.objects.filter(pk__in=User.objects.values("pk")).exists()


@override_settings(ROOT_URLCONF="tests.house.test_harness")
@pytest.mark.django_db
def test_a_post_form_without_its_token_fails_the_test_that_rendered_it() -> None:
    with pytest.raises(FormWithoutToken, match="/bare/"):
        Client().get("/bare/")


def test_forms_with_a_token_and_searches_by_get_pass() -> None:
    assert not forms_without_token('<form method="post"><input type="hidden" name="csrfmiddlewaretoken"></form>')
    assert not forms_without_token('<form method="get" action="/verify/"><input name="number"></form>')


def test_a_warning_is_an_error() -> None:
    with pytest.raises(UserWarning):
        warnings.warn("careful", UserWarning, stacklevel=1)


def test_a_date_in_a_moment_column_fails() -> None:
    with pytest.raises(RuntimeWarning, match="naive"):
        DateTimeField(name="at").get_prep_value(date(2026, 5, 6))


def test_a_moment_in_a_date_column_fails() -> None:
    with pytest.raises(MomentInDateColumn):
        DateField(name="on").get_prep_value(datetime(2026, 5, 6, 9, tzinfo=clock.ZONE))


def test_no_test_reaches_another_machine() -> None:
    for host in ("192.0.2.1", "registry.example"):
        with socket.socket() as outward, pytest.raises(UserWarning, match=f'with host "{host}"'):
            outward.connect((host, 80))  # pytest-socket warns before it refuses, and a warning fails
    with socket.socket() as within:
        within.bind(("127.0.0.1", 0))
        within.listen()
        with socket.create_connection(within.getsockname()) as reached:
            assert reached.getpeername() == within.getsockname()


@pytest.mark.django_db
def test_the_guard_is_armed_in_tests() -> None:
    with pytest.raises(guard.WriteOutsideAct), connection.cursor() as cursor:
        cursor.execute("UPDATE authorities_area SET name = ''")
    with pytest.raises(guard.WriteOutsideAct):
        Area.objects.create(code="130000", path="13/", name="河北省", kind=Area.Kind.PROVINCE)


@pytest.mark.django_db(transaction=True)
def test_emptying_tables_between_tests_passes_the_guard() -> None:
    User.objects.create(username="committed", name="甲")


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_of_the_test_before() -> None:
    assert not User.objects.exists()


@pytest.mark.django_db
def test_the_clock_stands_where_a_test_puts_it(at: object) -> None:
    at("2026-05-06T09:00")  # type: ignore[operator]
    assert clock.now().isoformat() == "2026-05-06T09:00:00+08:00"
    at(date(2026, 5, 7))  # type: ignore[operator]
    assert clock.today() == date(2026, 5, 7)


def test_what_belongs_together_runs_in_one_process(tmp_path: Path) -> None:
    """Two processes and the suite's own scheduler: the tests of one place all come to the same one."""
    told = "import os\nimport pytest\n\n\n@pytest.mark.parametrize('n', range(8))\ndef test_x(n, record_property):\n"
    told += "    record_property('worker', os.environ['PYTEST_XDIST_WORKER'])\n"
    for name in ("tests/journeys/test_a.py", "tests/journeys/test_b.py", "tests/acts/test_c.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(told)
    hook = "from tests.harness.together import scheduler\n\n\ndef pytest_xdist_make_scheduler(config, log):\n    return scheduler(config, log)\n"
    (tmp_path / "conftest.py").write_text(hook)
    words = ["-n", "2", "--dist", "loadgroup", "-p", "no:django", "-c", "/dev/null", "--rootdir", str(tmp_path)]
    words += ["-o", "junit_family=xunit1", "--junitxml=report.xml", "-p", "no:cacheprovider", "tests"]
    around = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "-m", "pytest", *words], cwd=tmp_path, env=around, capture_output=True, text=True)  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    workers: dict[str, set[str]] = {}
    for case in ET.parse(tmp_path / "report.xml").getroot().iter("testcase"):
        place = "journeys" if "journeys" in case.attrib["classname"] else "acts"
        workers.setdefault(place, set()).update(item.attrib["value"] for item in case.iter("property"))
    assert len(workers["journeys"]) == 1 and workers["acts"], workers
