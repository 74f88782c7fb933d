"""One operation per act, generated: `POST /api/<domain>/<verb>[/<id>]`, and `GET …/why-not` for acts on a case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja.params.functions import Body, Header, Path
from pydantic import Field, create_model

from hengjian.api.answers import Done, Problem, Refused, WhyNot
from hengjian.api.app import api
from hengjian.api.document import body_name
from hengjian.authorities.models import Seat
from hengjian.kernel.act import Creating, OnMany
from hengjian.kernel.actor import PUBLIC
from hengjian.kernel.acts_catalogue import AnyAct, catalogue
from hengjian.kernel.arguments import Key, annotations_of, model_of
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.facts import plain
from hengjian.kernel.policy import Policy
from hengjian.kernel.restraint import Read, Restraint, restrain
from hengjian.kernel.words import listed, say

# What any operation may answer besides 200; 400 is unreadable JSON, 413 a body too large, 429 too many requests.
ANSWERS: dict[int, Any] = {
    400: Problem,
    401: Problem,
    403: Refused | Problem,
    404: Problem,
    409: Refused,
    413: Problem,
    422: Refused,
    429: Refused,
}
IDEMPOTENCY = Annotated[str, Header(alias="Idempotency-Key", max_length=64, pattern=r"^[\x21-\x7e]*$")]
PUBLIC_QUERIES = Policy("accounts.public_query_per_minute", int)
WHY_NOT = Read("api.why_not", "查询能否办理", (Restraint("address", PUBLIC_QUERIES),))
_registered = False


def performable(act: AnyAct) -> bool:
    """Acts of the clock, of the installation and on the own log-in have no operation: no token stands for them."""
    return any(by.role_code not in ("clock", "operator", "holder") for by in act.header.by)


def is_public(act: AnyAct) -> bool:
    return any(by.role_code == "public" for by in act.header.by)


def _actor(request: HttpRequest) -> Any:
    found = getattr(request, "auth", None)
    return found if isinstance(found, Seat) else PUBLIC


def _subject(act: AnyAct, actor: Any, pk: int) -> Any:
    """The case if it is disclosed to this actor, the public included; a foreign row answers like a missing one."""
    subject = disclosed(act.header.subject, actor).filter(pk=pk).first()
    if subject is None:
        raise Http404
    return subject


def _body(act: AnyAct) -> Any:
    """The model of the act's arguments, with what a request says besides; unknown fields are refused."""
    fields: dict[str, Any] = {}
    if isinstance(act, OnMany):
        fields["subjects"] = (Annotated[list[Key], Field(min_length=1, max_length=5000)], ...)
    if not isinstance(act, Creating):
        fields["seen"] = (
            Key | None,
            Field(None, description="读到的版次（revision）；此后被他人办理过则答 409。"),
        )
    return create_model(body_name(act.header.code), __base__=model_of(act.body), **fields)


def _arguments(act: AnyAct, body: Any) -> dict[str, Any]:
    return {name: getattr(body, name) for name in annotations_of(act.body)}


def _describe(act: AnyAct) -> str:
    header = act.header
    lines = [header.explains] if header.explains else []
    lines.append("办理人：" + listed(by.label for by in header.by))
    lines += [
        say("须为没有办过“{title}”的人（{act}）", title=catalogue()[other.act].header.title, act=other.act)
        for other in header.not_by
    ]
    if header.step:
        lines.append(
            say("状态：{sources} → {to}", sources=listed(header.step.sources, " / "), to=header.step.to or "不变")
        )
    lines += [say("规定：{title}（{code}）", title=rule.title, code=rule.code) for rule in header.rules]
    lines += [say("依据：{title}（{key}）", title=policy.text.title, key=policy.key) for policy in header.cites]
    if header.clause:
        lines.append(say("条款：{clause}", clause=header.clause))
    return listed(lines, "\n\n")


def _on(act: AnyAct, body_type: Any) -> Callable[..., Any]:
    def operation(request: HttpRequest, id: int, body: Any, key: str = "") -> Any:
        actor = _actor(request)
        subject = _subject(act, actor, id)
        fact = act.once(key, seen=body.seen)(actor, subject, **_arguments(act, body))
        return Done(act=act.header.code, subject=subject.pk, fact=plain(fact))

    operation.__annotations__ = {"id": Annotated[Key, Path()], "body": Annotated[body_type, Body()], "key": IDEMPOTENCY}
    return operation


def _creates(act: Creating[Any, Any], body_type: Any) -> Callable[..., Any]:
    def operation(request: HttpRequest, body: Any, key: str = "") -> Any:
        created, fact = act.once(key).told(_actor(request), **_arguments(act, body))
        return Done(act=act.header.code, subject=created, fact=plain(fact))

    operation.__annotations__ = {"body": Annotated[body_type, Body()], "key": IDEMPOTENCY}
    return operation


def _on_many(act: AnyAct, body_type: Any) -> Callable[..., Any]:
    def operation(request: HttpRequest, body: Any, key: str = "") -> Any:
        actor = _actor(request)
        rows = {row.pk: row for row in disclosed(act.header.subject, actor).filter(pk__in=body.subjects)}
        if any(pk not in rows for pk in body.subjects):
            raise Http404
        subjects = [rows[pk] for pk in dict.fromkeys(body.subjects)]
        fact = act.once(key, seen=body.seen)(actor, subjects, **_arguments(act, body))
        return Done(act=act.header.code, subject=None, fact=plain(fact))

    operation.__annotations__ = {"body": Annotated[body_type, Body()], "key": IDEMPOTENCY}
    return operation


def _why_not(act: AnyAct) -> Callable[..., Any]:
    def operation(request: HttpRequest, id: int) -> Any:
        actor = _actor(request)
        if actor is PUBLIC:
            restrain(WHY_NOT)
        refusal = act.why_not(actor, _subject(act, actor, id))
        return WhyNot(possible=refusal is None, refusal=Refused.model_validate(refusal.in_words()) if refusal else None)

    operation.__annotations__ = {"id": Annotated[Key, Path()]}
    return operation


def register() -> None:
    """Make the operations from the catalogue."""
    global _registered
    if _registered:
        return
    _registered = True
    for code, act in catalogue().items():
        if not performable(act):
            continue
        domain, verb = code.split(".", 1)
        body_type = _body(act)
        make: Callable[..., Any] = (
            _creates if isinstance(act, Creating) else _on_many if isinstance(act, OnMany) else _on
        )
        route = f"/{domain}/{verb}" + ("/{id}" if make is _on else "")
        options: dict[str, Any] = {"auth": None} if is_public(act) else {}
        api.post(
            route,
            response={200: Done, **ANSWERS},
            operation_id=code.replace(".", "_"),
            summary=act.header.title,
            description=_describe(act),
            tags=[domain],
            **options,
        )(make(act, body_type))
        if make is _on:
            api.get(
                f"{route}/why-not",
                response={200: WhyNot, **ANSWERS},
                operation_id=f"{code.replace('.', '_')}_why_not",
                summary=say("现在能否{title}", title=act.header.title),
                tags=[domain],
                **options,
            )(_why_not(act))
