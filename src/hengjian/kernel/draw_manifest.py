"""The manifest of a draw: its one byte form, its digest, and whether it may be sealed.

Keys are ASCII, values are integers and NFC text without control characters, so Python's sorted compact JSON *is* the
canonical form of RFC 8785. Lists that mean sets are sorted and free of duplicates: one draw has one digest.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from typing import Any

from hengjian.kernel.beacon import NONE
from hengjian.kernel.words import listed, say, words_of

FIELDS = ("v", "draw_id", "nonce", "pool", "take", "staff", "team", "barred", "beacon", "commitments", "chain_head")
MAX_WEIGHT = 1000
_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_HEX32 = re.compile(r"[0-9a-f]{64}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def canonical(value: Any) -> bytes:
    """RFC 8785. Raises ValueError for anything whose form another language might write differently."""
    _check_plain(value)
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest(manifest: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical bytes: what is sealed in the ledger before the beacon opens."""
    return sha256(canonical(manifest)).hexdigest()


def problems_of_manifest(manifest: Any) -> list[str]:
    """Why this manifest may not be sealed, in sentences; empty if it may."""
    try:
        canonical(manifest)
    except ValueError as problem:
        return [words_of(problem)]
    if not isinstance(manifest, dict) or set(manifest) != set(FIELDS):
        return [say("清单须恰有这些字段：{fields}。", fields=listed(FIELDS))]
    return [*_shape(manifest)] or [*_content(manifest)]


def _shape(manifest: Mapping[str, Any]) -> Iterator[str]:
    if manifest["v"] != "draw/1":
        yield "清单版本须为 draw/1。"
    if not _is_id(manifest["draw_id"]):
        yield "抽取编号须为 1 至 64 位字母、数字、下划线、点或短横。"
    if not _is_hex(manifest["nonce"]):
        yield "随机数 nonce 须为 32 字节的小写十六进制。"
    if not _is_hex(manifest["chain_head"]):
        yield "哈希链头 chain_head 须为 32 字节的小写十六进制。"
    if not _is_list(manifest["commitments"], _is_hex):
        yield "每个承诺须为 32 字节的小写十六进制。"
    if not _is_list(manifest["pool"], _is_item):
        yield say("抽取池每项须有编号、层和 1 至 {max_weight} 的整数权重。", max_weight=MAX_WEIGHT)
    if not _is_list(manifest["staff"], _is_person):
        yield "人员每项须有编号和不小于零的整数上限。"
    if not _is_list(manifest["take"], lambda pair: _is_pair(pair) and _is_text(pair[0]) and _is_count(pair[1], 1)):
        yield "各层抽取数须写作“层、正整数”的列表。"
    if not _is_list(manifest["barred"], lambda pair: _is_pair(pair) and _is_id(pair[0]) and _is_id(pair[1])):
        yield "回避须写作“人员、对象”的列表。"
    if not _is_count(manifest["team"], 0):
        yield "每组人数须为不小于零的整数。"
    beacon = manifest["beacon"]
    if not isinstance(beacon, dict) or set(beacon) != {"source", "round", "opens"}:
        yield "信标须写明来源、期号和开奖（公布）时间。"
    elif not _is_text(beacon["source"]) or not isinstance(beacon["round"], str) or not _is_time(beacon["opens"]):
        yield "信标的来源须有名称，期号须为文字，时间须带时区。"
    elif (beacon["source"] == NONE) != (beacon["round"] == ""):
        yield "指定了信标须写期号，未设信标（none）期号须为空。"


def _content(manifest: Mapping[str, Any]) -> Iterator[str]:
    pool = [item["id"] for item in manifest["pool"]]
    staff = [person["id"] for person in manifest["staff"]]
    yield from _ordered("抽取池", pool)
    yield from _ordered("人员", staff)
    yield from _ordered("回避", [tuple(pair) for pair in manifest["barred"]])
    sizes = Counter(item["stratum"] for item in manifest["pool"])
    strata = [stratum for stratum, _ in manifest["take"]]
    if not strata:
        yield "至少抽取一层。"
    if len(set(strata)) != len(strata):
        yield "同一层的抽取数写了两次。"
    for stratum, count in manifest["take"]:
        if count > sizes[stratum]:
            yield say(
                "“{stratum}”共有 {stratum2} 个对象，不足抽取 {count} 个。",
                stratum=stratum,
                stratum2=sizes[stratum],
                count=count,
            )
    people, targets = set(staff), set(pool)
    for person, target in manifest["barred"]:
        if person not in people or target not in targets:
            yield say("回避 {person}、{target} 所指的人员或对象不在清单中。", person=person, target=target)
    if manifest["beacon"]["source"] == NONE and not manifest["commitments"]:
        yield "未设信标的抽取至少须有一名见证人的承诺。"


def _ordered(name: str, values: Sequence[Any]) -> Iterator[str]:
    if any(earlier >= later for earlier, later in pairwise(values)):
        yield say("{name}须按编号排序且没有重复。", name=name)


def _is_list(value: Any, item: Any) -> bool:
    return isinstance(value, list) and all(item(each) for each in value)


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2


def _is_item(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"id", "stratum", "weight"}
        and _is_id(value["id"])
        and _is_text(value["stratum"])
        and _is_count(value["weight"], 1)
        and value["weight"] <= MAX_WEIGHT
    )


def _is_person(value: Any) -> bool:
    return (
        isinstance(value, dict) and set(value) == {"id", "cap"} and _is_id(value["id"]) and _is_count(value["cap"], 0)
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _is_hex(value: Any) -> bool:
    return isinstance(value, str) and _HEX32.fullmatch(value) is not None


def _is_count(value: Any, least: int) -> bool:
    return type(value) is int and value >= least


def _is_time(value: Any) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False


def _check_plain(value: Any) -> None:
    if isinstance(value, str):
        if _CONTROL.search(value) or not unicodedata.is_normalized("NFC", value):
            raise ValueError("文字须为 NFC 形式且没有控制字符。")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii() or _CONTROL.search(key):
                raise ValueError("字段名须为 ASCII 文字。")
            _check_plain(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _check_plain(item)
    elif type(value) is not int or abs(value) >= 1 << 53:
        raise ValueError("清单中只有文字、整数、列表和对象。")
