"""What the ledger can say about the catalogue of occupations and its standards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hengjian.kernel.facts import Fact


@dataclass(frozen=True)
class CatalogueLoaded(Fact):
    code = "occupations.catalogue_loaded"
    title = "录入职业分类大典"
    edition: str
    occupations: int
    source: str


@dataclass(frozen=True)
class OccupationAdded(Fact):
    code = "occupations.occupation_added"
    title = "增补职业"
    occupation_code: str
    name: str
    valid_from: date
    basis: str


@dataclass(frozen=True)
class OccupationEnded(Fact):
    code = "occupations.occupation_ended"
    title = "停用职业"
    occupation_code: str
    name: str
    valid_to: date
    reason: str


@dataclass(frozen=True)
class StandardsLoaded(Fact):
    code = "occupations.standards_loaded"
    title = "录入国家职业标准"
    standards: int
    source: str


@dataclass(frozen=True)
class StandardPublished(Fact):
    code = "occupations.standard_published"
    title = "发布标准或评价规范"
    kind: str
    occupation_code: str
    trade: str
    name: str
    edition: str
    levels: str
    conditions: str
    issued_on: date


@dataclass(frozen=True)
class StandardReplaced(Fact):
    code = "occupations.standard_replaced"
    title = "以新版代替标准"
    old_edition: str
    new_edition: str
    occupation_code: str
    trade: str
    replaced_on: date
