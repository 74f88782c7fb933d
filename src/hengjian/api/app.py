"""The API's frame: who asks (a session or a token), how refusals become answers, the generated document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer
from ninja.security import HttpBearer

from hengjian.api.document import spoken
from hengjian.api.scope import beyond
from hengjian.authorities.models import Seat
from hengjian.authorities.seating import Bearer, Seating, seated
from hengjian.kernel.argument_labels import place_in_words
from hengjian.kernel.arguments import sentence
from hengjian.kernel.refusal import Kind, Refusal, Refused
from hengjian.kernel.words import Said, in_words, language, say


class Token(HttpBearer):
    """`Authorization: Bearer …`: a token stands for one seat; only its hash is kept."""

    def authenticate(self, request: HttpRequest, token: str) -> Seat | None:
        seating = seated(Bearer(token))
        if seating.refusal is not None:
            raise _without_seat(seating.refusal)
        seat = seating.seat
        assert seat is not None
        refusal = beyond(seat, request.method or "", request.path)
        if refusal is not None:
            raise Refused(refusal)
        return seat


def _without_seat(refusal: Refusal) -> HttpError:
    return HttpError(401, in_words(refusal.said))


class _Csrf(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def session_seat(request: HttpRequest) -> Seat | None:
    """The seat of a signed-in browser; writing then needs the CSRF token as any page does."""
    seating: Seating = request.seating  # type: ignore[attr-defined]
    if seating.refusal is not None:
        raise _without_seat(seating.refusal)
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        check = _Csrf(lambda _: HttpResponse())
        check.process_request(request)
        if check.process_view(request, lambda _: HttpResponse(), (), {}):
            raise HttpError(403, in_words("浏览器会话发来的请求缺少 CSRF 令牌，请刷新页面后重试。"))
    return seating.seat


AUTH: list[Any] = [Token(), session_seat]


class Spoken(JSONRenderer):
    """What was said, and the fields of rows called `…_label`, are said in the reader's language; data stay as they are."""

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> Any:
        return super().render(request, _labels_said(data), response_status=response_status)


def _labels_said(value: Any, name: str = "") -> Any:
    if isinstance(value, Mapping):
        return {key: _labels_said(item, str(key)) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_labels_said(item, name) for item in value]
    return in_words(value) if name.endswith("_label") or isinstance(value, Said) else value


class SpokenAPI(NinjaAPI):
    """Its document is in the reader's language, and made once in a process for each: making it costs seconds, reading it is
    everybody's. What is handed out is not to be changed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._documents: dict[tuple[str, str], Any] = {}

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> Any:
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        key = (language(), prefix)
        if key not in self._documents:
            self._documents[key] = spoken(super().get_openapi_schema(path_prefix=prefix))
        return self._documents[key]


api = SpokenAPI(
    title="衡鉴 API",
    version="1",
    description="每个操作就是一个行为：与页面按钮、命令行同一段代码，同一个拒绝理由，同一条存证。",
    docs_url=None,
    renderer=Spoken(),
    openapi_url="/openapi.json",
    auth=AUTH,
    urls_namespace="api",
)

STATUS = {
    Kind.RESTRAINT: 429,
    Kind.ROLE: 403,
    Kind.INPUT: 422,
    Kind.STATE: 409,
    Kind.RULE: 409,
    Kind.REPLAY: 409,
    Kind.STALE: 409,
}


@api.exception_handler(Refused)
def on_refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    return api.create_response(request, refused.refusal.in_words(), status=STATUS[refused.refusal.kind])


@api.exception_handler(ValidationError)
def on_bad_body(request: HttpRequest, error: ValidationError) -> HttpResponse:
    places = [[part for part in item.get("loc", ()) if part not in ("body", "path", "query")] for item in error.errors]
    found = [
        {"field": ".".join(map(str, place)), "sentence": in_words(sentence(item))}
        for place, item in zip(places, error.errors, strict=True)
    ]
    first = found[0] if found else {"field": "", "sentence": "不合要求"}
    code = ".".join(request.path.removeprefix("/api/").split("/")[:2])  # an operation's address is its act's code
    refusal = Refusal(
        "api.body",
        say("“{field}”{sentence}。", field=place_in_words(code, places[0]), sentence=first["sentence"])
        if first["field"]
        else say("请求内容{sentence}。", sentence=first["sentence"]),
        remedy="请对照 openapi.json 中这一操作的说明。",
        field=first["field"],
        kind=Kind.INPUT,
    )
    return api.create_response(request, {**refusal.in_words(), "errors": found}, status=422)


@api.exception_handler(RequestDataTooBig)
def on_too_much(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return api.create_response(request, {"detail": in_words("请求内容过大，请分批提交。")}, status=413)


@api.exception_handler(SuspiciousOperation)
def on_unreadable(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:
    return api.create_response(request, {"detail": in_words("请求无法读取。")}, status=400)


@login_not_required
def unknown_address(request: HttpRequest, rest: str) -> HttpResponse:
    """Below `/api/` even what does not exist answers as JSON."""
    return api.create_response(request, {"detail": in_words("没有这个接口，请对照 openapi.json。")}, status=404)
