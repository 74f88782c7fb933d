"""How deep a roster is verified, and which files: decided by rule and by `draw/1`, never by the reviewer (R27, R28, M4)."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.kernel import numbering
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.arguments import Reason
from hengjian.plans.models import Batch
from hengjian.plans.states import BatchState
from hengjian.rosters import drawing, policies, rules
from hengjian.rosters.facts import EveryoneChecked, SampleDrawn
from hengjian.rosters.models import Candidate, Sample


@act(
    "rosters.draw_sample",
    Batch,
    by=Role.CENTRE_REVIEWER.of_responsible_office,
    step=Step(BatchState.ROSTERED),
    requires=[rules.plan_is_filed, rules.no_sample_yet],
    recalled=True,
    cites=policies.OF_SAMPLES,
    clause=rules.CANDIDATES,
    turn=True,
    seals_at_once="draw",
)
def draw_sample(doing: Doing[Batch]) -> SampleDrawn:
    """抽取核查样本。"""
    batch = doing.subject
    candidates = drawing.on_roster(batch)
    chosen = drawing.depth_of(doing, candidates)
    code, whole = "", None
    if chosen.drawn:
        code = f"S-{doing.today.year}-{numbering.take(doing, f'sample/{doing.today.year}')[0]:04d}"
        whole = drawing.published(batch, chosen, candidates, code)
    read = drawing.read_by(whole, batch, chosen, candidates)
    for candidate in read:
        candidate.sampled = True
    doing.bulk_save(Candidate, read, ["sampled"])
    keys = drawing.secrets_of(batch)
    sample = doing.create(
        Sample,
        batch=batch,
        code=code or None,
        mode=chosen.mode.value,
        reason=chosen.reason,
        drawn=chosen.drawn,
        flagged=chosen.flagged,
        accept=getattr(chosen.plan, "accept", 0),
        rows=[candidate.row for candidate in read],
        manifest_sha256=whole["result"]["manifest_sha256"] if whole else "",
        published=whole,
        drawn_at=doing.now,
    )
    return SampleDrawn(
        draw=code,
        mode=sample.mode,
        reason=sample.reason,
        size=len(candidates),
        drawn=sample.drawn,
        flagged=sample.flagged,
        accept=sample.accept,
        rows=tuple(sample.rows),
        manifest_sha256=sample.manifest_sha256,
        secret=keys.secret.hex(),
        one_time_code=keys.code.hex(),
    )


@act(
    "rosters.check_everyone",
    Batch,
    by=Role.CENTRE_REVIEWER.of_responsible_office,
    step=Step(BatchState.ROSTERED),
    requires=[rules.sample_is_drawn, rules.some_files_unread],
    clause=rules.CANDIDATES,
)
def check_everyone(doing: Doing[Batch], *, reason: Reason) -> EveryoneChecked:
    """改为全面核查。

    After a sample that was not accepted, or whenever the centre wants to see every file.
    """
    unread = [candidate for candidate in drawing.on_roster(doing.subject) if not candidate.sampled]
    for candidate in unread:
        candidate.sampled = True
    doing.bulk_save(Candidate, unread, ["sampled"])
    return EveryoneChecked(reason.strip(), len(unread))
