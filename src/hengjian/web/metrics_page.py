"""`/metrics`: what an operator watches, in Prometheus's text. It names no person and no case.

Nobody may read it until somebody is named: addresses (`HENGJIAN_METRICS_FROM`) or a token (`HENGJIAN_METRICS_TOKEN`).
Everybody else finds nothing there.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Iterator, Mapping

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.http import Http404, HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from hengjian.kernel import clock, counting, files_kept, sealer, stored_files
from hengjian.web import health_page
from hengjian.web.pages import Answer, Desk, page


@page("metrics", "metrics", access="public")
def metrics_page(desk: Desk) -> Answer:
    """监测数据（Prometheus 文本）。"""
    if not _may_read(desk.request):
        raise Http404
    registry = counting.all_processes()
    registry.register(State())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    """From a named address, as far as trusted proxies say where it comes from, or with the token."""
    if settings.METRICS_FROM.believes(request.META["REMOTE_ADDR"]):
        return True
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    return bool(settings.METRICS_TOKEN) and hmac.compare_digest(given, settings.METRICS_TOKEN.encode())


class State(Collector):
    """What `/health` looks at, and the figures it does not judge; a database that is away leaves its figures out."""

    def collect(self) -> Iterator[Metric]:
        found = health_page.state()
        yield _gauge("problems", "Sentences that /health says now", len(found["problems"]))
        yield _gauge("database_answers", "Whether the database answers", int(found["database"]["answers"]))
        yield from _children(found["children"])
        if "log" not in found:
            return
        log, jobs = found["log"], found["jobs"]
        yield _gauge("log_sealed_entries", "Entries under the newest checkpoint", log["sealed"])
        yield _gauge("log_waiting_entries", "Entries not sealed yet", log["waiting"])
        yield _gauge("log_waiting_seconds", "How long the oldest of them waits", log["waited_seconds"] or 0)
        yield _gauge("jobs_waiting", "Background jobs nobody has taken up", jobs["waiting"])
        yield _gauge("jobs_running", "Background jobs under way", jobs["running"])
        yield _gauge("jobs_waiting_seconds", "How long the oldest waits", jobs["waited_seconds"] or 0)
        try:
            yield from _asked()
        except (DatabaseError, InterfaceError):  # it went away meanwhile
            return


def _asked() -> Iterator[Metric]:
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    yield _gauge("database_seconds", "One question to the database and back", time.perf_counter() - began)
    head = sealer.latest()
    if head is not None:
        yield _gauge("log_head_age_seconds", "Since the newest checkpoint", (clock.now() - head.at).total_seconds())
    files, size = stored_files.how_many()
    yield _gauge("stored_files", "Files in the store", files)
    yield _gauge("stored_file_bytes", "What they take there", size)
    yield _gauge("stored_file_faults", "Files that the last check found gone or altered", files_kept.faults())


def _children(children: Mapping[str, Mapping[str, int]]) -> Iterator[Metric]:
    up = GaugeMetricFamily("hengjian_child_up", "Whether a child of serve runs", labels=["child"])
    restarts = GaugeMetricFamily("hengjian_child_restarts", "How often it was started again", labels=["child"])
    for name, child in children.items():
        up.add_metric([name], int(child["up"]))
        restarts.add_metric([name], child["restarts"])
    yield from (up, restarts)


def _gauge(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(f"hengjian_{name}", what, value=value)
