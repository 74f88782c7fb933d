"""Which files of a roster are read (R27, M4): the depth by the institution's record, the sample by `draw/1`.

The two secrets follow from the platform's key and the roster's digest; their hashes go into the ledger with the roster, so
the sample is settled before anybody asks for it and a second try gives the same files. No public value enters (level C).
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from hengjian.kernel import draw
from hengjian.kernel.asking import Asking
from hengjian.kernel.beacon import NONE
from hengjian.plans.models import Batch
from hengjian.plans.states import BatchState
from hengjian.rosters.models import Candidate, Sample
from hengjian.rosters.sampling import depth, sample
from hengjian.rosters.sampling.depth import Depth
from hengjian.rosters.sampling.switching import Lot, Rules, State, standing

WITHDRAWN = "更换名册时撤下"


@dataclass(frozen=True)
class Secrets:
    """Known to the platform alone until the sample is drawn."""

    nonce: str
    secret: bytes
    code: bytes

    @property
    def commitment(self) -> str:
        return sha256(self.secret).hexdigest()

    @property
    def code_hash(self) -> str:
        return sha256(self.code).hexdigest()


def secrets_of(batch: Batch) -> Secrets:
    def derived(word: str) -> bytes:
        text = f"roster sample\0{word}\0{batch.pk}\0{batch.roster_sha256}"
        return hmac.digest(bytes.fromhex(settings.INDEX_KEY), text.encode(), "sha256")

    return Secrets(derived("nonce").hex(), derived("secret"), derived("code"))


def _standing(batch: Batch) -> QuerySet[Candidate]:
    rows = Candidate.objects.filter(batch=batch.pk).exclude(state=Candidate.State.EXCLUDED, reason=WITHDRAWN)
    return rows.order_by("row")


def on_roster(batch: Batch) -> list[Candidate]:
    """The candidates of the roster as it stands, in order; those a replacement took off are gone."""
    return list(_standing(batch).defer("name", "document_number"))


def flagged(candidates: Sequence[Candidate]) -> list[Candidate]:
    return [candidate for candidate in candidates if _has_flags(candidate.facts)]


def _has_flags(facts: str) -> bool:
    return bool(json.loads(facts or "{}").get("flags"))


def depth_today(asking: Asking[Batch]) -> Depth:
    """The same of the roster as it stands, for who only wants to know: of two thousand candidates no row is made."""
    facts: list[Any] = list(_standing(asking.subject).values_list("facts", flat=True))
    return _depth(asking, len(facts), sum(map(_has_flags, facts)))


def depth_of(asking: Asking[Batch], candidates: Sequence[Candidate]) -> Depth:
    """How this batch is verified, by size, entrustment and the institution's earlier lots."""
    return _depth(asking, len(candidates), len(flagged(candidates)))


def _depth(asking: Asking[Batch], size: int, flags: int) -> Depth:
    batch = asking.subject
    lots, state = record_of(asking)
    return depth.depth(
        depth.Batch(
            size=size,
            entrusted=bool(batch.plan.entrusted_by),
            state=state,
            lots=lots,
            flagged=flags,
        ),
        asking,
    )


def record_of(asking: Asking[Batch]) -> tuple[int, State]:
    """How many of the institution's lots were decided before, and the severity they lead to."""
    batch = asking.subject
    earlier = (
        Sample.objects.filter(batch__plan__institution=batch.plan.institution_id)
        .exclude(state=Sample.State.DRAWN)
        .exclude(batch=batch.pk)
        .exclude(batch__state=BatchState.WITHDRAWN)
        .order_by("decided_at", "pk")
    )
    decided = list(earlier)
    lots = [Lot(one.state == Sample.State.ACCEPTED, one.accept) for one in decided if one.drawn]
    return len(decided), standing(lots, Rules.of(asking)).state


def manifest_of(batch: Batch, chosen: Depth, candidates: Sequence[Candidate], code: str) -> dict[str, Any]:
    """The sealed list: everybody on the roster, without those who are read in any case. `code` is the draw's number."""
    aside = {candidate.pk for candidate in flagged(candidates)} if chosen.flagged else set()
    keys = secrets_of(batch)
    return sample.manifest(
        code,
        [_id(candidate) for candidate in candidates if candidate.pk not in aside],
        chosen.drawn,
        nonce=keys.nonce,
        beacon={"source": NONE, "round": "", "opens": f"{batch.plan.held_on.isoformat()}T00:00:00+08:00"},
        commitments=[keys.commitment],
        chain_head=keys.code_hash,
    )


def published(batch: Batch, chosen: Depth, candidates: Sequence[Candidate], code: str) -> dict[str, Any]:
    """The draw as anybody will run it again: manifest, secret, code and result."""
    keys = secrets_of(batch)
    return draw.publish(manifest_of(batch, chosen, candidates, code), [keys.secret], keys.code, None)


def read_by(
    whole: dict[str, Any] | None, batch: Batch, chosen: Depth, candidates: Sequence[Candidate]
) -> list[Candidate]:
    """The candidates whose files are read: those drawn and those at risk, or everybody where nothing is drawn."""
    if whole is None:
        return list(candidates)
    names = set(whole["result"]["targets"])
    aside = {candidate.pk for candidate in flagged(candidates)} if chosen.flagged else set()
    return [c for c in candidates if c.pk in aside or _id(c) in names]


def sample_of(batch: Batch) -> Sample | None:
    """What was decided when the sample was drawn, if it was."""
    return Sample.objects.filter(batch=batch.pk).first()


def _id(candidate: Candidate) -> str:
    return f"B{candidate.batch_id}.{candidate.row}"
