"""Values that no act carries alone: logging in, the calendar, labels, the coding rule, retention."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from unittest import mock

from django.core.exceptions import ValidationError
from django.test import override_settings

from hengjian.authorities import file_openings, logging_in, seating
from hengjian.authorities.granting import stands_at_once
from hengjian.authorities.models import Seat
from hengjian.authorities.passwords import LongEnough
from hengjian.authorities.roles import Role
from hengjian.certificates import checking, coding
from hengjian.certificates import policies as of_certificates
from hengjian.certificates.acts.erase_candidate import retention_is_over
from hengjian.cli import sample_plan
from hengjian.cli.main import build_parser
from hengjian.institutions.models import Institution
from hengjian.kernel import clock, files_kept, files_taken, list_files, sealer, sealing_process
from hengjian.kernel.actor import PUBLIC
from hengjian.kernel.acts_catalogue import catalogue as acts
from hengjian.kernel.asking import Asking
from hengjian.kernel.calendar_notice import NoticeRow, problems_of_year
from hengjian.kernel.certificate_number import parse
from hengjian.kernel.law import National, nationwide
from hengjian.kernel.listing import Wanted
from hengjian.kernel.listing_catalogue import listings
from hengjian.kernel.refusal import Refused
from hengjian.kernel.rule_cases import case
from hengjian.kernel.statutory_days import statutory_day
from hengjian.kernel.workdays import load_seed
from hengjian.messages.keeping import kept_since
from hengjian.papers.issuing import office_mark
from hengjian.plans.models import Batch, Plan
from hengjian.rosters.checks.from_roster import Setting
from hengjian.rosters.models import Candidate
from hengjian.web.authorities.calendar_page import missing_year
from hengjian.web.occupations.labels import level_choices, major_class_chip
from hengjian.web.personnel.parts import card_chip
from tests.law.enacted import enacted, in_force
from tests.law.outcome import Probe

NUMBER = "Y000013020001264000001"
DAY = date(2026, 11, 20)
PAPER_YEARS, LONGEST = "archives.paper_years", "archives.longest_term_wins"


def of_values() -> Iterator[Probe]:
    for key, run in PLAIN.items():
        yield Probe(key, (key,), run, False)
    for key, run in COUNTED.items():
        yield Probe(key, (key,), run, values={key: (2,)})
    for key, run in ASKED.items():
        yield Probe(key, (key,), run)
    for length in (16, 20):
        yield Probe("an older number", ("certificates.older_schemes",), lambda n=length: _said_of("1" * n), False)
    yield Probe("several terms", (LONGEST,), _kept_on_paper_longer, False)
    layout = tuple(handle.key for handle in coding.LAYOUT)
    yield Probe("the parts of a certificate's number", layout, lambda: parse(NUMBER, coding.layout_on(DAY)), False)


def to_be_named() -> Any:
    """Where `hengjian new policy` leaves its place: a value that decides nothing does not pass."""
    raise NotImplementedError("name here what comes out otherwise under another value of this key")


def _long_enough() -> bool:
    try:
        LongEnough().validate("x" * 12)
    except ValidationError:
        return False
    return True


def _factor_in(mode: str) -> Callable[[], Any]:
    def asked() -> Any:
        with override_settings(MODE=mode, SECOND_FACTOR_REQUIRED=False):
            return {role: seating.asks_for_second_factor(Seat(role=role)) for role in Role}

    return asked


def _left_alone() -> list[bool]:
    now = int(time.time())
    return [seating._is_over({seating.SEEN: now - 60 * minutes - 1}) for minutes in range(40)]


def _open_for() -> list[bool]:
    now = int(time.time())
    return [seating._is_over({seating.SINCE: now - 3600 * hours - 1}) for hours in range(20)]


def _known_after() -> bool:
    cookie = logging_in.remembered("", "wang")
    later = time.time() + timedelta(days=179, hours=12).total_seconds()
    with mock.patch("time.time", return_value=later):
        return bool(logging_in.Attempt.of("wang", cookie).device)


def _tries() -> int:
    attempt = logging_in.Attempt("account", "network")
    for tried in range(5):
        if attempt.wait():
            return tried
        attempt.failed()
    return 5


def _misses() -> int:
    for missed in range(5):
        try:
            checking.check(NUMBER, tail="0000")
        except Refused:
            return missed
    return 5


def _days_of_2026() -> list[NoticeRow]:
    exceptions = load_seed()._exceptions
    return [NoticeRow(day, each.working, each.name) for day, each in sorted(exceptions.items()) if day.year == 2026]


def _restarts() -> Any:
    site = Institution(kind="Y", organisation_code="0000", area_path="13/1302/", site_code="020001")
    names = National(DAY).policy(of_certificates.SERIAL_RESTARTS_PER)
    days = (DAY, date(2027, 1, 4))
    counters = [coding.counter(site, day, level, names) for day in days for level in "45"]
    return len(set(counters))


def _judged() -> int:
    return Setting(applied=date(2026, 10, 10), exam=date(2026, 11, 1), edition=23).judged


def _kept() -> bool:
    ended = Batch(plan=Plan(ends_on=date(2021, 5, 6)))
    asking = case("five years ago", Candidate(state="admitted", batch=ended)).asking()
    return retention_is_over(asking) is None


def _kept_on_paper_longer() -> bool:
    with enacted(PAPER_YEARS, 8):
        return _kept()


def _levels() -> list[tuple[str, str]]:
    with clock.at("2026-11-20T09:00"):
        return list(level_choices(Seat(), None))


def _said_of(number: str) -> Any:
    with clock.at("2026-11-20T09:00"):
        return parse(number, coding.layout_on(DAY))


def _asked_what_for() -> list[bool]:
    asking: Asking[None] = Asking(PUBLIC, None)
    found = []
    for rows in range(10):
        with mock.patch.object(list_files, "rows_of", return_value=rows):
            found.append(list_files.asks_purpose(listings()["plans"], asking, Wanted()))
    return found


def _reduced_plan() -> bool:
    """Whether the command gives a plan of reduced inspection."""
    arguments = build_parser("sample-plan").parse_args(["sample-plan", "--lot", "500", "--severity", "reduced"])
    try:
        sample_plan.run(arguments)
    except Refused:
        return True
    return False


def _hurried() -> list[str]:
    """The acts after which the log is sealed at once."""
    return sorted(code for code, act in acts().items() if sealer.at_once(act.header))


def _at(hour: int) -> datetime:
    return datetime(2026, 11, 20, hour, tzinfo=clock.ZONE)


def _marks() -> list[str]:
    doing: Any = Asking(PUBLIC, None)
    return [office_mark(doing, f"13/{code}/") for code in in_force("papers.office_marks")]


EVIDENCE = (("txt", b"words"), ("csv", b"a,b"), ("xls", b"a,b"), ("zip", b"PK\x05\x06"))
PLAIN: dict[str, Callable[[], Any]] = {
    "papers.office_marks": _marks,
    "accounts.export_rows_without_reason": _asked_what_for,
    "accounts.institution_seats_confirmed": lambda: [stands_at_once(Asking(PUBLIC, None), role) for role in Role],
    "accounts.second_factor_modes": _factor_in("production"),
    "accounts.second_factor_roles": _factor_in("production"),
    "accounts.session_idle_minutes": _left_alone,
    "accounts.session_hours_max": _open_for,
    "archives.electronic_years": _kept,
    PAPER_YEARS: _kept,
    "accounts.notification_retention_days": lambda: kept_since(datetime(2026, 11, 20, 9, tzinfo=clock.ZONE)),
    "log.sealed_at_once": _hurried,
    "sampling.reduced_allowed": _reduced_plan,
    "files.evidence_kinds": lambda: [files_taken.not_evidence(nationwide(DAY), f"a.{k}", d) for k, d in EVIDENCE],
    "files.megabytes_max": lambda: [
        files_taken.not_evidence(nationwide(DAY), "a.txt", b"word " * (size * 209_716)) for size in range(4)
    ],
    "files.openings_kept_days": lambda: file_openings.kept_since(_at(9)),
    "files.check_from_hour": lambda: [files_kept.tonight(_at(hour)) for hour in range(24)],
    "files.unnamed_hours": lambda: files_kept.unnamed_hours(_at(9)),
    "files.unused_days": lambda: files_kept.unused_since(_at(9)),
    "log.seal_interval_seconds": lambda: bool(sealing_process.too_slow(60)),
    "calendar.holiday_names": lambda: problems_of_year(_days_of_2026(), 2026),
    "calendar.missing_year_warned_from": lambda: missing_year(DAY, [2026]) is None,
    "calendar.statutory_days": lambda: problems_of_year([], 2026),
    "calendar.statutory_moving_days": lambda: [statutory_day(date(2027, 2, day)) for day in range(1, 20)],
    "certificates.serial_restarts_per": _restarts,
    "occupations.levels": _levels,
    "occupations.major_classes": lambda: [
        bool(major_class_chip(f"{one}-01-01-01", National(DAY))) for one in range(1, 9)
    ],
    "personnel.card_warn_days": lambda: card_chip(DAY + timedelta(days=60), DAY).label,
    "rosters.conditions_judged_on": _judged,
    # What `hengjian new policy` adds stands above this line.
}
# Asked up to five times; the other value is two.
COUNTED: dict[str, Callable[[], Any]] = {
    "accounts.check_misses_per_day": _misses,
    "accounts.login_failures_of_account_per_day": _tries,
    "accounts.login_failures_of_network_per_hour": _tries,
    "accounts.login_failures_per_hour": _tries,
    "accounts.login_failures_per_minute": _tries,
}
# The database is asked whose password or device it is; the number alone decides.
ASKED: dict[str, Callable[[], Any]] = {
    "accounts.known_device_days": _known_after,
    "accounts.password_length_min": _long_enough,
}
