"""How the arguments of acts are asked on a page: label, help, choices, first values.

A common name is asked the same way everywhere (`COMMON`); an act that needs more says so under `code.argument`
(`QUESTIONS` of its domain; a column of a list of rows is `code.argument.column`). The house test demands a label for every argument.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from hengjian.kernel.actor import Actor

Provider = Callable[[Actor, Any], Any]
MEGABYTE = 1_048_576


@dataclass(frozen=True)
class Question:
    """`kind` overrules what the type suggests: select, radios, textarea, file, given (not asked, computed by `given`),
    fixed (shown in a row in the words of `choices`, not editable), own (shown and read by a page of its own)."""

    label: str
    help: str = ""
    kind: str = ""
    choices: Callable[[Actor, Any], Iterable[tuple[Any, str]]] | None = None
    initial: Provider | None = None
    given: Provider = lambda actor, subject: None
    sensitive: bool = False
    accept: str = ""
    limit: int = 20 * MEGABYTE
    # Name of the page that suggests values as one types (`occupation_options`).
    suggest: str = ""
    # Of kind `own`: a page of its own shows it, and this reads it from what was posted; a sentence says what is wrong.
    read: Callable[[Any, Actor, Any], tuple[Any, str]] | None = None


COMMON: dict[str, Question] = {
    "reason": Question("理由", "请写清楚事实和依据，将随此件存证。", "textarea"),
    "note": Question("说明", "", "textarea"),
    "answer": Question("答复意见", "", "textarea"),
    "law": Question("依据", "文件名称和文号"),
    "since": Question("施行日期"),
    "expires_on": Question("到期日"),
    "place": Question("公示地点", "例如：厂区公告栏及单位网站首页"),
    "title": Question("名称"),
    "upload_id": Question("文件", "可以是 PDF、图片、Word 或 Excel，不超过 20 MB。", "file"),
    "year": Question("年度"),
    "notice": Question("通知文号"),
}


class UnknownQuestion(LookupError):
    """An argument nobody has written a label for: the house test finds it before a user does."""


def question(code: str, name: str) -> Question:
    """The question for argument `name` of act `code`."""
    from hengjian.web.room import questions

    found = questions().get(f"{code}.{name}") or COMMON.get(name) or COMMON.get(name.rsplit(".", 1)[-1])
    if found is None:
        raise UnknownQuestion(f"{code}.{name} has no label in questions.py")
    return found
