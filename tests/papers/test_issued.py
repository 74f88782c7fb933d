"""Papers in the register: issued by the act that decides, numbered without gaps, revoked, replaced; made by the clock."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import hengjian
from hengjian.authorities.roles import Role
from hengjian.institutions.acts.submit_filing import MaterialReturn, return_filing
from hengjian.institutions.models import Filing
from hengjian.kernel import log_key, sealer, stored_files
from hengjian.kernel.actor import CLOCK
from hengjian.kernel.instruments import instrument_of
from hengjian.kernel.refusal import Refused
from hengjian.papers import fonts, making, proofs, queries
from hengjian.papers.acts.make_paper import make_paper
from hengjian.papers.acts.revoke_paper import replace_paper, revoke_paper
from hengjian.papers.models import Paper, PaperFacts
from hengjian.papers.states import PaperState
from hengjian.papers.verifying import verified
from tests.world import a_filed_institution, a_filed_plan, a_seat, a_submitted_filing, an_accepted_filing

pytestmark = pytest.mark.django_db
SCRIPTS = Path(hengjian.__file__).parent / "web/static/hengjian"


@pytest.fixture(autouse=True)
def own_key(settings, tmp_path: Path) -> None:
    settings.PAPER_KEY_FILE = tmp_path / "key.pem"


def the_paper(case: Filing) -> Paper:
    return Paper.objects.get(case_table=case._meta.db_table, case_id=case.pk)


def the_head(filing: Filing):
    return a_seat(Role.CENTRE_HEAD, office=filing.office)


@pytest.mark.without_typefaces
def test_acceptance_issues_its_paper_in_the_same_act() -> None:
    filing = an_accepted_filing()
    paper = the_paper(filing)
    assert (paper.kind, paper.act, paper.state) == (
        "institutions.filing_receipt", "institutions.accept_filing", PaperState.IN_FORCE,
    )  # fmt: skip
    assert paper.addressee == filing.institution.name
    assert paper.number.endswith(f"〔{filing.accepted_on.year}〕1号")
    said = json.loads(PaperFacts.objects.get(paper=paper).text)
    assert said["due_on"] == filing.due_on.isoformat()
    assert said["days"] == filing.due_days
    instrument = instrument_of(said["clause"])
    assert instrument is not None and instrument.kind == "ministry", "no guide and no reprint is cited as an instrument"
    assert "转载" not in said["clause"]
    assert paper.made_at is None


@pytest.mark.without_typefaces
def test_a_return_names_each_material_with_its_reason() -> None:
    filing = a_submitted_filing()
    material = filing.materials.order_by("id").first()
    reviewer = a_seat(Role.CENTRE_REVIEWER, office=filing.office)
    return_filing(reviewer, filing, returns=(MaterialReturn(material.pk, "字迹不清。"),))
    said = json.loads(PaperFacts.objects.get(paper=the_paper(filing)).text)
    assert said["lines"] == [{"kind": material.kind, "reason": "字迹不清。"}]
    assert said["due_on"] == filing.due_on.isoformat()


@pytest.mark.without_typefaces
def test_a_grant_says_scope_number_and_validity() -> None:
    institution = a_filed_institution()
    paper = Paper.objects.get(kind="institutions.filing_grant")
    said = json.loads(PaperFacts.objects.get(paper=paper).text)
    assert said["filing_number"] == institution.filing_number
    assert said["valid_until"] == institution.valid_until.isoformat()
    assert [line["code"] for line in said["scope"]]


@pytest.mark.without_typefaces
def test_a_filed_plan_has_its_form_with_the_heads_of_every_batch() -> None:
    plan = a_filed_plan()
    paper = Paper.objects.get(kind="plans.plan_form", case_id=plan.pk)
    said = json.loads(PaperFacts.objects.get(paper=paper).text)
    assert (said["number"], paper.addressee) == (plan.number, plan.institution.name)
    assert [line["headcount"] for line in said["batches"]] == list(
        plan.batches.order_by("id").values_list("headcount", flat=True)
    )


@pytest.mark.without_typefaces
def test_numbers_have_no_gaps_and_a_refused_act_takes_none() -> None:
    first = the_paper(an_accepted_filing())
    filing = a_submitted_filing()
    with pytest.raises(Refused):
        return_filing(a_seat(Role.CENTRE_REVIEWER, office=filing.office), filing)
    second = the_paper(an_accepted_filing())
    assert (first.number[-2:], second.number[-2:]) == ("1号", "2号")


@pytest.mark.without_typefaces
def test_only_the_head_of_its_office_revokes_and_the_case_stands() -> None:
    filing = an_accepted_filing()
    paper = the_paper(filing)
    with pytest.raises(Refused):
        revoke_paper(a_seat(Role.CENTRE_REVIEWER, office=filing.office), paper, reason="主送单位有误。")
    revoke_paper(the_head(filing), paper, reason="主送单位有误。")
    assert queries.check(paper.code).state == PaperState.REVOKED
    filing.refresh_from_db()
    assert filing.state == "accepted"
    with pytest.raises(Refused):
        revoke_paper(the_head(filing), paper, reason="再次撤销。")


@pytest.mark.without_typefaces
def test_a_replacement_says_the_same_under_a_number_of_its_own() -> None:
    filing = an_accepted_filing()
    old = the_paper(filing)
    replace_paper(the_head(filing), old, addressee="演示：更名后的公司", correction="主送单位已更名。")
    new = Paper.objects.get(replaces=old)
    assert (new.addressee, new.facts_sha256) == ("演示：更名后的公司", old.facts_sha256)
    assert new.number != old.number
    checked = queries.check(old.code)
    assert (checked.state, checked.replaced_by) == (PaperState.REPLACED, new.number)


@pytest.mark.without_typefaces
def test_whoever_may_not_see_the_case_does_not_see_its_paper() -> None:
    filing = an_accepted_filing()
    own = a_seat(Role.CLERK, institution=filing.institution)
    foreign = a_seat(Role.CLERK, institution=a_filed_institution())
    assert [row.number for row in queries.papers(own, case=filing)] == [the_paper(filing).number]
    assert queries.papers(foreign, case=filing) == []
    assert queries.file(foreign, the_paper(filing).pk) is None


def test_nothing_is_made_before_the_log_is_sealed() -> None:
    paper = the_paper(an_accepted_filing())
    with pytest.raises(Refused, match="还没有封存"):
        make_paper(CLOCK, paper)


def test_the_made_file_is_kept_and_is_what_register_and_log_say(made: Callable[[], list[Paper]]) -> None:
    an_accepted_filing()
    (paper,) = made()
    file = stored_files.contents(paper.file_sha256)
    assert hashlib.sha256(file).hexdigest() == queries.check(paper.code).file_sha256
    with pytest.raises(Refused, match="已经制作"):
        make_paper(CLOCK, paper)


def test_the_same_facts_give_the_same_bytes_before_the_signature(made: Callable[[], list[Paper]]) -> None:
    an_accepted_filing()
    sealer.seal()
    paper = Paper.objects.get()
    first, again = making.made(paper), making.made(paper)
    assert first.unsigned_sha256 == again.unsigned_sha256
    (kept,) = made()
    assert kept.unsigned_sha256 == first.unsigned_sha256
    assert (
        verified(stored_files.contents(kept.file_sha256), log_key.verifier()).unsigned_sha256 == first.unsigned_sha256
    )


def test_a_revoked_paper_is_not_made(made: Callable[[], list[Paper]]) -> None:
    filing = an_accepted_filing()
    revoke_paper(the_head(filing), the_paper(filing), reason="主送单位有误。")
    (paper,) = made()
    assert paper.made_at is None


def test_pdfsig_says_valid_and_notices_a_changed_byte(
    made: Callable[[], list[Paper]], tmp_path: Path, poppler: None
) -> None:
    an_accepted_filing()
    (paper,) = made()
    file = stored_files.contents(paper.file_sha256)
    assert "Signature is Valid" in pdfsig(tmp_path, file)
    assert "Total document signed" in pdfsig(tmp_path, file)
    at = len(file) // 3
    altered = file[:at] + bytes([file[at] ^ 1]) + file[at + 1 :]
    assert "Signature is Valid" not in pdfsig(tmp_path, altered)


def pdfsig(folder: Path, file: bytes) -> str:
    path = folder / "paper.pdf"
    path.write_bytes(file)
    return subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False).stdout


def test_a_paper_proves_itself_off_line(made: Callable[[], list[Paper]], tmp_path: Path) -> None:
    """With the two scripts of the site, the published key, and nothing else."""
    an_accepted_filing()
    (paper,) = made()
    file = stored_files.contents(paper.file_sha256)
    for name in ("verify_paper.py", "verify_receipt.py"):
        shutil.copy(SCRIPTS / name, tmp_path / name)
    said = offline(tmp_path, file)
    assert said.returncode == 0, said.stdout + said.stderr
    assert paper.number in said.stdout
    found = verified(file, log_key.verifier())
    assert found.faults == () and found.structure == ()
    assert found.proven is not None and found.proven.row["number"] == paper.number
    assert offline(tmp_path, b"%PDF-1.7 nothing").returncode == 1


def offline(folder: Path, file: bytes) -> subprocess.CompletedProcess[str]:
    path = folder / "paper.pdf"
    path.write_bytes(file)
    command = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(folder)!r}); sys.argv[0] = 'x'; "
               f"import runpy; runpy.run_path({str(folder / 'verify_paper.py')!r}, run_name='__main__')",
               str(path), str(log_key.verifier())]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("what", ["facts", "row", "receipt"])
def test_other_facts_under_a_true_receipt_are_noticed(what: str) -> None:
    """Whoever changes a number, a date or a name in what is attached no longer meets the log."""
    an_accepted_filing()
    sealer.seal()
    paper = Paper.objects.get()
    proof, facts = proofs.proof_of(paper), proofs.facts_of(paper)
    parts = {"receipt": proof.receipt, "row": proof.row, "facts": facts}
    assert (
        proofs.verify(parts["receipt"], parts["row"], parts["facts"], log_key.verifier()).row["number"] == paper.number
    )
    if what == "facts":
        parts["facts"] = facts.replace("2026", "2027")
    elif what == "row":
        parts["row"] = proof.row.replace(paper.number, paper.number.replace("1号", "9号"))
    else:
        later = an_accepted_filing()
        sealer.seal()
        parts["receipt"] = proofs.proof_of(the_paper(later)).receipt
    with pytest.raises(ValueError):
        proofs.verify(parts["receipt"], parts["row"], parts["facts"], log_key.verifier())


@pytest.mark.without_typefaces
def test_without_typefaces_papers_are_issued_and_wait(
    settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: Callable[[], list[Paper]]
) -> None:
    monkeypatch.setattr(fonts, "_PLACES", ())
    settings.FONTS_DIR = tmp_path
    an_accepted_filing()
    (paper,) = made()
    assert paper.made_at is None
    assert "texlive-lang-chinese" in making.hindrance()


@pytest.mark.without_typefaces
def test_in_production_a_missing_key_is_said_and_none_is_made_up(settings, tmp_path: Path) -> None:
    settings.DEMO = False
    settings.PAPER_KEY_FILE = tmp_path / "none.pem"
    assert making.hindrance()
    assert not settings.PAPER_KEY_FILE.exists()
