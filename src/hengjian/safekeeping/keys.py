"""The keys of an installation as a folder of their own: without them a copy is ciphertext, so the two are kept apart.

`keys.env` holds the keys and the names that belong to them, `log-key` the log's private key and `paper-key.pem` the one
that signs papers, where this account may read them. In a demonstration they go back to where a demonstration has them, in production into the folder of the settings.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from hengjian.installing.settings_folder import KEYS, KEYS_FILE, LOG_KEY, env_text, read_env, write_once
from hengjian.kernel.words import say
from hengjian.safekeeping.manifest import Unfit

LOG = ("HENGJIAN_LOG_VKEY", "HENGJIAN_LOG_ORIGIN")
SITE = (
    "HENGJIAN_SITE",
    "HENGJIAN_HOSTS",
    "HENGJIAN_ORIGINS",
    "HENGJIAN_TRUSTED_PROXIES",
    "HENGJIAN_CONTACT",
)
DEMO_KEYS = "keys.json"
PAPER_KEY = "paper-key.pem"


def save(folder: Path) -> bool:
    """Write the keys in force; whether the log's private key is among them."""
    values = (settings.SECRET_KEY, settings.FIELD_KEYS, settings.INDEX_KEY, settings.LOG_VKEY, settings.LOG_ORIGIN)
    write_once(folder / KEYS_FILE, env_text(dict(zip((*KEYS, *LOG), values, strict=True))), 0o600)
    paper_key = Path(settings.PAPER_KEY_FILE)
    if os.access(paper_key, os.R_OK):
        write_once(folder / PAPER_KEY, paper_key.read_text(encoding="utf-8"), 0o600)
    try:
        private = Path(settings.LOG_KEY_FILE).read_text(encoding="ascii")
    except OSError:
        return False
    write_once(folder / LOG_KEY, private, 0o400)
    return True


def site_settings() -> str:
    """What is set of the site's address and its like, as lines of an environment file."""
    named = ("HENGJIAN_MODE", "HENGJIAN_VAR", *SITE) if settings.PRODUCTION else SITE
    return env_text({name: os.environ[name] for name in named if os.environ.get(name)})


def taken_up(keys: Path, site: Path, given: Mapping[str, str]) -> dict[str, str]:
    """The environment to restore under: what is given, and from the copy what is not. Raises Unfit for a key other than
    the copy's."""
    saved = read_env(keys / KEYS_FILE)
    for name in (*KEYS, *LOG):
        if name not in saved:
            raise Unfit(say("密钥备份里没有 {name}。", name=name))
        if given.get(name, saved[name]) != saved[name]:
            raise Unfit(say("环境里的 {name} 与备份里的不同：备份是用另一把密钥做的。", name=name))
    return {**read_env(site), **saved, **{name: value for name, value in given.items() if value}}


def put_back(keys: Path, into: Path, *, demo: bool) -> list[Path]:
    """Write the keys where the installation reads them; the files written. Raises Unfit where others stand."""
    into.mkdir(parents=True, exist_ok=True)
    saved = read_env(keys / KEYS_FILE)
    wanted: dict[str, tuple[str, int]] = {}
    if demo:
        told = {name: value for name, value in saved.items() if name != "HENGJIAN_LOG_ORIGIN"}
        wanted[DEMO_KEYS] = (json.dumps(told, indent=1), 0o600)
    else:
        wanted[KEYS_FILE] = (env_text({name: saved[name] for name in KEYS}), 0o600)
    if (keys / LOG_KEY).exists():
        wanted[LOG_KEY] = ((keys / LOG_KEY).read_text(encoding="ascii"), 0o400)
    if (keys / PAPER_KEY).exists():
        wanted[PAPER_KEY] = ((keys / PAPER_KEY).read_text(encoding="utf-8"), 0o600)
    for name, (text, _) in wanted.items():
        if (into / name).exists() and (into / name).read_text(encoding="utf-8") != text:
            raise Unfit(say("{file} 已有别的密钥，没有改动。", file=into / name))
    return [into / name for name, (text, mode) in wanted.items() if write_once(into / name, text, mode)]
