"""How the acts on supervisors are asked (see web/questions.py)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hengjian.kernel.actor import Actor
from hengjian.kernel.asking import Asking
from hengjian.personnel.acts.declare_recusal import grounds
from hengjian.web.institutions.questions import institution_choices, user_choices
from hengjian.web.questions import Question

COMPETENCE = Question("专业小类", "一行一个职业小类代码，例如 6-31-01；抽取时按此配对。", "textarea")
CARD_END = Question("证卡有效期至", "不填写时按规定年限。")
TRAINED = Question("安全培训日期", "没有安全培训记录的不参加抽取。")
PHONE = Question("电话", "加密保存，不出现在公开页面。", sensitive=True)


def recusal_grounds(actor: Actor, subject: Any) -> Iterable[tuple[str, str]]:
    """The relations the law names, and the supervisor's own reason."""
    return grounds(Asking(actor, subject)).items()


_REASON = Question("理由", "将记入存证日志。", "textarea")
QUESTIONS: dict[str, dict[str, Question]] = {
    **{
        f"personnel.{verb}": {"reason": _REASON}
        for verb in ("suspend_supervisor", "resume_supervisor", "end_supervisor", "end_recusal")
    },
    "personnel.appoint_supervisor": {
        "name": Question("姓名"),
        "employer": Question("工作单位", "工作单位就是被督导机构的，抽取时自动回避。"),
        "competence": COMPETENCE,
        "practice_years": Question("评价管理或技术工作年限", "满足规定年限即可；不满的填写下一项。"),
        "assessor_years": Question("担任考评人员年限", "没有担任过的留空。"),
        "phone": PHONE,
        "card_number": Question("证卡号", "已有证卡的填写；不填写时编号。"),
        "card_valid_until": CARD_END,
        "safety_trained_on": TRAINED,
    },
    "personnel.edit_supervisor": {
        "employer": Question("工作单位", initial=lambda actor, row: row.employer),
        "competence": Question(
            COMPETENCE.label, COMPETENCE.help, "textarea", initial=lambda actor, row: row.competence
        ),
        "phone": Question(PHONE.label, PHONE.help, sensitive=True, initial=lambda actor, row: row.phone),
        "card_valid_until": Question(CARD_END.label, "换发新卡时填写，不填写则不变。"),
        "safety_trained_on": Question(TRAINED.label, initial=lambda actor, row: row.safety_trained_on),
    },
    "personnel.open_supervisor_seat": {
        "user_id": Question("登录账号", "须是督导员本人的账号。", "select", user_choices),
    },
    "personnel.declare_recusal": {
        "institution_id": Question("评价机构", kind="select", choices=institution_choices),
        "ground": Question("关系", kind="radios", choices=recusal_grounds),
        "note": Question("说明", "不必写出他人的个人信息。"),
    },
}
