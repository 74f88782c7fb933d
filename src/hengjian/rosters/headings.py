"""What the heads of real clerks' columns say: which are no column of a roster, and why they are not read.

Collected from public templates, application forms and notices. A heading that is neither in `columns` nor here is told as unread
without a reason; a heading here is told with its own. Traditional characters are the same words.
"""

from collections.abc import Mapping

_OF_RESULTS = "这是成绩或发证名册的栏目；原证书的信息请写在“原证书编号”“原证书发证日期”等栏"
_NOT_NEEDED = "名册不采集这项个人信息"
_GIVEN_LATER = "由平台在核定考生后产生，名册不填"
_TRAINING = "培训情况不作为申报条件的依据，需要时写在“备注”"

NOT_READ: Mapping[str, str] = {
    **dict.fromkeys(("发证日期", "发证时间", "证书编号", "证书号", "颁证日期", "证书编码", "新证书编号"), _OF_RESULTS),
    **dict.fromkeys(
        ("理论成绩", "实操成绩", "技能成绩", "操作技能成绩", "综合成绩", "综合评审成绩", "成绩", "总成绩", "评定成绩", "评定结果", "考试结果"),
        "成绩在考试以后由“成绩册”录入，名册不填",
    ),
    **dict.fromkeys(("准考证号", "准考证号码", "考号", "考场", "考场号", "座位号", "考试时间", "考试地点"), _GIVEN_LATER),
    **dict.fromkeys(
        (
            "考生来源", "户籍所在地", "户口所在地", "户口性质", "户籍性质", "户籍地址", "家庭住址", "家庭地址", "身份证地址", "通讯地址",
            "通信地址", "联系地址", "地址", "电子邮箱", "邮箱", "电子邮件", "E-mail", "Email", "邮政编码", "邮编", "政治面貌", "籍贯",
            "婚姻状况", "健康状况", "微信", "QQ", "QQ号", "年龄",
        ),
        _NOT_NEEDED,
    ),
    **dict.fromkeys(
        ("参加工作时间", "参加工作日期", "工作时间", "入职时间", "入职日期", "进厂时间"),
        "参加工作的时间不等于从事本职业的年限；请填“本职业年限”和“劳动合同开始日期”",
    ),
    **dict.fromkeys(("职务", "行政职务", "职位"), "职务不是岗位；请填“岗位”"),
    **dict.fromkeys(
        ("培训机构", "培训单位", "培训起止时间", "培训起止", "培训时间", "培训开始时间", "培训结束时间", "培训学时", "学时", "培训证书编号"),
        _TRAINING,
    ),
    **dict.fromkeys(
        ("原证书发证单位", "原发证单位", "发证单位", "发证机构", "发证机关", "颁证单位", "原证书发证机构"),
        "发证单位由原证书编号可以查到，不另采集",
    ),
    **dict.fromkeys(("毕业证编号", "毕业证书编号", "毕业证号", "学历证书编号", "学历证书号"), "学历证书随申报材料查验，名册不采集编号"),
    **dict.fromkeys(("学制", "入学时间", "入学日期", "班级", "学号", "学籍号"), "学籍情况随申报材料查验，名册不采集"),
    **dict.fromkeys(("外语", "外语考试", "答辩", "论文", "论文答辩", "论文题目"), "认定科目只有理论、技能、综合评审；答辩属于综合评审"),
    **dict.fromkeys(("审核意见", "初审意见", "复审意见", "审核结果", "是否合格", "单位意见"), "这是审核用栏，不由名册填写"),
}  # fmt: skip
