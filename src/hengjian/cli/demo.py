"""`hengjian demo load` fills an empty installation; `hengjian demo --play` shows a batch's whole life, act by act."""

from __future__ import annotations

import argparse

from hengjian.cli import usage
from hengjian.cli.answer import Answer, Commands, WrongUsage, parser
from hengjian.cli.installation import start, start_with_database
from hengjian.kernel.terminal import for_the_terminal
from hengjian.kernel.words import listed, say


def add_parser(commands: Commands) -> None:
    made = parser(commands, "demo", "载入演示省；演示一个批次的全过程")
    made.add_argument("part", nargs="?", choices=["load"], metavar="load", help="向空库载入演示省")
    made.add_argument(
        "--scale", type=usage.count(1, 1000), default=1, metavar="N", help="机构和考生数量的倍数（默认 1）"
    )
    made.add_argument("--play", action="store_true", help="在临时数据库里逐个行为演示一个批次的一生")
    made.add_argument("--here", action="store_true", help="与 --play 同用：在当前数据库里演示")


def run(arguments: argparse.Namespace) -> Answer:
    if arguments.play:
        return _play(arguments)
    if arguments.part != "load":
        raise WrongUsage("请写 hengjian demo load 或 hengjian demo --play。")
    if arguments.scale < 1:
        raise WrongUsage("--scale 须为正整数。")
    start_with_database()
    from django.conf import settings

    from hengjian.demo import province

    if not settings.DEMO:
        return Answer({"reason": "生产环境不载入演示数据。"}, ["生产环境不载入演示数据。"], ok=False)
    if not province.is_empty():
        sentence = "库中已有席位，演示省只载入空库。换一个 HENGJIAN_VAR 或 HENGJIAN_DATABASE_URL 即可另建。"
        return Answer({"reason": sentence}, [sentence], ok=False)
    return loaded(arguments.scale, quiet=arguments.json)


def loaded(scale: int, *, quiet: bool = False) -> Answer:
    """Build the province, seal the log and say who may sign in."""
    from hengjian.authorities.models import Seat
    from hengjian.demo import people, province
    from hengjian.kernel import log_key, sealer
    from hengjian.kernel.models import Entry

    with log_key.holding():  # a demo is built by one process that does everything
        province.build(scale=scale, say=lambda line: None if quiet else print(for_the_terminal(line), flush=True))
        sealer.seal()
    return Answer(
        {
            "acts": Entry.objects.count(),
            "seats": Seat.objects.count(),
            "password": people.PASSWORD,
            "logins": [
                {"name": login.name, "role": login.role.value, "label": str(login.role.label)}
                for login in people.LOGINS
            ],
        },
        [say("演示省已载入：{objects} 个行为。", objects=Entry.objects.count()), *logins()],
    )


def logins() -> list[str]:
    """The demo log-ins, one line for each role."""
    from hengjian.demo import people

    lines = [say("演示登录（口令都是 {password}）：", password=people.PASSWORD)]
    return lines + [listed((f"  {login.name:<6} ", login.role.label), "") for login in people.LOGINS]


def _play(arguments: argparse.Namespace) -> Answer:
    import os
    import tempfile

    if arguments.here:
        start_with_database()
        return _played(quiet=arguments.json)
    with tempfile.TemporaryDirectory(prefix="hengjian-play-") as folder:
        os.environ["HENGJIAN_DATABASE_URL"] = f"sqlite:///{folder}/play.sqlite3"
        os.environ["HENGJIAN_VAR"] = folder
        start()
        start_with_database()
        return _played(quiet=arguments.json)


def _played(*, quiet: bool) -> Answer:
    from hengjian.demo import play
    from hengjian.kernel import log_key

    told = []
    with log_key.holding():
        for act in play.play():
            told.append(act.as_dict())
            if not quiet:
                print(for_the_terminal(act.line()), flush=True)
    return Answer(told, [say("共 {told} 个行为，全部已封存在日志中。", told=len(told))])
