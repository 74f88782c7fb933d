"""How the acts on papers are asked."""

from __future__ import annotations

from collections.abc import Mapping

from hengjian.web.questions import Question

QUESTIONS: Mapping[str, Mapping[str, Question]] = {
    "papers.revoke_paper": {"reason": Question("撤销的理由", help="核验这件公文的人会看到它已撤销，看不到理由。")},
    "papers.replace_paper": {
        "addressee": Question("主送", help="新公文写给谁；内容与原公文相同。"),
        "correction": Question("更正说明", help="印在新公文的文号下面，写明为什么替代。"),
    },
}
