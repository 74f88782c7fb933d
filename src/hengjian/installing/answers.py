"""What an installation is told: flags, a file of answers (TOML), and what is asked at the terminal, in this order.

Passwords of the database and what identifies a person have no flag: a command line is read by every account of the machine.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hengjian.kernel.words import listed, say

Ask = Callable[[str, str, bool], str]  # question, default, secret → what was typed


@dataclass(frozen=True)
class Question:
    """`name` is the key in the file and, with dashes, the flag (where there is one)."""

    name: str
    asks: str
    secret: bool = False


SETTINGS = (
    Question("site", "公众看到的网址（https:// 开头）"),
    Question("contact", "公众和报告漏洞的人怎样联系（mailto:、https:// 或 tel:）"),
    Question("log_origin", "日志名称（一经使用不能更换）"),
    Question("proxies", "前面的代理：地址、网段或层数"),
    Question("database", "数据库地址：网站的角色（口令写在地址里）", secret=True),
    Question("owner", "数据库地址：属主，只在安装、更新和备份时用", secret=True),
    Question("sealer", "数据库地址：封存的角色", secret=True),
    Question("mail_host", "发信的邮件服务器（没有就空着：不发邮件，也不能用邮件找回口令）"),
    Question("mail_port", "邮件服务器的端口"),
    Question("mail_from", "发件人地址"),
    Question("mail_user", "邮件服务器的账号（不需要登录就空着）"),
    Question("mail_password", "邮件服务器的口令", secret=True),
    Question("sms_url", "短信网关的地址（没有就空着）"),
    Question("sms_secret", "短信网关的密钥", secret=True),
    Question("chat_url", "工作群机器人的地址（没有就空着）"),
    Question("chat_secret", "工作群机器人的密钥", secret=True),
)
PROVINCE = Question("province", "省级代码的前两位（如 13）")
CITIES = Question("cities", "只装哪些设区市（四位代码，空格分开；空着是全省）")
PERSON = (
    Question("username", "登录名"),
    Question("name", "姓名"),
    Question("identity_number", "身份证件号码"),
    Question("phone", "手机号码"),
    Question("office", "所在机关的区划代码（六位）"),
)
LISTS = {"cities": str, "offices": dict, "areas": list, "administrators": list}


class Unanswered(Exception):
    """What is missing or cannot be read; the sentence names all of it."""


@dataclass(frozen=True)
class Person:
    """A first administrator. `office` is the code of the area whose office it is; empty for the first city's."""

    username: str
    name: str
    identity_number: str
    phone: str
    office: str = ""


@dataclass(frozen=True)
class ExtraArea:
    """A development zone or new area that supervises, and is in no list of divisions; `parent` is a code."""

    code: str
    name: str
    parent: str


@dataclass
class Answers:
    """`given`: the file's values with the flags over them. Without `ask` nobody is at the terminal."""

    given: Mapping[str, Any]
    ask: Ask | None = None
    missing: list[str] = field(default_factory=list)

    def text(self, question: Question, default: str | None = None) -> str:
        """The answer; without one the default, or a sentence among `missing`."""
        value = self.given.get(question.name)
        if value is not None:
            if not isinstance(value, str | int):
                raise Unanswered(say("“{name}”应为一行文字。", name=question.name))
            return str(value).strip()
        if self.ask is not None:
            typed = self.ask(question.asks, default or "", question.secret).strip()
            if typed or default is not None:
                return typed or default or ""
        elif default is not None:
            return default
        self.missing.append(say("缺少 {name}：{asks}。", name=question.name, asks=question.asks))
        return ""

    def cities(self) -> tuple[str, ...]:
        value = self.given.get("cities")
        if value is None:
            value = self.ask(CITIES.asks, "", False).split() if self.ask is not None else []
        return tuple(str(code) for code in (value.split() if isinstance(value, str) else value))

    def offices(self) -> dict[str, str]:
        """Code of an area → the name of its office; an empty name: no office there."""
        return {str(code): str(name).strip() for code, name in self.given.get("offices", {}).items()}

    def areas(self) -> list[ExtraArea]:
        return [ExtraArea(**_row(row, ("code", "name", "parent"), "areas")) for row in self.given.get("areas", [])]

    def administrators(self) -> list[Person]:
        """Those of the file."""
        needed = tuple(question.name for question in PERSON if question.name != "office")
        rows = [_row(row, needed, "administrators", "office") for row in self.given.get("administrators", [])]
        return [Person(**row) for row in rows]

    def settle(self) -> None:
        """Raises Unanswered with everything that is missing."""
        if self.missing:
            raise Unanswered(listed(self.missing, "\n"))


def _row(row: object, needed: Sequence[str], where: str, *may: str) -> dict[str, str]:
    if not isinstance(row, dict) or set(needed) - set(row) or set(row) - {*needed, *may}:
        fields = listed([*needed, *may])
        raise Unanswered(say("“{where}”的每一项应写明：{fields}。", where=where, fields=fields))
    return {str(name): str(value).strip() for name, value in row.items()}


def read(file: Path | None, flags: Mapping[str, Any]) -> dict[str, Any]:
    """The file's answers with the flags that were given over them. Raises Unanswered."""
    found: dict[str, Any] = {}
    if file is not None:
        try:
            found = tomllib.loads(file.read_text(encoding="utf-8"))
        except OSError as problem:
            raise Unanswered(say("读不到文件 {name}：{strerror}。", name=file, strerror=problem.strerror)) from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            raise Unanswered(say("{file} 不是 TOML 文件：{problem}。", file=file, problem=str(problem))) from None
    known = {question.name for question in (*SETTINGS, PROVINCE)} | set(LISTS)
    if unknown := sorted(set(found) - known):
        raise Unanswered(
            say(
                "{file} 里有不认识的项：{unknown}。可写的有：{known}。",
                file=file,
                unknown=listed(unknown),
                known=listed(sorted(known)),
            )
        )
    for name, kind in LISTS.items():
        if name in found and name != "cities" and not isinstance(found[name], kind):
            raise Unanswered(say("“{name}”的写法不对，请照 docs/operations.md 的例子写。", name=name))
    offices = {**found.get("offices", {}), **(flags.get("offices") or {})}
    return {
        **found,
        **{name: value for name, value in flags.items() if value not in (None, [], {})},
        "offices": offices,
    }
