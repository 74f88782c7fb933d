"""What a token may be opened for: reading, and each act by its code. Nothing that is not named is allowed."""

from __future__ import annotations

from collections.abc import Sequence

from hengjian.authorities.granting import granted_in_person
from hengjian.kernel.acts_catalogue import AnyAct, catalogue
from hengjian.kernel.words import listed, say

READ = "read"
NO_PROGRAM = frozenset({"authorities.open_token"})


def offered(role: str) -> list[tuple[str, str]]:
    """Word and title of all that a program of this role could do; what is done in person only is left out."""
    acts = [(code, act.header.title) for code, act in catalogue().items() if _by_program(code, act, role)]
    return [(READ, "查询：看本席位看得到的"), *acts]


def _by_program(code: str, act: AnyAct, role: str) -> bool:
    header = act.header
    mine = any(by.role_code == role for by in header.by)
    return mine and code not in NO_PROGRAM and granted_in_person not in header.requires


def in_words(scope: Sequence[str] | None) -> str:
    """A scope as its holder reads it."""
    if scope is None:
        return say("本席位的全部权限（限定范围以前签发）")
    titles = {code: act.header.title for code, act in catalogue().items()} | {READ: say("查询")}
    return listed(titles.get(word, word) for word in scope)
