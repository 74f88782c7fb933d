"""The act: the only way anything changes. The header is the regulation, the body is the change.

The runner, in this order and nothing more: transaction → replay if the idempotency key is known → lock and re-read the
subject → role and jurisdiction → state → rules (or a waiver) → body → set state, save → append the fact with its policy
pins to the ledger → commit → reactions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from django.db import DataError, IntegrityError, models, transaction

from hengjian.kernel import clock, guard, guard_sql, ledger
from hengjian.kernel.actor import Actor, By
from hengjian.kernel.case import CaseModel, bulk_insert, writes_now
from hengjian.kernel.facts import Fact, canonical
from hengjian.kernel.policy import Pin, Policy
from hengjian.kernel.refusal import Kind, Refusal, Refused
from hengjian.kernel.rule import Rule
from hengjian.kernel.workdays import Calendar

S = TypeVar("S", bound=CaseModel)
M = TypeVar("M", bound=CaseModel)
F = TypeVar("F", bound=Fact)
log = logging.getLogger("hengjian.act")
T = TypeVar("T")
P = ParamSpec("P")


@dataclass(frozen=True, init=False)
class Step:
    """From which states to which; without `to` the state stays."""

    sources: tuple[str, ...]
    to: str | None

    def __init__(self, *sources: str, to: str | None = None) -> None:
        object.__setattr__(self, "sources", tuple(str(source) for source in sources))
        object.__setattr__(self, "to", None if to is None else str(to))


@dataclass(frozen=True)
class Header:
    """What the regulation says about an act; matrix, diagrams, buttons and API are generated from it."""

    code: str
    title: str
    by: tuple[By, ...]
    subject: type[CaseModel]
    shape: str  # "on", "creates", "on_many"
    step: Step | None = None
    requires: tuple[Rule, ...] = ()
    cites: tuple[Policy[Any], ...] = ()
    clause: str = ""
    turn: bool = False  # performing it is what a case in that state waits for
    seals_at_once: bool = False
    danger: bool = False  # asks for confirmation on a page
    explains: str = ""


class Writes:
    """The rows an act has written, in the order of writing."""

    def __init__(self) -> None:
        self.rows: dict[type[models.Model], dict[Any, None]] = {}

    def note(self, model: type[models.Model], pk: Any) -> None:
        self.rows.setdefault(model, {})[pk] = None


class Doing(Generic[S]):
    """An act under way: its subject, who acts, the one reading of the clock, the policies it cites."""

    subject: S
    subjects: list[S]

    def __init__(self, header: Header, actor: Actor, now: datetime) -> None:
        self.header = header
        self.actor = actor
        self.now = now
        self.pins: dict[str, Pin[Any]] = {}
        self.writes = Writes()
        self.area_path = ""
        self._calendar: Calendar | None = None
        self._reactions: list[Callable[[], object]] = []

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def calendar(self) -> Calendar:
        if self._calendar is None:
            from hengjian.kernel.calendar import stored_calendar

            self._calendar = stored_calendar()
        return self._calendar

    def policy(self, handle: Policy[T]) -> T:
        """The value in force today for the subject's area; the pin goes into the fact. Only what the header cites."""
        if handle not in self.header.cites:
            raise TypeError(f"{self.header.code} does not cite {handle.key}")
        from hengjian.kernel.local_values import local_values

        pin = self.pins.get(handle.key)
        if pin is None:
            pin = self.pins[handle.key] = handle.resolve(self.today, local_values(handle.key, self.area_path))
        value: T = pin.value
        return value

    def create(self, model: type[M], **values: Any) -> M:
        row = model(**values)
        row.save(force_insert=True)
        return row

    def save(self, row: CaseModel) -> None:
        row.save()

    def bulk(self, model: type[M], rows: Sequence[M]) -> None:
        """Insert many rows; the fact carries one root over all of them."""
        for row in rows:
            row.revision = 1
        bulk_insert(model, rows)
        for row in rows:
            self.writes.note(model, row.pk)

    def bulk_save(self, model: type[M], rows: Sequence[M], fields: Sequence[str]) -> None:
        """Change many rows of one table at once."""
        for row in rows:
            row.revision += 1
        with guard.opened("act"):
            plain: models.QuerySet[M] = models.QuerySet(model)
            plain.bulk_update(rows, [*fields, "revision"], batch_size=400)
        for row in rows:
            self.writes.note(model, row.pk)

    def afterwards(self, reaction: Callable[[], object]) -> None:
        """Runs after commit; it may notify, never decide."""
        self._reactions.append(reaction)


CATALOGUE: dict[str, Act[Any, Any, Any] | Creating[Any, Any] | OnMany[Any, Any, Any]] = {}


@dataclass(frozen=True)
class _Call:
    key: str | None = None
    seen: int | None = None


@contextmanager
def _running(doing: Doing[Any]) -> Iterator[None]:
    token = writes_now.set(doing.writes)
    try:
        yield
    finally:
        writes_now.reset(token)


@contextmanager
def _constraints_refuse(header: Header) -> Iterator[None]:
    """What only the database can know (two people opened the same thing at once) is a refusal too, not a failure."""
    try:
        yield
    except (IntegrityError, DataError) as error:
        log.warning("%s met a constraint: %s", header.code, type(error).__name__)
        raise Refused(
            Refusal(
                "kernel.constraint",
                f"“{header.title}”没有办成：内容与已有记录重复，或超出允许的范围。",
                remedy="请查看是否已有同样的记录，改正后再办。",
                kind=Kind.STATE,
            )
        ) from error


def _refusal_by_role(header: Header, actor: Actor, subject: CaseModel | None) -> Refusal | None:
    if any(by.admits(actor, subject) for by in header.by):
        return None
    who = "、".join(dict.fromkeys(by.label for by in header.by))
    return Refusal(
        "kernel.role", f"“{header.title}”由{who}办理，当前席位是{actor.label}。", clause=header.clause, kind=Kind.ROLE
    )


def _refusal_by_state(header: Header, subject: CaseModel) -> Refusal | None:
    step = header.step
    state = getattr(subject, "state", None)
    if step is None or state in step.sources:
        return None
    labels = dict(_field(type(subject), "state").flatchoices)
    wanted = "”或“".join(str(labels.get(source, source)) for source in step.sources)
    return Refusal(
        "kernel.state",
        f"现在的状态是“{labels.get(state, state)}”，处于“{wanted}”时才能{header.title}。",
        clause=header.clause,
        kind=Kind.STATE,
    )


def _field(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name)


def _refusal_by_rules(header: Header, subject: Any, now: datetime, waived: list[str]) -> Refusal | None:
    for rule in header.requires:
        refusal = rule(subject, now)
        if refusal is None:
            continue
        if rule.waivable and isinstance(subject, CaseModel):
            from hengjian.kernel.waiver import standing_waiver

            waiver = standing_waiver(rule.code, subject, now)
            if waiver is not None:
                waived.append(f"{rule.code}#{waiver}")
                continue
        return refusal
    return None


@dataclass(frozen=True)
class _Outcome:
    fact: Fact
    subject_id: int | None
    subject: CaseModel | None = None


def _replayed(header: Header, key: str | None, digest: str) -> _Outcome | None:
    if key is None:
        return None
    known = ledger.by_key(key)
    if known is None:
        return None
    if known.act != header.code or known.arguments != digest:
        raise Refused(
            Refusal("kernel.key_reused", "这个请求编号已用于另一次办理，请刷新页面后重试。", kind=Kind.REPLAY)
        )
    return _Outcome(known.fact, known.subject_id)


def _run(
    header: Header,
    actor: Actor,
    call: _Call,
    arguments: dict[str, Any],
    lock: Callable[[Doing[Any]], list[CaseModel]],
    body: Callable[[Doing[Any]], tuple[CaseModel | None, Fact]],
) -> _Outcome:
    now = clock.now()
    key = f"{actor.actor_id}:{call.key}" if call.key else None
    digest = ledger.arguments_digest(header.code, arguments) if key else ""
    with _constraints_refuse(header), transaction.atomic():
        guard_sql.name_the_act(header.code, key)
        replay = _replayed(header, key, digest)
        if replay:
            return replay
        doing: Doing[Any] = Doing(header, actor, now)
        subjects = lock(doing)
        replay = _replayed(header, key, digest)  # the same click may have waited for the lock
        if replay:
            return replay
        waived: list[str] = []
        for subject in subjects:
            if call.seen is not None and subject.revision != call.seen:
                raise Refused(
                    Refusal("kernel.stale", "此件在您打开之后已被他人办理，请查看最新情况后再办。", kind=Kind.STALE)
                )
            refusal = (
                _refusal_by_role(header, actor, subject)
                or _refusal_by_state(header, subject)
                or _refusal_by_rules(header, subject, now, waived)
            )
            if refusal:
                raise Refused(refusal)
        if not subjects:
            refusal = _refusal_by_role(header, actor, None) or _refusal_by_rules(header, actor, now, waived)
            if refusal:
                raise Refused(refusal)
        before = [getattr(subject, "state", "") for subject in subjects]
        with _running(doing):
            main, fact = body(doing)
            if header.step and header.step.to is not None:
                for subject in subjects:
                    subject.state = header.step.to  # type: ignore[attr-defined]
            if len(subjects) == 1:
                subjects[0].save()
            elif subjects:
                doing.bulk_save(type(subjects[0]), subjects, _changing_fields(type(subjects[0])))
        main = main or (subjects[0] if len(subjects) == 1 else None)
        ledger.append(
            doing,
            fact,
            subject=main,
            step=(before[0], header.step.to) if header.step and before else None,
            waived=waived,
            key=key,
            arguments=digest,
        )
        if header.seals_at_once:
            from hengjian.kernel import sealer

            transaction.on_commit(sealer.seal_soon)
        for reaction in doing._reactions:
            transaction.on_commit(reaction)
        return _Outcome(fact, main.pk if main is not None else None, main)


def _changing_fields(model: type[CaseModel]) -> list[str]:
    return [
        field.attname for field in model._meta.concrete_fields if not field.primary_key and field.name != "revision"
    ]


def _locked(model: type[S], pks: Sequence[Any]) -> list[S]:
    if len(pks) == 1:
        row = model._base_manager.select_for_update().filter(pk=pks[0]).first()
        if row is not None:
            return [row]
    rows = {row.pk: row for row in model._base_manager.select_for_update().filter(pk__in=pks).order_by("pk")}
    if len(rows) != len(set(pks)):
        raise Refused(Refusal("kernel.gone", "此件不存在。", kind=Kind.ROLE))
    return [rows[pk] for pk in pks]


@dataclass(frozen=True, eq=False)
class Act(Generic[S, P, F]):
    """An act on one subject. Called it is performed, asked `why_not` it answers the refusal a call would meet."""

    header: Header
    body: Callable[Concatenate[Doing[S], P], F]
    _call: _Call = field(default_factory=_Call)

    def __call__(self, actor: Actor, subject: S, *args: P.args, **kwargs: P.kwargs) -> F:
        def lock(doing: Doing[Any]) -> list[CaseModel]:
            (doing.subject,) = _locked(type(subject), [subject.pk])
            doing.area_path = _area_of(doing.subject)
            return [doing.subject]

        def body(doing: Doing[S]) -> tuple[None, F]:
            return None, self.body(doing, *args, **kwargs)

        outcome = _run(self.header, actor, self._call, {"subject": subject.pk, **kwargs}, lock, body)
        if outcome.subject is not None:  # the caller's copy is what was saved; no second read
            subject.__dict__.update({k: v for k, v in outcome.subject.__dict__.items() if k != "_state"})
        else:
            subject.refresh_from_db()
        return outcome.fact  # type: ignore[return-value]

    def once(self, key: str, *, seen: int | None = None) -> Act[S, P, F]:
        """The same act under an idempotency key: two clicks are one act. `seen` refuses a case changed since."""
        return Act(self.header, self.body, _Call(key or None, seen))

    def why_not(self, actor: Actor, subject: S) -> Refusal | None:
        return (
            _refusal_by_role(self.header, actor, subject)
            or _refusal_by_state(self.header, subject)
            or _refusal_by_rules(self.header, subject, clock.now(), [])
        )


@dataclass(frozen=True, eq=False)
class Creating(Generic[M, P]):
    """An act that opens a case; the body returns the new row and the fact. Rules are asked of the actor."""

    header: Header
    body: Callable[Concatenate[Doing[M], P], tuple[M, Fact]]
    _call: _Call = field(default_factory=_Call)

    def __call__(self, actor: Actor, *args: P.args, **kwargs: P.kwargs) -> M:
        def body(doing: Doing[M]) -> tuple[M, Fact]:
            doing.area_path = str(actor.reach.get("area", ""))
            return self.body(doing, *args, **kwargs)

        outcome = _run(self.header, actor, self._call, dict(kwargs), lambda doing: [], body)
        created: M = self.header.subject._base_manager.get(pk=outcome.subject_id)  # type: ignore[assignment]
        return created

    def once(self, key: str, *, seen: int | None = None) -> Creating[M, P]:
        return Creating(self.header, self.body, _Call(key or None, seen))

    def why_not(self, actor: Actor, subject: None = None) -> Refusal | None:
        return _refusal_by_role(self.header, actor, None) or _refusal_by_rules(self.header, actor, clock.now(), [])


@dataclass(frozen=True, eq=False)
class OnMany(Generic[S, P, F]):
    """One act on many subjects of one kind: one fact with digest and counts, one root over the rows."""

    header: Header
    body: Callable[Concatenate[Doing[S], P], F]
    _call: _Call = field(default_factory=_Call)

    def __call__(self, actor: Actor, subjects: Sequence[S], *args: P.args, **kwargs: P.kwargs) -> F:
        if not subjects:
            raise Refused(Refusal("kernel.nothing", "没有选中任何一项。", kind=Kind.INPUT))
        pks = [subject.pk for subject in subjects]

        def lock(doing: Doing[Any]) -> list[CaseModel]:
            doing.subjects = _locked(type(subjects[0]), pks)
            doing.area_path = _area_of(doing.subjects[0])
            return list(doing.subjects)

        def body(doing: Doing[S]) -> tuple[None, F]:
            return None, self.body(doing, *args, **kwargs)

        outcome = _run(self.header, actor, self._call, {"subjects": pks, **kwargs}, lock, body)
        return outcome.fact  # type: ignore[return-value]

    def once(self, key: str, *, seen: int | None = None) -> OnMany[S, P, F]:
        return OnMany(self.header, self.body, _Call(key or None, seen))

    def why_not(self, actor: Actor, subject: S) -> Refusal | None:
        return (
            _refusal_by_role(self.header, actor, subject)
            or _refusal_by_state(self.header, subject)
            or _refusal_by_rules(self.header, subject, clock.now(), [])
        )


def _area_of(subject: CaseModel) -> str:
    value: Any = subject
    for step in subject.jurisdiction.get("area", "").split("__"):
        value = getattr(value, step, "") if step else ""
    return value if isinstance(value, str) else ""


def _registered(entry: T, code: str) -> T:
    if code in CATALOGUE:
        raise TypeError(f"act code {code} is declared twice")
    CATALOGUE[code] = entry  # type: ignore[assignment]
    return entry


def _first_line(body: Callable[..., Any]) -> tuple[str, str]:
    lines = (body.__doc__ or "").strip().splitlines()
    if not lines:
        raise TypeError(f"{body.__name__} needs a docstring: its first line is the act's title")
    return lines[0].rstrip("。"), " ".join(line.strip() for line in lines[1:] if line.strip())


def act(
    code: str,
    subject: type[S],
    *,
    by: By | Sequence[By],
    step: Step | None = None,
    requires: Sequence[Rule] = (),
    cites: Sequence[Policy[Any]] = (),
    clause: str = "",
    turn: bool = False,
    seals_at_once: bool = False,
    danger: bool = False,
) -> Callable[[Callable[Concatenate[Doing[S], P], F]], Act[S, P, F]]:
    """An act on one subject; the docstring's first line is its Chinese title."""

    def declare(body: Callable[Concatenate[Doing[S], P], F]) -> Act[S, P, F]:
        title, explains = _first_line(body)
        header = Header(
            code,
            title,
            _tuple(by),
            subject,
            "on",
            step,
            tuple(requires),
            tuple(cites),
            clause,
            turn,
            seals_at_once,
            danger,
            explains,
        )
        return _registered(Act(header, body), code)

    return declare


def creates(
    code: str,
    subject: type[M],
    *,
    by: By | Sequence[By],
    requires: Sequence[Rule] = (),
    cites: Sequence[Policy[Any]] = (),
    clause: str = "",
    seals_at_once: bool = False,
) -> Callable[[Callable[Concatenate[Doing[M], P], tuple[M, Any]]], Creating[M, P]]:
    """An act that opens a case of kind `subject`."""

    def declare(body: Callable[Concatenate[Doing[M], P], tuple[M, Any]]) -> Creating[M, P]:
        title, explains = _first_line(body)
        header = Header(
            code,
            title,
            _tuple(by),
            subject,
            "creates",
            None,
            tuple(requires),
            tuple(cites),
            clause,
            False,
            seals_at_once,
            False,
            explains,
        )
        return _registered(Creating(header, body), code)

    return declare


def on_many(
    code: str,
    subject: type[S],
    *,
    by: By | Sequence[By],
    step: Step | None = None,
    requires: Sequence[Rule] = (),
    cites: Sequence[Policy[Any]] = (),
    clause: str = "",
    turn: bool = False,
    seals_at_once: bool = False,
    danger: bool = False,
) -> Callable[[Callable[Concatenate[Doing[S], P], F]], OnMany[S, P, F]]:
    """One act on many subjects."""

    def declare(body: Callable[Concatenate[Doing[S], P], F]) -> OnMany[S, P, F]:
        title, explains = _first_line(body)
        header = Header(
            code,
            title,
            _tuple(by),
            subject,
            "on_many",
            step,
            tuple(requires),
            tuple(cites),
            clause,
            turn,
            seals_at_once,
            danger,
            explains,
        )
        return _registered(OnMany(header, body), code)

    return declare


def _tuple(by: By | Sequence[By]) -> tuple[By, ...]:
    return (by,) if isinstance(by, By) else tuple(by)


def arguments_of(entry: Act[Any, Any, Any] | Creating[Any, Any] | OnMany[Any, Any, Any]) -> dict[str, Any]:
    """Name → annotation of the act's keyword arguments (API, forms and the form test read this)."""
    import inspect
    import typing

    hints = typing.get_type_hints(entry.body)
    return {
        name: hints[name]
        for name, parameter in inspect.signature(entry.body).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    }


__all__ = [
    "CATALOGUE",
    "Act",
    "Creating",
    "Doing",
    "Header",
    "OnMany",
    "Step",
    "act",
    "arguments_of",
    "canonical",
    "creates",
    "on_many",
]
