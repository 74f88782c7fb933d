"""The columns of a table of plans carried out before this system: one row for each occupation at a level of a plan."""

from __future__ import annotations

from hengjian.institutions.takeover_columns import one_level
from hengjian.institutions.taking import Flat
from hengjian.kernel.words import say
from hengjian.tables.cells import NOTHING, Read, Remark, read_number, serial
from hengjian.tables.columns import Column, read_matching
from hengjian.tables.findings import Severity
from hengjian.tables.grid import Cell
from hengjian.tables.vocabulary import Vocabulary

# not said: sheets of the template
VOID_SHEETS = frozenset({"填写示例", "核查意见汇总"})
MOST = 100_000  # people of one row: what no plan has


def _serial(cell: Cell) -> Read:
    return Read(serial(cell))


def _number(cell: Cell) -> Read:
    return NOTHING if cell in ("", None) else read_number(cell)


def _people(cell: Cell) -> Read:
    """A whole number of people: 36, 36人, 36.0."""
    if cell in ("", None):
        return NOTHING
    found = read_number(cell)
    if not isinstance(found.value, str):
        return found
    text = found.value.removesuffix("人").removesuffix("名").removesuffix(".0")  # not said: what stands behind a number
    if not text.isdecimal() or int(text) > MOST:
        message = say("“{written}”不是人数。", written=found.value)
        return Read(None, (Remark("reading.people", Severity.ERROR, message, "请填写整数，没有的填 0。"),))
    return Read(int(text))


COLUMNS: tuple[Column, ...] = (
    Column("serial", "序号", "只供人查看。", _serial, ("编号", "序"), width=6, example="1"),
    Column("number", "计划编号", "当时的编号，照原样填写；没有编号的填文号。", _number, ("计划号", "认定计划编号", "计划文号", "备案计划编号"), required=True, width=20, example="22138800880003"),
    Column("title", "计划名称", "当时的名称。", synonyms=("计划", "认定计划", "认定计划名称", "名称"), required=True, width=30, example="2022 年第一批炼钢工认定"),
    Column("uscc", "评价机构信用代码", "已登记或已承接的评价机构的统一社会信用代码。", _number, ("统一社会信用代码", "信用代码", "机构信用代码"), required=True, width=22, example="91130200MA0000000X"),
    Column("institution", "评价机构", "供核对，以信用代码为准。", synonyms=("机构名称", "评价机构名称", "单位名称", "机构"), width=26, example="示例钢铁有限公司"),
    Column("occupation_code", "职业编码", "形如 6-17-02-02。", read_matching(r"\d-\d{2}-\d{2}-\d{2}", "职业编码", "请按 6-17-02-02 的写法填写。"), ("职业代码",), required=True, example="6-17-02-02"),
    Column("occupation_name", "职业名称", "以职业编码为准，名称供核对。", synonyms=("职业", "职业(工种)", "职业工种"), width=18, example="炼钢工"),
    Column("level", "等级", "一行一个等级。", one_level, ("级别", "技能等级", "认定等级"), required=True, example="四级/中级工"),
    Column("held_on", "开考日期", "到日。", synonyms=("考试日期", "认定日期", "开始日期", "考核日期", "认定时间"), required=True, dated=True, example="2022-06-18"),
    Column("ends_on", "结束日期", "到日；不填即当天结束。", synonyms=("考试结束日期", "认定结束日期"), dated=True),
    Column("venue", "考点", "考试地点。", synonyms=("考试地点", "认定地点", "地点"), width=24),
    Column("headcount", "参加人数", "整数。", _people, ("人数", "认定人数", "报名人数", "考生人数", "实考人数"), required=True, example="36"),
    Column("passed", "合格人数", "整数；没有统计的留空。", _people, ("通过人数", "取证人数", "发证人数"), example="30"),
)  # fmt: skip


def _twice(row: int) -> str:
    return say("同一计划的同一职业和等级与第 {row} 行相同。", row=row)


PLANS = Flat(
    COLUMNS,
    Vocabulary(
        COLUMNS,
        needed=frozenset({"number", "held_on"}),
        serial="serial",
        explanatory=VOID_SHEETS,
        no_header="没有找到表头。表头应有“计划编号”“开考日期”等栏；可下载模板，把内容粘贴进去后上传。",
        no_header_on_sheet="没有找到含“计划编号”或“开考日期”的表头",
        all_hidden="计划表在隐藏的工作表里。请取消隐藏后重新上传。",
        hidden_remedy="如其中有要承接的计划，请取消隐藏后重新上传。",
        name="以往计划",
    ),
    ("number", "occupation_code", "level"),
    "这个编号的计划已有这一职业和等级，不重复承接。",
    _twice,
)
