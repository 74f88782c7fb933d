"""`hengjian health`: the state of the installation, the same answer as `/health`; exit 1 when something is wrong."""

from __future__ import annotations

import argparse

from hengjian.cli import installation
from hengjian.cli.answer import Answer, Commands, parser


def add_parser(commands: Commands) -> None:
    parser(commands, "health", "运行状态：数据库、存证、后台任务、各进程")


def run(arguments: argparse.Namespace) -> Answer:
    installation.start()
    from hengjian.web.health_page import state

    found = state()
    lines = [*found["problems"]] or ["一切正常。"]
    database = found["database"]
    lines.append(f"数据库：{database['vendor']}，{'有应答' if database['answers'] else '没有应答'}。")
    if "log" in found:
        lines.append(f"存证：已封存 {found['log']['sealed']} 条，待封存 {found['log']['waiting']} 条。")
    if "jobs" in found:
        lines.append(f"后台任务：等待 {found['jobs']['waiting']} 项，进行中 {found['jobs']['running']} 项。")
    for name, child in found["children"].items():
        lines.append(f"进程 {name}：{'运行中' if child['up'] else '已停'}，重启过 {child['restarts']} 次。")
    return Answer(found, lines, ok=found["ok"])
