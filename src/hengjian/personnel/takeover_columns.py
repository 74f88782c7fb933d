"""The columns of tables of supervisors and of assessors as offices keep them: one row each."""

from __future__ import annotations

from hengjian.institutions.takeover_columns import level_reader
from hengjian.institutions.taking import Flat
from hengjian.kernel.words import say
from hengjian.personnel.models import Assessor
from hengjian.tables.cells import NOTHING, Read, read_code, read_number, serial
from hengjian.tables.coded import Entry, Table
from hengjian.tables.columns import Column
from hengjian.tables.grid import Cell
from hengjian.tables.numbered import read_several
from hengjian.tables.vocabulary import Vocabulary

# not said: words looked for in cells
GRADE = Table(
    "grade",
    "考评人员级别",
    (
        Entry(Assessor.Grade.ASSESSOR.value, "考评员", ("一般考评员", "普通考评员")),
        Entry(Assessor.Grade.SENIOR.value, "高级考评员", ("高级", "高考评员")),
    ),
)
# not said: sheets of the template
VOID_SHEETS = frozenset({"填写示例", "核查意见汇总"})
CLASS = read_several(r"\d-\d{2}-\d{2}(-\d{2})?", "职业小类或职业编码", "请按 6-31-01 的写法填写，几个的以“、”分隔。")
OCCUPATIONS = read_several(r"\d-\d{2}-\d{2}-\d{2}", "职业编码", "请按 6-31-01-03 的写法填写，几个的以“、”分隔。")


def _serial(cell: Cell) -> Read:
    return Read(serial(cell))


def _number(cell: Cell) -> Read:
    return NOTHING if cell in ("", None) else read_number(cell)


SUPERVISOR_COLUMNS: tuple[Column, ...] = (
    Column("serial", "序号", "只供人查看。", _serial, ("编号", "序"), width=6, example="1"),
    Column("name", "姓名", "与证件一致。", synonyms=("督导员", "督导员姓名", "质量督导员", "人员姓名"), required=True, example="示例甲"),
    Column("employer", "工作单位", "现工作单位全称；抽取时据此回避。", synonyms=("单位", "单位名称", "所在单位", "现工作单位"), required=True, width=26, example="示例职业学院"),
    Column("competence", "专业小类", "职业小类或职业编码，几个的以“、”分隔；抽取时按此配对。", CLASS, ("专业能力", "督导专业", "专业", "职业小类", "督导职业", "职业编码"), required=True, width=24, example="6-31-01、6-17-02"),
    Column("phone", "手机号码", "文本格式；加密保存。", _number, ("电话", "联系电话", "手机", "手机号", "联系方式")),
    Column("card_number", "证卡编号", "督导员证卡上的编号，照原样填写。", _number, ("证卡号", "督导员证号", "证件编号", "督导证号", "督导员证卡编号", "证书编号"), required=True, width=20, example="R13210001"),
    Column("card_valid_until", "证卡有效期至", "最后一天。", synonyms=("有效期至", "证卡有效期", "有效期", "到期日期"), required=True, dated=True, example="2027-06-17"),
    Column("trained_on", "安全培训日期", "最近一次安全培训；没有培训记录的不参加抽取。", synonyms=("安全培训", "安全培训时间", "培训日期"), dated=True, example="2026-01-12"),
)  # fmt: skip

ASSESSOR_COLUMNS: tuple[Column, ...] = (
    Column("serial", "序号", "只供人查看。", _serial, ("编号", "序"), width=6, example="1"),
    Column("name", "姓名", "与证件一致。", synonyms=("考评员", "考评员姓名", "考评人员", "考评人员姓名", "人员姓名"), required=True, example="示例乙"),
    Column("document_number", "证件号码", "居民身份证号码，文本格式；加密保存。", _number, ("身份证号", "身份证号码", "身份证", "公民身份号码"), width=22),
    Column("employer", "工作单位", "现工作单位全称。", synonyms=("单位", "单位名称", "所在单位", "现工作单位"), required=True, width=26, example="示例钢铁有限公司"),
    Column("uscc", "评价机构信用代码", "为哪家评价机构考评；填其统一社会信用代码，不填的由机关掌握。", _number, ("统一社会信用代码", "信用代码", "机构信用代码"), width=22),
    Column("grade", "级别", "考评员或高级考评员。", read_code(GRADE), ("考评员级别", "考评人员级别", "类别", "考评员类别", "考评员等级"), required=True, choices=("考评员", "高级考评员"), example="考评员"),
    Column("occupations", "考评职业", "职业编码，几个的以“、”分隔。", OCCUPATIONS, ("职业编码", "考评职业编码", "职业", "考评职业(工种)", "考评工种"), required=True, width=24, example="6-31-01-03"),
    Column("level", "考评等级", "可以考评的等级，以“、”分隔；不填即按级别的规定。", level_reader, ("等级", "可考评等级"), width=20, example="五级、四级、三级"),
    Column("card_number", "证卡编号", "考评人员证卡上的编号，照原样填写。", _number, ("证卡号", "考评员证号", "考评员证卡号", "证书编号", "考评员证书编号"), required=True, width=20, example="132100001"),
    Column("card_valid_until", "证卡有效期至", "最后一天。", synonyms=("有效期至", "证卡有效期", "有效期", "到期日期"), required=True, dated=True, example="2027-06-17"),
    Column("trained_on", "培训日期", "最近一次考前培训。", synonyms=("培训时间", "最近培训日期"), dated=True, example="2026-01-12"),
    Column("phone", "手机号码", "文本格式；加密保存。", _number, ("电话", "联系电话", "手机", "手机号", "联系方式")),
)  # fmt: skip


def _twice(row: int) -> str:
    return say("证卡编号与第 {row} 行相同。", row=row)


def _words(columns: tuple[Column, ...], name: str) -> Vocabulary:
    return Vocabulary(
        columns,
        needed=frozenset({"card_number"}),
        serial="serial",
        explanatory=VOID_SHEETS,
        no_header="没有找到表头。表头应有“姓名”“证卡编号”等栏；可下载模板，把内容粘贴进去后上传。",
        no_header_on_sheet="没有找到含“证卡编号”的表头",
        all_hidden="人员表在隐藏的工作表里。请取消隐藏后重新上传。",
        hidden_remedy="如其中有要承接的人员，请取消隐藏后重新上传。",
        name=name,
    )


SUPERVISORS = Flat(
    SUPERVISOR_COLUMNS,
    _words(SUPERVISOR_COLUMNS, "督导员"),
    ("card_number",),
    "这个证卡编号的督导员已经登记，不重复承接。",
    _twice,
)
ASSESSORS = Flat(
    ASSESSOR_COLUMNS,
    _words(ASSESSOR_COLUMNS, "考评人员"),
    ("card_number",),
    "这个证卡编号的考评人员已经登记，不重复承接。",
    _twice,
)
