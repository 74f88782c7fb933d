"""What stands on the page of a case: title, deadline, time line, acts and refusals."""

from __future__ import annotations

from hengjian.web.specimens.pages import CASE, CASE_TIMELINE, NOTICE_REFUSAL, NOTICE_STRIP
from hengjian.web.specimens.specimen import LONG_NAME, Specimen

CASES: dict[str, list[Specimen]] = {
    "turn": [
        Specimen("轮到别人", {"turn": {"who": "社会公众", "until": "至 10 月 12 日 24 时"}}),
        Specimen(
            "轮到我",
            {
                "turn": {
                    "mine": True,
                    "who": "审核岗",
                    "until": "至 9 月 24 日 17:30",
                    "chip": {"label": "今天到期", "tone": "seal"},
                }
            },
        ),
    ],
    "page_head": [
        Specimen("办件", {"page": CASE["page"]}),
        Specimen("只有标题", {"page": {"title": "规则与依据"}}),
        Specimen(
            "很长",
            {
                "page": {
                    "title": LONG_NAME,
                    "lead": "标题很长时自动换行，状态跟在后面。",
                    "chips": [{"label": "已备案", "tone": "good"}],
                }
            },
            "phone",
        ),
    ],
    "card": [
        Specimen(
            "文字",
            {
                "card": {
                    "title": "说明",
                    "clause": {"label": "办法第十二条", "href": "#"},
                    "text": ["评价机构对评价结果负责。", "监管部门不组织考试，不发证。"],
                }
            },
        ),
        Specimen("通栏表格", {"card": {**CASE["scores_card"], "flush": True, "id": "scores"}}),
        Specimen("期限", {"card": CASE["strip_card"]}),
        Specimen(
            "空",
            {"card": {"title": "异议", "link": {"label": "全部", "href": "#"}, "empty": {"title": "公示期内没有异议"}}},
        ),
    ],
    "card_head": [
        Specimen(
            "齐全",
            {
                "head": {
                    "title": "成绩",
                    "chips": [{"label": "已复核", "tone": "good"}],
                    "hint": "双人录入，差异为零。",
                    "link": {"label": "明细", "href": "#"},
                }
            },
        )
    ],
    "steps": [
        Specimen("办理中", {"steps": CASE["page"]["steps"]}),
        Specimen(
            "全部完成",
            {
                "steps": [
                    {"label": "受理", "state": "done"},
                    {"label": "答复", "state": "done"},
                    {"label": "办结", "state": "done", "note": "09-24"},
                ]
            },
        ),
        Specimen(
            "被退回",
            {
                "steps": [
                    {"label": "提交", "state": "done"},
                    {"label": "材料审查", "state": "stopped", "note": "退回补正"},
                    {"label": "备案", "state": "coming"},
                ]
            },
        ),
    ],
    "tabs": [
        Specimen("一般", {"tabs": CASE["page"]["tabs"]}),
        Specimen("大字版", {"tabs": CASE["page"]["tabs"]}, "large"),
    ],
    "proof_link": [
        Specimen("已验证", {"proof": {"index": 18377, "href": "#", "verified": True}}),
        Specimen("未入检查点", {"proof": {"index": 18402, "href": "#"}}),
    ],
    "timeline": [
        Specimen("办件经过", {"timeline": CASE_TIMELINE}),
        Specimen(
            "带说明与将来",
            {
                "timeline": {
                    "entries": [
                        {"act": "公示届满", "time": "10-12 24:00", "tone": "coming"},
                        {
                            "act": "退回补正",
                            "who": "林知远",
                            "time": "09-24 10:12",
                            "tone": "warn",
                            "detail": "安全条件缺检测报告，请在 5 个工作日内补齐。",
                            "clause": {"label": "备案条件 6", "href": "#"},
                        },
                        {"act": "暂停发证", "who": "市中心", "time": "09-22 09:00", "tone": "seal"},
                        {
                            "act": "整改办结",
                            "who": "市中心",
                            "time": "09-30 16:00",
                            "tone": "good",
                            "link": {"label": "整改材料", "href": "#"},
                        },
                    ]
                }
            },
        ),
        Specimen(
            "一行式",
            {
                "timeline": {
                    "inline": True,
                    "entries": [
                        {"act": "计划备案", "time": "2026-08-21 唐山市中心"},
                        {"act": "制证上网", "time": "2026-10-13", "proof": {"index": 18466, "verified": True}},
                    ],
                }
            },
            "phone",
        ),
    ],
    "deadline_strip": [
        Specimen("公示 5 个工作日", {"strip": NOTICE_STRIP}),
        Specimen(
            "今天与暂定",
            {
                "strip": {
                    "provisional": True,
                    "days": [
                        {"date": "12/30", "kind": "working", "number": 1},
                        {"date": "12/31", "kind": "working", "number": 2, "today": True},
                        {"date": "1/1", "kind": "holiday", "label": "假"},
                        {"kind": "fold", "label": "3 天"},
                        {"date": "1/5", "kind": "working", "number": 3, "last": True},
                    ],
                }
            },
        ),
        Specimen("大字版", {"strip": NOTICE_STRIP}, "large"),
    ],
    "refusal": [
        Specimen("有依据", {"refusal": {**NOTICE_REFUSAL, "id": "refusal-1"}}),
        Specimen(
            "有补救",
            {
                "refusal": {
                    "lead": "现在还不能报送",
                    "sentence": "考评员 3 人中 1 人证卡 10 月 9 日到期，早于考试日 10 月 17 日。",
                    "clauses": [{"label": "考评员管理 2.1", "href": "#"}],
                    "mend": "换派 1 名证卡有效的考评员后可以报送。",
                    "mend_link": {"label": "去换派", "href": "#"},
                }
            },
        ),
    ],
    "act_bar": [
        Specimen(
            "可办与不可办",
            {"acts": [{**CASE["acts"][0], "refusal": {**NOTICE_REFUSAL, "id": "refusal-2"}}, *CASE["acts"][1:]]},
        ),
        Specimen(
            "主要与危险",
            {
                "acts": [
                    {"label": "受理", "action": "#", "primary": True, "hidden": [{"name": "version", "value": "3"}]},
                    {
                        "label": "注销证书",
                        "action": "#",
                        "danger": True,
                        "confirm": "注销后证书不可恢复，核验页将显示已注销。",
                        "confirm_label": "注销证书",
                    },
                ]
            },
        ),
        Specimen(
            "手机",
            {"acts": [{"label": "再扫一张", "href": "#", "primary": True}, {"label": "批量核验", "href": "#"}]},
            "phone",
        ),
    ],
}
