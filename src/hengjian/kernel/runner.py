"""The runner: the one road on which anything changes.

In this order and nothing more: restraint, if any → slow work of `before`, if the act has any and may be done → transaction → replay if the
idempotency key is known → lock and re-read the subject → role and jurisdiction → state → four eyes → rules (or a waiver) → files as
`before` read them → body → set state, save → rules of what is left behind → append the fact with its policy pins to the
ledger → write the messages → commit → reactions.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import DataError, IntegrityError, transaction

from hengjian.kernel import clock, guard_sql, ledger, one_row
from hengjian.kernel.actor import Actor
from hengjian.kernel.admission import by_rules, refusal_of
from hengjian.kernel.asking import Asking
from hengjian.kernel.case import CaseModel
from hengjian.kernel.counting import counted
from hengjian.kernel.doing import Doing
from hengjian.kernel.facts import Fact
from hengjian.kernel.header import Header
from hengjian.kernel.law import nationwide
from hengjian.kernel.policy import NoValueYet, Policy
from hengjian.kernel.prepared import Prepared, still_as_read
from hengjian.kernel.refusal import Kind, Refusal, Refused
from hengjian.kernel.restraint import restrain
from hengjian.kernel.second_person import remember
from hengjian.kernel.told import tell
from hengjian.kernel.words import say
from hengjian.kernel.writes import writes_now

log = logging.getLogger("hengjian.act")
S = TypeVar("S", bound=CaseModel)
SAME_REQUEST_DAYS = Policy("log.idempotency_days", int)


@dataclass(frozen=True)
class Call:
    key: str | None = None
    seen: int | None = None


@dataclass(frozen=True)
class Task:
    """A call of an act: who, under which key, on which subjects (as the caller holds them), with what."""

    header: Header
    actor: Actor
    call: Call
    named: dict[str, Any]  # subject and arguments: what makes two requests the same
    arguments: dict[str, Any]
    subjects: list[Any]
    body: Callable[[Doing[Any]], tuple[CaseModel | None, Fact]]


@dataclass(frozen=True)
class Outcome:
    fact: Fact
    subject_id: int | None
    subject: CaseModel | None = None


def run(task: Task) -> Outcome:
    with counted(task.header.code):
        return _run(task)


def _run(task: Task) -> Outcome:
    header, actor = task.header, task.actor
    now = clock.now()
    key = f"{actor.actor_id}:{task.call.key}" if task.call.key else None
    digest = ledger.arguments_digest(header.code, task.named) if key else ""
    if header.restraint and not (key and ledger.by_key(key)):  # ahead of the transaction: what is refused counts too
        restrain(header, actor, task.subjects)
    prepared = _prepared(task, now, key)
    with _constraints_refuse(header), transaction.atomic():
        if key is None and len(task.subjects) == 1:
            subjects = locked(task.subjects, guard_sql.naming_of(header.code))
        else:
            guard_sql.name_the_act(header.code, key)  # under a key it has waited for its twin, if there is one
            replay = _replayed(header, key, digest)
            if replay:
                return replay
            subjects = locked(task.subjects)
        doing: Doing[Any] = Doing(header, actor, now, subjects[0] if subjects else None, subjects)
        waived = _admitted(doing, task.call)
        if prepared is not None:
            still_as_read(prepared)
            doing.prepared = prepared
        with _running(doing):
            main, fact = task.body(doing)
            if header.step and header.step.to is not None:
                for subject in subjects:
                    subject.state = header.step.to
            if len(subjects) == 1:
                subjects[0].save()
            elif subjects:
                doing.bulk_save(type(subjects[0]), subjects, _changing_fields(type(subjects[0])))
            remember(doing, [main] if main is not None else subjects)
        main = main or (subjects[0] if len(subjects) == 1 else None)
        _ensured(doing, main, waived)
        entry = ledger.append(
            doing,
            fact,
            subject=main,
            step=(doing.states_before[0], header.step.to) if header.step and subjects else None,
            waived=waived,
            key=key,
            arguments=digest,
        )
        tell(doing, subjects or ([main] if main is not None else []), fact, entry)
        if header.seals_at_once:
            from hengjian.kernel import sealer

            if sealer.at_once(header):
                transaction.on_commit(sealer.seal_soon)
        for reaction in doing.reactions:
            transaction.on_commit(reaction)
        return Outcome(fact, main.pk if main is not None else None, main)


def _prepared(task: Task, now: datetime, key: str | None) -> Prepared | None:
    """What `before` works out, for an act that would be admitted now and is not a replay; no lock is held meanwhile."""
    header = task.header
    if header.before is None or (key is not None and ledger.by_key(key) is not None):
        return None
    subject = task.subjects[0] if task.subjects else None
    asking: Asking[Any] = Asking(task.actor, subject, now, citable=header.citable, of=header.code)
    refusal = refusal_of(header, asking)
    if refusal:
        raise Refused(refusal)
    prepared = header.before(asking, **task.arguments)
    assert isinstance(prepared, Prepared)
    return prepared


def _admitted(doing: Doing[Any], call: Call) -> list[str]:
    """Raise the first refusal; the waivers that set rules aside."""
    waived: list[str] = []
    for subject in doing.subjects:
        if call.seen is not None and subject.revision != call.seen:
            raise Refused(
                Refusal(
                    "kernel.stale",
                    "此件在您打开之后已被他人办理，请查看最新情况后再办。",
                    remedy="请刷新页面，核对以后再办。",
                    kind=Kind.STALE,
                )
            )
    askings: list[Asking[Any]] = [doing.about(subject) for subject in doing.subjects[1:]]
    for asking in [doing, *askings]:
        refusal = refusal_of(doing.header, asking, waived)
        if refusal:
            raise Refused(refusal)
    return waived


def _ensured(doing: Doing[Any], main: CaseModel | None, waived: list[str]) -> None:
    """The rules of what the body leaves behind, asked of what now stands: nothing read earlier counts."""
    if doing.header.ensures:
        refusal = by_rules(doing.header.ensures, doing.about(main), waived)
        if refusal:
            raise Refused(refusal)


def _replayed(header: Header, key: str | None, digest: str) -> Outcome | None:
    if key is None:
        return None
    known = ledger.by_key(key)
    if known is None:
        return None
    if known.act != header.code or known.arguments != digest:
        raise Refused(
            Refusal(
                "kernel.key_reused",
                "这个请求编号已用于另一次办理，请刷新页面后重试。",
                remedy="请换一个请求编号；网页请刷新后重试。",
                kind=Kind.REPLAY,
            )
        )
    days = nationwide(clock.today()).policy(SAME_REQUEST_DAYS)
    if known.at < clock.now() - timedelta(days=days):
        raise Refused(
            Refusal(
                "kernel.key_over",
                say("这个请求编号在 {days} 日以前已用过，不再当作同一次办理。", days=days),
                policy=SAME_REQUEST_DAYS.key,
                remedy="请换一个请求编号；网页请刷新后重试。",
                kind=Kind.REPLAY,
            )
        )
    return Outcome(known.fact, known.subject_id)


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
    except NoValueYet as nothing:
        raise Refused(
            Refusal(
                "kernel.no_law_yet",
                say("“{title}”没有可依的规定：{nothing}", title=header.title, nothing=nothing),
                remedy="请核对日期或年份。",
                kind=Kind.INPUT,
            )
        ) from nothing
    except (IntegrityError, DataError) as error:
        log.warning("%s met a constraint: %s", header.code, type(error).__name__)
        raise Refused(
            Refusal(
                "kernel.constraint",
                say("“{title}”没有办成：内容与已有记录重复，或超出允许的范围。", title=header.title),
                remedy="请查看是否已有同样的记录，改正后再办。",
                kind=Kind.STATE,
            )
        ) from error


def _changing_fields(model: type[CaseModel]) -> list[str]:
    return [
        field.attname for field in model._meta.concrete_fields if not field.primary_key and field.name != "revision"
    ]


def locked(subjects: Sequence[S], naming: tuple[str, str] | None = None) -> list[S]:
    """The same rows, locked and read anew, in the same order. `naming` rides on the statement that locks a single one."""
    if not subjects:
        return []
    model = type(subjects[0])
    pks = [subject.pk for subject in subjects]
    if len(pks) == 1:
        row = one_row.locked(model, pks[0], naming)
        if row is None:
            raise _gone()
        return [row]
    rows = {row.pk: row for row in model._base_manager.select_for_update().filter(pk__in=pks).order_by("pk")}
    if len(rows) != len(set(pks)):
        raise _gone()
    return [rows[pk] for pk in pks]


def _gone() -> Refused:
    return Refused(Refusal("kernel.gone", "此件不存在。", remedy="请返回列表，查看最新情况。", kind=Kind.ROLE))
