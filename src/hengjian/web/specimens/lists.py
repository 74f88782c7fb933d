"""Words, figures and lists, each in every state."""

from __future__ import annotations

from dataclasses import replace

from hengjian.web.components import (
    AreaLights,
    Areas,
    Broken,
    Cell,
    Chip,
    Clause,
    Column,
    ColumnChoice,
    Empty,
    Fact,
    Figure,
    FilterField,
    Filters,
    Lamp,
    Link,
    Option,
    PageLink,
    Pager,
    Progress,
    ProofLink,
    Row,
    Share,
    ShortItem,
    ShortList,
    Table,
)
from hengjian.web.specimens.pages import FACTS_CARD, QUEUE_KPIS, QUEUE_TABLE
from hengjian.web.specimens.specimen import LONG_NAME, Specimen

_COLUMNS: list[Column] = [
    Column("机构"),
    Column("职业"),
    Column("人数", numeric=True),
    Column("期限"),
]
_ROWS: list[Row] = [
    Row(
        key="1",
        cells=[
            Cell("燕北机械集团", href="#", note="用人单位"),
            "钳工 三级",
            "59",
            Cell(chip=Chip("剩 2 个工作日", "warn")),
        ],
    ),
    Row(
        key="2",
        cells=[
            Cell(LONG_NAME, href="#"),
            "起重装卸机械操作工 五级",
            "1,204",
            Cell(chip=Chip("剩 9 个工作日", "normal")),
        ],
    ),
    Row(key="3", struck=True, cells=[Cell("海港技工学校", href="#"), "焊工 四级", "0", None]),
]

LISTS: dict[str, list[Specimen]] = {
    "chip": [
        Specimen("一般", {"chip": Chip("第 3 个工作日")}),
        Specimen("正常", {"chip": Chip("剩 6 个工作日", "normal")}),
        Specimen("完成", {"chip": Chip("已上网", "good", why="证书数据已公开可查")}),
        Specimen("提醒", {"chip": Chip("公示中", "warn")}),
        Specimen("逾期", {"chip": Chip("今天 17:30", "seal")}),
        Specimen("可点", {"chip": Chip("2 项自动检查未过", "warn", href="#")}),
        Specimen("很长", {"chip": Chip(LONG_NAME, "normal")}, "phone"),
    ],
    "clause_chip": [
        Specimen("链接", {"clause": Clause("公示不少于 5 个工作日", href="#", why="公示制度 3.3")}),
        Specimen("无链接", {"clause": Clause("公示制度 3.3")}),
        Specimen("大字版", {"clause": Clause("公示制度 3.3", href="#")}, "large"),
    ],
    "facts": [
        Specimen("一般", {"facts": FACTS_CARD.facts}),
        Specimen("两栏", {"facts": FACTS_CARD.facts, "wide": True}),
        Specimen(
            "缺值与很长",
            {
                "facts": [
                    Fact(label="机构", value=LONG_NAME),
                    Fact(label="工种", value=None),
                    Fact(label="统一社会信用代码", value=Cell("91130200MA0XXXXX0X", mono=True)),
                ]
            },
            "phone",
        ),
        Specimen("大字版", {"facts": FACTS_CARD.facts}, "large"),
    ],
    "table": [
        Specimen("待办", {"table": QUEUE_TABLE}),
        Specimen(
            "可排序、可选取",
            {
                "table": Table(
                    caption="备案机构",
                    caption_shown=True,
                    pick="institution",
                    columns=[
                        Column("机构", sort="#", sorted="ascending"),
                        Column("职业", sort="#"),
                        *_COLUMNS[2:],
                    ],
                    rows=_ROWS,
                )
            },
        ),
        Specimen(
            "长摘要",
            {
                "table": Table(
                    columns=[Column("序号"), Column("叶子摘要")],
                    rows=[[Cell("#18377", mono=True, href="#"), Cell("9f2c41d07be5a883" * 4, mono=True)]],
                )
            },
        ),
        Specimen("当前行", {"table": Table(columns=_COLUMNS, rows=[replace(_ROWS[0], here=True), _ROWS[1]])}),
        Specimen(
            "空",
            {
                "table": Table(
                    columns=_COLUMNS,
                    rows=[],
                    empty=Empty(
                        "没有符合条件的机构",
                        "请放宽筛选条件。",
                        link=Link("清除条件", "#"),
                    ),
                )
            },
        ),
        Specimen("大字版", {"table": Table(columns=_COLUMNS, rows=_ROWS)}, "large"),
    ],
    "cell": [
        Specimen("文字与小注", {"cell": Cell("燕北机械集团", note="用人单位 · B 级")}),
        Specimen("证书编号", {"cell": Cell(number="Y000013000217263000059")}),
        Specimen(
            "多个状态",
            {
                "cell": Cell(
                    "9 月 19 日",
                    time="2026-09-19",
                    chips=[Chip("理论", "good"), Chip("技能", "warn")],
                )
            },
        ),
        Specimen(
            "依据与存证",
            {
                "cell": Cell(
                    "未过",
                    hot=True,
                    clause=Clause("条件 2"),
                    proof=ProofLink(18120),
                )
            },
        ),
    ],
    "filters": [
        Specimen(
            "已设条件",
            {
                "filters": Filters(
                    clear="#",
                    fields=[
                        FilterField(name="q", label="查找", kind="search", hint="机构名称或备案号", value="燕北"),
                        FilterField(
                            name="level",
                            label="等级",
                            options=[
                                Option("", "全部"),
                                Option("3", "三级", chosen=True),
                            ],
                        ),
                        FilterField(name="since", label="自", kind="date", value="2026-09-01"),
                    ],
                )
            },
        ),
        Specimen(
            "未设条件",
            {"filters": Filters(fields=[FilterField(name="q2", label="查找", kind="search", hint="姓名或证号尾号")])},
        ),
    ],
    "pager": [
        Specimen(
            "中间一页",
            {
                "pager": Pager(
                    first=101,
                    last=150,
                    total=1204,
                    previous="#",
                    following="#",
                    pages=[
                        PageLink(label="1", href="#"),
                        PageLink(label="…", gap=True),
                        PageLink(label="2", href="#"),
                        PageLink(label="3", current=True),
                        PageLink(label="4", href="#"),
                        PageLink(label="…", gap=True),
                        PageLink(label="25", href="#"),
                    ],
                    sizes=[PageLink(label="50", current=True), PageLink(label="200", href="#")],
                )
            },
        ),
        Specimen("只有一页", {"pager": Pager(first=1, last=7, total=7)}),
        Specimen("没有记录", {"pager": Pager(first=0, last=0, total=0)}),
    ],
    "export": [
        Specimen(
            "一般",
            {
                "before": "共 1,204 条",
                "exports": [
                    Link("导出 Excel", "#"),
                    Link("导出 CSV", "#", note="（脱敏）"),
                ],
            },
        )
    ],
    "empty": [
        Specimen("一般", {"empty": Empty("没有待办的事", "新的办件到达时会通知您。")}),
        Specimen("有出路", {"empty": Empty("还没有认定计划", link=Link("新建计划", "#"))}),
    ],
    "lamps": [
        Specimen("一灯", {"lamps": [Lamp("退回的计划", 1, "项", "#", "near", "修改后再报")]}),
        Specimen(
            "四灯",
            {
                "lamps": [
                    Lamp("超期备案", 6, "件", "#", "late", "已过办理期限"),
                    Lamp("无督导考试", 2, "场", "#", "near", "七天内开考"),
                    Lamp("未结异议", 43, "件", "#", "calm", "都在期限内"),
                    Lamp("待上网证书", 0, "张", "#"),
                ]
            },
        ),
    ],
    "areas": [
        Specimen(
            "没有事项",
            {"areas": Areas("各地四灯", ["未结异议"], [AreaLights("定州市", [Lamp("未结异议", 0, "件", "#")])], [])},
        ),
        Specimen(
            "两地",
            {
                "areas": Areas(
                    "各地四灯",
                    ["超期备案", "未结异议"],
                    [
                        AreaLights(
                            "唐山市",
                            [
                                Lamp("超期备案", 2, "件", "#", "late", "已过办理期限", "唐山市"),
                                Lamp("未结异议", 6, "件", "#", "near", "1 件三天内到期", "唐山市"),
                            ],
                        ),
                        AreaLights(
                            "河北省本级",
                            [
                                Lamp("超期备案", 0, "件", "#", area="河北省本级"),
                                Lamp("未结异议", 3, "件", "#", "calm", "都在期限内", "河北省本级"),
                            ],
                        ),
                    ],
                    [Lamp("超期备案", 2, "件", "#", "late"), Lamp("未结异议", 9, "件", "#", "near")],
                )
            },
        ),
    ],
    "column_choice": [
        Specimen(
            "全部",
            {"choice": ColumnChoice([Option("name", "机构", chosen=True), Option("state", "状态", chosen=True)])},
            "phone",
        ),
        Specimen(
            "少了一列",
            {
                "choice": ColumnChoice(
                    [Option("name", "机构", chosen=True), Option("state", "状态")],
                    [FilterField("q", "搜索", "燕北", "hidden")],
                    "#",
                )
            },
        ),
    ],
    "short_list": [
        Specimen(
            "有期限",
            {
                "short": ShortList(
                    [
                        ShortItem("计划 · 电工 三级", "#", "燕北机械集团 · 在审核岗", Chip("剩 2 个工作日", "warn")),
                        ShortItem(LONG_NAME, "#", "在机构经办人", Chip("已逾期 4 个工作日", "seal")),
                    ],
                    "#",
                    "看全部在办",
                )
            },
        ),
        Specimen(
            "有次序",
            {"short": ShortList([ShortItem("保定 1 场考试无督导员", "#", "明天开考", place=1)])},
            "phone",
        ),
    ],
    "kpis": [
        Specimen("四项", {"kpis": QUEUE_KPIS}),
        Specimen(
            "语气",
            {
                "kpis": [
                    Figure("41", "已督导场次", tone="good"),
                    Figure("2", "即将到期", tone="warn"),
                ]
            },
        ),
    ],
    "stats": [
        Specimen(
            "合格率",
            {
                "stats": [
                    Share(label="唐山", value=93, max=100, shown="93.1%", href="#"),
                    Share(label="秦皇岛", value=88, max=100, shown="88.0%", tone="good"),
                    Share(label="雄安新区", value=61, max=100, shown="61.4%", tone="warn"),
                ]
            },
        )
    ],
    "progress": [
        Specimen("一半", {"progress": Progress(value=18, max=32, label="逐份核验 18/32")}),
        Specimen("完成", {"progress": Progress(value=1, max=1, spoken="已完成", tone="good")}),
        Specimen("未知", {"progress": Progress(max=1, label="正在核对名册")}),
    ],
    "skeleton": [Specimen("六行", {"lines": "123456"})],
    "fragment_error": [
        Specimen("可重试", {"error": Broken(sentence="成绩分布没有读到。", retry="#")}),
        Specimen("不可重试", {"error": Broken(sentence="成绩分布暂时不能显示。")}),
    ],
}
