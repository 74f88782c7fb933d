"""The act: the only way anything changes. Its header is the regulation, its body only the change.

    @act("results.open_notice", ResultSheet, by=Role.RESPONSIBLE_PERSON.of_own_institution, step=Step(A, to=B), …)
    def open_notice(doing: Doing[ResultSheet], *, place: str) -> NoticeOpened: ...

Three shapes: on a subject (`act`), creating one (`creates`), on many (`on_many`). Called it is performed, asked `why_not`
it gives the refusal a call would meet, `once(key)` makes two clicks one act.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Concatenate, Generic, ParamSpec, Required, TypeAlias, TypedDict, TypeVar, Unpack

from hengjian.kernel.actor import Actor, By
from hengjian.kernel.admission import refusal_of
from hengjian.kernel.arguments import read, refusal_for
from hengjian.kernel.asking import Asking
from hengjian.kernel.case import CaseModel
from hengjian.kernel.doing import Doing
from hengjian.kernel.facts import Fact, canonical
from hengjian.kernel.header import HEADERS, Header, NotBy, Step
from hengjian.kernel.policy import Policy
from hengjian.kernel.prepared import Prepared
from hengjian.kernel.refusal import Kind, Refusal, Refused
from hengjian.kernel.restraint import Restraint, declared, restrain, standing
from hengjian.kernel.rule import Rule
from hengjian.kernel.runner import Call, Task, run
from hengjian.kernel.told import Told

S = TypeVar("S", bound=CaseModel)
M = TypeVar("M", bound=CaseModel)
F = TypeVar("F", bound=Fact)
T = TypeVar("T")
P = ParamSpec("P")

S_con = TypeVar("S_con", contravariant=True)

Entry: TypeAlias = "Act[Any, Any, Any] | Creating[Any, Any] | OnMany[Any, Any, Any]"
CATALOGUE: dict[str, Entry] = {}


@dataclass(frozen=True, eq=False)
class Act(Generic[S, P, F]):
    """An act on one subject. Called it is performed, asked `why_not` it answers the refusal a call would meet."""

    header: Header
    body: Callable[Concatenate[Doing[S], P], F]
    _call: Call = field(default_factory=Call)

    def __call__(self, actor: Actor, subject: S, *args: P.args, **kwargs: P.kwargs) -> F:
        given = _given(self.header, self.body, actor, subject, kwargs)

        def body(doing: Doing[S]) -> tuple[None, F]:
            return None, self.body(doing, *args, **given)

        task = Task(self.header, actor, self._call, {"subject": subject.pk, **given}, given, [subject], body)
        outcome = run(task)
        if outcome.subject is not None:  # the caller's copy is what was saved; no second read
            subject.__dict__.update({k: v for k, v in outcome.subject.__dict__.items() if k != "_state"})
        else:
            subject.refresh_from_db()
        return outcome.fact  # type: ignore[return-value]

    def once(self, key: str, *, seen: int | None = None) -> Act[S, P, F]:
        """The same act under an idempotency key: two clicks are one act. `seen` refuses a case changed since."""
        return Act(self.header, self.body, Call(key or None, seen))

    def why_not(self, actor: Actor, subject: S) -> Refusal | None:
        return refusal_of(self.header, _asking(self.header, actor, subject)) or standing(self.header, actor, [subject])


@dataclass(frozen=True, eq=False)
class Creating(Generic[M, P]):
    """An act that opens a case; the body returns the new row and the fact. Its rules are asked about nothing but the actor."""

    header: Header
    body: Callable[Concatenate[Doing[None], P], tuple[M, Fact]]
    _call: Call = field(default_factory=Call)

    def __call__(self, actor: Actor, *args: P.args, **kwargs: P.kwargs) -> M:
        key, _ = self.told(actor, *args, **kwargs)
        created: M = self.header.subject._base_manager.get(pk=key)  # type: ignore[assignment]
        return created

    def told(self, actor: Actor, *args: P.args, **kwargs: P.kwargs) -> tuple[int, Fact]:
        """Perform it and tell the key of the new case and the fact, as the log has them: nothing is read again."""
        given = _given(self.header, self.body, actor, None, kwargs)

        def body(doing: Doing[None]) -> tuple[M, Fact]:
            return self.body(doing, *args, **given)

        outcome = run(Task(self.header, actor, self._call, given, given, [], body))
        assert outcome.subject_id is not None  # the body returned a row
        return outcome.subject_id, outcome.fact

    def once(self, key: str, *, seen: int | None = None) -> Creating[M, P]:
        return Creating(self.header, self.body, Call(key or None, seen))

    def why_not(self, actor: Actor, subject: None = None) -> Refusal | None:
        return refusal_of(self.header, _asking(self.header, actor, None)) or standing(self.header, actor)


@dataclass(frozen=True, eq=False)
class OnMany(Generic[S, P, F]):
    """One act on many subjects of one kind: one fact with digest and counts, one root over the rows."""

    header: Header
    body: Callable[Concatenate[Doing[S], P], F]
    _call: Call = field(default_factory=Call)

    def __call__(self, actor: Actor, subjects: Sequence[S], *args: P.args, **kwargs: P.kwargs) -> F:
        if not subjects:
            raise Refused(Refusal("kernel.nothing", "没有选中任何一项。", remedy="请至少选中一项。", kind=Kind.INPUT))

        given = _given(self.header, self.body, actor, subjects[0], kwargs)

        def body(doing: Doing[S]) -> tuple[None, F]:
            return None, self.body(doing, *args, **given)

        named = {"subjects": [subject.pk for subject in subjects], **given}
        outcome = run(Task(self.header, actor, self._call, named, given, list(subjects), body))
        return outcome.fact  # type: ignore[return-value]

    def once(self, key: str, *, seen: int | None = None) -> OnMany[S, P, F]:
        return OnMany(self.header, self.body, Call(key or None, seen))

    def why_not(self, actor: Actor, subject: S) -> Refusal | None:
        return refusal_of(self.header, _asking(self.header, actor, subject)) or standing(self.header, actor, [subject])


def _asking(header: Header, actor: Actor, subject: T) -> Asking[T]:
    return Asking(actor, subject, citable=header.citable, of=header.code)


def _given(
    header: Header, body: Callable[..., Any], actor: Actor, subject: CaseModel | None, given: Mapping[str, Any]
) -> dict[str, Any]:
    """The arguments as the body wants them. Who may not act at all is told that first, not what is wrong with the form."""
    values, faults = read(body, given)
    if faults:
        restrain(header, actor, [subject] if subject is not None else [])
        refusal = refusal_of(header, _asking(header, actor, subject))
        raise Refused(refusal or refusal_for(header.code, faults[0]))
    return values


class Said(TypedDict, Generic[S_con], total=False):
    """What a declaration says besides code and subject: the fields of the header, with the subject's type."""

    by: Required[By | Sequence[By]]
    step: Step | None
    requires: Sequence[Rule[S_con]]
    ensures: Sequence[Rule[S_con]]
    not_by: Sequence[str | NotBy]
    recalled: bool
    cites: Sequence[Policy[Any]]
    restraint: Sequence[Restraint]
    before: Callable[Concatenate[Asking[S_con], ...], Prepared] | None
    clause: str
    notify: Sequence[Told]
    turn: bool
    seals_at_once: str
    danger: bool


def _declare(shape: str, make: Callable[[Header, Any], Entry], code: str, subject: type[CaseModel], said: Any) -> Any:
    """The one declaration behind the three shapes; title and explanation are the body's docstring."""

    def declare(body: Callable[..., Any]) -> Entry:
        lines = (body.__doc__ or "").strip().splitlines()
        if not lines:
            raise TypeError(f"{body.__name__} needs a docstring: its first line is the act's title")
        if code in CATALOGUE:
            raise TypeError(f"act code {code} is declared twice")
        fields: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
        }
        fields["by"] = (said["by"],) if isinstance(said["by"], By) else tuple(said["by"])
        fields["not_by"] = tuple(NotBy(one) if isinstance(one, str) else one for one in said.get("not_by", ()))
        HEADERS[code] = header = Header(
            code,
            lines[0].rstrip("。"),
            subject=subject,
            shape=shape,
            explains=" ".join(line.strip() for line in lines[1:] if line.strip()),
            **fields,
        )
        declared(code, header.restraint)
        CATALOGUE[code] = entry = make(header, body)
        return entry

    return declare


def act(
    code: str, subject: type[S], **said: Unpack[Said[S]]
) -> Callable[[Callable[Concatenate[Doing[S], P], F]], Act[S, P, F]]:
    """An act on one subject; the docstring's first line is its Chinese title."""
    declare: Callable[[Callable[Concatenate[Doing[S], P], F]], Act[S, P, F]] = _declare("on", Act, code, subject, said)
    return declare


def creates(
    code: str, subject: type[M], **said: Unpack[Said[None]]
) -> Callable[[Callable[Concatenate[Doing[None], P], tuple[M, Any]]], Creating[M, P]]:
    """An act that opens a case of kind `subject`; its rules are about nothing but the actor."""
    declare: Callable[[Callable[Concatenate[Doing[None], P], tuple[M, Any]]], Creating[M, P]]
    declare = _declare("creates", Creating, code, subject, said)
    return declare


def on_many(
    code: str, subject: type[S], **said: Unpack[Said[S]]
) -> Callable[[Callable[Concatenate[Doing[S], P], F]], OnMany[S, P, F]]:
    """One act on many subjects."""
    declare: Callable[[Callable[Concatenate[Doing[S], P], F]], OnMany[S, P, F]]
    declare = _declare("on_many", OnMany, code, subject, said)
    return declare


__all__ = [
    "CATALOGUE",
    "Act",
    "Creating",
    "Doing",
    "Header",
    "NotBy",
    "OnMany",
    "Step",
    "act",
    "canonical",
    "creates",
    "on_many",
]
