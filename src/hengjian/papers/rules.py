"""Sentences about papers."""

from __future__ import annotations

from datetime import UTC, datetime

from hengjian.kernel.asking import Asking
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case
from hengjian.kernel.words import say
from hengjian.papers.kinds import kinds
from hengjian.papers.models import Paper
from hengjian.papers.proofs import issued_in_log

PAPERS = "衡鉴产品规则公文"


def sealed_at(paper: Paper) -> int | None:
    """The place in the log of the act that issued the paper; None until it is sealed."""
    place = issued_in_log(paper)
    return place[0] if place is not None else None


def known_kind(paper: Paper) -> bool:
    return paper.kind in kinds()


@rule("papers.not_made_yet", clause=PAPERS)
def not_made_yet(asking: Asking[Paper]) -> tuple[str, str] | None:
    """一件公文只制作一次。"""
    paper = asking.subject
    if paper.made_at is None:
        return None
    return say("{number}已经制作。", number=paper.number), "请直接下载已经制作的文件。"


not_made_yet.shown_by(
    case("not made", Paper(number="唐职鉴受〔2026〕31号")),
    case("made", Paper(number="唐职鉴受〔2026〕31号", made_at=datetime(2026, 3, 16, tzinfo=UTC)), says="已经制作"),
)


@rule("papers.its_issue_is_sealed", clause=PAPERS)
def its_issue_is_sealed(asking: Asking[Paper]) -> tuple[str, str] | None:
    """公文附有签发行为的存证凭证，封存以后才能制作。"""
    if asking.reading(sealed_at) is not None:
        return None
    return "签发这件公文的办理还没有封存，现在不能制作。", "一分钟内封存以后自动制作。"


its_issue_is_sealed.shown_by(
    case("sealed", Paper(), read={sealed_at: 7}),
    case("not sealed", Paper(), read={sealed_at: None}, says="还没有封存"),
)


@rule("papers.its_kind_is_in_use", clause=PAPERS)
def its_kind_is_in_use(asking: Asking[Paper]) -> tuple[str, str] | None:
    """只有仍在使用的文种可以重新出具。"""
    if asking.reading(known_kind):
        return None
    return "这种公文已不再使用，不能重新出具。", "可以撤销这件公文。"


its_kind_is_in_use.shown_by(
    case("in use", Paper(), read={known_kind: True}),
    case("no longer", Paper(), read={known_kind: False}, says="已不再使用"),
)
