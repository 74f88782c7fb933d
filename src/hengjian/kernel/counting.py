"""How often each act was performed or refused, and a log-in failed: counters for whoever watches the installation.

They name acts and outcomes, never a case or a person. Under `hengjian serve` each process keeps its own in a file of
`PROMETHEUS_MULTIPROC_DIR`, and whichever is asked adds them all up; elsewhere they live and end with the process.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter
from prometheus_client.multiprocess import MultiProcessCollector

from hengjian.kernel.refusal import Refused

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # the library's own name for it
ACTS = Counter(
    "hengjian_acts", "Acts by outcome: performed, refused (by kind), failed", ["act", "outcome"], registry=None
)
LOGIN_FAILURES = Counter("hengjian_login_failures", "Wrong passwords, wherever from", registry=None)


@contextmanager
def counted(code: str) -> Iterator[None]:
    """Count how this call of an act ends."""
    try:
        yield
    except Refused as refused:
        ACTS.labels(code, f"refused_{refused.refusal.kind.value}").inc()
        raise
    except Exception:
        ACTS.labels(code, "failed").inc()
        raise
    ACTS.labels(code, "performed").inc()


def all_processes() -> CollectorRegistry:
    """The counters of every process of this installation on this machine."""
    registry = CollectorRegistry()
    if FOLDER in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(ACTS)
        registry.register(LOGIN_FAILURES)
    return registry
