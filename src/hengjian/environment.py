"""Reads the environment with types and fails with a sentence; makes the keys of a demo installation."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn


def _stop(sentence: str) -> NoReturn:
    sys.exit(f"衡鉴不能启动：{sentence}")


class Environment:
    """Typed access to environment variables; every complaint is one sentence that says what mends it."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def text(self, name: str, default: str) -> str:
        return self._values.get(name, default)

    def required(self, name: str) -> str:
        return self._values.get(name) or _stop(f"生产环境必须设置 {name}。")

    def flag(self, name: str, *, default: bool) -> bool:
        value = self._values.get(name)
        if value is None:
            return default
        if value.lower() in ("1", "true", "yes", "on"):
            return True
        if value.lower() in ("0", "false", "no", "off", ""):
            return False
        _stop(f"{name} 应为 1 或 0，现为“{value}”。")

    def number(self, name: str, default: int) -> int:
        value = self._values.get(name, str(default))
        return int(value) if value.isdigit() else _stop(f"{name} 应为整数，现为“{value}”。")

    def choice(self, name: str, among: Sequence[str], default: str) -> str:
        value = self._values.get(name, default)
        return value if value in among else _stop(f"{name} 只能是 {'、'.join(among)} 之一，现为“{value}”。")

    def words(self, name: str, default: Sequence[str]) -> list[str]:
        value = self._values.get(name)
        return [word for word in value.replace(",", " ").split() if word] if value is not None else list(default)

    def path(self, name: str, default: Path) -> Path:
        return Path(self._values.get(name) or default)

    def insist(self, condition: bool, sentence: str) -> None:
        if not condition:
            _stop(sentence)


def demo_keys(file: Path) -> dict[str, str]:
    """The keys of a demo or test installation, made once and kept readable by the owner only."""
    if not file.exists():
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        origin = os.environ.get("HENGJIAN_LOG_ORIGIN", "log.hengjian.example/demo")
        seed = secrets.token_bytes(32)
        public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
        key_id = hashlib.sha256(origin.encode() + b"\n\x01" + public).hexdigest()[:8]
        keys = {
            "HENGJIAN_SECRET_KEY": secrets.token_urlsafe(48),
            "HENGJIAN_FIELD_KEYS": f"k1:{secrets.token_hex(32)}",
            "HENGJIAN_INDEX_KEY": secrets.token_hex(32),
            "HENGJIAN_LOG_KEY": f"PRIVATE+KEY+{origin}+{key_id}+{base64.b64encode(bytes([1]) + seed).decode()}",
        }
        file.parent.mkdir(parents=True, exist_ok=True)
        # Two processes may start at once: the first file that stands is the one both use.
        draft = file.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(keys, indent=1))
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    loaded: dict[str, str] = json.loads(file.read_text())
    return loaded
