"""What a city's installation is made of, as processes: PostgreSQL with passwords, nginx as Debian sets it up, services."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.serve.running import free_port
from tests.shared import ROOT

NGINX = Path("/etc/nginx")


def around(given: Mapping[str, str]) -> dict[str, str]:
    """The environment of a service: the machine's, without what the test run itself was told, and what is given."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("HENGJIAN_", "DJANGO_", "PYTHONPATH"))
    }
    return {**kept, **given}


def found(name: str) -> str:
    """What `scripts/packages.sh` finds under this name: a file or a folder."""
    ran = subprocess.run(["bash", "-c", f". scripts/packages.sh && {name}"], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, f"{name}: not on this machine; see scripts/packages.sh"
    return ran.stdout.strip()


@dataclass
class Postgres:
    """A server of its own that asks for passwords, so that it can be stopped and nobody else notices."""

    folder: Path
    port: int = field(default_factory=free_port)
    password: str = "superuser"

    def __post_init__(self) -> None:
        self.bin = Path(found("find_postgres"))
        self.data, secret = self.folder / "data", self.folder / "password"
        self.folder.mkdir()
        secret.write_text(self.password)
        if os.getuid() == 0:
            for place in (self.folder, secret):
                shutil.chown(place, "postgres")
        how = ["-A", "scram-sha-256", "--pwfile", str(secret), "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        self._run("initdb", "-D", str(self.data), "-U", "postgres", *how)
        self.start()

    def start(self) -> None:
        hurried = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
        where = f"-c listen_addresses=127.0.0.1 -p {self.port} -k {self.folder} -c max_connections=60 {hurried}"
        self._run("pg_ctl", "-D", str(self.data), "-w", "-s", "-l", str(self.folder / "log"), "-o", where, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.data), "-w", "-s", "-m", "immediate", "stop")

    def address(self, role: str, password: str, database: str = "hengjian") -> str:
        return f"postgres://{role}:{password}@127.0.0.1:{self.port}/{database}"

    def _run(self, command: str, *words: str) -> None:
        first = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        log = self.folder / "commands"
        with log.open("ab") as out:  # not a pipe: the server keeps it open
            ran = subprocess.run([*first, str(self.bin / command), *words], cwd="/", stdin=subprocess.DEVNULL, stdout=out, stderr=out)  # fmt: skip
        assert ran.returncode == 0, log.read_text()


@dataclass
class Service:
    """A process in a group of its own, its output in a file, ended with all it has started."""

    command: Sequence[str]
    environment: Mapping[str, str]
    out: Path
    folder: Path = ROOT

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        with self.out.open("ab") as out:
            self.process = subprocess.Popen(
                self.command, env=dict(self.environment), cwd=self.folder, stdin=subprocess.DEVNULL,
                stdout=out, stderr=out, start_new_session=True,
            )  # fmt: skip

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            raise


def certificate(folder: Path, name: str) -> None:
    """A self-signed certificate of that name, as `fullchain.pem` and `privkey.pem`."""
    folder.mkdir()
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    private = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    (folder / "privkey.pem").write_bytes(private)


def nginx_of_debian(folder: Path, site: str) -> list[str]:
    """The command line of nginx with Debian's own `nginx.conf`, kept to this folder, and one site."""
    for name in ("sites", "conf.d", "log", "body"):
        (folder / name).mkdir()
    if os.getuid() == 0:
        shutil.chown(folder / "body", "www-data")
    (folder / "sites/hengjian").write_text(site)
    main = (NGINX / "nginx.conf").read_text()
    if os.getuid() != 0:  # only root can hand its workers to another account
        main = main.replace("user www-data;", "")
    for old, new in {
        "/run/nginx.pid": f"{folder}/pid",
        "/var/log/nginx": f"{folder}/log",
        "/etc/nginx/sites-enabled/*": f"{folder}/sites/*",
        "/etc/nginx/conf.d/*": f"{folder}/conf.d/*",
        "http {": f"http {{ client_body_temp_path {folder}/body/in; proxy_temp_path {folder}/body/out;"
        f" fastcgi_temp_path {folder}/body/f; uwsgi_temp_path {folder}/body/u; scgi_temp_path {folder}/body/s;",
    }.items():
        assert old in main, f"Debian's nginx.conf no longer says {old!r}"
        main = main.replace(old, new)
    (folder / "nginx.conf").write_text(main)
    return [found("find_nginx"), "-e", f"{folder}/log/error.log", "-c", f"{folder}/nginx.conf", "-g", "daemon off;"]


def has_loopback_6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as trial:
            trial.bind(("::1", 0))
    except OSError:
        return False
    return True
