"""A refusal: the sentence, the clause it rests on and, where it can be computed, what would change it (M8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, fields
from enum import StrEnum
from typing import Any

from hengjian.kernel.instruments import PRODUCT as OUR_OWN
from hengjian.kernel.instruments import basis_of
from hengjian.kernel.kept_words import kept_text, said_again
from hengjian.kernel.policy import catalogue
from hengjian.kernel.words import in_words, listed

READ_AGAIN = "请改正后重新试读。"
PRODUCT = OUR_OWN.match  # `policies/instruments.toml` knows it as a rule of this product


class Kind(StrEnum):
    """Why an act is refused, in the order in which the runner asks."""

    RESTRAINT = "restraint"  # asked too often within the period; the same may be asked again later
    ROLE = "role"  # this seat may never do it to this subject
    STATE = "state"  # the case is not at this step
    RULE = "rule"  # a sentence of the regulation stands in the way
    INPUT = "input"  # an argument is wrong
    REPLAY = "replay"  # the idempotency key was used for something else
    STALE = "stale"  # somebody changed the case since it was read


@dataclass(frozen=True)
class Refusal:
    """One sentence (`words.say` where it has parameters), in Chinese until said otherwise; `clause` cites the source, `policy`
    is the key of the value it rests on, `field` names the argument concerned. `remedy` says what would mend it, or that nothing
    will and what to do instead; there is none without."""

    code: str
    sentence: str
    _: KW_ONLY
    remedy: str
    clause: str = ""
    policy: str = ""
    field: str = ""
    kind: Kind = Kind.RULE

    def __post_init__(self) -> None:
        if not self.remedy:
            raise TypeError(f"the refusal {self.code} does not say what would mend it")

    @property
    def said(self) -> str:
        """The sentence and what would mend it, for where there is room for one text: at a field, in an answer."""
        return listed((self.sentence, self.remedy), "")

    @property
    def citation(self) -> str:
        """The instrument and its clause: the value's where one is cited. What cites nothing is a rule of the product."""
        text = catalogue().get(self.policy)
        return text.citation if text is not None else self.clause or PRODUCT

    @property
    def basis(self) -> str:
        """What the cited document is and whether anybody has read it: `部门文件，未见原文`."""
        text = catalogue().get(self.policy)
        return basis_of(self.citation, text.certainty if text is not None else "")

    def as_dict(self) -> dict[str, str]:
        return {
            "code": self.code,
            "kind": self.kind.value,
            "sentence": self.sentence,
            "clause": self.citation,
            "basis": self.basis,
            "policy": self.policy,
            "remedy": self.remedy,
            "field": self.field,
        }

    def as_kept(self) -> dict[str, Any]:
        """As a row keeps it, to be said again in either language; `of_kept` reads it."""
        return {name: kept_text(text) for name, text in self.as_dict().items()}

    @classmethod
    def of_kept(cls, told: Mapping[str, Any]) -> Refusal:
        """What follows from it (`basis`) is worked out anew; rows of earlier versions may lack the remedy."""
        names = {each.name for each in fields(cls)}
        said = {name: said_again(value) for name, value in told.items() if name in names}
        return cls(**{**said, "remedy": said.get("remedy") or READ_AGAIN, "kind": Kind(told["kind"])})

    def in_words(self) -> dict[str, str]:
        """The same, its sentence and remedy in the reader's language; a clause names a document and stays as it is."""
        said = {"sentence": self.sentence, "remedy": self.remedy, "basis": self.basis}
        return self.as_dict() | {name: in_words(text) for name, text in said.items()}


class Refused(Exception):
    """Raised by the runner; nothing has been changed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.code}: {refusal.sentence}")
        self.refusal = refusal


def refuse(code: str, sentence: str, *, remedy: str, field: str = "", clause: str = "", policy: str = "") -> Refused:
    """For the body of an act: `raise refuse("plans.date_past", "…", field="held_on", …)` rolls everything back. Its ground is
    named: a clause, the key of a value, or `PRODUCT` for a rule of the product."""
    if not clause and not policy:
        raise TypeError(f"the refusal {code} does not say on what it rests; a rule of the product is PRODUCT")
    kind = Kind.INPUT if field else Kind.RULE
    return Refused(Refusal(code, sentence, clause=clause, policy=policy, remedy=remedy, field=field, kind=kind))
