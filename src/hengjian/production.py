"""What production must be given before it starts. Every fault is one sentence that says what mends it, all of them at once.

The log's private key is not looked at here: only the sealing process may open it (`kernel.log_key`).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from collections.abc import Iterator, Mapping
from urllib.parse import SplitResult, urlsplit

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hengjian.kernel.words import say
from hengjian.trusted import Trusted

SECRET_SIGNS, DIFFERENT_SIGNS = 32, 10  # a signing key shorter or plainer than that can be tried out
KEY_BYTES = 32
_NAME = re.compile(r"[A-Za-z0-9_-]{1,32}")
_MAKE = "可用 python3 -c 'import secrets; print(secrets.token_hex(32))' 生成"


def faults(given: Mapping[str, str]) -> list[str]:
    """What is missing or wrong in the environment of a production installation; nothing when it may start."""
    return [
        *_database(given.get("HENGJIAN_DATABASE_URL", "")),
        *_secret_key(given.get("HENGJIAN_SECRET_KEY", "")),
        *_field_keys(given.get("HENGJIAN_FIELD_KEYS", "")),
        *_index_key(given.get("HENGJIAN_INDEX_KEY", ""), given.get("HENGJIAN_FIELD_KEYS", "")),
        *_log(given.get("HENGJIAN_LOG_VKEY", ""), given.get("HENGJIAN_LOG_ORIGIN", "")),
        *_site(given),
        *_proxies(given.get("HENGJIAN_TRUSTED_PROXIES", "")),
        *_contact(given.get("HENGJIAN_CONTACT", "")),
    ]


def _database(text: str) -> Iterator[str]:
    """Not left to a default: a mistyped setting would quietly open an empty database beside the real one."""
    if not text:
        yield "缺少 HENGJIAN_DATABASE_URL（例如 postgres://hengjian_app:口令@127.0.0.1:5432/hengjian）。"
        return
    address = _address(text)
    if address.scheme not in ("sqlite", "postgres", "postgresql") or not address.path.strip("/"):
        yield "HENGJIAN_DATABASE_URL 应为 postgres://账号:口令@主机:端口/库名 或 sqlite:///文件。"


def _secret_key(text: str) -> Iterator[str]:
    if not text:
        yield say("缺少 HENGJIAN_SECRET_KEY（会话签名密钥），{make}。", make=_MAKE)
    elif len(text) < SECRET_SIGNS or len(set(text)) < DIFFERENT_SIGNS:
        yield say(
            "HENGJIAN_SECRET_KEY 太短或太简单，至少 {secret_signs} 个字符，{make}。",
            secret_signs=SECRET_SIGNS,
            make=_MAKE,
        )


def _field_keys(text: str) -> Iterator[str]:
    if not text:
        yield say("缺少 HENGJIAN_FIELD_KEYS（字段加密密钥环），写作 k1:<64 位十六进制>，{make}。", make=_MAKE)
        return
    names = []
    for pair in text.split(","):
        name, mark, key = pair.partition(":")
        names.append(name)
        if not mark or not _NAME.fullmatch(name) or _key(key) is None:
            yield say(
                "HENGJIAN_FIELD_KEYS 中的“{name}”不合要求：每把钥匙写作 名称:<64 位十六进制>，{make}。",
                name=name[:12],
                make=_MAKE,
            )
            return
        if _plain(key):
            yield say("HENGJIAN_FIELD_KEYS 中的“{name}”不是随机生成的密钥，{make}。", name=name, make=_MAKE)
            return
    if len(set(names)) < len(names):
        yield "HENGJIAN_FIELD_KEYS 中有两把钥匙同名：数据里记的是名称，同名就不知道用哪一把解密。"
    yield from _encryption(text)


def _encryption(text: str) -> Iterator[str]:
    """One value encrypted and decrypted with each key, as the fields do."""
    sample = secrets.token_bytes(KEY_BYTES)
    for pair in text.split(","):
        name, _, key = pair.partition(":")
        try:
            cipher, nonce = AESGCM(bytes.fromhex(key)), secrets.token_bytes(12)
            opened = cipher.decrypt(nonce, cipher.encrypt(nonce, sample, b"start"), b"start")
        except (ValueError, InvalidTag):
            opened = b""
        if opened != sample:
            yield say("用 HENGJIAN_FIELD_KEYS 中的“{name}”加密后解不开，请检查这把钥匙和加密库。", name=name)


def _index_key(text: str, field_keys: str) -> Iterator[str]:
    if not text:
        yield say("缺少 HENGJIAN_INDEX_KEY（盲索引密钥，64 位十六进制，以后不能更换），{make}。", make=_MAKE)
    elif _key(text) is None or _plain(text):
        yield say("HENGJIAN_INDEX_KEY 应为随机生成的 64 位十六进制，{make}。", make=_MAKE)
    elif text.lower() in field_keys.lower():
        yield "HENGJIAN_INDEX_KEY 与字段加密密钥相同，请另外生成一把。"


def _log(vkey: str, origin: str) -> Iterator[str]:
    if not origin:
        yield "缺少 HENGJIAN_LOG_ORIGIN（日志名称，例如 log.example.gov.cn/hebei）。"
    if not vkey:
        yield "缺少 HENGJIAN_LOG_VKEY（日志公钥），由 hengjian keys log 与私钥一起生成。"
        return
    name, _, rest = vkey.partition("+")
    key_id, _, encoded = rest.partition("+")
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    whole = len(key) == 1 + KEY_BYTES and key[:1] == b"\x01"
    if not whole or hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8] != key_id:
        yield "HENGJIAN_LOG_VKEY 不是完整的日志公钥（名称+编号+base64），请照 hengjian keys log 给出的一行填写。"
    elif origin and name != origin:
        yield say(
            "HENGJIAN_LOG_VKEY 属于日志“{name}”，与 HENGJIAN_LOG_ORIGIN“{origin}”不是同一个。", name=name, origin=origin
        )


def _site(given: Mapping[str, str]) -> Iterator[str]:
    site = _address(given.get("HENGJIAN_SITE", ""))
    hosts = given.get("HENGJIAN_HOSTS", "").replace(",", " ").split()
    origins = given.get("HENGJIAN_ORIGINS", "").replace(",", " ").split()
    if not given.get("HENGJIAN_SITE"):
        yield "缺少 HENGJIAN_SITE（公众看到的网址，例如 https://rd.example.gov.cn）。"
    elif site.scheme != "https" or not site.hostname or site.path not in ("", "/"):
        yield say(
            "HENGJIAN_SITE 应为 https:// 开头、不带路径的网址，现为“{HENGJIAN_SITE}”。",
            HENGJIAN_SITE=given["HENGJIAN_SITE"],
        )
    if not hosts:
        yield "缺少 HENGJIAN_HOSTS（站点域名，多个用空格分开）。"
    elif "*" in hosts:
        yield "HENGJIAN_HOSTS 不得用 *，请写明站点域名。"
    elif site.hostname and site.hostname not in hosts:
        yield say("HENGJIAN_HOSTS 里没有 HENGJIAN_SITE 的域名 {hostname}。", hostname=site.hostname)
    if not origins:
        yield "缺少 HENGJIAN_ORIGINS（可信来源，例如 https://rd.example.gov.cn），没有它任何人都不能登录。"
    for origin in origins:
        if _address(origin).scheme != "https":
            yield say("HENGJIAN_ORIGINS 中的“{origin}”应以 https:// 开头。", origin=origin)
    if origins and site.hostname and f"https://{site.netloc}" not in origins:
        yield say("HENGJIAN_ORIGINS 里没有 HENGJIAN_SITE 的来源 https://{netloc}。", netloc=site.netloc)


def _proxies(text: str) -> Iterator[str]:
    if not text:
        yield "缺少 HENGJIAN_TRUSTED_PROXIES（前面有几层代理，例如 1；或代理的地址、网段）：没有它，全部访客会被当成同一个人。"
        return
    try:
        Trusted.read(text)
    except ValueError:
        yield say("HENGJIAN_TRUSTED_PROXIES 应为代理的层数或地址、网段，现为“{text}”。", text=text)


def _contact(text: str) -> Iterator[str]:
    if not text:
        yield "缺少 HENGJIAN_CONTACT（公众和报告漏洞的人怎样联系，例如 mailto:rd@example.gov.cn）。"
    elif not re.fullmatch(r"(mailto:[^@\s]+@[^@\s]+|https://\S+|tel:[+0-9-]+)", text):
        yield say("HENGJIAN_CONTACT 应以 mailto:、https:// 或 tel: 开头，现为“{text}”。", text=text)


def _address(text: str) -> SplitResult:
    """The parts of an address; of what is none, as of an empty one."""
    try:
        found = urlsplit(text)
        _ = found.port
    except ValueError:
        return urlsplit("")
    return found


def _key(text: str) -> bytes | None:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        return None
    return key if len(key) == KEY_BYTES and len(text) == 2 * KEY_BYTES else None


def _plain(text: str) -> bool:
    """Not drawn at random: so few different bytes do not come up in thirty-two draws."""
    return len(set(bytes.fromhex(text))) < DIFFERENT_SIGNS
