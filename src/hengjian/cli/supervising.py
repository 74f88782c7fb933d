"""A supervisor: keeps its children running, with growing pauses for one that keeps dying, until it is told to stop.

A child has a process group of its own, which goes with it; and it goes with the supervisor, even if that is killed.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

log = logging.getLogger("hengjian.supervising")
FIRST_PAUSE, LONGEST_PAUSE, STEADY = 0.2, 30.0, 60.0  # seconds
LOOK_EVERY = 0.2
PR_SET_PDEATHSIG = 1


def pause_before(restarts: int) -> float:
    """Seconds to wait before the restart after so many in a row: doubling, with a longest."""
    return float(min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(restarts, 20)))


def _die_with_parent() -> None:
    with contextlib.suppress(OSError, AttributeError):  # only Linux has it
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One kind of process: how it is started, and how its last run went. `before` is done ahead of every start."""

    name: str
    command: Sequence[str]
    before: Callable[[], None] | None = None
    process: subprocess.Popen[bytes] | None = None
    restarts: int = 0
    in_a_row: int = 0
    began: float = 0.0
    due: float = 0.0

    @property
    def up(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        if self.before is not None:
            try:
                self.before()
            except Exception:  # the database may be away; the child itself will say so
                log.exception("before %s", self.name)
        self.began = time.monotonic()
        self.process = subprocess.Popen(self.command, start_new_session=True, preexec_fn=_die_with_parent)

    def look(self, now: float) -> bool:
        """Notice an end, start again when its pause is over; whether something changed."""
        if self.process is not None and self.process.poll() is not None:
            self._end_group()
            steady = now - self.began > STEADY
            self.in_a_row = 0 if steady else self.in_a_row
            pause = pause_before(self.in_a_row)
            log.warning("%s ended with %s; again in %.1f s", self.name, self.process.returncode, pause)
            self.process, self.due = None, now + pause
            self.in_a_row += 1
            return True
        if self.process is None and now >= self.due:
            self.restarts += self.began > 0
            self.start()
            return True
        return False

    def stop(self) -> None:
        if self.up:
            assert self.process is not None
            self.process.terminate()

    def ended(self, patience: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._end_group()

    def _end_group(self) -> None:
        """What a dead child left behind (a server's workers hold its port)."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)


@dataclass
class Supervisor:
    children: Sequence[Child]
    told: Path | None = None  # the file that says how the children are
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Until `stop` is set."""
        while not self.stop.is_set():
            now = time.monotonic()
            changed = [child.look(now) for child in self.children]
            if any(changed):
                self._tell()
            self.stop.wait(LOOK_EVERY)
        for child in self.children:
            child.stop()
        for child in self.children:
            child.ended(10)
        if self.told is not None:
            self.told.unlink(missing_ok=True)

    def _tell(self) -> None:
        if self.told is None:
            return
        children: dict[str, Any] = {
            child.name: {
                "up": child.up,
                "pid": child.process.pid if child.process is not None else None,
                "restarts": child.restarts,
            }
            for child in self.children
        }
        draft = self.told.with_suffix(".new")
        try:
            draft.write_text(json.dumps({"pid": os.getpid(), "children": children}))
            draft.replace(self.told)
        except OSError:  # a full disk must not end the site
            log.exception("could not write %s", self.told)
