"""`hengjian`: finds the command, runs it, prints its answer, ends with 0 (yes, done), 1 (no, refused) or 2 (wrong usage).

Only the command asked for is imported, and Django only by commands that need it: `hengjian id check` answers at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

from hengjian.cli import usage
from hengjian.cli.answer import Answer, WrongUsage, tell
from hengjian.kernel.terminal import for_the_terminal, terminal_language
from hengjian.kernel.words import say, speaking, words_of

# Name → (module, what it does). A module has `add_parser(commands)` and `run(arguments) -> Answer | int`.
COMMANDS = {
    "where": ("where", "一句话找规则：数值 → 规则 → 行为 → 页面 → 测试 → 条款"),
    "workdays": ("workdays", "某日之后第 N 个工作日，以及每一天为什么算或不算"),
    "id": ("identity", "身份证件号码、统一社会信用代码校验"),
    "certificate-number": ("certificate_number", "证书编号的七个部分"),
    "draw": ("draw", "重新计算、验证、导出随机抽取"),
    "log": ("log", "核对存证日志、验证凭证、导出、封存"),
    "sample-plan": ("sample_plan", "GB/T 2828.1 抽样方案"),
    "roster": ("roster", "核查考生名册"),
    "import": ("importing", "从表格承接：此前已备案的机构和备案范围"),
    "checks": ("checks", "对全库或快照运行成批核查"),
    "demo": ("demo", "载入演示省；演示一个批次的全过程"),
    "paper": ("paper", "公文：登记簿、制作、取出、验证"),
    "tick": ("tick", "办理到期事项并封存日志"),
    "send": ("send", "写出当日期限提醒，发送待发消息"),
    "install": ("install", "正式安装：设置、密钥、建库、区划与机关、最初的系统管理岗"),
    "migrate": ("migrate", "建立或更新数据库"),
    "serve": ("serve", "启动网站（含后台任务与封存）"),
    "worker": ("worker", "后台任务进程（serve 会自动启动）"),
    "backup": ("backup", "备份：数据库、文件、密钥分开"),
    "restore": ("restore", "从备份恢复到空库，并核对日志、文件、凭证、证书"),
    "health": ("health", "运行状态：数据库、存证、后台任务、各进程"),
    "files": ("files", "文件库：逐份核对、清理没有登记的内容"),
    "token": ("token", "一个席位的接口令牌：列出、签发、终止"),
    "search": ("search", "核对或重建姓名检索的索引"),
    "keys": ("keys", "以当前密钥重新加密"),
    "docs": ("documents", "生成 docs/map.md 与 docs/generated/"),
    "new": ("new", "写一个新的行为、业务目录、数值或核查的骨架"),
    "messages": ("messages", "编译英文界面译文"),
}

# Their modules name models at the top, so Django stands before they are read.
READ_MODELS = frozenset({"where", "docs"})


def build_parser(asked: str | None = None) -> argparse.ArgumentParser:
    """The parser, with the options of the command asked for; of the others only names and one line each."""
    parser = argparse.ArgumentParser(
        prog="hengjian", description="衡鉴命令行。退出码：0 是或已办，1 否或被拒，2 用法不对。"
    )
    commands = parser.add_subparsers(dest="command", metavar="命令", required=True)
    for name, (module, what) in COMMANDS.items():
        if name == asked:
            if name in READ_MODELS:
                from hengjian.cli import installation

                installation.start()
            import_module(f"hengjian.cli.{module}").add_parser(commands)
        else:
            commands.add_parser(name, help=what, add_help=False)
    return usage.worded(parser)


def main(words: Sequence[str]) -> int:
    """Run one command line; the exit status."""
    asked = next((word for word in words if not word.startswith("-")), None)
    usage.speak()
    words = [word.encode("utf-8", "replace").decode() for word in words]  # a stray byte of another code page
    try:
        with speaking(terminal_language()):
            arguments = build_parser(asked).parse_args(words)
    except SystemExit as stopped:
        return int(stopped.code or 0)
    as_json = bool(getattr(arguments, "json", False))
    try:
        answer: Answer | int = import_module(f"hengjian.cli.{COMMANDS[arguments.command][0]}").run(arguments)
    except WrongUsage as wrong:
        print(for_the_terminal(words_of(wrong)), file=sys.stderr)
        return 2
    except Exception as problem:
        refusal = _refusal(problem)
        if refusal is None:
            sentence = _sentence(problem)
            if sentence is None:
                raise
            tell(Answer({"reason": sentence}, [sentence]), as_json=as_json)
            return 1
        tell(Answer({"refused": refusal}, [part for part in refusal.values() if part]), as_json=as_json)
        return 1
    if isinstance(answer, int):
        return answer
    tell(answer, as_json=as_json)
    return 0 if answer.ok else 1


def _refusal(problem: Exception) -> dict[str, Any] | None:
    from hengjian.kernel.refusal import Refused

    if not isinstance(problem, Refused):
        return None
    refusal = problem.refusal
    return {name: refusal.as_dict()[name] for name in ("code", "sentence", "clause", "basis", "remedy")}


def _sentence(problem: Exception) -> str | None:
    """What lies outside the program (a day before the law, a file, the database) is said; a fault of ours is not hidden."""
    from hengjian.kernel.policy import NoValueYet
    from hengjian.kernel.workdays import OutOfCalendar

    if isinstance(problem, NoValueYet):
        return say("这一天还没有规则可依：{problem}", problem=problem)
    if isinstance(problem, OutOfCalendar):
        return words_of(problem)
    if isinstance(problem, OSError):
        place = f" {problem.filename}" if problem.filename else ""
        return say("读写文件{place} 没有成功：{strerror}。", place=place, strerror=problem.strerror or problem)
    if type(problem).__module__.startswith("django.db"):
        return say(
            "数据库没有应答或还没有建好（{name__}）。请检查 HENGJIAN_DATABASE_URL，或先执行 hengjian migrate。",
            name__=type(problem).__name__,
        )
    return None


def run_and_exit() -> NoReturn:
    try:
        status = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:  # the reader (head, less) has gone
        sys.stderr.close()
        status = 0
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)
