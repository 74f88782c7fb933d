"""By what means and methods an exam was supervised, and who obstructed it: words of the law that a report ticks (R93)."""

from __future__ import annotations

from collections.abc import Sequence

from hengjian.kernel.law import Law
from hengjian.kernel.refusal import refuse
from hengjian.kernel.words import listed, say
from hengjian.supervision import policies


def means_used(law: Law, ticked: Sequence[str]) -> list[str]:
    """The means used, each once and in the order of the law; as many as the law asks for at least."""
    known, least = law.policy(policies.MEANS), law.policy(policies.MEANS_PER_SITTING_MIN)
    if strange := _strange(ticked, known):
        raise refuse(
            "supervision.means_unknown",
            say("没有“{word}”这种督导方式。", word=strange),
            field="means",
            policy=policies.MEANS.key,
            remedy=say("请从{known}中选择。", known=listed(known)),
        )
    means = [word for word in known if word in ticked]
    if len(means) < least:
        raise refuse(
            "supervision.means_too_few",
            say("每场至少采用 {least} 种督导方式，现为 {now} 种。", least=least, now=len(means)),
            field="means",
            policy=policies.MEANS_PER_SITTING_MIN.key,
            remedy="请勾选本场实际采用的督导方式。",
        )
    return means


def methods_used(law: Law, ticked: Sequence[str]) -> list[str]:
    known = law.policy(policies.METHODS)
    if strange := _strange(ticked, known):
        raise refuse(
            "supervision.method_unknown",
            say("没有“{word}”这种督导方法。", word=strange),
            field="methods",
            policy=policies.METHODS.key,
            remedy=say("请从{known}中选择。", known=listed(known)),
        )
    return [word for word in known if word in ticked]


def obstructions_met(law: Law, ticked: Sequence[str]) -> list[str]:
    known = law.policy(policies.OBSTRUCTIONS)
    if strange := _strange(ticked, known):
        raise refuse(
            "supervision.obstruction_unknown",
            say("“{word}”不是规定的妨碍督导的情形。", word=strange),
            field="obstructions",
            policy=policies.OBSTRUCTIONS.key,
            remedy=say("请从{known}中选择，具体经过写在发现的问题中。", known=listed(known)),
        )
    return [word for word in known if word in ticked]


def _strange(ticked: Sequence[str], known: Sequence[str]) -> str:
    """The first word the law does not have, cut short; empty where it has all."""
    return next((word for word in ticked if word not in known), "")[:40]
