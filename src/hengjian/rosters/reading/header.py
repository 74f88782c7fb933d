"""The vocabulary of rosters: what the engine of `hengjian.tables` looks for in a header."""

from hengjian.rosters.columns import COLUMNS
from hengjian.rosters.headings import NOT_READ
from hengjian.tables.vocabulary import Vocabulary

# not said: sheets of the template
EXPLANATORY = frozenset({"填写示例", "填写说明", "代码表", "申报条件", "核查意见汇总"})
WORDS = Vocabulary(
    COLUMNS,
    needed=frozenset({"name", "document_number"}),
    begins="name",
    serial="serial",
    not_read=NOT_READ,
    explanatory=EXPLANATORY,
    no_header="没有找到表头。表头应有“姓名”和“证件号码”两栏；可下载名册模板，把内容粘贴进去后上传。",
    no_header_on_sheet="没有找到含“姓名”或“证件号码”的表头",
    all_hidden="名册在隐藏的工作表里。请取消隐藏后重新上传。",
    hidden_remedy="如其中有申报人员，请取消隐藏后重新上传。",
    name="名册",
)
key_of = WORDS.key_of
meaning_of = WORDS.meaning_of
why_unread = WORDS.why_unread
