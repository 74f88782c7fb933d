import pytest

from tests.cli.running import Hengjian


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Hengjian:
    return Hengjian(capsys)
