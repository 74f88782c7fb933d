"""The ground and the first administrators come in by acts, whole after a run that was killed anywhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hengjian.authorities.acts.accounts import open_account
from hengjian.authorities.acts.own_login import change_password
from hengjian.authorities.divisions import areas_within
from hengjian.authorities.models import Account, Area, Office, Seat
from hengjian.authorities.roles import Role
from hengjian.cli import install
from hengjian.demo.traces import traces
from hengjian.installing import ground, people
from hengjian.installing.answers import PERSON, Answers, Person
from hengjian.kernel import runner, verification
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.models import CalendarYear, Entry
from hengjian.kernel.refusal import Refused
from hengjian.occupations.models import Occupation, Standard
from tests.ground import an_identity_number

pytestmark = pytest.mark.django_db
LIN = Person("lin", "演示：林知远", an_identity_number(1), "13900000001")
ZHOU = Person("zhou", "演示：周明远", an_identity_number(2), "13900000002", "130203")
THIRD = Person("wu", "演示：吴明远", an_identity_number(3), "13900000003")


def quiet(link: str) -> None:
    """Nobody looks."""


def installed(*persons: Person, show: Callable[[str], None] = quiet) -> None:
    ground.lay_areas(areas_within("13", ["1302"]), {"130200": "唐山市职业技能鉴定指导中心"})
    ground.lay_tables()
    for person in persons:
        office = ground.office_at(person.office)
        assert office is not None
        people.seat_administrator(person, office, show)


def what_stands() -> list[tuple[object, ...]]:
    return [
        *Area.objects.order_by("path").values_list("path", "office__name"),
        *Seat.objects.order_by("pk").values_list("user__username", "role", "place_name", "state"),
        *Entry.objects.order_by("pk").values_list("act", "actor"),
        (Occupation.objects.count(), Standard.objects.count(), CalendarYear.objects.count(), Account.objects.count()),
    ]


def test_everything_came_by_acts_of_the_installation_and_a_second_run_changes_nothing() -> None:
    installed(LIN, ZHOU)
    first = what_stands()
    acts = ["load_areas", "load_calendar", "load_catalogue", "load_standards", "open_account", "open_seat"]
    assert [act.split(".")[1] for act, _ in Entry.objects.order_by("pk").values_list("act", "actor")] == [
        *acts, "open_account", "open_seat",
    ]  # fmt: skip
    assert set(Entry.objects.order_by().values_list("actor", flat=True)) == {"operator"}
    installed(LIN, ZHOU)
    assert what_stands() == first
    assert verification.verify(steady=False).differences == []
    assert traces() == []


def test_offices_are_the_named_ones_else_what_their_level_is_called() -> None:
    installed()
    assert Office.objects.get(area__code="130200").name == "唐山市职业技能鉴定指导中心"
    assert Office.objects.get(area__code="130000").name == "河北省职业技能鉴定指导中心"
    assert ground.office_at("") == Office.objects.get(area__code="130200")  # the only city's
    assert ground.office_at("990000") is None
    assert ground.installed_province() == "13"


@pytest.mark.parametrize("killed_at", range(8))
def test_a_run_killed_in_any_act_is_finished_by_the_next(killed_at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    append, done = runner.ledger.append, []

    def killed(*args: object, **named: object) -> object:
        if len(done) == killed_at:
            raise KeyboardInterrupt
        done.append(args)
        return append(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(runner.ledger, "append", killed)
    with pytest.raises(KeyboardInterrupt):
        installed(LIN, ZHOU)
    monkeypatch.undo()
    links: list[str] = []
    installed(LIN, ZHOU, show=links.append)
    acts = [act.split(".")[1] for act in Entry.objects.order_by("pk").values_list("act", flat=True)]
    assert len(acts) == 8 and acts.count("open_account") == acts.count("open_seat") == 2
    assert people.administrators() == 2
    # account and seat of a person stand together or not at all, so whoever is new has been shown a link
    assert len(links) == (2 if killed_at <= 5 else 1)


def test_a_third_administrator_comes_in_by_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(LIN)
    assert people.administrators() == 1
    installed(ZHOU)
    with pytest.raises(Refused) as refused:
        installed(THIRD)
    assert refused.value.refusal.code == "installing.administrators_stand" and "网页" in refused.value.refusal.remedy
    assert Account.objects.count() == 2


def test_a_log_in_name_of_somebody_else_is_refused() -> None:
    installed()
    open_account(
        OPERATOR, username="lin", name="演示：另一位", identity_number=THIRD.identity_number, phone=THIRD.phone,
        office_id=Office.objects.get(area__code="130200").pk,
    )  # fmt: skip
    with pytest.raises(Refused, match="另一个人"):
        installed(LIN)
    installed(Person("LIN", "演示：另一位", THIRD.identity_number.lower(), THIRD.phone))
    assert Seat.objects.get().user.username == "lin"


def test_a_new_link_is_for_who_has_no_password_yet() -> None:
    links: list[str] = []
    installed(LIN, show=links.append)
    people.new_link("lin", links.append)
    assert len(set(links)) == 2 and Seat.objects.get().state == Seat.State.ACTIVE
    account = Account.objects.get()
    assert account.link_digest == people.digest_of(links[1].rstrip("/").rsplit("/", 1)[1])
    change_password(OPERATOR, account, encoded="md5$salt$d41d8cd98f00b204e9800998ecf8427e")
    with pytest.raises(Refused, match="已经设置过口令"):
        people.new_link("lin", links.append)
    with pytest.raises(Refused, match="没有“nobody”"):
        people.new_link("nobody", links.append)
    assert len(links) == 2


def test_at_the_terminal_only_what_was_refused_is_asked_again(capsys: pytest.CaptureFixture[str]) -> None:
    """The number is mistyped first; log-in name, name and phone are typed once."""
    installed()
    typed = iter(
        ["lin", "演示：林知远", "130203196001010012", "13900000001", "130299", "130200", LIN.identity_number, ""]
    )
    asked: list[str] = []

    def ask(question: str, default: str, secret: bool) -> str:
        asked.append(question)
        return next(typed)

    report = install.Report()
    install._seat_the_first(Answers({}, ask), report, quiet)
    words = {question.name: question.asks for question in PERSON}
    first = [words[name] for name in ("username", "name", "identity_number", "phone", "office")]
    assert asked == [*first, words["office"], words["identity_number"], words["username"]]
    assert Seat.objects.get().role == Role.ADMINISTRATOR
    assert "校验码" in capsys.readouterr().out and "第二位" in "".join(report.stands)
