"""A rule: one sentence of the regulation, from subject and time to a refusal or nothing. It reads, never writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hengjian.kernel.refusal import Refusal

RULES: dict[str, Rule] = {}


@dataclass(frozen=True)
class Rule:
    """Callable as `rule(subject, now)`. Only a rule that declares itself waivable can be set aside by a waiver."""

    code: str
    title: str
    check: Callable[[Any, datetime], Refusal | None]
    clause: str = ""
    policy: str = ""
    waivable: bool = False

    def __call__(self, subject: Any, now: datetime) -> Refusal | None:
        return self.check(subject, now)

    def refusal(self, sentence: str, *, remedy: str = "") -> Refusal:
        return Refusal(self.code, sentence, clause=self.clause, policy=self.policy, remedy=remedy)


def rule(
    code: str, *, clause: str = "", policy: str = "", waivable: bool = False
) -> Callable[[Callable[[Any, datetime], str | tuple[str, str] | Refusal | None]], Rule]:
    """Declare a rule; the docstring is its sentence. The function returns nothing, or the refusal's sentence, or
    (sentence, remedy), or a whole `Refusal`."""

    def declare(check: Callable[[Any, datetime], str | tuple[str, str] | Refusal | None]) -> Rule:
        if code in RULES:
            raise TypeError(f"rule code {code} is declared twice")

        def asked(subject: Any, now: datetime) -> Refusal | None:
            answer = check(subject, now)
            if answer is None or isinstance(answer, Refusal):
                return answer
            sentence, remedy = answer if isinstance(answer, tuple) else (answer, "")
            return Refusal(code, sentence, clause=clause, policy=policy, remedy=remedy)

        title = (check.__doc__ or "").strip().splitlines()[0].rstrip("。")
        RULES[code] = declared = Rule(code, title, asked, clause, policy, waivable)
        return declared

    return declare
