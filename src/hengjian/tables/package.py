"""The parts of an .xlsx, inflated by us and within bounds before any other reader touches them.

The true size of every part is counted while it is inflated, whatever the directory claims. A part with a document type is
refused: no reader then has an entity to expand or a file to fetch. Only parts that are read are judged; the others count by
their size. Names compare without case and with either slash, as several programs write them.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from io import BytesIO

from hengjian.kernel.words import say
from hengjian.tables.limits import MIB, Limits, Unreadable
from hengjian.tables.packing import Packed
from hengjian.tables.xml import DTD

_LOCAL_HEADER = 30
_encoding = re.compile(r"\s+encoding=(?:\"[^\"]*\"|'[^']*')")
BROKEN = "文件已损坏，压缩结构不完整。请用表格软件重新打开并另存为 .xlsx 后上传。"


class Package:
    """Read-only view of the parts; `part` inflates one; after `inspect` its XML is at hand."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.data = data
        allowed = max(limits.always_expanded, limits.ratio * len(data))
        self._left = self._limit = min(limits.expanded_bytes, allowed)
        self._read: dict[str, bytes] = {}
        self._raw: dict[str, bytes] = {}
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                listed = archive.infolist()
        except (zipfile.BadZipFile, ValueError, struct.error, OverflowError, NotImplementedError) as broken:
            raise Unreadable(BROKEN) from broken
        if len(listed) > limits.parts:
            raise Unreadable(
                say(
                    "文件内含 {listed} 个部件，超过 {parts} 个的上限，不是正常的表格文件。",
                    listed=len(listed),
                    parts=limits.parts,
                )
            )
        self.odd = any("\\" in entry.filename for entry in listed)
        self.entries = {entry.filename.replace("\\", "/").lstrip("/"): entry for entry in listed}
        self._by_lower = {name.lower(): name for name in self.entries}
        if len(self.entries) != len(listed):
            raise Unreadable("压缩包内有重名的部件，文件可能被改造过，不予读取。")
        if any(entry.flag_bits & 1 for entry in listed):
            raise Unreadable("文件设有密码，无法读取。请取消密码后重新上传。")
        if sum(entry.file_size for entry in listed) > self._limit:
            raise self._too_large()

    def _too_large(self) -> Unreadable:
        return Unreadable(
            say(
                "文件解压后超过 {limit} MiB 的上限，不予读取。请删除空白行列与图片后重新上传。",
                limit=self._limit // MIB,
            )
        )

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def names(self) -> list[str]:
        return list(self.entries)

    def named(self, path: str) -> str:
        """The part of this path as the package writes it, whatever the capitals; an empty text where there is none."""
        return path if path in self.entries else self._by_lower.get(path.lower(), "")

    def part(self, name: str) -> bytes:
        """The inflated part; an XML part without a document type."""
        if name in self._read:
            return self._read[name]
        entry = self.entries.get(name)
        if entry is None:
            raise Unreadable(BROKEN)
        raw = self._raw.pop(name, None) or self._inflated(entry)
        if name.lower().endswith((".xml", ".rels", ".vml")):
            if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raw = self._in_utf8(raw)
            if b"<!DOCTYPE" in raw:  # an entity is declared nowhere else
                raise Unreadable(DTD)
            self._read[name] = raw
        return raw

    def _in_utf8(self, raw: bytes) -> bytes:
        self.odd = True
        try:
            text = raw.decode("utf-16")
        except UnicodeDecodeError as broken:
            raise Unreadable(BROKEN) from broken
        return _encoding.sub("", text, count=1).encode()

    def packed(self, name: str) -> Packed | None:
        """The part as it is packed in the file; none where it is packed in another way."""
        entry = self.entries[name]
        if entry.compress_type != zipfile.ZIP_DEFLATED or zlib.crc32(self.part(name)) != entry.CRC:
            return None
        return Packed(self._body(entry), entry.CRC, entry.file_size)

    def _body(self, entry: zipfile.ZipInfo) -> bytes:
        start = entry.header_offset
        if self.data[start : start + 4] != b"PK\x03\x04":
            raise Unreadable(BROKEN)
        name_length, extra_length = struct.unpack_from("<HH", self.data, start + 26)
        begin = start + _LOCAL_HEADER + name_length + extra_length
        return self.data[begin : begin + entry.compress_size]

    def _inflated(self, entry: zipfile.ZipInfo) -> bytes:
        packed = self._body(entry)
        if entry.compress_type == zipfile.ZIP_STORED:
            raw = packed
        elif entry.compress_type == zipfile.ZIP_DEFLATED:
            inflater = zlib.decompressobj(-15)
            try:
                raw = inflater.decompress(packed, self._left + 1)
            except zlib.error as broken:
                raise Unreadable(BROKEN) from broken
            if inflater.unconsumed_tail or len(raw) > self._left:
                raise self._too_large()
        else:
            raise Unreadable("文件使用了不支持的压缩方式。请另存为 .xlsx 后重新上传。")
        if len(raw) != entry.file_size:
            raise Unreadable(BROKEN)
        return raw

    def inspect(self) -> None:
        """Every part once, counted together against the bound; raises where the file must not be read."""
        for name, entry in self.entries.items():
            raw = self._inflated(entry)
            self._left -= len(raw)
            if name.lower().endswith((".xml", ".rels")):
                self._raw[name] = raw
        self._left = self._limit
