"""Which files an act takes as evidence: kinds and sizes are data of policy, what cannot be opened or could act is taken by none."""

from __future__ import annotations

from collections.abc import Mapping

from hengjian.files.kinds import Unwelcome, looked_at
from hengjian.kernel.law import Law
from hengjian.kernel.policy import Policy, Table
from hengjian.kernel.refusal import Kind as RefusalKind
from hengjian.kernel.refusal import Refusal
from hengjian.kernel.words import listed, say

EVIDENCE_KINDS: Policy[tuple[str, ...]] = Policy("files.evidence_kinds", tuple)
MEGABYTES_MAX: Policy[Mapping[str, int]] = Policy("files.megabytes_max", Table)
MEGABYTE = 1024 * 1024


def not_evidence(law: Law, name: str, data: bytes, field: str = "upload_id") -> Refusal | None:
    """Why this file is not taken as evidence, at its field, with what mends it; None where it is."""
    kinds, most = law.policy(EVIDENCE_KINDS), law.policy(MEGABYTES_MAX)
    try:
        kind = looked_at(name, data).kind
    except Unwelcome as unwelcome:
        sentence, remedy = (say(text, **unwelcome.values) for text in (unwelcome.sentence, unwelcome.remedy))
        return _refusal("files.unwelcome", sentence, remedy, field)
    if kind not in kinds:
        sentence = say("{kind} 文件不作为材料。", kind=kind.value.upper())
        remedy = say("请另存为 {kinds} 之一后重新上传。", kinds=listed([each.upper() for each in kinds]))
        return _refusal("files.kind", sentence, remedy, field, EVIDENCE_KINDS.key)
    limit = most.get(kind.value, min(most.values()))
    if len(data) > limit * MEGABYTE:
        sentence = say("文件有 {size:.1f} MB，超过上限 {limit} MB。", size=len(data) / MEGABYTE, limit=limit)
        return _refusal("files.size", sentence, "请压缩或拆分后重新选择。", field, MEGABYTES_MAX.key)
    return None


def _refusal(code: str, sentence: str, remedy: str, field: str, policy: str = "") -> Refusal:
    return Refusal(code, sentence, remedy=remedy, field=field, policy=policy, kind=RefusalKind.INPUT)
