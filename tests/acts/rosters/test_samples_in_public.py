"""The sample of a roster is a draw like the others: anybody runs it again once its files are read (M1, R27)."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client

from hengjian.kernel import sealer
from hengjian.kernel.draw import verify
from hengjian.rosters.acts.admit_candidates import admit_candidates
from hengjian.rosters.acts.draw_sample import draw_sample
from hengjian.rosters.models import Candidate, Sample
from hengjian.rosters.public_queries import public_sample, public_samples, published_sample
from tests.cli.running import Hengjian
from tests.world import Province
from tests.world_after import a_rostered_batch, seats_of, some_people

At = Callable[[object], None]


def test_a_sample_is_in_the_register_at_once_and_run_again_once_its_files_are_read(
    province: Province, at: At, capsys: pytest.CaptureFixture[str]
) -> None:
    at("2026-05-06T09:00")
    run = Hengjian(capsys)
    batch = a_rostered_batch(people=some_people(60))
    _, _, reviewer = seats_of(batch.plan)
    fact = draw_sample(reviewer, batch)
    (row,) = public_samples()
    assert (row.code, row.pool, row.drawn, row.disclosed) == (fact.draw, 60, fact.drawn, False)
    assert row.digest == fact.manifest_sha256
    with pytest.raises(LookupError):
        published_sample(fact.draw)
    before = public_sample(fact.draw)
    assert before is not None
    assert (before.published, before.institution) == (None, ""), "whose roster it is stays out until the files are read"
    page = Client().get(f"/draws/public/{fact.draw}/").content.decode()
    assert batch.plan.institution.name not in page
    assert fact.manifest_sha256 in page
    assert Client().get(f"/draws/public/{fact.draw}/draw.json").status_code == 404
    assert run("draw", "export", fact.draw).status == 1

    admit_candidates(reviewer, batch)
    sealer.seal()
    whole = json.loads(Client().get(f"/draws/public/{fact.draw}/draw.json").content)
    assert verify(whole) == []
    assert {target.rpartition(".")[2] for target in whole["result"]["targets"]} == {str(row) for row in fact.rows}
    exported = run("draw", "export", fact.draw, "--json")
    assert (exported.status, exported.data) == (0, whole)
    page = Client().get(f"/draws/public/{fact.draw}/").content.decode()
    assert batch.plan.institution.name in page
    assert "重新抽一遍" in page
    assert fact.draw in Client().get("/draws/public/").content.decode()
    shown = public_sample(fact.draw)
    assert shown is not None
    assert set(shown.index) == {"rosters.file_roster", "rosters.draw_sample", "rosters.admit_candidates"}
    numerator, denominator = map(int, shown.chance.split("/"))
    assert numerator * 60 == fact.drawn * denominator


def test_nobody_on_the_roster_is_named_in_the_published_sample(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    people = some_people(60)
    batch = a_rostered_batch(people=people)
    _, _, reviewer = seats_of(batch.plan)
    code = draw_sample(reviewer, batch).draw
    admit_candidates(reviewer, batch)
    told = json.dumps(published_sample(code), ensure_ascii=False)
    assert not any(person.name in told or person.number in told for person in people)
    assert not any(c.masked_number in told for c in Candidate.objects.filter(batch=batch))


def test_where_every_file_is_read_nothing_is_drawn_and_nothing_listed(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = a_rostered_batch(people=some_people(5))
    _, _, reviewer = seats_of(batch.plan)
    assert draw_sample(reviewer, batch).draw == ""
    admit_candidates(reviewer, batch)
    assert (Sample.objects.get().disclosed_on, public_samples()) == (None, [])
