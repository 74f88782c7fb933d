"""A real browser for journeys: Debian's Chromium, driven by Playwright, its complaints collected."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def chromium() -> str | None:
    """The browser on this machine, or nothing."""
    for name in (os.environ.get("HENGJIAN_CHROMIUM", ""), *NAMES):
        found = shutil.which(name) if name else None
        if found:
            return found
    return None


@contextmanager
def launched() -> Iterator[Any]:
    """A browser to be shared by the journeys of one process."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    if path is None:
        raise RuntimeError("journeys need Chromium: apt-get install chromium")
    # Playwright's loop runs in this thread; Django would take the test's own queries for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", NAMED_HERE]
        )
        try:
            yield browser
        finally:
            browser.close()
            os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


# The name under which production is started in a test lies on this machine.
NAMED_HERE = "--host-resolver-rules=MAP rd.example.gov.cn 127.0.0.1"
ANSWERS = ("document", "xhr", "fetch")  # a refusal of these with 4xx is an answer like any other


class Complaints(list[str]):
    """What the browser said against the pages: script errors, refused content, failed requests."""

    def watch(self, page: Any) -> None:
        page.on("pageerror", lambda error: self.append(f"script error: {error}"))
        page.on("console", self._heard)
        page.on("response", self._answered)

    def _heard(self, said: Any) -> None:
        if said.type == "error" and not said.text.startswith("Failed to load resource"):
            self.append(f"console: {said.text}")

    def _answered(self, answer: Any) -> None:
        allowed = 500 if answer.request.resource_type in ANSWERS else 400
        if answer.status >= allowed:
            self.append(f"{answer.status} {answer.url}")


class Pictures:
    """Takes pictures where HENGJIAN_PICTURES names a folder; without it, nothing is written."""

    def __init__(self, test: str) -> None:
        folder = os.environ.get("HENGJIAN_PICTURES", "")
        self.folder = Path(folder) if folder else None
        self.test = test

    def take(self, page: Any, name: str, *, whole: bool = True) -> Path | None:
        if self.folder is None:
            return None
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{self.test}-{name}.png"
        page.screenshot(path=str(path), full_page=whole)
        return path
