"""What a citation is: a law, a policy document of the centre, a document of a ministry, a standard, a local document, a
research paper, a rule of the product; and whether anybody here has read the original. `policies/instruments.toml` holds it; the chip beside every refusal says it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hengjian.kernel.policy_files import policies_directory
from hengjian.kernel.words import listed, say

KINDS = {
    "law": "法律法规",
    "central": "规范性文件",
    "ministry": "部门文件",
    "standard": "标准",
    "local": "地方或机构文件",
    "paper": "研究文献",
    "product": "本系统规则",
}
# Beside a refusal: short. On a policy's page the long form stands.
CERTAINTY = {
    "verified": "已读原文",
    "local": "仅见于个别地方",
    "unverified": "未见原文",
    "unwritten": "原文未写明",  # the document was read, and this value does not stand in it
    "product": "本系统规则",
}


@dataclass(frozen=True)
class Instrument:
    """`match` is how it is named in citations, `read` where the original was read, empty if nobody has."""

    match: str
    kind: str
    read: str = ""

    @property
    def certainty(self) -> str:
        if self.kind == "product":
            return "product"
        return "verified" if self.read else "local" if self.kind == "local" else "unverified"

    @property
    def says(self) -> str:
        """`研究文献，已读原文`, `部门文件，未见原文`, `本系统规则`."""
        if self.kind == "product":
            return KINDS["product"]
        return say("{kind}，{certainty}", kind=KINDS[self.kind], certainty=CERTAINTY[self.certainty])


PRODUCT = Instrument("衡鉴产品规则", "product")


def basis_of(citation: str, certainty: str = "") -> str:
    """What stands behind a citation: `研究文献，已读原文`. `certainty` is the policy's where a value is cited: of an
    instrument that was read a single value may still be a guess. Empty for what names no instrument."""
    instrument = instrument_of(citation)
    certainty = standing_of(citation, certainty)
    if instrument is None or not certainty or certainty == instrument.certainty:
        return instrument.says if instrument is not None else ""
    if instrument.kind == "product":
        return CERTAINTY[certainty]
    return say("{kind}，{certainty}", kind=KINDS[instrument.kind], certainty=CERTAINTY[certainty])


def standing_of(citation: str, certainty: str) -> str:
    """The word of `CERTAINTY` for a value: what is not verified though its document was read does not stand in it."""
    instrument = instrument_of(citation)
    return "unwritten" if certainty == "unverified" and instrument is not None and instrument.read else certainty


def instruments() -> tuple[Instrument, ...]:
    return _read(policies_directory())


@cache
def _read(directory: Path) -> tuple[Instrument, ...]:
    file = directory / "instruments.toml"
    if not file.exists():
        return (PRODUCT,)
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["instrument"]
    found = tuple(Instrument(row["match"], row["kind"], row.get("read", "")) for row in rows)
    wrong = [each.match for each in found if each.kind not in KINDS]
    if wrong:
        raise ValueError(
            say("instruments.toml：{wrong} 的 kind 只能是 {kinds}。", wrong=listed(wrong), kinds=listed(KINDS))
        )
    return found


@cache
def instrument_of(citation: str) -> Instrument | None:
    """The instrument a citation names: the longest name that stands in it."""
    named = [each for each in instruments() if each.match in citation]
    return max(named, key=lambda each: len(each.match)) if named else None
