"""`hengjian new act|room|policy|check NAME`: a skeleton that passes the house tests, so that a newcomer begins with the law."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from string import Template

from hengjian.cli import skeletons
from hengjian.cli.answer import Answer, Commands, WrongUsage, parser
from hengjian.kernel.words import say

ROOT = Path(__file__).resolve().parents[3]
HOUSE = ROOT / "src/hengjian"
PO = HOUSE / "locale/en/LC_MESSAGES/django.po"
NAME = re.compile(r"[a-z][a-z0-9_]*")
_PROBES_END = "    # What `hengjian new policy` adds stands above this line.\n"


def add_parser(commands: Commands) -> None:
    made = parser(commands, "new", "写一个新的行为、业务目录、数值或核查的骨架")
    made.add_argument("kind", choices=("act", "room", "policy", "check"), metavar="act|room|policy|check")
    made.add_argument("name", metavar="NAME", help="行为与数值写 领域.名称，如 plans.pause_plan；目录与核查写名称")
    made.add_argument("--title", default="新事项", help="中文名称")
    made.add_argument("--english", default="", help="英文名称")
    made.add_argument("--on", metavar="MODEL", default="", help="行为的对象，如 Plan")
    made.add_argument("--unit", default="项", help="数值的单位")
    made.add_argument("--value", default="1", help="数值（整数）")


def run(arguments: argparse.Namespace) -> Answer:
    make = {"act": _act, "room": _room, "policy": _policy, "check": _check}[arguments.kind]
    touched = make(arguments)
    told = [say("写了 {relative_to}", relative_to=path.relative_to(ROOT)) for path in touched]
    return Answer({"files": [str(path.relative_to(ROOT)) for path in touched]}, [*told, "接着：make docs review check"])


def _filled(text: str, **words: str) -> str:
    return Template(text).substitute(words)


def _new(path: Path, text: str) -> Path:
    if path.exists():
        raise WrongUsage(say("{relative_to} 已经有了，换一个名称。", relative_to=path.relative_to(ROOT)))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _appended(path: Path, text: str) -> Path:
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + text, encoding="utf-8")
    return path


def _replaced(path: Path, old: str, new: str) -> Path:
    text = path.read_text(encoding="utf-8")
    if old not in text:
        raise WrongUsage(
            say(
                "{relative_to} 中没有“{old}”，请手工加上“{new}”。",
                relative_to=path.relative_to(ROOT),
                old=old.strip(),
                new=new.strip(),
            )
        )
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def _named(name: str) -> tuple[str, str]:
    """`domain.verb`, with a domain that exists."""
    domain, _, verb = name.partition(".")
    if not (NAME.fullmatch(domain) and NAME.fullmatch(verb)):
        raise WrongUsage(say("“{name}”应写成 领域.名称，如 plans.pause_plan。", name=name))
    if not (HOUSE / domain / "facts.py").exists():
        raise WrongUsage(say("没有业务目录 {domain}；先执行 hengjian new room {domain}。", domain=domain))
    return domain, verb


def _act(given: argparse.Namespace) -> list[Path]:
    domain, verb = _named(given.name)
    if not given.on:
        raise WrongUsage("请用 --on 写明行为的对象，如 --on Plan。")
    action, _, rest = verb.partition("_")
    past = f"{rest or 'case'}_{action}{'d' if action.endswith('e') else 'ed'}"
    words = {
        "domain": domain,
        "verb": verb,
        "model": given.on,
        "title": given.title,
        "past": past,
        "fact": "".join(part.title() for part in past.split("_")),
        "english": given.english or verb.replace("_", " ").capitalize(),
    }
    return [
        _new(HOUSE / domain / "acts" / f"{verb}.py", _filled(skeletons.ACT, **words)),
        _appended(HOUSE / domain / "facts.py", _filled(skeletons.FACT, **words)),
        _new(ROOT / "tests/acts" / domain / f"test_{verb}.py", _filled(skeletons.ACT_TEST, **words)),
        _appended(PO, _filled(skeletons.MESSAGE, **words)),
    ]


def _policy(given: argparse.Namespace) -> list[Path]:
    domain, name = _named(given.name)
    words = {"domain": domain, "name": name, "title": given.title, "unit": given.unit, "value": given.value}
    handle = f'{name.upper()} = Policy("{domain}.{name}", int)\n'
    return [
        _appended(ROOT / "policies" / f"{domain}.toml", _filled(skeletons.POLICY, **words)),
        _appended(ROOT / "policies" / f"{domain}.cases.toml", _filled(skeletons.POLICY_CASE, **words)),
        _appended(HOUSE / domain / "policies.py", handle),
        _replaced(ROOT / "tests/law/values.py", _PROBES_END, f'    "{domain}.{name}": to_be_named,\n{_PROBES_END}'),
    ]


def _check(given: argparse.Namespace) -> list[Path]:
    if not NAME.fullmatch(given.name):
        raise WrongUsage(say("“{name}”不能作核查的名称，只用小写字母、数字和下划线。", name=given.name))
    listed = HOUSE / "rosters/checks/__init__.py"
    made = _new(
        HOUSE / "rosters/checks" / f"{given.name}.py", _filled(skeletons.CHECK, name=given.name, title=given.title)
    )
    _replaced(listed, "    age_below,\n", f"    age_below,\n    {given.name},\n")
    _replaced(listed, "        age_below,\n", f"        age_below,\n        {given.name},\n")
    return [made, listed]


def _room(given: argparse.Namespace) -> list[Path]:
    name = given.name
    if not NAME.fullmatch(name):
        raise WrongUsage(say("“{name}”不能作目录的名称，只用小写字母、数字和下划线。", name=name))
    words = {"name": name, "title": given.title, "camel": "".join(part.title() for part in name.split("_"))}
    made = [_new(HOUSE / name / file, _filled(text, **words)) for file, text in skeletons.ROOM.items()]
    made += [_new(HOUSE / "web" / name / file, _filled(text, **words)) for file, text in skeletons.WEB_ROOM.items()]
    english = given.english or name.replace("_", " ").capitalize()
    made.append(_appended(PO, _filled(skeletons.MESSAGE, title=given.title, english=english)))
    central = [
        _replaced(ROOT / "pyproject.toml", '  "plans",\n', f'  "plans",\n  "{name}",\n'),
        _replaced(HOUSE / "settings.py", '    "hengjian.plans",\n', f'    "hengjian.{name}",\n    "hengjian.plans",\n'),
        _replaced(
            HOUSE / "web/rooms.py",
            "from hengjian.web.room import Room\n",
            f"from hengjian.web.{name} import room as {name}\nfrom hengjian.web.room import Room\n",
        ),
    ]
    _replaced(HOUSE / "web/rooms.py", "    plans.ROOM,\n", f"    {name}.ROOM,\n    plans.ROOM,\n")
    return made + central
