"""The one specification of a roster's columns: the template, the reader and the help page are made from it.

Titles and order follow the columns in real use (Zhejiang's exam system of 2015, Guangdong's application form) and what
the entry conditions of the national standards ask to know. Synonyms are header words of those systems and of rosters
met in practice; a header matches when it equals a title or synonym once blanks, marks and bracketed remarks are gone. `loose`
are words that may mean another thing as well: such a column is read only where no better one stands, and that is said. What
real forms have besides is named in `headings.py`, with the reason why it is not read.
"""

from dataclasses import dataclass
from enum import StrEnum

from hengjian.rosters.codes import TABLES
from hengjian.tables.coded import Table


class Kind(StrEnum):
    """What stands in a column, and so how a cell is read."""

    SERIAL = "serial"
    NAME = "name"
    IDENTITY = "identity"
    TEXT = "text"
    CODE = "code"
    CODES = "codes"
    LEVEL = "level"
    DATE = "date"
    PHONE = "phone"
    NUMBER = "number"
    YEARS = "years"
    FLAG = "flag"
    OCCUPATION_CODE = "occupation_code"

    @property
    def label(self) -> str:
        return _KIND_TITLES[self]


_KIND_TITLES = {
    Kind.SERIAL: "序号",
    Kind.NAME: "姓名",
    Kind.IDENTITY: "证件号码（文本）",
    Kind.TEXT: "文字",
    Kind.CODE: "下拉选择",
    Kind.CODES: "下拉选择，可多选，以“、”分隔",
    Kind.LEVEL: "技能等级",
    Kind.DATE: "日期",
    Kind.PHONE: "手机号码（文本）",
    Kind.NUMBER: "编号（文本）",
    Kind.YEARS: "年数",
    Kind.FLAG: "是／否",
    Kind.OCCUPATION_CODE: "职业编码（文本）",
}


@dataclass(frozen=True)
class Column:
    key: str
    title: str
    type: Kind
    help: str
    synonyms: tuple[str, ...] = ()
    table: str = ""
    required_when: str = ""
    width: int = 14
    example: str = ""
    loose: tuple[str, ...] = ()
    excused_by: str = ""  # the column that, when filled in, takes the place of this one
    in_template: bool = True

    @property
    def code_table(self) -> Table | None:
        return TABLES[self.table] if self.table else None

    @property
    def always_required(self) -> bool:
        return self.required_when == ALWAYS


ALWAYS = "必填"
PRIOR = "按“持有原证书”的申报条件申报时填写"
SCHOOL = "按“学历”的申报条件申报时填写"
TITLED = "按“职称”的申报条件申报时填写"

COLUMNS: tuple[Column, ...] = (
    Column("serial", "序号", Kind.SERIAL, "只供人查看，不作为数据。", ("编号", "序", "No", "NO.", "行号"), width=6, example="1"),
    Column("name", "姓名", Kind.NAME, "与证件一致。少数民族姓名中的间隔点用“·”。",
           ("考生姓名", "名字", "员工姓名", "学生姓名", "人员姓名", "申报人", "申报人姓名", "userName", "学员姓名", "员工名称", "职工姓名", "参评人姓名", "参评人员", "姓名Name", "Name", "XM"), "", ALWAYS, 10, "于庚辰"),
    Column("document_type", "证件类型", Kind.CODE, "不填即为居民身份证。", ("证件种类", "证件名称", "certType", "身份证件类型", "身份证件种类", "证照类型"),
           "document", "使用居民身份证以外的证件时填写", 14, "居民身份证"),
    Column("document_number", "证件号码", Kind.IDENTITY,
           "居民身份证为 18 位，末位可为 X。单元格必须是文本格式，否则后几位会丢失。",
           ("身份证号", "身份证号码", "身份证", "公民身份号码", "证件号", "居民身份证号", "居民身份证号码", "公民身份证号码", "certNo", "身份证件号码", "二代身份证号", "身份证件号", "证件编号", "身份证明号码", "证照号码", "有效证件号码", "公民身份证号", "居民身份证件号码", "ID", "IDCard", "SFZH"), "", ALWAYS, 22, "130203199003071235"),
    Column("sex", "性别", Kind.CODE, "使用居民身份证的可不填，由号码推出。", ("gender",), "sex", "使用居民身份证以外的证件时填写", 6, "男"),
    Column("birth", "出生日期", Kind.DATE, "使用居民身份证的可不填，由号码推出。", ("出生年月", "出生年月日", "生日", "birth", "出生时间"),
           "", "使用居民身份证以外的证件时填写", 13, "1990-03-07"),
    Column("ethnicity", "民族", Kind.CODE, "按身份证所载填写。", (), "ethnicity", "", 8, "汉族"),
    Column("education", "文化程度", Kind.CODE, "已取得的最高学历。", ("学历", "最高学历", "education", "受教育程度", "最后学历", "最高文化程度", "学历程度", "现学历", "最高学历层次"), "education", ALWAYS, 12, "大学专科"),
    Column("phone", "手机号码", Kind.PHONE, "11 位；用于通知考生与查询结果。",
           ("手机号", "手机", "联系电话", "电话", "联系方式", "联系手机", "mobile", "移动电话", "电话号码", "本人电话", "本人手机", "手机号(本人)", "联系手机号", "电话/手机", "考生电话", "本人联系电话"), "", ALWAYS, 14, "13900000000"),
    Column("employer", "工作单位", Kind.TEXT, "与劳动合同用人单位一致，写全称。",
           ("单位", "单位名称", "所在单位", "企业名称", "用人单位", "companyName", "现工作单位", "工作单位名称", "所属单位", "企业", "公司名称", "所属企业", "单位全称", "工作单位全称", "现单位", "申报单位名称"), "",
           "企业职工填写", 26, "示例钢铁有限公司"),
    Column("job", "岗位", Kind.TEXT, "目前从事的岗位或车间班组。", ("工作岗位", "现岗位", "岗位名称", "从事岗位", "现从事岗位", "岗位(工种)", "岗位工种", "岗位/工种", "所在岗位"), "",
           "企业职工填写", 14, "炼钢操作",
           loose=("部门", "车间", "部门/车间", "车间/班组", "部门(车间)", "班组", "从事工种", "现从事工种", "工作部门")),
    Column("contract_begin", "劳动合同开始日期", Kind.DATE, "现行劳动合同的开始日期。",
           ("合同开始日期", "合同起始日期", "合同开始时间", "合同起", "劳动合同起", "劳动合同起始日期", "劳动合同开始时间", "劳动合同起始时间", "劳动合同签订日期", "合同签订日期", "劳动合同起日期", "合同开始", "劳动合同签订时间", "合同签订时间", "合同期起"), "", "企业职工填写（无书面合同的填事实劳动关系凭证）", 16, "2015-07-01"),
    Column("contract_end", "劳动合同终止日期", Kind.DATE, "无固定期限的写“无固定期限”。",
           ("合同终止日期", "合同截止日期", "合同结束日期", "合同到期日期", "合同止", "劳动合同止", "劳动合同截止日期", "劳动合同结束日期", "劳动合同结束时间", "劳动合同终止时间", "劳动合同到期日期", "合同到期日", "劳动合同止日期", "合同结束", "合同终止时间", "合同期止", "合同截止时间"), "", "企业职工填写", 16, "无固定期限"),
    Column("occupation_name", "申报职业", Kind.TEXT, "按《职业分类大典》的职业名称填写。",
           ("职业", "职业名称", "申报职业名称", "鉴定职业", "认定职业", "评价职业", "申报职业(工种)", "职业(工种)", "职业工种", "申报工种", "鉴定工种", "认定职业(工种)", "declareJob", "申报认定职业", "拟申报职业", "认定职业名称", "报考职业", "报考工种", "鉴定职业名称", "申报职业/工种", "职业(工种)名称", "职业/工种"), "", ALWAYS, 16, "炼钢工", excused_by="occupation_code"),
    Column("occupation_code", "职业编码", Kind.OCCUPATION_CODE, "形如 6-17-02-02。", ("职业代码", "申报职业编码", "职业(工种)编码", "职业工种编码"), "",
           "", 13, "6-17-02-02"),
    Column("trade", "工种", Kind.TEXT, "职业下设工种的填写；没有的留空。", ("工种名称", "职业方向", "方向", "工种/方向", "工种/职业方向名称", "职业方向名称", "工种方向", "申报方向"), "", "", 14, ""),
    Column("level", "申报等级", Kind.LEVEL, "五级/初级工 至 一级/高级技师，或特级技师、首席技师。",
           ("等级", "申报级别", "级别", "技能等级", "认定等级", "鉴定等级", "鉴定级别", "评价等级", "职业技能等级", "jobLevel", "申报职业等级", "认定级别", "报考级别", "报考等级", "申报技能等级", "拟申报等级", "拟申报级别", "认定职业等级", "申报认定等级", "申报职业技能等级"),
           "level", ALWAYS, 14, "三级/高级工"),
    Column("entry_condition", "申报条件编号", Kind.NUMBER, "所依据的申报条件的编号。",
           ("申报条件", "报考条件", "考生申报条件", "申报条件序号", "报名条件", "符合条件", "申报条件代码", "申报条件号", "符合申报条件", "申报条件(序号)", "适用申报条件"), "", ALWAYS, 14, "23-3-2", excused_by="exception_route"),
    Column("years_in_occupation", "本职业年限", Kind.YEARS, "累计从事本职业或相关职业的年数，可带小数。",
           ("本职业工作年限", "从事本职业年限", "本工种工作年限", "本职业工龄", "本职业工作年限(年)", "从事本职业工作年限", "从事本工种专业年限", "从事本工种年限", "从事本职业(工种)年限", "本职业(工种)工作年限", "本工种工龄", "从事本职业或相关职业年限"), "",
           "按“工作年限”的申报条件申报时填写", 12, "8", loose=("工作年限", "从业年限", "专业年限", "工龄", "总工龄", "参加工作年限")),
    Column("prior_kind", "原证书种类", Kind.CODE, "已持有的证书种类。", ("原证书类型", "现有证书种类", "已取得证书种类", "原证书种类名称", "原证书名称", "已获证书种类", "现持证书种类", "现持有证书类型"), "prior_kind", PRIOR, 18, "职业技能等级证书"),
    Column("prior_number", "原证书编号", Kind.NUMBER, "按原证书所载填写。",
           ("原证书号", "原证书号码", "现证书编号", "已取得证书编号", "原职业资格证书编号", "原等级证书编号", "jobCertNo", "原资格证书编号", "现持证书编号", "已获证书编号", "原职业资格证书号", "原职业技能等级证书编号"), "", PRIOR, 26,
           "Y000013000001214000123", loose=("证书号码", "资格证书号码", "等级证书编号")),
    Column("prior_level", "原证书等级", Kind.LEVEL, "原证书的等级。", ("原等级", "现有等级", "现等级", "已取得等级", "原职业资格等级", "原技能等级", "现职业等级", "现技能等级", "原级别", "原证书级别", "现级别", "现持证书等级", "已获职业资格等级", "原职业等级", "现有技能等级"),
           "level", PRIOR, 14, "四级/中级工", loose=("职业资格等级", "现职业资格等级")),
    Column("prior_occupation", "原证书职业", Kind.TEXT, "原证书的职业（工种）。", ("原职业", "原职业(工种)", "原证书职业(工种)", "原工种", "原证书工种", "已获职业资格名称", "现职业", "现持证书职业", "原证书名称(职业)", "原职业资格名称", "现工种"),
           "", PRIOR, 16, "炼钢工", loose=("职业资格名称",)),
    Column("prior_date", "原证书发证日期", Kind.DATE, "原证书的发证日期。",
           ("原证书日期", "原发证日期", "取证时间", "取证日期", "原证书发证时间", "原证书取得时间", "jobCertTime", "原证书获证日期", "原证书获证时间", "原证书颁发日期", "原资格证书发证日期"), "", PRIOR, 15,
           "2021-06-18", loose=("获证日期", "获证时间")),
    Column("title_grade", "职称级别", Kind.CODE, "已取得的相应专业职称。", ("职称", "专业技术职称", "职称等级"), "title_grade", TITLED, 12, ""),
    Column("title_date", "职称取得日期", Kind.DATE, "职称证书的取得日期。", ("职称日期", "职称取得时间", "取得职称时间", "职称时间"), "", TITLED, 14, ""),
    Column("school", "毕业院校", Kind.TEXT, "按毕业证书所载写全称。", ("学校", "毕业学校", "院校", "所在学校", "学校名称", "院校名称", "毕业学校名称", "就读学校", "学校全称", "毕业院校名称"), "", SCHOOL, 20,
           "示例工业技师学院"),
    Column("major", "所学专业", Kind.TEXT, "按毕业证书所载填写。", ("专业", "专业名称", "毕业专业", "毕业专业名称", "就读专业", "所学专业名称"), "", SCHOOL, 16, "钢铁冶炼"),
    Column("schooling", "办学层次", Kind.CODE, "毕业院校的办学层次。", ("学校类型", "院校类型", "学校类别", "班型", "学历层次", "毕业院校类型", "院校层次", "学校性质"), "schooling", SCHOOL, 14,
           "高等职业学校"),
    Column("graduated_on", "毕业日期", Kind.DATE, "毕业证书日期；在读的填预计毕业年月。", ("毕业时间", "毕业年月", "预计毕业时间", "毕业证日期", "毕业证书日期", "预计毕业年月"), "", SCHOOL, 13, "2011-06"),
    Column("is_final_year", "是否应届", Kind.FLAG, "毕业学年在读的填“是”。", ("应届", "是否应届毕业生", "是否毕业学年", "应届毕业生"), "yes_no",
           "", 10, "否"),
    Column("apprenticeship_end", "学徒期满日期", Kind.DATE, "企业新型学徒制或学徒期满的日期。", ("学徒期满时间", "出徒日期", "学徒期满", "出徒时间"),
           "", "按“学徒期满”的申报条件申报时填写", 14, ""),
    Column("exam_kind", "考试类型", Kind.CODE, "新考或补考；不填即为新考。", ("考试性质", "考核类型", "考试类别", "报考类型", "examType", "是否补考", "考试形式(新考/补考)", "鉴定类型", "认定类型"), "exam_kind",
           "", 10, "新考"),
    Column("parts", "科目", Kind.CODES, "理论、技能、综合评审；不填即为该等级的全部科目。",
           ("考试科目", "考核科目", "报考科目", "认定科目", "subject", "考核项目", "补考科目", "申报科目", "报考内容"), "parts", "补考的填写", 16, "理论、技能"),
    Column("photo", "照片", Kind.TEXT, "照片文件名；照片另行上传。", ("照片文件名", "考生照片", "照片名称", "考生证照", "pic"), "", "", 14,
           "130203199003071235.jpg"),
    Column("de_facto_evidence", "事实劳动关系凭证", Kind.CODES, "没有书面劳动合同的，列出能证明劳动关系的凭证。",
           ("劳动关系凭证", "事实劳动关系证明", "劳动关系证明", "劳动关系证明材料"), "evidence", "没有书面劳动合同的填写", 18, ""),
    Column("exception_route", "特殊申报途径", Kind.CODE, "不按一般申报条件申报的途径。", ("特殊途径", "申报途径", "破格类型"), "exception_route",
           "不按一般申报条件申报时填写", 14, ""),
    Column("exception_basis", "特殊申报依据", Kind.TEXT, "依据文件、竞赛名称与名次或批准文号。", ("特殊依据", "破格依据", "申报依据"), "",
           "填写了特殊申报途径的填写", 18, ""),
    Column("mismatch_reason", "岗位与职业不一致的理由", Kind.TEXT, "岗位、专业、工种与申报职业都不一致的，说明理由。",
           ("不一致理由", "岗职不符说明", "岗位不一致说明", "职业不一致理由"), "", "岗位与申报职业不一致的填写", 22, ""),
    Column("theory_sitting", "理论考试", Kind.CODE, "新考、补考或免考；补考名册用。", ("理论知识考试", "理论", "理论知识", "理论考试类型"), "sitting",
           "", 10, in_template=False),
    Column("practical_sitting", "实操考试", Kind.CODE, "新考、补考或免考；补考名册用。",
           ("技能考试", "操作技能考试", "技能考核", "操作技能考核", "实操", "实操考核", "技能操作考核"), "sitting", "", 10, in_template=False),
    Column("review_sitting", "综合评审", Kind.CODE, "新考、补考或免考；补考名册用。", ("综合考试", "综合", "综合评审考试", "综合考核"), "sitting", "", 10,
           in_template=False),
    Column("contract_term", "合同起止日期", Kind.TEXT, "起止两个日期写在一格里的，按两栏读取。",
           ("劳动合同起止日期", "劳动合同起止时间", "合同起止时间", "合同期限", "劳动合同期限", "合同起止"), "", "", 26, in_template=False),
    Column("remark", "备注", Kind.TEXT, "其他需要说明的情况。", ("说明", "备注说明", "其他说明"), "", "", 18, ""),
)  # fmt: skip

BY_KEY: dict[str, Column] = {column.key: column for column in COLUMNS}
TEMPLATE: tuple[Column, ...] = tuple(column for column in COLUMNS if column.in_template)
REQUIRED: tuple[Column, ...] = tuple(column for column in COLUMNS if column.always_required)
