"""Papers are made only where their typefaces are: where they are not, these tests say so and are left out."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from hengjian.kernel import sealer
from hengjian.papers.acts.make_paper import make_waiting
from hengjian.papers.fonts import FontsMissing, folders
from hengjian.papers.models import Paper


@pytest.fixture(autouse=True)
def typefaces(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("without_typefaces"):
        return
    try:
        folders()
    except FontsMissing as missing:
        pytest.skip(str(missing))


@pytest.fixture
def poppler() -> None:
    """The tools of poppler-utils: an outsider's look at a paper."""
    if shutil.which("pdfsig") is None or shutil.which("pdftotext") is None:
        pytest.skip("缺少 Debian 软件包 poppler-utils")


@pytest.fixture
def made() -> Callable[[], list[Paper]]:
    """Seals the log and lets the clock make what waits; all papers, oldest first."""

    def make() -> list[Paper]:
        sealer.seal()
        make_waiting()
        return list(Paper.objects.order_by("pk"))

    return make
