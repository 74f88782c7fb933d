"""How the acts on certificates are asked (see web/questions.py)."""

from __future__ import annotations

from typing import Any

from hengjian.certificates.policies import REVOCATION_GROUNDS
from hengjian.kernel.actor import Actor
from hengjian.kernel.asking import Asking
from hengjian.web.questions import Question


def _grounds(actor: Actor, subject: Any) -> list[tuple[str, str]]:
    return [(ground, ground) for ground in Asking(actor, subject).policy(REVOCATION_GROUNDS)]


QUESTIONS: dict[str, dict[str, Question]] = {
    "certificates.revoke_certificate": {
        "ground": Question("注销的情形", kind="select", choices=_grounds),
        "reason": Question("查实的情况", "写清楚事实和查证经过；公众查这张证时只看到已注销。", "textarea"),
    },
}
