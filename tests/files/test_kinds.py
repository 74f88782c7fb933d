"""What a file is, is told by its bytes; what is locked, broken, misnamed or could act is not taken, and the sentence says why."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from PIL import Image

from hengjian.demo.materials import a_material
from hengjian.files import preview
from hengjian.files.kinds import Kind, Unwelcome, looked_at
from tests.ground import a_pdf


def a_picture(form: str = "JPEG", size: tuple[int, int] = (400, 300), **more: Any) -> bytes:
    out = BytesIO()
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    picture.save(out, form, **more)
    return out.getvalue()


def a_pdf_with(change: Any, **saved: Any) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(a_pdf())) as file:
        change(file)
        file.save(out, **saved)
    return out.getvalue()


def a_zip(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def _script(file: pikepdf.Pdf) -> None:
    file.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _launch_on_a_page(file: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    file.pages[0].Annots = pikepdf.Array([note])


def _attached(file: pikepdf.Pdf) -> None:
    file.attachments["a.exe"] = b"MZ"


TAKEN = {
    "pdf": ("营业执照.PDF", a_pdf(), Kind.PDF),
    "jpg": ("现场.jpg", a_picture(), Kind.JPEG),
    "png": ("现场.png", a_picture("PNG"), Kind.PNG),
    "xlsx": (*a_material("场地与设备清单及照片"), Kind.XLSX),
    "docx": (*a_material("管理制度"), Kind.DOCX),
    "csv in the encoding of old Excel": ("名单.csv", "姓名,号码\n张三,1\n".encode("gb18030"), Kind.CSV),
    "text": ("说明.txt", "说明\n".encode(), Kind.TEXT),
    "zip": ("照片.zip", a_zip(a=b"x"), Kind.ZIP),
}
REFUSED = {
    "empty": ("空.pdf", b"  ", "空的"),
    "a programme": ("表.pdf", b"MZ\x90\x00" + bytes(200), "不收"),
    "a page of the web": ("说明.txt", b"<html><script>alert(1)</script>", "不收"),
    "a drawing that can act": ("图.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "不收"),
    "a picture called pdf": ("营业执照.pdf", a_picture(), "内容却是 jpeg"),
    "a pdf called picture": ("营业执照.jpg", a_pdf(), "内容却是 pdf"),
    "no ending": ("营业执照", a_pdf(), "内容却是"),
    "two endings": ("营业执照.pdf.exe", a_pdf(), "内容却是"),
    "script": ("a.pdf", a_pdf_with(_script), "脚本"),
    "launch": ("a.pdf", a_pdf_with(_launch_on_a_page), "脚本"),
    "attachment": ("a.pdf", a_pdf_with(_attached), "附带的文件"),
    "in an object stream": (
        "a.pdf", a_pdf_with(_script, object_stream_mode=pikepdf.ObjectStreamMode.generate), "脚本",
    ),
    "locked": ("a.pdf", a_pdf_with(lambda file: None, encryption=pikepdf.Encryption(owner="o", user="u")), "密码"),
    "cut": ("a.pdf", a_pdf()[:60], "损坏"),
    "picture cut": ("a.jpg", a_picture()[:400], "损坏"),
    "macro": ("a.docx", a_zip(word__document_xml=b"", **{"word/document.xml": b"<x/>", "word/vbaProject.bin": b"x"}), "宏"),
    "embedded": (
        "a.xlsx", a_zip(**{"xl/workbook.xml": b"<x/>", "xl/embeddings/oleObject1.bin": b"x"}), "嵌入的对象",
    ),
    "office of another kind": ("a.pptx", a_zip(**{"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), "不收"),
    "expands": ("a.zip", a_zip(**{str(number): bytes(30 * 1024 * 1024) for number in range(18)}), "展开后过大"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "data", "kind"), TAKEN.values(), ids=TAKEN)
def test_taken_by_its_content(name: str, data: bytes, kind: Kind) -> None:
    assert looked_at(name, data).kind is kind


@pytest.mark.parametrize(("name", "data", "why"), REFUSED.values(), ids=REFUSED)
def test_not_taken_and_why(name: str, data: bytes, why: str) -> None:
    with pytest.raises(Unwelcome) as caught:
        looked_at(name, data)
    said = caught.value.sentence.format(**caught.value.values)
    assert why in said
    assert caught.value.remedy


def test_whatever_bytes_come_it_is_a_sentence_and_no_crash() -> None:
    chance = random.Random(7)
    whole = [data for _, data, _ in TAKEN.values()]
    for _ in range(150):
        data = bytearray(chance.choice(whole))
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        for name in ("a.pdf", "a.jpg", "a.xlsx", "a.docx"):
            try:
                looked_at(name, bytes(data[: chance.randrange(1, len(data) + 1)]))
            except Unwelcome as unwelcome:
                assert unwelcome.sentence


def test_a_picture_shown_says_nothing_of_camera_and_place() -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "SECRET CAMERA", 6  # maker; turned by a quarter
    exif.get_ifd(0x8825)[1] = "N"
    data = a_picture(exif=exif.tobytes(), comment=b"SECRET WORD")
    assert b"SECRET" in data
    shown = preview.picture(data)
    assert b"SECRET" not in shown
    with Image.open(BytesIO(shown)) as found:
        assert not found.getexif() and found.size == (300, 400)


def test_a_large_picture_becomes_small_and_keeps_its_ratio() -> None:
    with Image.open(BytesIO(preview.picture(a_picture(size=(3000, 1500)), 240))) as found:
        assert found.size == (240, 120)


def test_pages_of_a_pdf_are_pictures() -> None:
    assert preview.page_count(a_pdf()) == 1
    with Image.open(BytesIO(preview.page_picture(a_pdf(), 0, 700))) as found:
        assert (found.format, found.size) == ("PNG", (500, 700))
    with pytest.raises(IndexError):
        preview.page_picture(a_pdf(), 1)


def test_documents_and_tables_are_words() -> None:
    words = preview.words_of_document(a_material("管理制度")[1])
    assert words[0] == "管理制度" and len(words) == 5
    (sheet,) = preview.sheets(a_material("场地与设备清单及照片")[1])
    assert sheet.rows[1] == ["配电实训台", "KLT-20", "20", "一号实训楼 101"] and sheet.more == 0


def test_a_document_that_names_the_outside_world_is_read_without_it(tmp_path: Any) -> None:
    (tmp_path / "secret").write_text("secret of this machine")
    entity = f"<!DOCTYPE d [<!ENTITY e SYSTEM '{(tmp_path / 'secret').as_uri()}'>]>"
    body = "<w:body><w:p><w:r><w:t>before &e; after</w:t></w:r></w:p></w:body>"
    xml = f"<?xml version='1.0'?>{entity}<w:document xmlns:w='{preview._W[1:-1]}'>{body}</w:document>"
    words = preview.words_of_document(a_zip(**{"word/document.xml": xml.encode()}))
    assert "secret" not in "".join(words)
