"""Reads the environment with types and fails with a sentence; makes the keys of a demo installation."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from hengjian.files.address import place_problem
from hengjian.kernel.terminal import for_the_terminal
from hengjian.kernel.words import listed, say
from hengjian.trusted import Trusted


def _stop(sentence: str) -> NoReturn:
    sys.exit(for_the_terminal(say("衡鉴不能启动：{sentence}", sentence=sentence)))


class Environment:
    """Typed access to environment variables; every complaint is one sentence that says what mends it."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def text(self, name: str, default: str) -> str:
        return self._values.get(name, default)

    def required(self, name: str) -> str:
        return self._values.get(name) or _stop(say("生产环境必须设置 {name}。", name=name))

    def flag(self, name: str, *, default: bool) -> bool:
        value = self._values.get(name)
        if value is None:
            return default
        if value.lower() in ("1", "true", "yes", "on"):
            return True
        if value.lower() in ("0", "false", "no", "off", ""):
            return False
        _stop(say("{name} 应为 1 或 0，现为“{value}”。", name=name, value=value))

    def number(self, name: str, default: int) -> int:
        value = self._values.get(name, str(default))
        return int(value) if value.isdigit() else _stop(say("{name} 应为整数，现为“{value}”。", name=name, value=value))

    def choice(self, name: str, among: Sequence[str], default: str) -> str:
        value = self._values.get(name, default)
        return (
            value
            if value in among
            else _stop(say("{name} 只能是 {among} 之一，现为“{value}”。", name=name, among=listed(among), value=value))
        )

    def words(self, name: str, default: Sequence[str]) -> list[str]:
        value = self._values.get(name)
        return [word for word in value.replace(",", " ").split() if word] if value is not None else list(default)

    def trusted(self, name: str, default: str) -> Trusted:
        written = self._values.get(name) or default
        try:
            return Trusted.read(written)
        except ValueError:
            _stop(
                say(
                    "{name} 应为前面代理的层数（如 1），或代理的地址、网段（如 10.0.0.0/8 ::1），现为“{written}”。",
                    name=name,
                    written=written,
                )
            )

    def files(self, default: Path) -> tuple[str, str, str, str, str]:
        """Where files are kept: address, endpoint, access key, secret, region; the folder where nothing is said."""
        url = self._values.get("HENGJIAN_FILES_URL") or default.resolve().as_uri()
        rest = [self._values.get(f"HENGJIAN_FILES_{name}", "") for name in ("ENDPOINT", "KEY", "SECRET", "REGION")]
        problem = place_problem(url, *rest)
        if problem:
            _stop(problem)
        return url, rest[0], rest[1], rest[2], rest[3]

    def addresses(self, name: str) -> Trusted:
        """Addresses and networks, none by default; how many proxies stand in front is no answer here."""
        written = self._values.get(name, "")
        try:
            found = Trusted.read(written) if written else Trusted()
        except ValueError:
            found = Trusted(count=1)
        if found.count:
            _stop(
                say("{name} 应为地址或网段（如 127.0.0.1 10.0.0.0/8），现为“{written}”。", name=name, written=written)
            )
        return found

    def path(self, name: str, default: Path) -> Path:
        return Path(self._values.get(name) or default)

    def insist(self, condition: bool, sentence: str) -> None:
        if not condition:
            _stop(sentence)

    def insist_all(self, faults: Sequence[str]) -> None:
        """Stop with every fault on a line of its own."""
        if faults:
            _stop("\n".join(["", *(f"  {fault}" for fault in faults)]))


def log_key_pair(origin: str, seed: bytes | None = None) -> tuple[str, str]:
    """A key pair of the log as (private, public), in the signed-note forms `PRIVATE+KEY+name+id+…` and `name+id+…`."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    seed = seed or secrets.token_bytes(32)
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    key_id = hashlib.sha256(origin.encode() + b"\n\x01" + public).hexdigest()[:8]
    private, shown = (base64.b64encode(bytes([1]) + half).decode() for half in (seed, public))
    return f"PRIVATE+KEY+{origin}+{key_id}+{private}", f"{origin}+{key_id}+{shown}"


def demo_keys(file: Path, log_key_file: Path) -> dict[str, str]:
    """The keys of a demo or test installation, made once and kept readable by the owner only. The log's private key lies
    in a file of its own, as in production, and is not among what is returned."""
    if not file.exists():
        origin = os.environ.get("HENGJIAN_LOG_ORIGIN", "log.hengjian.example/demo")
        private, public = log_key_pair(origin)
        keys = {
            "HENGJIAN_SECRET_KEY": secrets.token_urlsafe(48),
            "HENGJIAN_FIELD_KEYS": f"k1:{secrets.token_hex(32)}",
            "HENGJIAN_INDEX_KEY": secrets.token_hex(32),
            "HENGJIAN_LOG_VKEY": public,
        }
        file.parent.mkdir(parents=True, exist_ok=True)
        # Two processes may start at once: whoever writes the log's key writes the rest, the other waits for it.
        if _first(log_key_file, f"{private}\n"):
            _first(file, json.dumps(keys, indent=1))
        _wait_for(file)
    loaded: dict[str, str] = json.loads(file.read_text())
    if (former := loaded.pop("HENGJIAN_LOG_KEY", None)) is not None:  # an installation from before the key had its file
        name, _, encoded = former.removeprefix("PRIVATE+KEY+").split("+", 2)
        _first(log_key_file, f"{former}\n")
        loaded["HENGJIAN_LOG_VKEY"] = log_key_pair(name, base64.b64decode(encoded)[1:])[1]
        draft = file.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(loaded, indent=1))
        draft.replace(file)
    return loaded


def _wait_for(file: Path) -> None:
    for _ in range(500):
        if file.exists():
            return
        time.sleep(0.01)
    _stop(say("{parent} 里有日志私钥而没有 {name}，请把这个目录移走后重来。", parent=file.parent, name=file.name))


def _first(file: Path, text: str) -> bool:
    """Write a file only its owner reads, unless one stands there already."""
    draft = file.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    try:
        os.link(draft, file)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True
