"""From what was examined to candidates: identities encrypted and hashed, the rest of the row encrypted beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from hengjian.kernel.asking import Asking
from hengjian.kernel.models import Upload
from hengjian.kernel.prepared import Prepared
from hengjian.kernel.refusal import PRODUCT, Refusal, Refused, refuse
from hengjian.kernel.uploads import digest_now
from hengjian.plans.models import Batch
from hengjian.rosters import identity
from hengjian.rosters.checks import from_roster, vocabulary
from hengjian.rosters.entry import entry_rows, rows_for
from hengjian.rosters.examining import Examined, answer, setting_of
from hengjian.rosters.history import known_beside
from hengjian.rosters.models import Candidate

OWN_COLUMNS = frozenset({"name", "document_type", "document_number", "person_key", "person_tag", "serial"})
RESIDENT = "01"


@dataclass(frozen=True)
class Listed(Prepared):
    """A roster read, checked and made ready ahead of the transaction; it holds while nothing it rests on has changed."""

    examined: Examined
    candidates: tuple[Candidate, ...]

    def changed_since(self, asking: Asking[Batch]) -> bool:
        """Whether the plan, or what is known of these people elsewhere, is no longer what the roster was checked against."""
        examined = self.examined
        if setting_of(asking, asking.today) != examined.setting or asking.subject.headcount != examined.planned:
            return True
        now = known_beside(asking.subject, examined.person_keys)
        return any(not table.equals(now[name]) for name, table in examined.beside.items())


def read_and_check(asking: Asking[Batch], *, upload_id: int) -> Listed:
    """The upload as it would be filed; raises `Refused` with the answer of the dry run."""
    upload = Upload.objects.filter(pk=upload_id, owner=asking.actor.actor_id).order_by("pk").first()
    if upload is None or digest_now(upload.pk) != upload.sha256:
        raise refuse(
            "rosters.no_upload",
            "没有找到您上传的这份文件，请重新上传。",
            field="upload_id",
            remedy="请在本页重新选择文件上传，再办理一次。",
            clause=PRODUCT,
        )
    examined = answer(asking, upload)
    if isinstance(examined, Refusal):
        raise Refused(examined)
    if examined.refusal is not None:
        raise Refused(examined.refusal)
    made = tuple(candidates_of(asking.subject, examined))
    return Listed(examined, made, files={upload.pk: examined.reading.original_sha256})


def candidates_of(batch: Batch, examined: Examined) -> list[Candidate]:
    """Unsaved candidates in the order of the file, numbered from 1."""
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
                row=place + 1,
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
