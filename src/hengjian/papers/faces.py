"""From a paper of the register to its face: what its template is given, in Chinese or, as a translation, in English."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from pydantic import TypeAdapter

from hengjian.kernel import codes
from hengjian.kernel.clock import ZONE
from hengjian.kernel.facts import canonical
from hengjian.kernel.law import nationwide
from hengjian.kernel.words import in_words, listed, speaking, translated
from hengjian.papers import seals, signing
from hengjian.papers.kinds import PaperKind
from hengjian.papers.maker import TEMPLATES, Attached, Face
from hengjian.papers.models import Paper
from hengjian.papers.policies import LEVELS
from hengjian.papers.proofs import Proof, facts_of

RECEIPT, ROW, FACTS = "receipt.txt", "register.json", "facts.json"
CHINESE, ENGLISH = "zh", "en"
_LANGUAGES = {CHINESE: "zh-hans", ENGLISH: "en"}


def check_address(code: str) -> str:
    """Where anybody checks a paper; without a code, where the code is asked for. Printed on papers: it stays."""
    return f"/papers/{code}/" if code else "/papers/"


def face_of(paper: Paper, proof: Proof, lang: str = CHINESE) -> Face:
    """The face of an issued paper. Raises FontsMissing for want of a drawn seal, NoKey for want of a key."""
    office_code = "" if paper.office_id is None else paper.area_path.strip("/").rsplit("/", 1)[-1]
    return face(
        kind=paper.kind,
        title=paper.title,
        number=paper.number,
        code=paper.code,
        replaces=listed((paper.replaces.number, paper.correction), "；") if paper.replaces is not None else "",
        addressee=paper.addressee,
        issuer=paper.issuer,
        area_code=office_code,
        signer=paper.signer,
        issued_at=paper.issued_at,
        facts=facts_of(paper),
        proof=proof,
        lang=lang,
    )


def face(
    *,
    kind: str,
    title: str,
    number: str,
    code: str,
    replaces: str,
    addressee: str,
    issuer: str,
    area_code: str,
    signer: str,
    issued_at: datetime,
    facts: str,
    proof: Proof,
    lang: str = CHINESE,
) -> Face:
    """The face from plain values; `issuer` and its seal as they are in this installation."""
    demo, original = settings.DEMO, lang == CHINESE
    at = issued_at.astimezone(ZONE)
    with speaking(_LANGUAGES[lang]):
        site = settings.SITE_ADDRESS.rstrip("/")
        levels = nationwide(at.date()).policy(LEVELS)
        return Face(
            kind=kind,
            lang=lang,
            title=translated(title),
            number=number,
            replaces=in_words(replaces),
            addressee=addressee,
            office=issuer,
            office_face=seals.face_of(issuer, demo=demo),
            # A translation bears no seal: it is not the paper.
            seal=seals.seal_of(issuer, area_code, demo=demo) if original else "",
            signer=in_words(signer),
            issued_at=at,
            demo=demo,
            test_key=original and signing.is_test_key(),
            address=f"{site}{check_address(code)}#{_pointer(proof)}",
            site=f"{site.partition('://')[2]}{check_address('').rstrip('/')}",
            code_face=codes.grouped(code),
            index=proof.index,
            leaf=proof.leaf,
            checkpoint=proof.checkpoint,
            facts=_in_language(json.loads(facts)),
            levels={level["code"]: translated(level["title"]) for level in levels},
            attached={
                RECEIPT: Attached(proof.receipt, "C2SP tlog-proof", "text/plain", "source"),
                ROW: Attached(proof.row, "row of the register", relationship="source"),
                FACTS: Attached(facts, "what the paper says"),
            }
            if original
            else {},
        )


def _pointer(proof: Proof) -> str:
    """Where the issuing stands in the log and the hash of its leaf: whoever holds the log needs no more."""
    return f"{proof.index}.{base64.urlsafe_b64encode(bytes.fromhex(proof.leaf)).decode().rstrip('=')}"


def _in_language(value: Any) -> Any:
    """Texts of the house's own (kinds, parts, states) in the reader's language; what people wrote stays."""
    if isinstance(value, Mapping):
        return {key: _in_language(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_in_language(item) for item in value]
    return translated(value) if isinstance(value, str) else value


SAMPLE_PROOF = Proof(18_603, "5b" * 32, 18_640, "c2sp.org/tlog-proof@v1\n", "{}")


@dataclass(frozen=True)
class Sample:
    """What the golden picture of a kind shows: to whom, saying what."""

    addressee: str
    facts: Any
    around: dict[str, str]


@cache
def sample_of(kind: PaperKind[Any, Any]) -> Sample:
    """The sample beside the template, read by the kind's own types. Raises a ValidationError where it does not fit them."""
    said = kind.data
    around = json.loads((TEMPLATES / "sample.json").read_text(encoding="utf-8"))
    return Sample(said["addressee"], TypeAdapter(kind.facts).validate_python(said["facts"]), around)


def sample_face(kind: PaperKind[Any, Any], lang: str = CHINESE) -> Face:
    """The face of the kind's sample, as its golden picture shows it."""
    sample = sample_of(kind)
    around = sample.around
    return face(
        kind=kind.code,
        title=kind.title,
        number=around["number"].replace("{mark}", kind.mark),
        code=around["code"],
        replaces="",
        addressee=sample.addressee,
        issuer=around["issuer"],
        area_code=around["area_code"],
        signer=around["signer"],
        issued_at=datetime.fromisoformat(around["issued_at"]),
        facts=canonical(sample.facts).decode(),
        proof=SAMPLE_PROOF,
        lang=lang,
    )
