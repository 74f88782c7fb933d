"""`hengjian health`: the state of the installation, the same answer as `/health`; exit 1 when something is wrong."""

from __future__ import annotations

import argparse

from hengjian.cli import installation
from hengjian.cli.answer import Answer, Commands, parser
from hengjian.kernel.words import say


def add_parser(commands: Commands) -> None:
    parser(commands, "health", "运行状态：数据库、存证、后台任务、各进程")


def run(arguments: argparse.Namespace) -> Answer:
    installation.start()
    from hengjian.web.health_page import state

    found = state()
    lines = [*found["problems"]] or ["一切正常。"]
    database = found["database"]
    lines.append(
        say(
            "数据库：{vendor}，{value}。",
            vendor=database["vendor"],
            value="有应答" if database["answers"] else "没有应答",
        )
    )
    if "log" in found:
        lines.append(
            say(
                "存证：已封存 {sealed} 条，待封存 {waiting} 条。",
                sealed=found["log"]["sealed"],
                waiting=found["log"]["waiting"],
            )
        )
    if "jobs" in found:
        lines.append(
            say(
                "后台任务：等待 {waiting} 项，进行中 {running} 项。",
                waiting=found["jobs"]["waiting"],
                running=found["jobs"]["running"],
            )
        )
    for name, child in found["children"].items():
        lines.append(
            say(
                "进程 {name}：{value}，重启过 {restarts} 次。",
                name=name,
                value="运行中" if child["up"] else "已停",
                restarts=child["restarts"],
            )
        )
    return Answer(found, lines, ok=found["ok"])
