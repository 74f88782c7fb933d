"""How the acts of taking over are asked (see web/questions.py)."""

from __future__ import annotations

from hengjian.web.questions import Question

_TABLE = Question("表格", "没有错误才能承接；可先在“承接”页核查。", "file")
QUESTIONS: dict[str, dict[str, Question]] = {
    "institutions.take_over": {"upload_id": _TABLE},
    "personnel.take_over_supervisors": {"upload_id": _TABLE},
    "personnel.take_over_assessors": {"upload_id": _TABLE},
    "certificates.take_over_certificates": {"upload_id": _TABLE},
    "plans.take_over_plans": {"upload_id": _TABLE},
    "institutions.undo_takeover": {"reason": Question("撤销理由", "整批撤销，随此件存证。", "textarea")},
}
