"""The clauses the checks rest on, written once as they stand on the pages."""

STUDY_31 = "《技能等级认定试点企业监管服务措施研究》第 3.1 节"
IDENTITY = "GB 11643—1999《公民身份号码》"  # not said: the title of a standard
LABOUR_LAW_15 = "《中华人民共和国劳动法》第十五条"
LABOUR_RELATION = "《关于确立劳动关系有关事项的通知》（劳社部发〔2005〕12号）第二条"
STANDARD_RULES = "《国家职业标准编制技术规程》申报条件"
CERTIFICATE_CODE = "《职业技能等级证书编码规则（试行）》（人社鉴发〔2019〕2号）"
CERTIFICATE_STYLE = "《关于进一步规范职业技能等级证书样式及有关工作的通知》（人社鉴发〔2021〕1号）"
PROCEDURE = "《职业技能等级认定工作规程（试行）》（人社职司便函〔2020〕17号）"
CATALOGUE = "《中华人民共和国职业分类大典（2022年版）》"
HIGH_SKILL = "《关于加强新时代高技能人才队伍建设的意见》（中办发〔2022〕58号）第十三条"
PLAN = "《技能等级认定试点企业监管服务措施研究》第 3.2 节"
