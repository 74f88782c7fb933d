"""Three whole pages of the gallery: an official's queue, one case, a stranger with a certificate. Invented content."""

from __future__ import annotations

from hengjian.web.components import (
    Alert,
    Button,
    Card,
    Cell,
    CertificateFace,
    Chip,
    Clause,
    Column,
    Crumb,
    Entry,
    Fact,
    Figure,
    Go,
    Head,
    Hindrance,
    Link,
    MenuGroup,
    MenuLink,
    PrintHead,
    Progress,
    ProofLink,
    Row,
    SeatChoice,
    Shell,
    Shown,
    Step,
    Strip,
    StripDay,
    Tab,
    Table,
    Timeline,
    Turn,
)
from hengjian.web.specimens.specimen import Values


def _menu(current: str) -> list[MenuGroup]:
    def links(*entries: tuple[str, int, bool]) -> list[MenuLink]:
        return [MenuLink(label, "#", count, hot, label == current) for label, count, hot in entries]

    return [
        MenuGroup("", links(("待办", 7, True), ("日程", 3, False), ("通知", 2, False))),
        MenuGroup("事前", links(("机构备案", 2, False), ("人员库", 0, False), ("职业与标准", 0, False))),
        MenuGroup(
            "事中",
            links(("认定计划", 3, True), ("考生核查", 1, False), ("质量督导", 1, False), ("结果与公示", 0, False)),
        ),
        MenuGroup(
            "事后",
            links(
                ("证书", 0, False),
                ("档案", 0, False),
                ("双随机抽查", 0, False),
                ("投诉举报", 1, False),
                ("信用", 0, False),
                ("统计", 0, False),
            ),
        ),
        MenuGroup("公开", links(("存证日志", 0, False), ("规则与依据", 0, False))),
    ]


def shell_of(current: str, office: str, role: str, person: str) -> Shell:
    return Shell(
        menu=_menu(current),
        office=office,
        role=role,
        person=person,
        seats=[SeatChoice(f"{office} · {role}", 1, current=True), SeatChoice(f"{office} · 观察员", 2)],
        seat_action="#",
        demo=True,
        search_action="#",
        home="#",
        account_href="#",
        logout_href="#",
        language_action="#",
    )


def _row(*cells: Shown) -> Row:
    return Row(list(cells))


QUEUE_KPIS = [
    Figure("7", "待我处理", href="#queue"),
    Figure("1", "今天到期", tone="seal", href="#queue"),
    Figure("1.6", unit="小时", label="本月受理中位用时"),
    Figure("100%", "本月考试督导覆盖（41 场）"),
]

QUEUE_TABLE = Table(
    caption="轮到我办的事",
    queue=True,
    columns=[
        Column("事项"),
        Column("机构"),
        Column("轮到我做什么"),
        Column("期限"),
        Column("提示"),
    ],
    rows=[
        _row(
            Cell("计划 2613020012 · 电工 三级", href="#", note="96 人 · 10 月 17 日 · 2 个考场"),
            Cell("燕北机械集团", note="用人单位 · B 级"),
            "计划审核",
            Cell(chip=Chip("今天 17:30", "seal")),
            Cell(
                chip=Chip("2 项自动检查未过", "warn"),
                note="考评员 3 人中 1 人证卡 10 月 9 日到期",
            ),
        ),
        _row(
            Cell("考生核查 · 焊工 四级", href="#", note="名册 214 人，抽 32 人"),
            Cell("滦河装备制造", note="用人单位 · 委托认定"),
            Cell(progress=Progress(value=18, max=32, label="逐份核验 18/32")),
            Cell(chip=Chip("剩 1 个工作日", "warn")),
            Cell(chip=Chip("加严抽样 F / 1.5", "normal")),
        ),
        _row(
            Cell("整改复核 · 考场监控缺 2 路", href="#", note="督导发现 D-0417"),
            "海港技工学校",
            "核对整改证据",
            Cell(chip=Chip("剩 3 个工作日", "normal")),
            Cell(note="附 4 张照片，链上时间一致"),
        ),
        _row(
            Cell("备案申请 · 起重装卸机械操作工 五至三级", href="#"),
            "曹妃甸港务装卸",
            "材料审查 9/11",
            Cell(chip=Chip("剩 6 个工作日", "normal")),
            Cell(note="退回 1 项：安全条件缺检测报告"),
        ),
        _row(
            Cell("公示异议 · 王**（钳工 三级）", href="#"),
            "燕北机械集团",
            "督办机构答复",
            Cell(chip=Chip("剩 4 个工作日", "normal")),
            Cell(note="该考生已暂缓，其余 58 人照常公示"),
        ),
    ],
)

QUEUE: Values = {
    "shell": shell_of("待办", "唐山市职业技能鉴定指导中心", "审核岗", "林知远"),
    "page": Head(
        "轮到我办的事",
        lead="按剩余工作日排序。今天是 2026 年 9 月 24 日（星期四），中秋节放假 3 天，9 月 20 日、10 月 10 日上班。",
    ),
    "kpis": QUEUE_KPIS,
    "table": QUEUE_TABLE,
    "before": "另有 12 件在机构或上级手中",
    "exports": [Link("看全部在办", "#"), Link("导出", "#")],
}

NOTICE_STRIP = Strip(
    rule="自公布次日起算；国务院假期不计，调休上班日计入。",
    spoken="9 月 29 日公布，计 5 个工作日，至 10 月 12 日",
    days=[
        StripDay(date="9/29", kind="start", label="公布"),
        StripDay(date="9/30", kind="working", number=1),
        StripDay(date="10/1", kind="holiday", label="假"),
        StripDay(date="…", kind="fold"),
        StripDay(date="10/7", kind="holiday", label="假"),
        StripDay(date="10/8", kind="working", number=2),
        StripDay(date="10/9", kind="working", number=3),
        StripDay(date="10/10", kind="makeup", number=4),
        StripDay(date="10/11", kind="holiday", label="日"),
        StripDay(date="10/12", kind="working", number=5, last=True),
    ],
)

NOTICE_REFUSAL = Hindrance(
    id="refusal-confirm",
    lead="现在还不能确认",
    sentence="公示期到 10 月 12 日届满；另有 1 条异议待答复（王**，10 月 9 日提出）。答复后，该考生可单独放行。",
    clauses=[Clause("公示制度 3.3", href="#")],
)

CASE_TIMELINE = Timeline(
    link=Link("验证这些存证", "#"),
    entries=[
        Entry(
            "提出异议",
            who="公众",
            time="10-09 09:12",
            proof=ProofLink(18402, href="#"),
        ),
        Entry(
            "开始公示",
            who="周启明",
            time="09-29 16:40",
            note="至 10-12",
            proof=ProofLink(18377, href="#"),
        ),
        Entry(
            "确认结果",
            who="周启明",
            time="09-29 16:31",
            proof=ProofLink(18375, href="#"),
        ),
        Entry(
            "归档督导报告",
            who="外督 2 人",
            time="09-20 10:05",
            proof=ProofLink(18120, href="#"),
        ),
        Entry(
            "录入成绩",
            who="双人复核",
            time="09-19 18:22",
            proof=ProofLink(18093, href="#"),
        ),
    ],
)

CASE_HEAD = Head(
    print=PrintHead(title="评价结果 · 59 人", number="2613020009", printed_at="2026-10-09 10:20"),
    crumbs=[Crumb("认定计划 2613020009", "#"), Crumb("钳工（6-20-01-01）"), Crumb("三级")],
    title="评价结果 · 59 人",
    chips=[Chip("公示中", "warn"), Chip("第 3 个工作日")],
    turn=Turn("社会公众", until="至 10 月 12 日 24 时"),
    steps=[
        Step("成绩录入", "done"),
        Step("督导报告归档", "done"),
        Step("负责人确认", "done"),
        Step("公示 5 个工作日", "present"),
        Step("结果备案", "coming"),
        Step("制证编号", "coming"),
        Step("数据上网", "coming"),
    ],
    tabs=[
        Tab("概况", "#", current=True),
        Tab("名单", "#", count=59),
        Tab("异议", "#", count=1),
        Tab("考场与督导", "#"),
        Tab("材料", "#", count=14),
        Tab("存证", "#", count=11),
    ],
)

STRIP_CARD = Card(
    "公示期限怎么算的",
    clause=Clause("公示不少于 5 个工作日", href="#"),
    strip=NOTICE_STRIP,
)

SCORES_CARD = Card(
    "成绩",
    table=Table(
        caption="成绩",
        columns=[
            Column("科目"),
            Column("应考"),
            Column("实考"),
            Column("合格"),
            Column("合格率"),
            Column("同类机构"),
        ],
        rows=[
            ["理论（机考）", "64", "63", "61", "96.8%", Cell("91.2%（区间 84–97）", second=True)],
            ["技能（实操）", "64", "63", "59", "93.7%", Cell("89.5%（区间 80–96）", second=True)],
        ],
    ),
)

REFUSED_ACT = Button("确认公示无异议", "results.close_notice", refusal=NOTICE_REFUSAL)
CASE_ACTS: list[Button | Go] = [
    REFUSED_ACT,
    Go("导出公示名单（脱敏）", href="#"),
    Button(
        "撤回公示…",
        "results.withdraw_notice",
        action="#",
        confirm="撤回后公示期重新计算。确定撤回吗？",
        confirm_label="撤回公示",
    ),
]

FACTS_CARD = Card(
    "基本情况",
    facts=[
        Fact(label="机构", value=Cell("燕北机械集团", chip=Chip("Y · B 级"))),
        Fact(label="考试日期", value="2026-09-19"),
        Fact(label="考场", value="一号实训楼 2 间"),
        Fact(label="督导", value=Cell("2 人，抽取编号", link=Link("D-2026-0412", "#"))),
        Fact(label="抽样核查", value="20 份，0 份不合格"),
    ],
)

CASE: Values = {
    "shell": shell_of("结果与公示", "燕北机械集团", "评价负责人", "周启明"),
    "page": CASE_HEAD,
    "strip_card": STRIP_CARD,
    "scores_card": SCORES_CARD,
    "acts": CASE_ACTS,
    "facts_card": FACTS_CARD,
    "timeline_card": Card("经过", timeline=CASE_TIMELINE),
}

CERTIFICATE = CertificateFace(
    name="王知行",
    id_masked="1302**********4417",
    facts=[
        Fact(label="职业", value=Cell("钳工", after="6-20-01-01")),
        Fact(label="工种", value="--"),
        Fact(label="等级", value=Cell("三级 / 高级工", strong=True)),
        Fact(label="评价机构", value="燕北机械集团有限公司"),
        Fact(label="发证日期", value="2026 年 10 月 13 日"),
    ],
    number="Y000013000217263000059",
)

CHECK: Values = {
    "brand_name": "证书核验",
    "brand_line": "河北省职业技能等级证书",
    "narrow": True,
    "shell": Shell(
        home="#",
        language_action="#",
        public_menu=[
            MenuLink("证书核验", "#", current=True),
            MenuLink("公示", "#"),
            MenuLink("机构", "#"),
            MenuLink("抽取", "#"),
            MenuLink("存证日志", "#"),
            MenuLink("规则", "#"),
            MenuLink("投诉举报", "#"),
        ],
    ),
    "verdict": Alert(
        title="证书真实有效",
        text="签名已在本机验证，状态名录 2 小时前更新",
        tone="good",
        verdict=True,
    ),
    "certificate": CERTIFICATE,
    "origin_card": Card(
        "这张证是怎么来的",
        timeline=Timeline(
            inline=True,
            entries=[
                Entry("计划备案", time="2026-08-21 唐山市中心"),
                Entry(
                    "考试",
                    time="2026-09-19，督导 2 人随机抽取",
                    link=Link("复算", "#"),
                ),
                Entry("公示 5 个工作日", time="09-30 至 10-12，无异议"),
                Entry(
                    "制证上网",
                    time="2026-10-13",
                    proof=ProofLink(18466, href="#"),
                ),
            ],
        ),
    ),
    "acts": [Go("再扫一张", href="#", primary=True), Go("批量核验", href="#")],
}
