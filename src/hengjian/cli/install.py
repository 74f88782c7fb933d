"""`hengjian install`: a real installation from flags, a file of answers and questions; started again it only adds what is missing.

Settings and keys come first, then the tables (by their owner), then areas, calendar, catalogue and the first administrators,
each by an act. A database that was a demonstration is refused.
"""

from __future__ import annotations

import argparse
import getpass
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from hengjian.cli import installation
from hengjian.cli.answer import Answer, Commands, WrongUsage, parser
from hengjian.installing import answers as told
from hengjian.installing.answers import Answers, Unanswered
from hengjian.installing.settings_folder import LOG_KEY, OWNER, SEAL, SettingsFolder, passable, read_env
from hengjian.kernel.terminal import for_the_terminal
from hengjian.kernel.words import listed, say, words_of

DEMONSTRATION = {
    "clock": "库里有演示时钟。",
    "login": "库里有用演示口令的账号。",
    "institution": "库里有演示机构。",
}


class Refusing(Exception):
    """It is not installed there; the sentence says why."""


@dataclass
class Report:
    """`laid` was done now, `stands` had been done before."""

    laid: list[str] = field(default_factory=list)
    stands: list[str] = field(default_factory=list)
    people: list[dict[str, Any]] = field(default_factory=list)

    def note(self, sentence: str, *, new: bool) -> None:
        (self.laid if new else self.stands).append(sentence)


def add_parser(commands: Commands) -> None:
    made = parser(commands, "install", "正式安装：设置、密钥、建库、区划与机关、最初的系统管理岗")
    made.add_argument("--answers", type=Path, metavar="FILE", help="回答写在文件里（TOML，写法见 docs/operations.md）")
    made.add_argument("--etc", type=Path, default=Path("/etc/hengjian"), metavar="DIR", help="设置和密钥放在哪里")
    made.add_argument("--var", type=Path, default=Path("/var/lib/hengjian"), metavar="DIR", help="运行目录")
    for question in told.SETTINGS:
        if not question.secret:
            made.add_argument(f"--{question.name.replace('_', '-')}", help=question.asks)
    made.add_argument("--province", help=told.PROVINCE.asks)
    made.add_argument("--city", action="append", metavar="CODE", help="只装这个设区市（可写多次）")
    made.add_argument(
        "--office", action="append", default=[], metavar="CODE=NAME", help="某区划的机关叫什么（可写多次）"
    )
    made.add_argument("--seal-user", default="hengjian-seal", metavar="USER", help="封存账号，日志私钥交给它")
    made.add_argument("--new-link", metavar="USERNAME", help="还没有设置口令的人，重发一次链接")


def run(arguments: argparse.Namespace) -> Answer:
    ask = _ask if sys.stdin.isatty() and not arguments.json else None
    report = Report()
    before = os.umask(0o077)  # what is written here, an embedded database too, nobody else reads
    try:
        given = Answers(told.read(arguments.answers, _flags(arguments)), ask)
        _install(arguments, given, report)
    except Unanswered as problem:
        raise WrongUsage(words_of(problem)) from None
    except Refusing as problem:
        return Answer({"reason": words_of(problem)}, [words_of(problem)], ok=False)
    finally:
        os.umask(before)
    lines = [say("已办：{laid}", laid=one) for one in report.laid]
    lines += [say("原有：{stands}", stands=one) for one in report.stands]
    return Answer(asdict(report), [*lines, *_next(report)])


def _flags(arguments: argparse.Namespace) -> dict[str, Any]:
    found: dict[str, Any] = {
        question.name: getattr(arguments, question.name) for question in told.SETTINGS if not question.secret
    }
    offices = {}
    for pair in arguments.office:
        code, mark, name = pair.partition("=")
        if not mark:
            raise Unanswered(say("--office 应写作 区划代码=机关名称，现为“{pair}”。", pair=pair))
        offices[code.strip()] = name.strip()
    return {**found, "province": arguments.province, "cities": arguments.city, "offices": offices}


def _ask(question: str, default: str, secret: bool) -> str:
    text = for_the_terminal(say("{question}", question=question))
    shown = f"{text} [{default}]: " if default else f"{text}: "
    return (getpass.getpass(shown) if secret else input(shown)) or default


def _install(arguments: argparse.Namespace, given: Answers, report: Report) -> None:
    folder = SettingsFolder(arguments.etc)
    try:
        environment = folder.compose(given, arguments.var)
    except PermissionError as problem:
        raise Refusing(say("读不到 {file}：请由管理员（root）安装。", file=problem.filename)) from None
    os.environ.update(environment)
    os.environ.pop("HENGJIAN_LOG_KEY_FILE", None)  # the site's settings have no key to sign with
    passable(Path(environment["HENGJIAN_VAR"]))
    installation.start()
    _insist_it_may_be_installed_there()
    written = folder.write()
    report.note(say("设置与密钥：{folder}", folder=arguments.etc), new=bool(written))
    _hand_over_the_log_key(arguments.etc / LOG_KEY, arguments.seal_user, report)
    _make_tables(arguments.etc, environment, report)
    _insist_it_may_be_installed_there()  # again, for now what stands may be read
    if arguments.new_link:
        from hengjian.installing.people import new_link

        seated = new_link(arguments.new_link, _shown(arguments))
        report.people.append(asdict(seated))
        return
    _lay_the_ground(given, report)
    _seat_the_first(given, report, _shown(arguments))


def _insist_it_may_be_installed_there() -> None:
    """Raises Refusing for a demonstration's database, or one whose data were made with other keys."""
    from django.db import DatabaseError, connection

    from hengjian.cli import key_trial
    from hengjian.demo.traces import traces

    try:
        tables = connection.introspection.table_names()
    except DatabaseError as problem:
        raise Refusing(
            say("连不上数据库（{problem}）。请检查地址、口令和服务。", problem=str(problem).strip())
        ) from None
    if "kernel_entry" not in tables:
        return
    try:
        if found := [DEMONSTRATION[trace] for trace in traces()]:
            raise Refusing(say("{found}正式安装要用另一个空库。", found=listed(found, "")))
        if faults := key_trial.faults():
            raise Refusing(listed(faults, "\n"))
    except DatabaseError:
        return  # the tables were made and not yet granted: that comes next


def _hand_over_the_log_key(key: Path, user: str, report: Report) -> None:
    """The key is the sealing account's, where this account may give it and that one is there."""
    if os.geteuid() != 0:
        return
    try:
        shutil.chown(key, user)
    except LookupError:
        report.stands.append(say("没有账号 {user}，日志私钥仍属 root：建好账号后再执行一次。", user=user))


def _make_tables(etc: Path, environment: dict[str, str], report: Report) -> None:
    from django.db import DatabaseError, connection, connections

    from hengjian.web.health_page import pending_migrations

    try:
        pending = bool(pending_migrations()) or "kernel_entry" not in connection.introspection.table_names()
    except DatabaseError:  # made, but the site's role was granted nothing yet
        pending = True
    connections.close_all()
    if pending:
        sealer, owner = (read_env(etc / name).get("HENGJIAN_DATABASE_URL", "") for name in (SEAL, OWNER))
        site = environment["HENGJIAN_DATABASE_URL"]
        words = ["--grant-to", _role(site), "--sealer", _role(sealer)] if owner else []
        ran = subprocess.run(
            [sys.executable, "-m", "hengjian.cli", "migrate", *words],
            env={**os.environ, "HENGJIAN_DATABASE_URL": owner or site},
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode:
            raise Refusing(say("建库没有成功：{told}", told=(ran.stdout + ran.stderr).strip()))
    report.note("数据库的表和授权", new=pending)


def _role(address: str) -> str:
    return unquote(urlsplit(address).username or "")


def _lay_the_ground(given: Answers, report: Report) -> None:
    from hengjian.authorities.divisions import areas_within, provinces
    from hengjian.installing import ground

    if stands := ground.installed_province():
        asked = str(given.given.get("province") or stands)
        if asked != stands:
            raise Refusing(say("库里已是 {stands}，不能再装 {asked}。", stands=provinces()[stands], asked=asked))
        report.note("区划与机关", new=False)
    else:
        province = given.text(told.PROVINCE)
        given.settle()
        try:
            areas = list(areas_within(province, given.cities()))
        except KeyError as problem:
            raise Unanswered(
                say("没有“{code}”这个省或市。省：{provinces}。", code=problem.args[0], provinces=_provinces())
            ) from None
        areas = ground.with_extra(areas, given.areas())
        ground.insist_the_offices_are_there(areas, given.offices())
        ground.lay_areas(areas, given.offices())
        report.note(say("区划与机关：{count} 个区划", count=len(areas)), new=True)
    for laid in (tables := ground.lay_tables()):
        report.note(laid, new=True)
    if not tables:
        report.note("工作日历、职业分类大典、国家职业标准", new=False)


def _provinces() -> str:
    from hengjian.authorities.divisions import provinces

    return listed([f"{code} {name}" for code, name in provinces().items()])


def _seat_the_first(given: Answers, report: Report, show: Any) -> None:
    from hengjian.installing import ground, people

    persons = given.administrators()
    if not persons and not people.administrators() and given.ask is None:
        raise Unanswered(
            "还没有系统管理岗：请在回答文件里写明 [[administrators]]（登录名、姓名、证件号码、手机号码）。"
        )
    for person in persons:
        office = ground.office_at(person.office)
        if office is None:
            raise Unanswered(say("区划 {code} 没有机关。", code=person.office))
        seated = people.seat_administrator(person, office, show)
        report.people.append(asdict(seated))
        report.note(
            say("系统管理岗 {username}（{office}）", username=seated.username, office=seated.office), new=seated.new
        )
    while given.ask is not None and people.administrators() < people.FIRST:
        asked = _one_more(given, people.administrators() + 1, show)
        if asked is None:
            break
        report.people.append(asdict(asked))
        report.note(say("系统管理岗 {username}（{office}）", username=asked.username, office=asked.office), new=True)
    if people.administrators() < people.FIRST:
        report.stands.append("只有一位系统管理岗：监管方的席位须由第二人确认，请再执行一次安装，补上第二位。")


def _one_more(given: Answers, number: int, show: Any) -> Any:
    """Asked until it is right: only the field that was refused is asked again, the rest is kept. An empty log-in name ends."""
    from hengjian.installing import ground, people
    from hengjian.kernel.refusal import Refused

    assert given.ask is not None
    print(for_the_terminal(say("第 {number} 位系统管理岗（登录名空着则到此为止）", number=number)), flush=True)
    values: dict[str, str] = {}
    again = [question.name for question in told.PERSON]
    while True:
        for question in told.PERSON:
            if question.name in again:
                values[question.name] = given.ask(question.asks, values.get(question.name, ""), False).strip()
            if not values["username"]:
                if people.administrators():
                    return None
                raise Unanswered("还没有系统管理岗。")
        office = ground.office_at(values["office"])
        try:
            if office is None:
                print(for_the_terminal(say("区划 {code} 没有机关。", code=values["office"])), flush=True)
                again = ["office"]
                continue
            return people.seat_administrator(told.Person(**values), office, show)
        except Refused as refused:
            print(for_the_terminal(refused.refusal.said), flush=True)
            again = [refused.refusal.field if refused.refusal.field in values else "username"]


def _shown(arguments: argparse.Namespace) -> Any:
    def show(link: str) -> None:
        if not arguments.json:
            print(for_the_terminal(say("只显示一次，请当面交给本人，用来设置口令：{link}", link=link)), flush=True)

    return show


def _next(report: Report) -> Sequence[str]:
    """What is to be done now, in order."""
    if not report.laid:
        return ["没有改动。"]
    return [
        "接下来：启动 hengjian 和 hengjian-seal 两个服务，管理员用链接设置口令，登录后设置第二重验证；"
        "再为各机关的人开立账号、设置席位（由另一位确认），然后评价机构登记、备案。",
    ]
