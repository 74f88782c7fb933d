"""The archive installs with the network cut: in a network namespace of its own, where not even the machine itself answers.

The pass on production does it with a sample of the wheels, `make test-all` with all of them, up to a real installation.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.cli.test_install import ANSWERS
from tests.shared import ROOT

SAMPLE = ("asgiref", "django", "polib", "sqlparse")  # what `hengjian id check` needs, and one more
CUT = ["unshare", "-n"]


REFUSING = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")


def cutter() -> list[str]:
    """What runs a command without network; where no namespace may be made, only the proxy that refuses is left."""
    return [] if subprocess.run([*CUT, "true"], capture_output=True, check=False).returncode else CUT


def ran(*words: str, status: int = 0, cut: bool = False) -> str:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("HENGJIAN_", "DJANGO_", "PYTHON"))
    }
    done = subprocess.run(
        [*(cutter() if cut else []), *words],
        env={**kept, **(REFUSING if cut else {})},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + ("" if status == 0 else done.stderr)


def sample(folder: Path) -> Path:
    """The pinned list, only these of it, with their hashes."""
    text = (ROOT / "requirements.txt").read_text()
    blocks = re.findall(rf"^(?:{'|'.join(SAMPLE)})==.*(?:\n {{4}}.*)*", text, flags=re.MULTILINE)
    assert len(blocks) == len(SAMPLE)
    place = folder / "sample.txt"
    place.write_text("\n".join(blocks) + "\n")
    return place


def bundled(folder: Path, *requirements: str) -> Path:
    """The unpacked archive."""
    told = ran(
        "bash", "scripts/bundle.sh", *requirements, *([] if requirements else ["requirements.txt"]), str(folder / "out")
    )
    archive = Path(told.strip().splitlines()[-1])
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return folder / archive.name.removesuffix(".tar.gz")


@pytest.mark.production
def test_a_sample_installs_with_the_network_cut(tmp_path: Path) -> None:
    folder = bundled(tmp_path, str(sample(tmp_path)))
    target = tmp_path / "opt/hengjian"
    assert "已安装" in ran("bash", str(folder / "install.sh"), str(target), cut=True)
    assert "有效" in ran(str(target / "bin/hengjian"), "id", "check", "11010519491231002X", cut=True)
    assert list(target.glob("src/hengjian/locale/en/LC_MESSAGES/*.mo"))
    for name in SAMPLE:
        assert list(target.glob(f".venv/lib/python*/site-packages/{name}*"))
    # again over what stands; and never from an archive that is not whole
    assert "已安装" in ran("bash", str(folder / "install.sh"), str(target), cut=True)
    before = sorted(place.name for place in target.parent.iterdir())
    wheel = next((folder / "wheels").iterdir())
    wheel.write_bytes(wheel.read_bytes()[:-1])
    assert "没有安装" in ran("bash", str(folder / "install.sh"), str(target), status=1, cut=True)
    assert sorted(place.name for place in target.parent.iterdir()) == before == ["hengjian"]


def test_the_list_of_debian_packages_is_the_one_of_the_paper() -> None:
    listed = [
        line for line in (ROOT / "scripts/debian-packages.txt").read_text().splitlines() if line[:1] not in ("#", "")
    ]
    paper = (ROOT / "docs/operations.md").read_text()
    (named,) = re.findall(r"^apt-get install --no-install-recommends (.*)$", paper, flags=re.MULTILINE)
    assert sorted(listed) == sorted(named.split())


@pytest.mark.slow
def test_the_whole_archive_installs_a_city_with_the_network_cut(tmp_path: Path) -> None:
    folder = bundled(tmp_path)
    target = tmp_path / "opt/hengjian"
    ran("bash", str(folder / "install.sh"), str(target), cut=True)
    shutil.rmtree(folder)  # nothing of the archive is needed any more
    (tmp_path / "answers.toml").write_text(ANSWERS)
    places = ("--etc", str(tmp_path / "etc"), "--var", str(tmp_path / "var"))
    told = ran(str(target / "bin/hengjian"), "install", "--answers", str(tmp_path / "answers.toml"), *places, cut=True)
    assert told.count("/password-link/") == 2
