"""How the acts on rosters and candidates are asked (see web/questions.py)."""

from __future__ import annotations

from hengjian.rosters.reading import Limits
from hengjian.web.questions import Question

ACCEPT = ".xlsx,.xls,.csv,.et"
LIMIT = Limits().file_bytes


_ROSTER = Question(
    "名册文件", ".xlsx、.xls、.csv 或 WPS 表格；先核查、无错误后提交。", "file", accept=ACCEPT, limit=LIMIT
)
QUESTIONS: dict[str, dict[str, Question]] = {
    "rosters.file_roster": {"upload_id": _ROSTER},
    "rosters.replace_roster": {"upload_id": _ROSTER},
    "rosters.exclude_candidate": {
        "reason": Question("不予参加的理由", "写明不符合哪一条申报条件、缺什么材料，机构据此补正。", "textarea")
    },
    "rosters.check_everyone": {"reason": Question("改为全面核查的理由", kind="textarea")},
}
