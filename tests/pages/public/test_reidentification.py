"""M10: whoever knows a candidate's name and tries every number learns nothing from all that a notice publishes.

Two tests. The attack that broke an earlier scheme is tried with a dictionary on everything published (and, to show that it
can succeed, on that earlier scheme). And what is published is shown to be the same, sign by sign, whoever the people are.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.test import Client

from hengjian.kernel import sealer
from hengjian.kernel.identity import resident_check_digit
from hengjian.results.acts.confirm_results import confirm_results
from hengjian.results.acts.open_notice import open_notice
from hengjian.rosters import identity
from hengjian.rosters.models import Candidate
from tests.harness.database import past_the_guard
from tests.pages.stage import Stage, stage

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r"[0-9a-f]{32,}|[A-Za-z0-9+/]{22,}={0,2}")
ROUNDS = 10_000


def published(sheet: int) -> dict[str, str]:
    """Everything that stands in public about a notice, by address; tokens of the form's own are taken out."""
    addresses = [
        "/notices/",
        f"/notices/{sheet}/",
        f"/notices/{sheet}/list.json",
        f"/notices/{sheet}/list.csv",
        "/api/notices",
        f"/api/notices/{sheet}",
    ]
    found = {}
    for address in addresses:
        answer = Client().get(address)
        assert answer.status_code == 200, address
        text = answer.content.decode("utf-8-sig")
        if "json" in answer["Content-Type"]:
            text = json.dumps(json.loads(text), ensure_ascii=False)
        found[address] = re.sub(r'"X-CSRFToken": "[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    return found


def tails(number: str) -> Iterator[str]:
    """Every end of a resident's number of which area, year and month are known: 31 days, 1,000 serials, 11 check signs."""
    for day in range(1, 32):
        for serial in range(1000):
            head = f"{number[:12]}{day:02d}{serial:03d}"
            yield head[-5:] + resident_check_digit(head)


def cheap(name: str, tail: str) -> Iterable[bytes]:
    for parts in ((name, tail), (tail,), (name, tail[-4:])):
        yield "\0".join(parts).encode()
        yield "".join(parts).encode()


def attacked(texts: Iterable[str], people: list[tuple[str, str]]) -> set[str]:
    """The people whose number this attacker reads out of `texts`, knowing their names."""
    tokens = {token.lower() for text in texts for token in TOKEN.findall(text)}
    salts = [bytes.fromhex(token) for token in tokens if re.fullmatch(r"(?:[0-9a-f]{2}){16,32}", token)]
    found = set()
    for name, number in people:
        for tail in tails(number):
            if any(hashlib.sha256(words).hexdigest() in tokens for words in cheap(name, tail)):
                found.add(number)
        # Costly guesses are made once, for the true tail: if that one does not fit, no other helps.
        for words in cheap(name, number[-6:]):
            for salt in salts:
                guesses = (
                    hashlib.sha256(salt + words).hexdigest(),
                    hashlib.sha256(words + salt).hexdigest(),
                    hmac.new(salt, words, "sha256").hexdigest(),
                    hashlib.pbkdf2_hmac("sha256", words, salt, ROUNDS).hex(),
                )
                if any(guess in tokens for guess in guesses):
                    found.add(number)
    return found


def people_of(made: Stage) -> list[tuple[str, str]]:
    rows = Candidate.objects.filter(batch=made.batch).order_by("row")
    return [(row.name, row.document_number) for row in rows]


def test_the_attack_breaks_a_published_hash_of_name_and_tail() -> None:
    """The control: an attacker who never succeeds would prove nothing."""
    name, number = "苗思齐", "13020319900322999" + resident_check_digit("13020319900322999")
    salt = "00112233445566778899aabbccddeeff"
    words = f"{name}\0{number[-6:]}".encode()
    slow = hashlib.pbkdf2_hmac("sha256", words, bytes.fromhex(salt), ROUNDS).hex()
    assert attacked([f'{{"rows": [[1, "苗**", "1302**********9X", "{salt}", "{slow}"]]}}'], [(name, number)]) == {
        number
    }
    assert attacked([hashlib.sha256(words).hexdigest()], [(name, number)]) == {number}


def test_nothing_published_of_a_notice_tells_a_number(at: Any) -> None:
    made = stage(candidates=3).on_notice()
    sealer.seal()
    at("2026-10-05T10:00")
    texts = [*published(made.sheet.pk).values(), Client().get(f"/notices/{made.sheet.pk}/receipt").content.decode()]
    assert attacked(texts, people_of(made)) == set()
    for text in texts:
        assert not re.search(r"\*[\dX]|\d\*", text), "no beginning and no end of a number"


def test_what_is_published_is_the_same_whoever_the_people_are(at: Any) -> None:
    """Sign by sign: numbers, births and given names leave no trace at all, so nothing can be guessed from it."""
    made = stage(candidates=6).entered()
    at("2026-09-29T16:31")
    confirm_results(made.responsible, made.sheet)
    seen = []
    for turn in range(2):
        with transaction.atomic():
            if turn:
                _other_people(made)
            open_notice(made.responsible, made.sheet, place="厂区公告栏")
            seen.append((people_of(made), published(made.sheet.pk)))
            transaction.set_rollback(True)
    (some, first), (others, second) = seen
    assert not {number for _, number in some} & {number for _, number in others}
    assert first == second


def _other_people(made: Stage) -> None:
    with past_the_guard("the same batch of other people"):
        for row in Candidate.objects.filter(batch=made.batch).order_by("row"):
            head = f"130203{1990 + row.row % 9}{1 + row.row % 9:02d}07{700 + row.row}"
            number = head + resident_check_digit(head)
            QuerySet(Candidate).filter(pk=row.pk).update(
                name=row.name[0] + "另有其人",
                document_number=number,
                document_index=identity.document_index("01", number),
                masked_number=identity.masked_number(number),
                person_key=row.person_key + 1_000_000,
            )
