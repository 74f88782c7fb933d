"""Verdicts, proofs, certificates and papers."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.messages.constants import ERROR, INFO, SUCCESS, WARNING
from django.contrib.messages.storage.base import Message

from hengjian.web.components import (
    Alert,
    Checkpoint,
    Chip,
    Clause,
    Document,
    Link,
    PrintHead,
    Proof,
    ProofLink,
)
from hengjian.web.specimens.pages import CERTIFICATE
from hengjian.web.specimens.specimen import Specimen

LEAF = "9f2c41d07be5a8833f6e0c1d52b7a94e6611c0de85f3b27ad4907c3e118bfa62"

PROOFS: dict[str, list[Specimen]] = {
    "alert": [
        Specimen(
            "核验结论：有效",
            {
                "alert": Alert(
                    title="证书真实有效",
                    text="与发证机构上网的记录一致。",
                    tone="good",
                    verdict=True,
                )
            },
        ),
        Specimen(
            "核验结论：注销",
            {
                "alert": Alert(
                    title="证书已注销",
                    text="2026 年 11 月 3 日注销，原因：替考。",
                    tone="seal",
                    verdict=True,
                    clause=Clause("办法第三十条", href="#"),
                )
            },
        ),
        Specimen(
            "提醒",
            {
                "alert": Alert(
                    title="次年放假安排尚未公布",
                    text="跨年期限为暂定。",
                    tone="warn",
                    link=Link("看算法", "#"),
                )
            },
        ),
        Specimen("说明", {"alert": Alert(lines=["名册共 214 行。", "可导入 209 行，5 行需要改正。"])}),
    ],
    "messages": [
        Specimen(
            "办理之后",
            {
                "messages": [
                    Message(SUCCESS, "已办理：开始公示。"),
                    Message(WARNING, "次年放假安排尚未公布，期限为暂定。"),
                    Message(ERROR, "未能办理：公示期未满。"),
                    Message(INFO, "名册正在核对，完成后通知您。"),
                ]
            },
        )
    ],
    "proof": [
        Specimen(
            "本系统的记录",
            {
                "proof": Proof(
                    index=18377,
                    act="开始公示",
                    time="2026-09-29 16:40",
                    leaf=LEAF,
                    root=LEAF[::-1],
                    checkpoint=Checkpoint(size=18466, time="2026-10-13 09:00", href="#"),
                    receipt="#",
                    command='python3 verify_receipt.py receipt-18377.txt "rd.example.gov.cn+4e0f…"',
                    verify="#",
                )
            },
        ),
        Specimen(
            "与检查点不符",
            {
                "proof": Proof(
                    index=18377,
                    act="开始公示",
                    time="2026-09-29 16:40",
                    leaf=LEAF,
                    fault="叶子摘要与检查点不符，请立即告知系统管理员。",
                )
            },
            "phone",
        ),
    ],
    "certificate": [
        Specimen("有效", {"certificate": CERTIFICATE}, "phone"),
        Specimen("已注销", {"certificate": replace(CERTIFICATE, void=True)}, "phone"),
        Specimen("大字版", {"certificate": CERTIFICATE}, "large"),
    ],
    "number": [
        Specimen("22 位", {"number": "Y000013000217263000059"}),
        Specimen("位数不对", {"number": "Y00001300021"}),
    ],
    "documents": [
        Specimen(
            "齐与缺",
            {
                "documents": [
                    Document(
                        "督导报告",
                        href="#",
                        meta="PDF · 214 KB · 09-20",
                        proof=ProofLink(18120),
                    ),
                    Document("安全条件检测报告", missing=True, clause=Clause("备案条件 6", href="#")),
                    Document("考场平面图", chip=Chip("第 2 版"), meta="PNG · 1.2 MB"),
                ]
            },
        ),
        Specimen("空", {"documents": []}),
    ],
    "print_header": [
        Specimen(
            "打印时可见",
            {"print": PrintHead(title="评价结果公示", number="GS-2026-0412", printed_at="2026-09-29 16:41")},
        )
    ],
}
