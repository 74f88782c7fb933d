"""A rule: one sentence of the regulation, from what is asked to a refusal or nothing. It reads, never writes.

    @rule("plans.lead_time", clause="…", cites=[policies.LEAD_WORKING_DAYS], waivable=True)
    def it_is_early_enough(asking: Asking[Plan]) -> tuple[str, str] | None: ...

`Rule[Plan]` fits an act on a plan and no other; `Rule[None]` an act that opens a case; `Rule[object]` fits all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from hengjian.kernel.asking import Asking
from hengjian.kernel.policy import Policy
from hengjian.kernel.refusal import Kind, Refusal, Refused
from hengjian.kernel.rule_cases import Case

S = TypeVar("S", contravariant=True)
Answer = tuple[str, str] | Refusal | None  # a sentence without its remedy is no answer

RULES: dict[str, Rule[Any]] = {}


@dataclass(frozen=True)
class Rule(Generic[S]):
    """Callable as `rule(asking)`. `cites` is what it may read of the law; the first is what its refusal rests on. Only a
    rule that declares itself waivable can be set aside by a waiver."""

    code: str
    title: str
    check: Callable[[Asking[S]], Answer]
    clause: str = ""
    cites: tuple[Policy[Any], ...] = ()
    waivable: bool = False
    cases: list[Case] = field(default_factory=list, compare=False, repr=False)

    def shown_by(self, *cases: Case) -> None:
        """Worked cases, beside the rule: some that it lets pass, some that it refuses, with the words it says."""
        self.cases.extend(cases)

    @property
    def policy(self) -> str:
        """The key of the value a refusal rests on, or nothing."""
        return self.cites[0].key if self.cites else ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all it may read."""
        return tuple(policy.key for policy in self.cites)

    def __call__(self, asking: Asking[S]) -> Refusal | None:
        answer = self.check(asking)
        if answer is None or isinstance(answer, Refusal):
            return answer
        sentence, remedy = answer
        return Refusal(self.code, sentence, clause=self.clause, policy=self.policy, remedy=remedy)


def overtaken(rule: Rule[Any], sentence: str, remedy: str) -> Refused:
    """For a body that holds the lock: what its rule let pass a parallel act has taken since. Asked again, the rule
    itself refuses."""
    return Refused(Refusal(rule.code, sentence, clause=rule.clause, policy=rule.policy, remedy=remedy, kind=Kind.STALE))


def rule(
    code: str, *, clause: str = "", cites: Sequence[Policy[Any]] = (), waivable: bool = False
) -> Callable[[Callable[[Asking[S]], Answer]], Rule[S]]:
    """Declare a rule; the docstring is its sentence. The function returns nothing, or (sentence, remedy),
    or a whole `Refusal`. It rests on its clause or on the first value it cites; a rule of the product says so (`PRODUCT`)."""

    def declare(check: Callable[[Asking[S]], Answer]) -> Rule[S]:
        if not clause and not cites:
            raise TypeError(f"rule {code} does not say on what it rests; a rule of the product is PRODUCT")
        if code in RULES:
            raise TypeError(f"rule code {code} is declared twice")
        title = (check.__doc__ or "").strip().splitlines()[0].rstrip("。")
        declared: Rule[S] = Rule(code, title, check, clause, tuple(cites), waivable)
        RULES[code] = declared
        return declared

    return declare
