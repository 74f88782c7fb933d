"""The columns of a table of certificates issued before this system, as centres and institutions keep them: one row for each certificate."""

from __future__ import annotations

from hengjian.institutions.takeover_columns import one_level
from hengjian.institutions.taking import Flat
from hengjian.kernel.words import say
from hengjian.rosters.codes import DOCUMENT
from hengjian.tables.cells import NOTHING, Read, read_code, read_number, serial
from hengjian.tables.columns import Column, read_matching
from hengjian.tables.grid import Cell
from hengjian.tables.vocabulary import Vocabulary

# not said: sheets of the template
VOID_SHEETS = frozenset({"填写示例", "核查意见汇总"})


def _serial(cell: Cell) -> Read:
    return Read(serial(cell))


def _number(cell: Cell) -> Read:
    return NOTHING if cell in ("", None) else read_number(cell)


def _as_it_stands(cell: Cell) -> Read:
    """The number of a document is judged by the reading of identities, which wants the cell itself."""
    return NOTHING if cell in ("", None) else Read(cell)


COLUMNS: tuple[Column, ...] = (
    Column("serial", "序号", "只供人查看。", _serial, ("编号", "序"), width=6, example="1"),
    Column("number", "证书编号", "照证书填写，文本格式：现行 22 位，此前的 16 位、20 位照原样。", _number, ("证书号", "证书号码", "职业资格证书编号", "等级证书编号", "职业技能等级证书编号"), required=True, width=26, example="1913022030100001"),
    Column("name", "姓名", "与证件一致；加密保存。", synonyms=("持证人", "持证人姓名", "考生姓名"), required=True, example="示例丙"),
    Column("document_type", "证件类型", "不填即为居民身份证。", read_code(DOCUMENT), ("证件种类",), width=14),
    Column("document_number", "证件号码", "文本格式；加密保存，公众核验时用后四位。", _as_it_stands, ("身份证号", "身份证号码", "身份证", "公民身份号码", "证件号"), required=True, width=22, example="130203199003071235"),
    Column("occupation_code", "职业编码", "形如 6-31-01-03；旧证书没有的留空。", read_matching(r"\d-\d{2}-\d{2}-\d{2}", "职业编码", "请按 6-31-01-03 的写法填写，没有的留空。"), ("职业代码",)),
    Column("occupation_name", "职业", "照证书填写。", synonyms=("职业名称", "职业(工种)", "鉴定职业", "职业工种"), required=True, width=18, example="电工"),
    Column("trade", "工种", "没有的留空。", synonyms=("工种名称", "职业方向", "工种/职业方向")),
    Column("level", "等级", "照证书填写。", one_level, ("级别", "技能等级", "证书等级", "职业技能等级", "职业资格等级"), required=True, example="四级/中级工"),
    Column("issuer", "发证机构", "照证书填写全称。", synonyms=("评价机构", "评价机构名称", "发证单位", "鉴定机构", "颁证机构"), required=True, width=28, example="示例职业技能鉴定所"),
    Column("uscc", "发证机构信用代码", "发证的是已登记的评价机构的，填其统一社会信用代码。", _number, ("统一社会信用代码", "信用代码", "机构信用代码"), width=22),
    Column("issued_on", "发证日期", "照证书填写到日。", synonyms=("发证时间", "证书日期", "颁证日期", "核发日期"), required=True, dated=True, example="2019-06-18"),
)  # fmt: skip


def _twice(row: int) -> str:
    return say("证书编号与第 {row} 行相同。", row=row)


CERTIFICATES = Flat(
    COLUMNS,
    Vocabulary(
        COLUMNS,
        needed=frozenset({"number", "document_number"}),
        serial="serial",
        explanatory=VOID_SHEETS,
        no_header="没有找到表头。表头应有“证书编号”“姓名”“证件号码”等栏；可下载模板，把内容粘贴进去后上传。",
        no_header_on_sheet="没有找到含“证书编号”或“证件号码”的表头",
        all_hidden="证书表在隐藏的工作表里。请取消隐藏后重新上传。",
        hidden_remedy="如其中有要承接的证书，请取消隐藏后重新上传。",
        name="已发证书",
    ),
    ("number",),
    "这个编号的证书已经在册，不重复承接。",
    _twice,
)
