"""The columns of a table of institutions as offices keep them: one row for each occupation of an institution, its levels together."""

from __future__ import annotations

from functools import lru_cache

from hengjian.institutions.models import Institution
from hengjian.institutions.policies import CLASSES
from hengjian.kernel import clock
from hengjian.kernel.law import nationwide
from hengjian.occupations.levels import level_titles
from hengjian.tables.cells import NOTHING, Read, Reader, Remark, read_code, read_codes, read_number, serial
from hengjian.tables.coded import Entry, Table
from hengjian.tables.columns import Column, read_matching
from hengjian.tables.findings import Severity
from hengjian.tables.grid import Cell
from hengjian.tables.vocabulary import Vocabulary

# not said: words looked for in cells
OWNERSHIP = Table(
    "ownership",
    "隶属关系",
    (
        Entry("central", "驻冀央企", ("央企", "中央企业", "中央驻冀")),
        Entry("provincial", "省属单位", ("省属", "省属企业", "省直")),
        Entry("municipal", "市属单位", ("市属", "市属企业", "市直")),
        Entry("private", "民营及其他", ("民营", "私营", "民营企业", "其他")),
    ),
)
# not said: words looked for in cells
FILING_LEVEL = Table(
    "filing_level",
    "备案层级",
    (
        Entry("ministry", "部级备案", ("部级",)),
        Entry("province", "省级备案", ("省级",)),
        Entry("city", "市级备案", ("市级",)),
    ),
)
# not said: words looked for in cells
SPELLINGS = {
    "Y": ("企业", "用人单位", "试点企业", "企业自主评价机构"),
    "S": ("社评组织", "社会培训评价组织", "社会评价组织", "第三方"),
    "J": ("技工院校", "院校", "技工学校", "技师学院"),
}
# not said: sheets of the template
VOID_SHEETS = frozenset({"填写示例", "核查意见汇总"})


def kinds() -> Table:
    """The classes the law knows today, by the words offices use."""
    known = nationwide(clock.today()).policy(CLASSES)
    labels = dict(Institution.Kind.choices)
    entries = (
        Entry(code, str(labels.get(code, title)), (title, *SPELLINGS.get(code, ()))) for code, title in known.items()
    )
    return Table("kind", "机构类别", tuple(entries))


def levels() -> Table:
    """The levels of today: 三级/高级工 is also written 三级, 高级工 and 3."""
    return _levels_named(tuple(level_titles().items()))


@lru_cache(maxsize=4)
def _levels_named(titles: tuple[tuple[str, str], ...]) -> Table:
    return Table("level", "等级", tuple(Entry(code, title, tuple(title.split("/"))) for code, title in titles))


def _late(table: object) -> Reader:
    """A table of the law is asked for when a cell is read, not when the program starts."""

    def read(cell: Cell) -> Read:
        return read_code(table())(cell)  # type: ignore[operator]

    return read


def level_reader(cell: Cell) -> Read:
    """Several levels, by the law of the day on which they are read."""
    return read_codes(levels())(cell)


def one_level(cell: Cell) -> Read:
    """One level."""
    return read_code(levels())(cell)


def _serial(cell: Cell) -> Read:
    return Read(serial(cell))


def _number(cell: Cell) -> Read:
    return NOTHING if cell in ("", None) else read_number(cell)


def _filing_number(cell: Cell) -> Read:
    found = _number(cell)
    if isinstance(found.value, str) and len(found.value) > 40:
        return Read(None, (Remark("reading.too_long", Severity.ERROR, "备案编号过长。", "最多 40 个字。"),))
    return found


COLUMNS: tuple[Column, ...] = (
    Column("serial", "序号", "只供人查看。", _serial, ("编号", "序"), width=6, example="1"),
    Column("name", "机构名称", "与营业执照或事业单位法人证书一致，写全称。", synonyms=("机构全称", "评价机构", "评价机构名称", "单位名称", "企业名称", "名称"), required=True, width=30, example="示例钢铁有限公司"),
    Column("short_name", "简称", "列表中显示的名称；不填时取全称的前 40 个字。", synonyms=("机构简称",), example="示例钢铁"),
    Column("uscc", "统一社会信用代码", "18 位，文本格式；同一机构的其他职业可不重复填写。", _number, ("信用代码", "社会信用代码", "机构代码", "USCC"), required=True, width=22, example="91130200MA0000000X"),
    Column("kind", "机构类别", "用人单位、社会培训评价组织或技工院校。", _late(kinds), ("类别", "机构类型", "评价机构类别"), required=True, choices=tuple(str(label) for label in Institution.Kind.labels), width=18, example="用人单位"),
    Column("ownership", "隶属关系", "决定由省还是市负责。", read_code(OWNERSHIP), ("隶属", "单位性质", "企业性质"), required=True, choices=tuple(entry.title for entry in OWNERSHIP.entries), example="市属单位"),
    Column("filing_level", "备案层级", "不填时按现行规定。", read_code(FILING_LEVEL), ("备案级别",), choices=tuple(entry.title for entry in FILING_LEVEL.entries), example=""),
    Column("area", "所在地", "监管区域的名称或代码，含开发区和雄安新区。", synonyms=("区域", "所在区域", "所属区县", "所在县区", "县区", "属地", "区划代码"), required=True, example="路北区"),
    Column("address", "地址", "机构地址。", synonyms=("机构地址", "详细地址", "单位地址"), required=True, width=30, example="示例路 1 号"),
    Column("contact", "联系人", "机构的经办人。", synonyms=("经办人", "机构联系人")),
    Column("contact_phone", "联系电话", "文本格式。", _number, ("电话", "联系方式", "手机")),
    Column("organisation_code", "评价机构代码", "只有部级备案机构填写，四位数字。", read_matching(r"\d{4}", "四位数字", "请以文本格式填写，保留前导 0。"), ("四位机构代码",)),
    Column("site_code", "站点序列码", "证书编号第 8—13 位，六位数字；没有的不填，由平台编定。", read_matching(r"\d{6}", "六位数字", "请以文本格式填写，保留前导 0。"), ("机构序列码", "站点代码", "站点编码")),
    Column("filing_number", "备案编号", "备案文件上的编号，照原样填写。", _filing_number, ("备案号", "备案文号"), required=True, width=24, example="冀职评备〔2021〕0008号"),
    Column("filed_on", "备案日期", "准予备案的日期。", synonyms=("备案时间", "准予备案日期"), required=True, dated=True, example="2021-06-18"),
    Column("valid_until", "有效期至", "备案有效期的最后一天。", synonyms=("备案有效期至", "有效期", "到期日期", "有效期止"), required=True, dated=True, example="2027-06-17"),
    Column("occupation_code", "职业编码", "形如 6-17-02-02。", read_matching(r"\d-\d{2}-\d{2}-\d{2}", "职业编码", "请按 6-17-02-02 的写法填写。"), ("职业代码", "备案职业编码"), required=True, example="6-17-02-02"),
    Column("occupation_name", "职业名称", "以职业编码为准，名称供核对。", synonyms=("职业", "备案职业", "职业(工种)", "职业工种"), width=18, example="炼钢工"),
    Column("level", "等级", "可以写几个，以“、”分隔。", level_reader, ("备案等级", "技能等级", "级别", "评价等级"), required=True, width=26, example="五级、四级、三级"),
)  # fmt: skip

# What a row says of the institution, and what of the occupation in its scope.
OF_SCOPE = frozenset({"occupation_code", "occupation_name", "level"})
OF_INSTITUTION = tuple(column for column in COLUMNS if column.key not in OF_SCOPE | {"serial"})
SCOPE_COLUMNS = tuple(column for column in COLUMNS if column.key in OF_SCOPE)

WORDS = Vocabulary(
    COLUMNS,
    needed=frozenset({"uscc", "filing_number"}),
    serial="serial",
    explanatory=VOID_SHEETS,
    no_header="没有找到表头。表头应有“机构名称”“统一社会信用代码”“备案编号”等栏；可下载模板，把内容粘贴进去后上传。",
    no_header_on_sheet="没有找到含“统一社会信用代码”或“备案编号”的表头",
    all_hidden="机构表在隐藏的工作表里。请取消隐藏后重新上传。",
    hidden_remedy="如其中有要承接的机构，请取消隐藏后重新上传。",
    name="机构表",
)
