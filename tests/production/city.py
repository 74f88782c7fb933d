"""The city: everything `docs/operations.md` describes, set up by its own files and commands on free ports in one folder."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psycopg

from tests.ground import an_identity_number
from tests.production import paper
from tests.production.running import (
    Postgres,
    Service,
    around,
    certificate,
    has_loopback_6,
    nginx_of_debian,
)
from tests.production.visitor import NAME, Door, Visitor
from tests.serve.running import free_port, until
from tests.shared import ROOT

ENV, KEYS = "/etc/hengjian/hengjian.env", "/etc/hengjian/keys.env"
SITE, ANSWERS = "/etc/nginx/sites-available/hengjian", "/srv/hengjian-answers.toml"
OWNER, APPLICATION, SEALER = "hengjian_owner", "hengjian_app", "hengjian_sealer"
PASSWORDS = {OWNER: "属主口令", APPLICATION: "应用口令", SEALER: "封存口令"}  # as the paper names them
PASSWORD = "correct-horse-7291-battery"
# The two administrators, invented, in the words of the paper: log-in, name, identity number, phone.
PEOPLE = (
    ("lin", "演示：林知远", an_identity_number(1), "13900000001"),
    ("zhou", "演示：周明远", an_identity_number(2), "13900000002"),
)


@dataclass
class City:
    folder: Path
    postgres: Postgres
    door: Door
    port: int = field(default_factory=free_port)
    secret: dict[str, str] = field(default_factory=lambda: {role: secrets.token_hex(24) for role in PASSWORDS})
    links: list[str] = field(default_factory=list)  # with which the administrators set their passwords
    site: Service | None = None
    sealer: Service | None = None
    nginx: Service | None = None

    @property
    def etc(self) -> Path:
        return self.folder / "etc"

    @property
    def var(self) -> Path:
        return self.folder / "var"

    def here(self, text: str) -> str:
        """The paper's text with this folder's paths, ports and passwords, whichever of them it names."""
        values = {
            "/etc/hengjian": str(self.etc),
            "/var/lib/hengjian": str(self.var),
            "/opt/hengjian": str(ROOT),
            "/etc/ssl/hengjian": str(self.folder / "ssl"),
            "/var/log/nginx": str(self.folder / "nginx/log"),
            "127.0.0.1:5432": f"127.0.0.1:{self.postgres.port}",
            "PGPORT=5432": f"PGPORT={self.postgres.port}",
            "127.0.0.1:8000": f"127.0.0.1:{self.port}",
            "--port 8000": f"--port {self.port}",
            "--every 20": "--every 1",
            f"https://{NAME}": f"https://{NAME}:{self.door.secure}",
            **{placeholder: self.secret[role] for role, placeholder in PASSWORDS.items()},
        }
        for old, new in values.items():
            text = text.replace(old, new)
        return text

    def environment(self, *names: str) -> dict[str, str]:
        """The settings of the environment files, later ones over earlier ones, as systemd reads them."""
        given: dict[str, str] = {}
        for name in names:
            lines = (self.etc / Path(name).name).read_text().splitlines()
            given |= {key: value.strip("'") for key, _, value in (line.partition("=") for line in lines if line)}
        return given

    def shell(self, text: str, given: Mapping[str, str] | None = None, said: str = "", *, status: int = 0) -> str:
        """What commands of the paper print, run by an administrator from the checkout; they end with that status."""
        path = f"{self.postgres.bin}:{os.environ['PATH']}"
        ran = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", self.here(text)], env=around({"PATH": path, **(given or {})}), cwd=ROOT,
            input=said, capture_output=True, text=True, start_new_session=True, timeout=120,
        )  # fmt: skip
        assert ran.returncode == status, ran.stdout + ran.stderr
        return ran.stdout + ran.stderr

    def sql(self, role: str, *statements: str) -> list[tuple[Any, ...]]:
        """What the last statement gives, all in one committed transaction of that role."""
        with closing(psycopg.connect(self.postgres.address(role, self.secret[role]))) as connection:
            for statement in statements:
                cursor = connection.execute(statement)  # type: ignore[call-overload]
            rows = list(cursor.fetchall()) if cursor.description else []
            connection.commit()
            return rows

    def health(self) -> dict[str, Any]:
        """What a monitor on the machine is told, past nginx."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request("GET", "/health", headers={"Host": NAME})
            found: dict[str, Any] = json.loads(connection.getresponse().read())
            return found

    def visitor(self, address: str = "127.0.0.1") -> Visitor:
        return Visitor(self.door, address)

    def children(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.var / "serve.json").read_text())["children"]
        return found

    def answers(self) -> bool:
        return self.visitor().get("/check/").status == 200


def _service(city: City, name: str) -> Service:
    """What systemd would run for this unit."""
    unit = paper.unit(f"/etc/systemd/system/{name}.service")
    (command,) = unit["ExecStart"]
    return Service(
        city.here(command).split(), around(city.environment(*unit["EnvironmentFile"])), city.folder / f"{name}.txt"
    )


def _site(city: City) -> str:
    """The site file on these ports: the machine's own only, whatever else stands on it."""
    said, there = "src/hengjian/web/static/hengjian/said", city.folder / "opt"
    shutil.copytree(ROOT / said, there / said)  # nginx's account cannot always reach the checkout
    text = city.here(paper.filled(paper.file(SITE), {"/opt/hengjian": str(there)}))
    if not has_loopback_6():
        text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.MULTILINE)
    ports = {"80": city.door.plain, "443": city.door.secure}
    return re.sub(
        r"listen (\[::\]:)?(80|443)\b",
        lambda found: f"listen {'[::1]' if found[1] else '127.0.0.1'}:{ports[found[2]]}",
        text,
    )


def _set_up(city: City) -> None:
    """Sections two and three of the paper; the installation is repeated, as after a run that was ended."""
    roles = paper.filled(paper.file("roles.sql"), {name: city.secret[role] for role, name in PASSWORDS.items()})
    superuser = city.postgres.address("postgres", city.postgres.password, "postgres")
    with psycopg.connect(superuser, autocommit=True) as connection:
        for statement in filter(str.strip, roles.split(";")):
            connection.execute(statement)  # type: ignore[call-overload]
    answers = city.folder / "answers.toml"
    answers.touch(mode=0o600)
    words = ("登录名", "姓名", "证件号码", "手机号码")
    persons = {
        f"{place}{word}": value
        for place, person in zip(("第一位", "第二位"), PEOPLE, strict=True)
        for word, value in zip(words, person, strict=True)
    }
    answers.write_text(paper.filled(city.here(paper.file(ANSWERS)), persons))
    (city.etc).mkdir(mode=0o711)
    install, _ = paper.commands("安装")
    there = f"{answers} --etc {city.etc} --var {city.var}"
    told = city.shell(paper.filled(install, {ANSWERS: there}))
    city.links = re.findall(rf"https://{NAME}:\d+(/password-link/\S+/)", told)
    with (city.etc / "hengjian.env").open("a") as settings:
        settings.write(paper.file("HENGJIAN_METRICS_FROM"))
    assert "没有改动" in city.shell(paper.filled(install, {ANSWERS: there}))


@contextmanager
def city() -> Iterator[City]:
    """The installation, running; every process ended and every file removed afterwards."""
    with ExitStack() as closed:
        # Not pytest's folder: nginx's workers and PostgreSQL run under accounts that cannot reach it.
        folder = Path(tempfile.mkdtemp(prefix="hengjian-production-"))
        closed.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o711)
        (folder / "var").mkdir(mode=0o711)
        postgres = Postgres(folder / "postgres")
        closed.callback(postgres.stop)
        certificate(folder / "ssl", NAME)
        made = City(folder, postgres, Door(free_port(), free_port(), folder / "ssl/fullchain.pem"))
        _set_up(made)
        made.sealer = _service(made, "hengjian-seal")
        closed.callback(made.sealer.stop)
        made.site = _service(made, "hengjian")
        closed.callback(made.site.stop)
        place = folder / "nginx"
        place.mkdir()
        command = nginx_of_debian(place, _site(made))
        checked = subprocess.run([*command[:-2], "-t"], capture_output=True, text=True)
        assert checked.returncode == 0 and "[warn]" not in checked.stderr, checked.stderr
        made.nginx = Service(command, around({}), folder / "nginx.txt", folder)
        closed.callback(made.nginx.stop)
        until(made.answers, 60)
        try:
            yield made
        except BaseException:
            for name in ("hengjian", "hengjian-seal"):
                print((folder / f"{name}.txt").read_text()[-4000:])
            raise
