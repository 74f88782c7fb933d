"""A request waits a while and then is told: how long, and what the page says when the database is busy or away.

What was entered comes back on that page with a button that sends it again under the same request number, so a form is
neither lost nor done twice. Nothing here reads the database.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import Any

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.defaults import server_error as ordinary

from hengjian.kernel.broken import SENTENCE, Broken, alarm
from hengjian.kernel.patience import READING_SECONDS, WRITING_SECONDS, Trouble, trouble_of, wait_at_most
from hengjian.kernel.words import in_words
from hengjian.web.intake import CUT_SHORT, SAFE, TOO_LATE

log = logging.getLogger("hengjian.patience")
RETRY_AFTER = {Trouble.BUSY: 5, Trouble.GONE: 20, Trouble.FILES: 20}  # seconds
SECRET = ("password", "csrfmiddlewaretoken", "code", "otp", "credential")


class Patience:
    """Sets how long this request's connection waits, and turns the database's failures in a view into an answer."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        cut_short = request.META.get(CUT_SHORT)
        if cut_short:
            return cut(request, cut_short)
        if request.META.get(TOO_LATE):
            return unavailable(request, Trouble.BUSY)
        wait_at_most(READING_SECONDS if request.method in SAFE else WRITING_SECONDS)
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        trouble = trouble_of(error)
        if trouble is None:
            return None
        log.warning("%s %s: database or store of files: %s (%s)", request.method, request.path, trouble, error)
        return unavailable(request, trouble)


class Sessions(SessionMiddleware):
    """Django's, except that a page read is not lost because the note that somebody read it could not be written."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except (OperationalError, SessionInterrupted) as error:
            trouble = _trouble_behind(error)
            if trouble is None:
                raise
            log.warning("%s: the session was not noted (%s)", request.path, error)
            return response if request.method in SAFE else unavailable(request, trouble)


def _trouble_behind(error: BaseException | None) -> Trouble | None:
    """Django takes any failure to store a session for one that was deleted meanwhile; what lies behind it counts."""
    while error is not None:
        trouble = trouble_of(error)
        if trouble is not None:
            return trouble
        error = error.__context__
    return None


def server_error(request: HttpRequest) -> HttpResponse:
    """What no view caught: the database's failure in a layer around the views, or a fault of ours."""
    error = sys.exc_info()[1]
    if isinstance(error, Broken):
        return contradicted(request, error)
    trouble = trouble_of(error)
    return ordinary(request) if trouble is None else unavailable(request, trouble)


def contradicted(request: HttpRequest, error: Broken) -> HttpResponse:
    """500 that says whose fault it is and that nothing was changed; the operator is alarmed."""
    alarm(error)
    if not wants_json(request):
        return render(request, "errors/broken.html", {"sentence": SENTENCE}, status=500)
    answer = {"code": error.code, "kind": "broken", "sentence": in_words(SENTENCE), "remedy": ""}
    return JsonResponse(answer, status=500, json_dumps_params={"ensure_ascii": False})


def unavailable(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """503 with Retry-After, in the shape the channel speaks."""
    writes = request.method not in SAFE
    sentence = {
        (Trouble.BUSY, True): gettext("现在办理的人多，等了一会儿仍没有轮到，这次没有确认办成。"),
        (Trouble.BUSY, False): gettext("系统正忙，这一页暂时没有取到。"),
        (Trouble.GONE, True): gettext("数据库暂时不能使用，这次没有确认办成。"),
        (Trouble.GONE, False): gettext("数据库暂时不能使用，这一页暂时没有取到。"),
        (Trouble.FILES, True): gettext("存放文件的地方暂时没有应答，这次没有办成，什么也没有改变。"),
        (Trouble.FILES, False): gettext("存放文件的地方暂时没有应答，这份文件暂时没有取到。"),
    }[trouble, writes]
    remedy = gettext("请稍后用同一请求编号再试一次，同一件事不会办两次。") if writes else gettext("请稍后刷新页面。")
    answer: HttpResponse
    if wants_json(request):
        answer = JsonResponse(
            {"code": f"system.{trouble}", "kind": "unavailable", "sentence": sentence, "remedy": remedy},
            status=503,
            json_dumps_params={"ensure_ascii": False},
        )
    else:
        kept, files, secret = entered(request)
        values = {
            "sentence": sentence,
            "writes": writes,
            "kept": [] if secret else kept,
            "files": files,
            "again": "" if secret else request.get_full_path(),
            "seconds": RETRY_AFTER[trouble],
        }
        answer = render(request, "errors/503.html", values, status=503)
    answer["Retry-After"] = str(RETRY_AFTER[trouble])
    answer["Cache-Control"] = "no-store"
    return answer


def cut(request: HttpRequest, status: int) -> HttpResponse:
    """408 or 413: the body was not read, so there is nothing to keep."""
    if wants_json(request):
        sentence = gettext("请求内容过大，请分批提交。") if status == 413 else gettext("请求内容没有按时传完。")
        return JsonResponse({"detail": sentence}, status=status, json_dumps_params={"ensure_ascii": False})
    return render(request, f"errors/{status}.html", status=status)


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or request.path == "/health"


def entered(request: HttpRequest) -> tuple[list[tuple[str, str]], list[str], bool]:
    """(name and value of what the form held, names of chosen files, whether a secret was among it)."""
    if request.method != "POST":
        return [], [], False
    try:
        posted: Any = request.POST
        files = [item.name or "" for _, chosen in request.FILES.lists() for item in chosen]
    except Exception:  # what cannot be read cannot be kept
        return [], [], True
    secret = any(word in name.lower() for name in posted for word in SECRET if name != "csrfmiddlewaretoken")
    kept = [(name, value) for name, values in posted.lists() for value in values if name != "csrfmiddlewaretoken"]
    return kept, files, secret
