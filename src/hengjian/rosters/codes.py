"""The code tables of a roster: what people write, and the short ASCII code the checks compare.

Sex after GB/T 2261.1, ethnicity after GB/T 3304, education after GB/T 4658, document kinds after the human resources
departments' own list. A table names each value once with its official title; the other spellings are those met in
real rosters. Schooling carries the names of `entry.School`. Levels are numbers, a larger number is a lower level (`entry.LEVELS` continues the order to both ends).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

_RANGE = re.compile("(?:及|或|或者)?以[上下]|及其他")
_SEVERAL = re.compile("[/／、,，;；或和]")


@dataclass(frozen=True)
class Entry:
    code: str
    title: str
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """Look-up is by the text without blanks, in upper case and half width. `not_read` are words of real forms that say something
    else or not enough, each with the reason."""

    name: str
    title: str
    entries: tuple[Entry, ...]
    not_read: Mapping[str, str] = field(default_factory=dict, hash=False)

    @cached_property
    def by_spelling(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for entry in self.entries:
            for spelling in (entry.code, entry.title, *entry.spellings):
                found.setdefault(spelling.upper(), entry.code)
        return found

    @cached_property
    def titles(self) -> dict[str, str]:
        return {entry.code: entry.title for entry in self.entries}

    def code(self, text: str) -> str | None:
        return self.by_spelling.get(text.upper())

    def why_not(self, text: str) -> str:
        """The reason why a known word is not read, or an empty text."""
        reason = self.not_read.get(text.upper(), "")
        if not reason and _RANGE.search(text):
            reason = "写的是范围，请填实际的一种"
        if (
            not reason
            and len(words := [word for word in _SEVERAL.split(text) if word]) > 1
            and all(map(self.code, words))
        ):
            reason = "写了不止一种，请填其中一种"
        return reason


def _plain(name: str, title: str, *entries: tuple[str, ...], not_read: Mapping[str, str] | None = None) -> Table:
    return Table(name, title, tuple(Entry(code, label, tuple(rest)) for code, label, *rest in entries), not_read or {})


SEX = _plain(
    "sex", "性别代码（GB/T 2261.1）", ("1", "男", "男性", "M", "MALE"), ("2", "女", "女性", "F", "FEMALE", "0")
)

_ETHNICITIES = [
    "汉", "蒙古", "回", "藏", "维吾尔", "苗", "彝", "壮", "布依", "朝鲜", "满", "侗", "瑶", "白",
    "土家", "哈尼", "哈萨克", "傣", "黎", "傈僳", "佤", "畲", "高山", "拉祜", "水", "东乡", "纳西", "景颇",
    "柯尔克孜", "土", "达斡尔", "仫佬", "羌", "布朗", "撒拉", "毛南", "仡佬", "锡伯", "阿昌", "普米", "塔吉克", "怒",
    "乌孜别克", "俄罗斯", "鄂温克", "德昂", "保安", "裕固", "京", "塔塔尔", "独龙", "鄂伦春", "赫哲", "门巴", "珞巴", "基诺",
]  # fmt: skip

ETHNICITY = Table(
    "ethnicity",
    "民族代码（GB/T 3304）",
    (
        *(Entry(f"{place:02d}", f"{name}族", (name, str(place))) for place, name in enumerate(_ETHNICITIES, start=1)),
        Entry("97", "其他"),
        Entry("98", "外国血统中国籍人士", ("外国血统",)),
    ),
)

DOCUMENT = _plain(
    "document",
    "证件类型",
    ("01", "居民身份证", "身份证", "二代身份证", "居民身份证(户口簿)", "1"),
    ("02", "军官证", "2", "军人证", "军官证(士官证)", "士官证", "士兵证", "文职干部证", "军官证/士兵证"),
    ("03", "武警警官证", "3", "警官证"),
    ("04", "港澳居民来往内地通行证", "香港特区护照/身份证明", "港澳通行证", "回乡证", "4"),
    ("05", "澳门特区护照/身份证明", "5"),
    ("06", "台湾居民来往大陆通行证", "台胞证", "6"),
    (
        "07",
        "外国人永久居留身份证",
        "境外永久居住证(外国国籍)",
        "外国人永久居留证",
        "外国人永久居留身份证(五星卡)",
        "五星卡",
        "7",
    ),
    ("08", "护照", "外国人护照", "外国护照", "外籍护照", "中国护照", "护照(外国国籍)", "8"),
    ("09", "港澳台居民居住证", "居住证", "港澳居民居住证", "台湾居民居住证", "9"),
    ("99", "其他证件", "其他"),
    not_read=dict.fromkeys(
        ("香港证件", "澳门证件", "台湾证件", "港澳证件", "港澳台证件", "香港身份证", "澳门身份证"),
        "没有写明是通行证还是居住证",
    ),
)

EDUCATION = _plain(
    "education",
    "文化程度（GB/T 4658）",
    ("11", "博士研究生", "博士", "博士毕业"),
    ("14", "硕士研究生", "硕士", "硕士毕业", "研究生毕业"),
    ("10", "研究生"),
    (
        "20",
        "大学本科",
        "本科",
        "大学",
        "全日制本科",
        "在职本科",
        "本科毕业",
        "专升本",
        "专升本科",
        "函授本科",
        "自考本科",
        "成人本科",
        "大学本科毕业",
    ),
    (
        "30",
        "大学专科",
        "大专",
        "专科",
        "大学专科和专科学校",
        "高职",
        "高职高专",
        "专科毕业",
        "函授大专",
        "自考大专",
        "成人大专",
        "大专毕业",
        "大学专科毕业",
        "高等职业教育",
    ),
    (
        "41",
        "中等专科",
        "中专",
        "中等专业学校",
        "中专毕业",
        "40",
        "中等职业教育",
        "中职",
        "中等职业学校",
        "函授中专",
        "成人中专",
    ),
    ("44", "职业高中", "职高", "职业高中毕业"),
    (
        "47",
        "技工学校",
        "技校",
        "技工",
        "技校毕业",
        "中技",
        "高技",
        "高级技校",
        "高级技工学校",
        "技师学院",
        "技工院校",
        "高级技工班",
        "预备技师班",
    ),
    ("60", "普通高级中学", "高中", "普通高中", "高中毕业"),
    ("70", "初级中学", "初中", "初中毕业", "初中及以下"),
    ("80", "小学", "小学毕业"),
    ("90", "其他", "文盲或半文盲", "文盲"),
)

SCHOOLING = _plain(
    "schooling",
    "办学层次（申报条件用）",
    ("technical_school", "技工学校", "技校", "中级工班", "中技"),
    ("senior_technical", "高级技工学校", "高级技校", "高技", "高级技工"),
    ("senior_class", "技工院校高级工班", "高级工班"),
    ("technician_institute", "技师学院"),
    ("technician_class", "技师学院预备技师班", "预备技师班", "技师班"),
    ("medium_vocational", "中等职业学校", "中职", "中专", "职业高中", "职高", "中等专业学校"),
    ("higher_vocational", "高等职业学校", "高职", "高职高专", "职业学院", "职业技术学院"),
    ("college", "大学专科及以上", "大学专科", "大专", "专科", "大学本科", "本科", "大学", "研究生", "硕士", "博士"),
    ("other", "普通高中及以下", "普通高中", "高中", "初中", "小学", "其他"),
    not_read=dict.fromkeys(
        ("全日制", "函授", "非全日制", "成人教育", "自考", "业余", "脱产", "网络教育", "在职"),
        "这是学习形式，不是毕业院校的办学层次",
    ),
)

TITLE_GRADE = _plain(
    "title_grade",
    "职称级别",
    ("1", "初级职称", "初级", "助理级", "员级", "助理工程师", "技术员", "助工"),
    ("2", "中级职称", "中级", "工程师"),
    ("3", "高级职称", "高级", "副高级", "正高级", "副高", "正高", "高级工程师", "正高级工程师", "高工"),
)

PRIOR_KIND = _plain(
    "prior_kind",
    "原证书种类",
    ("level", "职业技能等级证书", "技能等级证书", "等级证书", "职业技能等级"),
    ("qualification", "职业资格证书", "国家职业资格证书", "资格证书", "职业资格"),
    ("special", "专项职业能力证书", "专项能力证书"),
    ("reserve", "预备技师证书", "预备技师"),
    not_read={
        **dict.fromkeys(
            ("技术等级证", "技术等级证书", "工人技术等级证书", "技术等级岗位证书"),
            "技术等级证书须先按规定换发或对应，不能直接作为原证书",
        ),
        **dict.fromkeys(
            ("特种作业操作证", "特种作业证", "特种设备作业人员证", "操作证", "上岗证"),
            "这是从业许可，不是技能等级的证书",
        ),
        **dict.fromkeys(("毕业证", "毕业证书", "学历证书"), "学历请填写“毕业院校”“办学层次”各栏"),
    },
)

EXAM_KIND = _plain(
    "exam_kind",
    "考试类型",
    ("first", "新考", "正考", "首考", "初考", "首次", "首次考试", "第一次", "否", "1"),
    ("resit", "补考", "重考", "复考", "是", "0"),
    ("resit_theory", "理论补考", "补考理论", "补理论"),
    ("resit_practical", "技能补考", "实操补考", "操作技能补考", "补考技能", "补考实操", "补实操"),
    ("resit_review", "综合评审补考", "综合补考", "补考综合评审"),
    not_read=dict.fromkeys(("免考", "缓考", "转考"), "名册只分新考和补考；免考的科目不写在“科目”里"),
)

SITTING = _plain(
    "sitting",
    "各科新考或补考",
    ("first", "新考", "正考", "首考", "初考", "首次", "考", "参加", "是", "√", "✓", "✔", "1"),
    ("resit", "补考", "重考", "复考", "补", "2"),
    ("none", "免考", "不考", "已合格", "合格", "免", "否", "×", "0"),
)

EVIDENCE = _plain(
    "evidence",
    "事实劳动关系凭证",
    ("social_insurance", "社会保险缴费记录", "社保", "社保记录", "社保缴费记录", "社会保险", "参保证明"),
    ("wages", "工资支付凭证", "工资", "工资流水", "工资表", "工资发放记录"),
    ("work_card", "工作证、服务证", "工作证", "工牌", "服务证"),
    ("attendance", "考勤记录", "考勤"),
    ("registration", "招工登记表、报名表", "招工登记表", "入职登记表", "报名表"),
    ("dispatch", "劳务派遣协议", "派遣协议", "劳务派遣"),
)

EXCEPTION_ROUTE = _plain(
    "exception_route",
    "特殊申报途径",
    ("contest", "竞赛获奖", "技能竞赛", "竞赛", "大赛获奖"),
    ("break_rule", "破格申报", "破格", "破格晋升"),
    ("direct", "直接认定", "业绩认定", "直接评定"),
    ("link", "贯通申报", "职称贯通", "贯通"),
    ("own_rule", "企业自主确定条件", "企业自主", "自主条件"),
)

YES_NO = _plain(
    "yes_no",
    "是否",
    ("1", "是", "应届", "应届毕业生", "Y", "YES", "√", "✓", "✔", "☑", "对", "毕业学年"),
    ("0", "否", "往届", "N", "NO", "×", "✗", "✘", "不是", "毕业", "已毕业"),
    not_read={"在读": "在读不一定在毕业学年；毕业学年在读的填“是”，其余填“否”"},
)

PARTS = _plain(
    "parts",
    "科目",
    ("theory", "理论", "理论知识", "理论考试", "理论知识考试", "理论知识考核", "理论考核", "应知"),
    (
        "practical",
        "技能",
        "实操",
        "技能考核",
        "操作技能",
        "实操考试",
        "操作技能考核",
        "操作技能考试",
        "技能操作",
        "技能操作考核",
        "技能操作考试",
        "技能考试",
        "实际操作",
        "应会",
    ),
    ("review", "综合评审", "综合", "评审", "综合考试", "答辩", "论文答辩", "业绩评审", "综合评审考核", "潜在能力考核"),
    not_read={
        **dict.fromkeys(("外语", "英语", "外语考试"), "认定科目只有理论、技能、综合评审，没有外语"),
        **dict.fromkeys(("机考", "笔试", "纸笔考试", "计算机考试", "上机"), "这是考试方式，不是科目"),
    },
)

LEVEL_TITLES = {
    -2: "首席技师",
    -1: "特级技师",
    1: "一级/高级技师",
    2: "二级/技师",
    3: "三级/高级工",
    4: "四级/中级工",
    5: "五级/初级工",
    6: "学徒工",
}

LEVEL = Table(
    "level",
    "技能等级",
    (
        Entry(
            "5",
            "五级/初级工",
            ("五级", "初级工", "初级", "初级技工", "初级技能", "初级技能人员", "五级工", "5级", "五", "Ⅴ", "V", "Ⅴ级"),
        ),
        Entry(
            "4",
            "四级/中级工",
            ("四级", "中级工", "中级", "中级技工", "中级技能", "中级技能人员", "四级工", "4级", "四", "Ⅳ", "IV", "Ⅳ级"),
        ),
        Entry(
            "3",
            "三级/高级工",
            (
                "三级",
                "高级工",
                "高级",
                "高级技工",
                "高级技能",
                "高级技能人员",
                "三级工",
                "3级",
                "三",
                "Ⅲ",
                "III",
                "Ⅲ级",
            ),
        ),
        Entry("2", "二级/技师", ("二级", "技师", "二级技师", "2级", "二", "Ⅱ", "II", "Ⅱ级")),
        Entry("1", "一级/高级技师", ("一级", "高级技师", "一级技师", "一级高级技师", "1级", "一", "Ⅰ", "I", "Ⅰ级")),
        Entry("-1", "特级技师", ("特级",)),
        Entry("-2", "首席技师", ("首席",)),
        Entry("6", "学徒工", ("学徒",)),
    ),
)

TABLES = {
    table.name: table
    for table in (
        SEX,
        ETHNICITY,
        DOCUMENT,
        EDUCATION,
        SCHOOLING,
        TITLE_GRADE,
        PRIOR_KIND,
        EXAM_KIND,
        SITTING,
        EVIDENCE,
        EXCEPTION_ROUTE,
        YES_NO,
        PARTS,
        LEVEL,
    )
}
