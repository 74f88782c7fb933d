"""What holds for every page: no template that a test of pages renders is given a model."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.harness.rows_only import watched


@pytest.fixture(autouse=True)
def rows_only() -> Iterator[None]:
    with watched() as found:
        yield
    assert not found, "templates get rows, never models:\n" + "\n".join(sorted(set(found)))
