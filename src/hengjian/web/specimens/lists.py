"""Words, figures and lists, each in every state."""

from __future__ import annotations

from typing import Any

from hengjian.web.specimens.pages import CASE, QUEUE
from hengjian.web.specimens.specimen import LONG_NAME, Specimen
from hengjian.web.templatetags.components import as_cell

_COLUMNS: list[dict[str, Any]] = [
    {"label": "机构"},
    {"label": "职业"},
    {"label": "人数", "numeric": True},
    {"label": "期限"},
]
_ROWS: list[dict[str, Any]] = [
    {
        "key": "1",
        "cells": [
            {"text": "燕北机械集团", "href": "#", "note": "用人单位"},
            "钳工 三级",
            "59",
            {"chip": {"label": "剩 2 个工作日", "tone": "warn"}},
        ],
    },
    {
        "key": "2",
        "cells": [
            {"text": LONG_NAME, "href": "#"},
            "起重装卸机械操作工 五级",
            "1,204",
            {"chip": {"label": "剩 9 个工作日", "tone": "normal"}},
        ],
    },
    {"key": "3", "struck": True, "cells": [{"text": "海港技工学校", "href": "#"}, "焊工 四级", "0", None]},
]

LISTS: dict[str, list[Specimen]] = {
    "chip": [
        Specimen("一般", {"chip": {"label": "第 3 个工作日"}}),
        Specimen("正常", {"chip": {"label": "剩 6 个工作日", "tone": "normal"}}),
        Specimen("完成", {"chip": {"label": "已上网", "tone": "good", "why": "证书数据已公开可查"}}),
        Specimen("提醒", {"chip": {"label": "公示中", "tone": "warn"}}),
        Specimen("逾期", {"chip": {"label": "今天 17:30", "tone": "seal"}}),
        Specimen("可点", {"chip": {"label": "2 项自动检查未过", "tone": "warn", "href": "#"}}),
        Specimen("很长", {"chip": {"label": LONG_NAME, "tone": "normal"}}, "phone"),
    ],
    "clause_chip": [
        Specimen("链接", {"clause": {"label": "公示不少于 5 个工作日", "href": "#", "why": "公示制度 3.3"}}),
        Specimen("无链接", {"clause": {"label": "公示制度 3.3"}}),
        Specimen("大字版", {"clause": {"label": "公示制度 3.3", "href": "#"}}, "large"),
    ],
    "facts": [
        Specimen("一般", {"facts": CASE["facts_card"]["facts"]}),
        Specimen("两栏", {"facts": CASE["facts_card"]["facts"], "wide": True}),
        Specimen(
            "缺值与很长",
            {
                "facts": [
                    {"label": "机构", "value": LONG_NAME},
                    {"label": "工种", "value": None},
                    {"label": "统一社会信用代码", "value": {"text": "91130200MA0XXXXX0X", "mono": True}},
                ]
            },
            "phone",
        ),
        Specimen("大字版", {"facts": CASE["facts_card"]["facts"]}, "large"),
    ],
    "table": [
        Specimen("待办", {"table": QUEUE["table"]}),
        Specimen(
            "可排序、可选取",
            {
                "table": {
                    "caption": "备案机构",
                    "caption_shown": True,
                    "pick": "institution",
                    "columns": [
                        {"label": "机构", "sort": "#", "sorted": "ascending"},
                        {"label": "职业", "sort": "#"},
                        *_COLUMNS[2:],
                    ],
                    "rows": _ROWS,
                }
            },
        ),
        Specimen(
            "长摘要",
            {
                "table": {
                    "columns": [{"label": "序号"}, {"label": "叶子摘要"}],
                    "rows": [
                        [{"text": "#18377", "mono": True, "href": "#"}, {"text": "9f2c41d07be5a883" * 4, "mono": True}]
                    ],
                }
            },
        ),
        Specimen("当前行", {"table": {"columns": _COLUMNS, "rows": [{**_ROWS[0], "here": True}, _ROWS[1]]}}),
        Specimen(
            "空",
            {
                "table": {
                    "columns": _COLUMNS,
                    "rows": [],
                    "empty": {
                        "title": "没有符合条件的机构",
                        "text": "请放宽筛选条件。",
                        "link": {"label": "清除条件", "href": "#"},
                    },
                }
            },
        ),
        Specimen("大字版", {"table": {"columns": _COLUMNS, "rows": _ROWS}}, "large"),
    ],
    "cell": [
        Specimen("文字与小注", {"cell": as_cell({"text": "燕北机械集团", "note": "用人单位 · B 级"})}),
        Specimen("证书编号", {"cell": as_cell({"number": "Y000013000217263000059"})}),
        Specimen(
            "多个状态",
            {
                "cell": as_cell(
                    {
                        "text": "9 月 19 日",
                        "time": "2026-09-19",
                        "chips": [{"label": "理论", "tone": "good"}, {"label": "技能", "tone": "warn"}],
                    }
                )
            },
        ),
        Specimen(
            "依据与存证",
            {
                "cell": as_cell(
                    {
                        "text": "未过",
                        "hot": True,
                        "clause": {"label": "条件 2"},
                        "proof": {"index": 18120, "verified": True},
                    }
                )
            },
        ),
    ],
    "filters": [
        Specimen(
            "已设条件",
            {
                "filters": {
                    "clear": "#",
                    "fields": [
                        {"name": "q", "label": "查找", "kind": "search", "hint": "机构名称或备案号", "value": "燕北"},
                        {
                            "name": "level",
                            "label": "等级",
                            "options": [
                                {"value": "", "label": "全部"},
                                {"value": "3", "label": "三级", "chosen": True},
                            ],
                        },
                        {"name": "since", "label": "自", "kind": "date", "value": "2026-09-01"},
                    ],
                }
            },
        ),
        Specimen(
            "未设条件",
            {"filters": {"fields": [{"name": "q2", "label": "查找", "kind": "search", "hint": "姓名或证号尾号"}]}},
        ),
    ],
    "pager": [
        Specimen(
            "中间一页",
            {
                "pager": {
                    "first": 101,
                    "last": 150,
                    "total": 1204,
                    "previous": "#",
                    "following": "#",
                    "pages": [
                        {"label": 1, "href": "#"},
                        {"gap": True},
                        {"label": 2, "href": "#"},
                        {"label": 3, "current": True},
                        {"label": 4, "href": "#"},
                        {"gap": True},
                        {"label": 25, "href": "#"},
                    ],
                    "sizes": [{"label": 50, "current": True}, {"label": 200, "href": "#"}],
                }
            },
        ),
        Specimen("只有一页", {"pager": {"first": 1, "last": 7, "total": 7}}),
        Specimen("没有记录", {"pager": {"first": 0, "last": 0, "total": 0}}),
    ],
    "export": [
        Specimen(
            "一般",
            {
                "before": "共 1,204 条",
                "exports": [
                    {"label": "导出 Excel", "href": "#"},
                    {"label": "导出 CSV", "href": "#", "note": "（脱敏）"},
                ],
            },
        )
    ],
    "empty": [
        Specimen("一般", {"empty": {"title": "没有待办的事", "text": "新的办件到达时会通知您。"}}),
        Specimen("有出路", {"empty": {"title": "还没有认定计划", "link": {"label": "新建计划", "href": "#"}}}),
    ],
    "kpis": [
        Specimen("四项", {"kpis": QUEUE["kpis"]}),
        Specimen(
            "语气",
            {
                "kpis": [
                    {"value": "41", "label": "已督导场次", "tone": "good"},
                    {"value": "2", "label": "即将到期", "tone": "warn"},
                ]
            },
        ),
    ],
    "stats": [
        Specimen(
            "合格率",
            {
                "stats": [
                    {"label": "唐山", "value": 93, "max": 100, "shown": "93.1%", "href": "#"},
                    {"label": "秦皇岛", "value": 88, "max": 100, "shown": "88.0%", "tone": "good"},
                    {"label": "雄安新区", "value": 61, "max": 100, "shown": "61.4%", "tone": "warn"},
                ]
            },
        )
    ],
    "progress": [
        Specimen("一半", {"progress": {"value": 18, "max": 32, "label": "逐份核验 18/32"}}),
        Specimen("完成", {"progress": {"value": 1, "max": 1, "spoken": "已完成", "tone": "good"}}),
        Specimen("未知", {"progress": {"max": 1, "label": "正在核对名册"}}),
    ],
    "skeleton": [Specimen("六行", {"lines": "123456"})],
    "fragment_error": [
        Specimen("可重试", {"error": {"sentence": "成绩分布没有读到。", "retry": "#"}}),
        Specimen("不可重试", {"error": {"sentence": "成绩分布暂时不能显示。"}}),
    ],
}
