"""Three whole pages of the gallery: an official's queue, one case, a stranger with a certificate. Invented content."""

from __future__ import annotations

from typing import Any

Values = dict[str, Any]


def _menu(current: str) -> list[Values]:
    def links(*entries: tuple[str, int, bool]) -> list[Values]:
        return [
            {"label": label, "href": "#", "count": count, "hot": hot, "current": label == current}
            for label, count, hot in entries
        ]

    return [
        {"links": links(("待办", 7, True), ("日程", 3, False), ("通知", 2, False))},
        {"title": "事前", "links": links(("机构备案", 2, False), ("人员库", 0, False), ("职业与标准", 0, False))},
        {
            "title": "事中",
            "links": links(
                ("认定计划", 3, True), ("考生核查", 1, False), ("质量督导", 1, False), ("结果与公示", 0, False)
            ),
        },
        {
            "title": "事后",
            "links": links(
                ("证书", 0, False),
                ("档案", 0, False),
                ("双随机抽查", 0, False),
                ("投诉举报", 1, False),
                ("信用", 0, False),
                ("统计", 0, False),
            ),
        },
        {"title": "公开", "links": links(("存证日志", 0, False), ("规则与依据", 0, False))},
    ]


def shell_of(current: str, office: str, role: str, person: str) -> Values:
    return {
        "menu": _menu(current),
        "office": office,
        "role": role,
        "person": person,
        "seats": [
            {"label": f"{office} · {role}", "value": "1", "current": True},
            {"label": f"{office} · 观察员", "value": "2", "current": False},
        ],
        "seat_action": "#",
        "demo": True,
        "search_action": "#",
        "home": "#",
        "account_href": "#",
        "logout_href": "#",
        "language_action": "#",
    }


def _row(*cells: Any) -> Values:
    return {"cells": list(cells)}


QUEUE: Values = {
    "shell": shell_of("待办", "唐山市职业技能鉴定指导中心", "审核岗", "林知远"),
    "page": {
        "title": "轮到我办的事",
        "lead": "按剩余工作日排序。今天是 2026 年 9 月 24 日（星期四），中秋节放假 3 天，9 月 20 日、10 月 10 日上班。",
    },
    "kpis": [
        {"value": "7", "label": "待我处理", "href": "#queue"},
        {"value": "1", "label": "今天到期", "tone": "seal", "href": "#queue"},
        {"value": "1.6", "unit": "小时", "label": "本月受理中位用时"},
        {"value": "100%", "label": "本月考试督导覆盖（41 场）"},
    ],
    "table": {
        "caption": "轮到我办的事",
        "queue": True,
        "columns": [
            {"label": "事项"},
            {"label": "机构"},
            {"label": "轮到我做什么"},
            {"label": "期限"},
            {"label": "提示"},
        ],
        "rows": [
            _row(
                {"text": "计划 2613020012 · 电工 三级", "href": "#", "note": "96 人 · 10 月 17 日 · 2 个考场"},
                {"text": "燕北机械集团", "note": "用人单位 · B 级"},
                "计划审核",
                {"chip": {"label": "今天 17:30", "tone": "seal"}},
                {
                    "chip": {"label": "2 项自动检查未过", "tone": "warn"},
                    "note": "考评员 3 人中 1 人证卡 10 月 9 日到期",
                },
            ),
            _row(
                {"text": "考生核查 · 焊工 四级", "href": "#", "note": "名册 214 人，抽 32 人"},
                {"text": "滦河装备制造", "note": "用人单位 · 委托认定"},
                {"progress": {"value": 18, "max": 32, "label": "逐份核验 18/32"}},
                {"chip": {"label": "剩 1 个工作日", "tone": "warn"}},
                {"chip": {"label": "加严抽样 F / 1.5", "tone": "normal"}},
            ),
            _row(
                {"text": "整改复核 · 考场监控缺 2 路", "href": "#", "note": "督导发现 D-0417"},
                "海港技工学校",
                "核对整改证据",
                {"chip": {"label": "剩 3 个工作日", "tone": "normal"}},
                {"note": "附 4 张照片，链上时间一致"},
            ),
            _row(
                {"text": "备案申请 · 起重装卸机械操作工 五至三级", "href": "#"},
                "曹妃甸港务装卸",
                "材料审查 9/11",
                {"chip": {"label": "剩 6 个工作日", "tone": "normal"}},
                {"note": "退回 1 项：安全条件缺检测报告"},
            ),
            _row(
                {"text": "公示异议 · 王**（钳工 三级）", "href": "#"},
                "燕北机械集团",
                "督办机构答复",
                {"chip": {"label": "剩 4 个工作日", "tone": "normal"}},
                {"note": "该考生已暂缓，其余 58 人照常公示"},
            ),
        ],
    },
    "before": "另有 12 件在机构或上级手中",
    "exports": [{"label": "看全部在办", "href": "#"}, {"label": "导出", "href": "#"}],
}

NOTICE_STRIP: Values = {
    "rule": "自公布次日起算；国务院假期不计，调休上班日计入。",
    "spoken": "9 月 29 日公布，计 5 个工作日，至 10 月 12 日",
    "days": [
        {"date": "9/29", "kind": "start", "label": "公布"},
        {"date": "9/30", "kind": "working", "number": 1},
        {"date": "10/1", "kind": "holiday", "label": "假"},
        {"kind": "fold"},
        {"date": "10/7", "kind": "holiday", "label": "假"},
        {"date": "10/8", "kind": "working", "number": 2},
        {"date": "10/9", "kind": "working", "number": 3},
        {"date": "10/10", "kind": "makeup", "number": 4},
        {"date": "10/11", "kind": "holiday", "label": "日"},
        {"date": "10/12", "kind": "working", "number": 5, "last": True},
    ],
}

NOTICE_REFUSAL: Values = {
    "id": "refusal-confirm",
    "lead": "现在还不能确认",
    "sentence": "公示期到 10 月 12 日届满；另有 1 条异议待答复（王**，10 月 9 日提出）。答复后，该考生可单独放行。",
    "clauses": [{"label": "公示制度 3.3", "href": "#"}],
}

CASE_TIMELINE: Values = {
    "link": {"label": "验证这些存证", "href": "#"},
    "entries": [
        {
            "act": "提出异议",
            "who": "公众",
            "time": "10-09 09:12",
            "proof": {"index": 18402, "href": "#", "verified": True},
        },
        {
            "act": "开始公示",
            "who": "周启明",
            "time": "09-29 16:40",
            "note": "至 10-12",
            "proof": {"index": 18377, "href": "#", "verified": True},
        },
        {
            "act": "确认结果",
            "who": "周启明",
            "time": "09-29 16:31",
            "proof": {"index": 18375, "href": "#", "verified": True},
        },
        {
            "act": "归档督导报告",
            "who": "外督 2 人",
            "time": "09-20 10:05",
            "proof": {"index": 18120, "href": "#", "verified": True},
        },
        {
            "act": "录入成绩",
            "who": "双人复核",
            "time": "09-19 18:22",
            "proof": {"index": 18093, "href": "#", "verified": True},
        },
    ],
}

CASE: Values = {
    "shell": shell_of("结果与公示", "燕北机械集团", "评价负责人", "周启明"),
    "page": {
        "print": {"title": "评价结果 · 59 人", "number": "2613020009", "printed_at": "2026-10-09 10:20"},
        "crumbs": [{"label": "认定计划 2613020009", "href": "#"}, {"label": "钳工（6-20-01-01）"}, {"label": "三级"}],
        "title": "评价结果 · 59 人",
        "chips": [{"label": "公示中", "tone": "warn"}, {"label": "第 3 个工作日"}],
        "turn": {"who": "社会公众", "until": "至 10 月 12 日 24 时"},
        "steps": [
            {"label": "成绩录入", "state": "done"},
            {"label": "督导报告归档", "state": "done"},
            {"label": "负责人确认", "state": "done"},
            {"label": "公示 5 个工作日", "state": "present"},
            {"label": "结果备案", "state": "coming"},
            {"label": "制证编号", "state": "coming"},
            {"label": "数据上网", "state": "coming"},
        ],
        "tabs": [
            {"label": "概况", "href": "#", "current": True},
            {"label": "名单", "href": "#", "count": 59},
            {"label": "异议", "href": "#", "count": 1},
            {"label": "考场与督导", "href": "#"},
            {"label": "材料", "href": "#", "count": 14},
            {"label": "存证", "href": "#", "count": 11},
        ],
    },
    "strip_card": {
        "title": "公示期限怎么算的",
        "clause": {"label": "公示不少于 5 个工作日", "href": "#"},
        "strip": NOTICE_STRIP,
    },
    "scores_card": {
        "title": "成绩",
        "table": {
            "caption": "成绩",
            "columns": [
                {"label": "科目"},
                {"label": "应考"},
                {"label": "实考"},
                {"label": "合格"},
                {"label": "合格率"},
                {"label": "同类机构"},
            ],
            "rows": [
                ["理论（机考）", "64", "63", "61", "96.8%", {"text": "91.2%（区间 84–97）", "second": True}],
                ["技能（实操）", "64", "63", "59", "93.7%", {"text": "89.5%（区间 80–96）", "second": True}],
            ],
        },
    },
    "acts": [
        {"label": "确认公示无异议", "disabled": True, "refusal": NOTICE_REFUSAL},
        {"label": "导出公示名单（脱敏）", "href": "#"},
        {
            "label": "撤回公示…",
            "action": "#",
            "confirm": "撤回后公示期重新计算。确定撤回吗？",
            "confirm_label": "撤回公示",
        },
    ],
    "facts_card": {
        "title": "基本情况",
        "facts": [
            {"label": "机构", "value": {"text": "燕北机械集团", "chip": {"label": "Y · B 级"}}},
            {"label": "考试日期", "value": "2026-09-19"},
            {"label": "考场", "value": "一号实训楼 2 间"},
            {"label": "督导", "value": {"text": "2 人，抽取编号", "link": {"label": "D-2026-0412", "href": "#"}}},
            {"label": "抽样核查", "value": "20 份，0 份不合格"},
        ],
    },
    "timeline_card": {"title": "经过", "timeline": CASE_TIMELINE},
}

CERTIFICATE: Values = {
    "name": "王知行",
    "id_masked": "1302**********4417",
    "facts": [
        {"label": "职业", "value": {"text": "钳工", "after": "6-20-01-01"}},
        {"label": "工种", "value": "--"},
        {"label": "等级", "value": {"text": "三级 / 高级工", "strong": True}},
        {"label": "评价机构", "value": "燕北机械集团有限公司"},
        {"label": "发证日期", "value": "2026 年 10 月 13 日"},
    ],
    "number": "Y000013000217263000059",
}

CHECK: Values = {
    "brand_name": "证书核验",
    "brand_line": "河北省职业技能等级证书",
    "narrow": True,
    "shell": {
        "home": "#",
        "language_action": "#",
        "public_menu": [
            {"label": "证书核验", "href": "#", "current": True},
            {"label": "公示", "href": "#"},
            {"label": "机构", "href": "#"},
            {"label": "抽取", "href": "#"},
            {"label": "存证日志", "href": "#"},
            {"label": "规则", "href": "#"},
            {"label": "投诉举报", "href": "#"},
        ],
    },
    "verdict": {
        "title": "证书真实有效",
        "text": "签名已在本机验证，状态名录 2 小时前更新",
        "tone": "good",
        "verdict": True,
    },
    "certificate": CERTIFICATE,
    "origin_card": {
        "title": "这张证是怎么来的",
        "timeline": {
            "inline": True,
            "entries": [
                {"act": "计划备案", "time": "2026-08-21 唐山市中心"},
                {
                    "act": "考试",
                    "time": "2026-09-19，督导 2 人随机抽取",
                    "link": {"label": "复算", "href": "#"},
                },
                {"act": "公示 5 个工作日", "time": "09-30 至 10-12，无异议"},
                {
                    "act": "制证上网",
                    "time": "2026-10-13",
                    "proof": {"index": 18466, "href": "#", "verified": True},
                },
            ],
        },
    },
    "acts": [{"label": "再扫一张", "href": "#", "primary": True}, {"label": "批量核验", "href": "#"}],
}
