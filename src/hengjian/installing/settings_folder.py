"""The settings of an installation as files of one folder: what the site is told, its keys, the sealer's, the owner's.

`hengjian.env` is what stands for the site, `keys.env` its keys, `seal.env` what the sealing account is told besides,
`owner.env` the address with which tables are changed and saved, `log-key` the log's private key. All are readable by
their owner only and written once: what stands is kept, what contradicts it is refused. `hengjian.env` comes last.
"""

from __future__ import annotations

import base64
import os
import re
import secrets
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from hengjian import production
from hengjian.environment import log_key_pair
from hengjian.installing.answers import SETTINGS, Answers, Unanswered
from hengjian.kernel.tlog.note import NoteInvalid, Verifier
from hengjian.kernel.words import listed, say

KEYS = ("HENGJIAN_SECRET_KEY", "HENGJIAN_FIELD_KEYS", "HENGJIAN_INDEX_KEY")
SITE, KEYS_FILE, SEAL, OWNER, LOG_KEY = "hengjian.env", "keys.env", "seal.env", "owner.env", "log-key"
PLAIN = re.compile(r"[\w@%+=:,./~\[\]-]*", re.ASCII)
READABLE_BY_OWNER, KEY_MODE = 0o600, 0o400


def _ways(told: Callable[[str, str, str], str], name: str) -> dict[str, str]:
    """How messages leave the house; nothing more is asked of a way that is not there."""
    found: dict[str, str] = {}
    if host := told("mail_host", "HENGJIAN_MAIL_HOST", ""):
        found |= {
            "HENGJIAN_MAIL_HOST": host,
            "HENGJIAN_MAIL_PORT": told("mail_port", "HENGJIAN_MAIL_PORT", "587"),
            "HENGJIAN_MAIL_FROM": told("mail_from", "HENGJIAN_MAIL_FROM", f"hengjian@{name}"),
        }
        if user := told("mail_user", "HENGJIAN_MAIL_USER", ""):
            password = told("mail_password", "HENGJIAN_MAIL_PASSWORD", "")
            found |= {"HENGJIAN_MAIL_USER": user, "HENGJIAN_MAIL_PASSWORD": password}
    for way in ("sms", "chat"):
        upper = f"HENGJIAN_{way.upper()}"
        if url := told(f"{way}_url", f"{upper}_URL", ""):
            found |= {f"{upper}_URL": url, f"{upper}_SECRET": told(f"{way}_secret", f"{upper}_SECRET", "")}
    return found


class SettingsFolder:
    """`texts` is what is to be written, by file; what stood there before is in it as it stood."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.texts: dict[str, str] = {}
        self.stood = {name: self._read(name) for name in (SITE, KEYS_FILE, SEAL, OWNER)}
        key = folder / LOG_KEY
        self._log_key = key.read_text(encoding="ascii").strip() if key.exists() else ""

    def _read(self, name: str) -> dict[str, str]:
        place = self.folder / name
        return read_env(place) if place.exists() else {}

    def compose(self, answers: Answers, var: Path) -> dict[str, str]:
        """The whole environment of the site. Raises Unanswered with all that is missing, wrong, or other than it stands."""
        site, seal, owner = self._told(answers, var)
        pair = self._pair(site["HENGJIAN_LOG_ORIGIN"])
        site["HENGJIAN_LOG_VKEY"] = pair[1]
        keys = {name: self.stood[KEYS_FILE].get(name) or _fresh(name) for name in KEYS}
        faults = production.faults({**site, **keys})
        for name, wanted in ((SITE, site), (SEAL, seal), (OWNER, owner)):
            for key, value in self.stood[name].items():
                if key in wanted and wanted[key] != value:
                    faults.append(_differs(key, self.folder / name))
        if faults:
            raise Unanswered(listed(faults, "\n"))
        lines = {SITE: site, KEYS_FILE: keys, SEAL: seal, OWNER: owner}
        self.texts = {name: env_text({**wanted, **self.stood[name]}) for name, wanted in lines.items()}
        self._log_key = pair[0]
        return {**site, **self.stood[SITE], **keys}

    def _told(self, answers: Answers, var: Path) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
        """What the files say; where a file stands its values are the defaults, so that a second run asks nothing."""
        stands, said = self.stood[SITE], {question.name: question for question in SETTINGS}

        def told(name: str, standing: str | None, default: str | None = None) -> str:
            if standing is not None and name not in answers.given:
                return standing
            return answers.text(said[name], default)

        site = told("site", stands.get("HENGJIAN_SITE")).rstrip("/")
        name = urlsplit(site).hostname or ""
        var_dir = stands.get("HENGJIAN_VAR") or str(var)
        database = told("database", stands.get("HENGJIAN_DATABASE_URL"), f"sqlite:///{var_dir}/hengjian.sqlite3")
        found = {
            "HENGJIAN_MODE": "production",
            "HENGJIAN_VAR": var_dir,
            "HENGJIAN_DATABASE_URL": database,
            "HENGJIAN_LOG_ORIGIN": told("log_origin", stands.get("HENGJIAN_LOG_ORIGIN"), f"log.{name}"),
            "HENGJIAN_SITE": site,
            "HENGJIAN_HOSTS": stands.get("HENGJIAN_HOSTS") or name,
            "HENGJIAN_ORIGINS": stands.get("HENGJIAN_ORIGINS") or site,
            "HENGJIAN_TRUSTED_PROXIES": told("proxies", stands.get("HENGJIAN_TRUSTED_PROXIES"), "127.0.0.1"),
            "HENGJIAN_CONTACT": told("contact", stands.get("HENGJIAN_CONTACT")),
        }
        found |= _ways(lambda key, standing, default: told(key, stands.get(standing), default), name)
        seal, owner = {"HENGJIAN_LOG_KEY_FILE": str(self.folder / LOG_KEY)}, {}
        if not database.startswith("sqlite"):
            seal["HENGJIAN_DATABASE_URL"] = told("sealer", self.stood[SEAL].get("HENGJIAN_DATABASE_URL"))
            owner["HENGJIAN_DATABASE_URL"] = told("owner", self.stood[OWNER].get("HENGJIAN_DATABASE_URL"))
        answers.settle()
        return found, seal, owner

    def _pair(self, origin: str) -> tuple[str, str]:
        """The log's pair of keys: the one whose private half stands, or a new one."""
        if not self._log_key:
            pair = log_key_pair(origin)
            try:
                Verifier.parse(pair[1])
            except NoteInvalid:
                raise Unanswered(say("“{origin}”不能作日志名称：不得有空格和加号。", origin=origin)) from None
            return pair
        name, _, encoded = self._log_key.removeprefix("PRIVATE+KEY+").split("+", 2)
        if name != origin:
            raise Unanswered(_differs("HENGJIAN_LOG_ORIGIN", self.folder / LOG_KEY))
        return self._log_key, log_key_pair(name, base64.b64decode(encoded)[1:])[1]

    @property
    def stands(self) -> bool:
        """Whether all of it had been written before."""
        return all((self.folder / name).exists() for name in (LOG_KEY, *self.texts))

    def write(self) -> list[Path]:
        """Write what is missing; the files written. A file that came about meanwhile is not written over."""
        passable(self.folder)
        wanted = {LOG_KEY: (f"{self._log_key}\n", KEY_MODE)}
        for name in (KEYS_FILE, SEAL, OWNER, SITE):
            wanted[name] = (self.texts[name], READABLE_BY_OWNER)
        return [
            self.folder / name for name, (text, mode) in wanted.items() if write_once(self.folder / name, text, mode)
        ]


def passable(folder: Path) -> None:
    """Make the folder, unless it is there, so that other accounts reach what is theirs in it and list nothing."""
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o711)


def read_env(file: Path) -> dict[str, str]:
    """NAME=value lines, as a shell and systemd read them."""
    words = shlex.split(file.read_text(encoding="utf-8"), comments=True)
    return {name: value for name, mark, value in (word.partition("=") for word in words) if mark}


def env_text(values: Mapping[str, str]) -> str:
    """The same, written. Raises Unanswered for a value that no such line can hold."""
    lines = []
    for name, value in values.items():
        if "'" in value or "\n" in value:
            raise Unanswered(say("{name} 里不得有单引号和换行。", name=name))
        lines.append(f"{name}={value}\n" if PLAIN.fullmatch(value) else f"{name}='{value}'\n")
    return "".join(lines)


def write_once(place: Path, text: str, mode: int) -> bool:
    """A file that is whole or not there at all, and never written over; whether this call wrote it."""
    draft = place.with_name(f"{place.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, place)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True


def _fresh(name: str) -> str:
    key = secrets.token_hex(32)
    return f"k1:{key}" if name == "HENGJIAN_FIELD_KEYS" else key


def _differs(name: str, file: Path) -> str:
    return say(
        "{name} 与 {file} 里已有的不同。已写下的设置不由安装改动：请改那个文件，或去掉这一项。", name=name, file=file
    )
