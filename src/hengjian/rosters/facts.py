"""What the ledger can say about rosters: counts, digests and row numbers, never a person."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.kernel.facts import Fact


@dataclass(frozen=True)
class RosterFiled(Fact):
    """`digest` is over the candidates as stored; the two hashes commit the sample before anybody can choose it."""

    code = "rosters.roster_filed"
    title = "提交名册"
    files = ("sha256",)
    rows: int
    warnings: int
    notes: int
    sha256: str
    digest: str
    sample_commitment: str
    sample_code_hash: str
    replaced: bool
    withdrawn: int


@dataclass(frozen=True)
class SampleDrawnBefore(Fact):
    """As the log of the first months has it: without the number under which the draw is published."""

    code = "rosters.sample_drawn"
    title = "抽取核查样本"
    mode: str
    reason: str
    size: int
    drawn: int
    flagged: int
    accept: int
    rows: tuple[int, ...]
    manifest_sha256: str
    secret: str
    one_time_code: str


@dataclass(frozen=True)
class SampleDrawn(Fact):
    """Everything to draw the sample again: its manifest's digest and what was revealed; `rows` are the files to read.
    `draw` is its number in the public register, empty where every file is read and nothing is drawn."""

    code = "rosters.sample_drawn"
    version = 2
    title = "抽取核查样本"
    draw: str
    mode: str
    reason: str
    size: int
    drawn: int
    flagged: int
    accept: int
    rows: tuple[int, ...]
    manifest_sha256: str
    secret: str
    one_time_code: str


@dataclass(frozen=True)
class EveryoneChecked(Fact):
    code = "rosters.everyone_checked"
    title = "改为全面核查"
    reason: str
    rows: int


@dataclass(frozen=True)
class CandidateExcluded(Fact):
    code = "rosters.candidate_excluded"
    title = "不予参加"
    row: int
    sampled: bool
    reason: str


@dataclass(frozen=True)
class CandidatesAdmitted(Fact):
    """`accepted` is the sample's verdict, on which the institution's severity rests."""

    code = "rosters.candidates_admitted"
    title = "核定考生"
    admitted: int
    excluded: int
    sampled: int
    bad: int
    accept: int
    accepted: bool
    by_lot: bool
