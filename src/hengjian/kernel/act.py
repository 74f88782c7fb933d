"""The act: the only way anything changes. Its header is the regulation, its body only the change.

    @act("results.open_notice", ResultSheet, by=Role.RESPONSIBLE_PERSON.of_own_institution, step=Step(A, to=B), …)
    def open_notice(doing: Doing[ResultSheet], *, place: str) -> NoticeOpened: ...

Three shapes: on a subject (`act`), creating one (`creates`), on many (`on_many`). Called it is performed, asked `why_not`
it gives the refusal a call would meet, `once(key)` makes two clicks one act.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

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
from hengjian.kernel.rule import Rule
from hengjian.kernel.runner import Call, Task, run

S = TypeVar("S", bound=CaseModel)
M = TypeVar("M", bound=CaseModel)
F = TypeVar("F", bound=Fact)
T = TypeVar("T")
P = ParamSpec("P")

CATALOGUE: dict[str, Act[Any, Any, Any] | Creating[Any, Any] | OnMany[Any, Any, Any]] = {}


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
        return refusal_of(self.header, _asking(self.header, actor, subject))


@dataclass(frozen=True, eq=False)
class Creating(Generic[M, P]):
    """An act that opens a case; the body returns the new row and the fact. Its rules are asked about nothing but the actor."""

    header: Header
    body: Callable[Concatenate[Doing[None], P], tuple[M, Fact]]
    _call: Call = field(default_factory=Call)

    def __call__(self, actor: Actor, *args: P.args, **kwargs: P.kwargs) -> M:
        given = _given(self.header, self.body, actor, None, kwargs)

        def body(doing: Doing[None]) -> tuple[M, Fact]:
            return self.body(doing, *args, **given)

        outcome = run(Task(self.header, actor, self._call, given, given, [], body))
        created: M = self.header.subject._base_manager.get(pk=outcome.subject_id)  # type: ignore[assignment]
        return created

    def once(self, key: str, *, seen: int | None = None) -> Creating[M, P]:
        return Creating(self.header, self.body, Call(key or None, seen))

    def why_not(self, actor: Actor, subject: None = None) -> Refusal | None:
        return refusal_of(self.header, _asking(self.header, actor, None))


@dataclass(frozen=True, eq=False)
class OnMany(Generic[S, P, F]):
    """One act on many subjects of one kind: one fact with digest and counts, one root over the rows."""

    header: Header
    body: Callable[Concatenate[Doing[S], P], F]
    _call: Call = field(default_factory=Call)

    def __call__(self, actor: Actor, subjects: Sequence[S], *args: P.args, **kwargs: P.kwargs) -> F:
        if not subjects:
            raise Refused(Refusal("kernel.nothing", "没有选中任何一项。", kind=Kind.INPUT))

        given = _given(self.header, self.body, actor, subjects[0], kwargs)

        def body(doing: Doing[S]) -> tuple[None, F]:
            return None, self.body(doing, *args, **given)

        named = {"subjects": [subject.pk for subject in subjects], **given}
        outcome = run(Task(self.header, actor, self._call, named, given, list(subjects), body))
        return outcome.fact  # type: ignore[return-value]

    def once(self, key: str, *, seen: int | None = None) -> OnMany[S, P, F]:
        return OnMany(self.header, self.body, Call(key or None, seen))

    def why_not(self, actor: Actor, subject: S) -> Refusal | None:
        return refusal_of(self.header, _asking(self.header, actor, subject))


def _asking(header: Header, actor: Actor, subject: T) -> Asking[T]:
    return Asking(actor, subject, citable=header.citable, of=header.code)


def _given(
    header: Header, body: Callable[..., Any], actor: Actor, subject: CaseModel | None, given: Mapping[str, Any]
) -> dict[str, Any]:
    """The arguments as the body wants them. Who may not act at all is told that first, not what is wrong with the form."""
    values, faults = read(body, given)
    if faults:
        refusal = refusal_of(header, _asking(header, actor, subject))
        raise Refused(refusal or refusal_for(faults[0]))
    return values


E = TypeVar("E", bound="Act[Any, Any, Any] | Creating[Any, Any] | OnMany[Any, Any, Any]")


def _registered(entry: E, code: str) -> E:
    if code in CATALOGUE:
        raise TypeError(f"act code {code} is declared twice")
    CATALOGUE[code] = entry
    HEADERS[code] = entry.header
    return entry


def _header(shape: str, code: str, subject: type[CaseModel], body: Callable[..., Any], said: dict[str, Any]) -> Header:
    """The header as declared; title and explanation are the body's docstring."""
    lines = (body.__doc__ or "").strip().splitlines()
    if not lines:
        raise TypeError(f"{body.__name__} needs a docstring: its first line is the act's title")
    by = said["by"]
    rest: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    del rest["by"]
    rest["not_by"] = tuple(NotBy(one) if isinstance(one, str) else one for one in said.get("not_by", ()))
    return Header(
        code=code,
        title=lines[0].rstrip("。"),
        explains=" ".join(line.strip() for line in lines[1:] if line.strip()),
        by=(by,) if isinstance(by, By) else tuple(by),
        subject=subject,
        shape=shape,
        **rest,
    )


def act(
    code: str,
    subject: type[S],
    *,
    by: By | Sequence[By],
    step: Step | None = None,
    requires: Sequence[Rule[S]] = (),
    ensures: Sequence[Rule[S]] = (),
    not_by: Sequence[str | NotBy] = (),
    recalled: bool = False,
    cites: Sequence[Policy[Any]] = (),
    before: Callable[Concatenate[Asking[S], ...], Prepared] | None = None,
    clause: str = "",
    turn: bool = False,
    seals_at_once: bool = False,
    danger: bool = False,
) -> Callable[[Callable[Concatenate[Doing[S], P], F]], Act[S, P, F]]:
    """An act on one subject; the docstring's first line is its Chinese title."""
    said = _said(locals())

    def declare(body: Callable[Concatenate[Doing[S], P], F]) -> Act[S, P, F]:
        return _registered(Act(_header("on", code, subject, body, said), body), code)

    return declare


def creates(
    code: str,
    subject: type[M],
    *,
    by: By | Sequence[By],
    requires: Sequence[Rule[None]] = (),
    cites: Sequence[Policy[Any]] = (),
    before: Callable[Concatenate[Asking[None], ...], Prepared] | None = None,
    recalled: bool = False,
    clause: str = "",
    seals_at_once: bool = False,
) -> Callable[[Callable[Concatenate[Doing[None], P], tuple[M, Any]]], Creating[M, P]]:
    """An act that opens a case of kind `subject`."""
    said = _said(locals())

    def declare(body: Callable[Concatenate[Doing[None], P], tuple[M, Any]]) -> Creating[M, P]:
        return _registered(Creating(_header("creates", code, subject, body, said), body), code)

    return declare


def on_many(
    code: str,
    subject: type[S],
    *,
    by: By | Sequence[By],
    step: Step | None = None,
    requires: Sequence[Rule[S]] = (),
    not_by: Sequence[str | NotBy] = (),
    recalled: bool = False,
    cites: Sequence[Policy[Any]] = (),
    clause: str = "",
    turn: bool = False,
    seals_at_once: bool = False,
    danger: bool = False,
) -> Callable[[Callable[Concatenate[Doing[S], P], F]], OnMany[S, P, F]]:
    """One act on many subjects."""
    said = _said(locals())

    def declare(body: Callable[Concatenate[Doing[S], P], F]) -> OnMany[S, P, F]:
        return _registered(OnMany(_header("on_many", code, subject, body, said), body), code)

    return declare


def _said(declared: dict[str, Any]) -> dict[str, Any]:
    """What the declaration says besides code and subject."""
    return {name: value for name, value in declared.items() if name not in ("code", "subject")}


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
