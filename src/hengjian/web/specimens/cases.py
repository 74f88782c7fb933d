"""What stands on the page of a case: title, deadline, time line, acts and refusals."""

from __future__ import annotations

from dataclasses import replace

from hengjian.web.components import (
    Button,
    Card,
    Chip,
    Clause,
    Empty,
    Entry,
    Go,
    Head,
    Hidden,
    Hindrance,
    Link,
    ProofLink,
    Step,
    Strip,
    StripDay,
    Timeline,
    Turn,
)
from hengjian.web.specimens.pages import (
    CASE_ACTS,
    CASE_HEAD,
    CASE_TIMELINE,
    NOTICE_REFUSAL,
    NOTICE_STRIP,
    REFUSED_ACT,
    SCORES_CARD,
    STRIP_CARD,
)
from hengjian.web.specimens.specimen import LONG_NAME, Specimen

CASES: dict[str, list[Specimen]] = {
    "turn": [
        Specimen("轮到别人", {"turn": Turn("社会公众", until="至 10 月 12 日 24 时")}),
        Specimen(
            "轮到我",
            {
                "turn": Turn(
                    mine=True,
                    who="审核岗",
                    until="至 9 月 24 日 17:30",
                    chip=Chip("今天到期", "seal"),
                )
            },
        ),
    ],
    "page_head": [
        Specimen("办件", {"page": CASE_HEAD}),
        Specimen("只有标题", {"page": Head("规则与依据")}),
        Specimen(
            "很长",
            {
                "page": Head(
                    LONG_NAME,
                    lead="标题很长时自动换行，状态跟在后面。",
                    chips=[Chip("已备案", "good")],
                )
            },
            "phone",
        ),
    ],
    "card": [
        Specimen(
            "文字",
            {
                "card": Card(
                    "说明",
                    clause=Clause("办法第十二条", href="#"),
                    text=["评价机构对评价结果负责。", "监管部门不组织考试，不发证。"],
                )
            },
        ),
        Specimen("通栏表格", {"card": replace(SCORES_CARD, flush=True, id="scores")}),
        Specimen("期限", {"card": STRIP_CARD}),
        Specimen(
            "空",
            {"card": Card("异议", link=Link("全部", "#"), empty=Empty("公示期内没有异议"))},
        ),
    ],
    "card_head": [
        Specimen(
            "齐全",
            {"head": Card("成绩", chips=[Chip("已复核", "good")], hint="双人录入，差异为零。", link=Link("明细", "#"))},
        )
    ],
    "steps": [
        Specimen("办理中", {"steps": CASE_HEAD.steps}),
        Specimen(
            "全部完成",
            {
                "steps": [
                    Step("受理", "done"),
                    Step("答复", "done"),
                    Step("办结", "done", note="09-24"),
                ]
            },
        ),
        Specimen(
            "被退回",
            {
                "steps": [
                    Step("提交", "done"),
                    Step("材料审查", "stopped", note="退回补正"),
                    Step("备案", "coming"),
                ]
            },
        ),
    ],
    "tabs": [
        Specimen("一般", {"tabs": CASE_HEAD.tabs}),
        Specimen("大字版", {"tabs": CASE_HEAD.tabs}, "large"),
    ],
    "proof_link": [
        Specimen("有出处", {"proof": ProofLink(18377, href="#")}),
        Specimen("未入检查点", {"proof": ProofLink(18402, href="#")}),
    ],
    "timeline": [
        Specimen("办件经过", {"timeline": CASE_TIMELINE}),
        Specimen(
            "带说明与将来",
            {
                "timeline": Timeline(
                    [
                        Entry("公示届满", time="10-12 24:00", tone="coming"),
                        Entry(
                            "退回补正",
                            who="林知远",
                            time="09-24 10:12",
                            tone="warn",
                            detail="安全条件缺检测报告，请在 5 个工作日内补齐。",
                            clause=Clause("备案条件 6", href="#"),
                        ),
                        Entry("暂停发证", who="市中心", time="09-22 09:00", tone="seal"),
                        Entry(
                            "整改办结",
                            who="市中心",
                            time="09-30 16:00",
                            tone="good",
                            link=Link("整改材料", "#"),
                        ),
                    ]
                )
            },
        ),
        Specimen(
            "一行式",
            {
                "timeline": Timeline(
                    inline=True,
                    entries=[
                        Entry("计划备案", time="2026-08-21 唐山市中心"),
                        Entry("制证上网", time="2026-10-13", proof=ProofLink(18466)),
                    ],
                )
            },
            "phone",
        ),
    ],
    "deadline_strip": [
        Specimen("公示 5 个工作日", {"strip": NOTICE_STRIP}),
        Specimen(
            "今天与暂定",
            {
                "strip": Strip(
                    provisional=True,
                    days=[
                        StripDay(date="12/30", kind="working", number=1),
                        StripDay(date="12/31", kind="working", number=2, today=True),
                        StripDay(date="1/1", kind="holiday", label="假"),
                        StripDay(date="…", kind="fold", label="3 天"),
                        StripDay(date="1/5", kind="working", number=3, last=True),
                    ],
                )
            },
        ),
        Specimen("大字版", {"strip": NOTICE_STRIP}, "large"),
    ],
    "refusal": [
        Specimen("有依据", {"refusal": replace(NOTICE_REFUSAL, id="refusal-1")}),
        Specimen(
            "有补救",
            {
                "refusal": Hindrance(
                    lead="现在还不能报送",
                    sentence="考评员 3 人中 1 人证卡 10 月 9 日到期，早于考试日 10 月 17 日。",
                    clauses=[Clause("考评员管理 2.1", href="#")],
                    mend="换派 1 名证卡有效的考评员后可以报送。",
                    mend_link=Link("去换派", "#"),
                )
            },
        ),
    ],
    "sends": [
        Specimen(
            "可办与不可办",
            {
                "acts": [
                    Button("选中的数据上网", "certificates.put_online", primary=True),
                    Button("全部待上网的上网", "certificates.put_online", hidden=[Hidden("all", "1")]),
                    replace(REFUSED_ACT, refusal=replace(NOTICE_REFUSAL, id="refusal-3")),
                ]
            },
        ),
        Specimen("危险的", {"acts": [Button("注销证书", "certificates.revoke_certificate", danger=True)]}, "phone"),
    ],
    "row_acts": [
        Specimen(
            "一件直接办，一件要填写",
            {
                "acts": [
                    Button("通过", "institutions.review_material", action="#", hidden=[Hidden("accepted", "true")]),
                    Button("退回", "institutions.review_material", "#"),
                ]
            },
        ),
        Specimen(
            "手机",
            {
                "acts": [
                    Button("更换", "institutions.replace_material", "#"),
                    Button("撤下", "institutions.withdraw_material", "#"),
                ]
            },
            "phone",
        ),
    ],
    "act_bar": [
        Specimen(
            "可办与不可办",
            {"acts": [replace(REFUSED_ACT, refusal=replace(NOTICE_REFUSAL, id="refusal-2")), *CASE_ACTS[1:]]},
        ),
        Specimen(
            "主要与危险",
            {
                "acts": [
                    Button(
                        "受理", "institutions.accept_filing", action="#", primary=True, hidden=[Hidden("version", "3")]
                    ),
                    Button(
                        "注销证书",
                        "certificates.revoke_certificate",
                        action="#",
                        danger=True,
                        confirm="注销后证书不可恢复，核验页将显示已注销。",
                        confirm_label="注销证书",
                    ),
                ]
            },
        ),
        Specimen(
            "手机",
            {"acts": [Go("再扫一张", href="#", primary=True), Go("批量核验", href="#")]},
            "phone",
        ),
    ],
}
