"""From what was examined to candidates: identities encrypted and hashed, the rest of the row encrypted beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from hengjian.plans.models import Batch
from hengjian.rosters import identity
from hengjian.rosters.checks import from_roster, vocabulary
from hengjian.rosters.entry import entry_rows, rows_for
from hengjian.rosters.examining import Examined
from hengjian.rosters.models import Candidate

OWN_COLUMNS = frozenset({"name", "document_type", "document_number", "person_key", "person_tag", "serial"})
RESIDENT = "01"


def candidates_of(batch: Batch, examined: Examined, *, after_row: int = 0) -> list[Candidate]:
    """Unsaved candidates in the order of the file, numbered on from `after_row`."""
    flags = examined.flags()
    entry = _entry_rows(examined)
    made = []
    for place, told in enumerate(examined.reading.table.to_pylist()):
        kind = told["document_type"] or RESIDENT
        number = told["document_number"]
        facts = dict(_rest(told))
        if codes := flags.get((told["sheet"], told["row"])):
            facts["flags"] = codes
        made.append(
            Candidate(
                batch=batch,
                row=after_row + place + 1,
                name=told["name"],
                masked_name=identity.masked_name(told["name"]),
                document_type=kind,
                document_number=number,
                document_index=identity.document_index(kind, number),
                masked_number=identity.masked_number(number),
                person_key=told["person_key"],
                birth=_birth(told),
                sex=told["sex"] or told["sex_from_id"] or "",
                entry_row=entry[place],
                facts=json.dumps(facts, ensure_ascii=False, sort_keys=True),
            )
        )
    return made


def _entry_rows(examined: Examined) -> list[str]:
    """The entry condition each candidate applied under and meets; empty where an exception route was taken."""
    words = vocabulary.of_seeds()
    table = from_roster.candidates(examined.reading.table, examined.setting, words)
    on = examined.setting.applied
    law, answers = entry_rows(), []
    for row in table.to_pylist():
        applicable = rows_for(row["edition"], row["occupation"], row["level"], law, on)
        place = row["condition_place"]
        answers.append(applicable[place - 1].id if 0 < place <= len(applicable) else "")
    return answers


def _birth(told: dict[str, Any]) -> date | None:
    from_number: date | None = told["birth_from_id"]
    if from_number is not None:
        return from_number
    written: date | None = told["birth"] if told["birth_precision"] == "day" else None
    return written


def _rest(told: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in told.items():
        if value is not None and value != "" and key not in OWN_COLUMNS:
            yield key, value.isoformat() if isinstance(value, date) else value
