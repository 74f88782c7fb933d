"""Papers as the search finds them: by their number, their title, whom they were sent to."""

from __future__ import annotations

from hengjian.kernel.actor import Actor
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.finding import Finder, Hit, by_words
from hengjian.kernel.words import listed
from hengjian.papers.models import Paper

LOOKED_AT = (("number", "文号"), ("title", "标题"), ("addressee", "主送"))


def _papers(actor: Actor, words: str) -> list[Hit]:
    rows = disclosed(Paper, actor).order_by("-pk")
    return [
        Hit(
            row.pk,
            row.title,
            row.number,
            listed((row.issuer, row.issued_on.isoformat()), " · "),
            row.state,
            str(row.get_state_display()),
            reason,
        )
        for row, reason in by_words(rows, words, LOOKED_AT)
    ]


PAPERS = Finder("papers", "公文", "文号", Paper, _papers)
