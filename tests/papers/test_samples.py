"""Every kind of paper by its sample: Chinese and English, PDF/A, the same bytes twice, its text readable, its look kept."""

from __future__ import annotations

import io
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from hengjian.kernel.words import speaking, translated
from hengjian.papers import faces, maker, structure
from hengjian.papers.kinds import PaperKind, kinds
from hengjian.papers.maker import TEMPLATES, Unmakeable

PICTURES = Path(__file__).parent / "pictures"
PPI, TOLERANCE = 48, 1.2  # mean difference of grey values (0–255); a line of text more changes several times that
KINDS = list(kinds().values())
LANGUAGES = (faces.CHINESE, faces.ENGLISH)


@pytest.fixture(autouse=True)
def one_site(settings, tmp_path: Path) -> None:
    settings.SITE_ADDRESS = "https://hengjian.example"
    settings.PAPER_KEY_FILE = tmp_path / "key.pem"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_the_sample_is_pdf_a_and_always_the_same(kind: PaperKind, lang: str) -> None:
    face = faces.sample_face(kind, lang)
    made = maker.make(face)
    assert structure.faults(made) == []
    assert maker.make(face) == made
    inside = structure.attachments(made)
    assert set(inside) == ({faces.RECEIPT, faces.ROW, faces.FACTS} if lang == faces.CHINESE else set())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_what_it_says_can_be_read_out(kind: PaperKind, lang: str, tmp_path: Path, poppler: None) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(maker.make(faces.sample_face(kind, lang)))
    text = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, text=True, check=True).stdout
    joined = "".join(text.split())
    with speaking("en" if lang == faces.ENGLISH else "zh-hans"):
        title = translated(kind.title)
    for said in (title, f"唐职鉴{kind.mark}〔2026〕31号", faces.sample_of(kind).addressee, "7K3M9QXR4T6B", "周闻达"):
        assert "".join(said.split()) in joined, said
    assert ("演示数据" if lang == faces.CHINESE else "DEMODATA") in joined
    assert lang == faces.CHINESE or title != kind.title, "the title has no English"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_it_looks_as_its_picture(kind: PaperKind, lang: str) -> None:
    """`HENGJIAN_PICTURES=1` draws the pictures anew; look at them before committing."""
    pages = [Image.open(io.BytesIO(page)).convert("L") for page in maker.pictures(faces.sample_face(kind, lang), PPI)]
    assert pages, "no page at all"
    for number, page in enumerate(pages, 1):
        golden = PICTURES / f"{kind.code}.{lang}.{number}.png"
        if os.environ.get("HENGJIAN_PICTURES"):
            page.save(golden, optimize=True)
        assert different(page, Image.open(golden)) < TOLERANCE, f"{golden.name} looks different"
    assert not (PICTURES / f"{kind.code}.{lang}.{len(pages) + 1}.png").exists(), "a page less than in the pictures"


def different(one: Image.Image, other: Image.Image) -> float:
    return 255.0 if one.size != other.size else ImageStat.Stat(ImageChops.difference(one, other)).mean[0]


def test_a_changed_look_is_noticed() -> None:
    face = faces.sample_face(KINDS[0])
    (page,) = (Image.open(io.BytesIO(each)).convert("L") for each in maker.pictures(face, PPI))
    (other,) = (Image.open(io.BytesIO(each)).convert("L") for each in maker.pictures(replace(face, seal=""), PPI))
    assert different(page, other) > TOLERANCE


def test_marks_and_titles_are_their_own() -> None:
    assert len({kind.mark for kind in KINDS}) == len({kind.title for kind in KINDS}) == len(KINDS)


def test_every_template_has_its_kind_and_every_kind_its_template() -> None:
    shared = {"frame", "scope", "seal"}
    assert {path.stem for path in TEMPLATES.glob("*.typ")} - shared == set(kinds())


def test_a_sign_that_no_typeface_has_makes_no_paper() -> None:
    """A name must not come out with a box in it: rather no paper, and a line in the program's log."""
    face = replace(faces.sample_face(KINDS[0]), addressee="演示：\U000f1234公司")
    with pytest.raises(Unmakeable):
        maker.make(face)


def test_rare_characters_of_names_come_out(tmp_path: Path, poppler: None) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(maker.make(replace(faces.sample_face(KINDS[0]), addressee="演示：曽禤卲遆洑𠮷㙦镕公司")))
    text = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, text=True, check=True).stdout
    assert "演示：曽禤卲遆洑𠮷㙦镕公司" in text.replace("\n", "")


def test_a_plain_pdf_does_not_pass_the_gate() -> None:
    import pikepdf

    plain = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(plain)
    assert len(structure.faults(plain.getvalue())) >= 4
    assert structure.faults(b"no pdf") != []
