"""What a stranger reaches: every public page, the check, the notice, the draw; and that none of them tells a whole number."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hengjian.certificates.models import Certificate
from hengjian.kernel import sealer
from hengjian.kernel.models import Entry
from hengjian.results import notice
from hengjian.results.models import Objection, Score
from hengjian.rosters import ticket_code
from hengjian.rosters.models import Candidate
from tests.pages.stage import Stage, stage
from tests.shared import shared

pytestmark = pytest.mark.django_db
STATIC = Path(__file__).parents[3] / "src/hengjian/web/static/hengjian"
WHOLE_NUMBER = re.compile(r"(?<![0-9a-f])\d{17}[\dX](?![0-9a-f])")
node = pytest.mark.skipif(shutil.which("node") is None, reason="the browser's side runs in Node here")


@pytest.fixture
def certified() -> Stage:
    return stage().certified().published_draw()


@pytest.fixture
def on_notice() -> Stage:
    return stage().objected()


def text(response: Any) -> str:
    return str(response.content.decode())


def certificate_of(made: Stage) -> Certificate:
    found: Certificate = Certificate.objects.filter(score__sheet=made.sheet).order_by("pk")[0]
    return found


def ask(number: str, who: str) -> Any:
    return Client().post("/check/", {"number": number, "who": who})


# --- the check ---


def test_number_with_name_or_last_four_or_whole_number_opens_the_certificate(certified: Stage) -> None:
    found = certificate_of(certified)
    for who in (found.name, found.document_number[-4:], found.document_number):
        answer = ask(found.number, who)
        assert answer.status_code == 200 and "证书真实有效" in text(answer)
        assert found.masked_name in text(answer) and found.name not in text(answer)


def test_a_number_written_with_blanks_is_the_same_number(certified: Stage) -> None:
    found = certificate_of(certified)
    spaced = " ".join(re.findall("....|.+", found.number)).lower()
    assert "证书真实有效" in text(ask(spaced, found.name))


@pytest.mark.parametrize(
    "written",
    [
        lambda number, who: ("".join(chr(ord(c) + 0xFEE0) for c in number), who),
        lambda number, who: (f"{number[:12]}-{number[12:]}", who),
        lambda number, who: (f"\u200b{number}\ufeff", who),
        lambda number, who: (number, "".join(chr(ord(c) + 0xFEE0) for c in who)),
        lambda number, who: (f"\u3000{number.lower()} ", f"\u200b{who}\u3000"),
    ],
    ids=["full-width number", "hyphen", "unseen marks", "full-width digits", "small letters and wide blanks"],
)
def test_what_an_input_method_makes_of_it_is_the_same_certificate(certified: Stage, written: Any) -> None:
    certificate = certificate_of(certified)
    number, who = written(certificate.number, certificate.document_number[-4:])
    assert "真实有效" in text(ask(number, who))


def test_a_wrong_half_says_no_more_than_a_wrong_whole(certified: Stage) -> None:
    found = certificate_of(certified)
    unknown = found.number[:-6] + "999999"
    pages = [text(ask(number, who)) for number, who in ((found.number, "王错"), (unknown, found.name))]
    bare = [re.sub(r'value="[^"]*"|"X-CSRFToken": "[^"]*"', "", page) for page in pages]
    assert "没有查到这张证书" in bare[0] and bare[0] == bare[1]


def test_the_number_alone_opens_nothing_and_asks_for_the_second_item(certified: Stage) -> None:
    found = certificate_of(certified)
    linked = text(Client().get(f"/check/{found.number}/"))
    assert found.number in linked and found.masked_name not in linked
    answer = ask(found.number, "")
    assert answer.status_code == 422 and "请再填持证人的姓名" in text(answer) and found.masked_name not in text(answer)


@pytest.mark.parametrize(
    ("number", "part"),
    [
        ("Z000013000217263000001", "评价机构类别（有误）"),
        ("Y000099000217263000001", "省级代码（有误）"),
        ("Y00001300021726X000001", "职业技能等级（有误）"),
        ("Y000013000217263000000", "证书序列码（有误）"),
    ],
)
def test_a_malformed_number_is_told_which_part_is_wrong(number: str, part: str) -> None:
    answer = ask(number, "王知行")
    assert answer.status_code == 422 and part in text(answer)


def test_a_short_number_is_told_its_length() -> None:
    assert "应为 22 位，现为 3 位" in text(ask("Y00", "王知行"))


def test_a_revoked_certificate_says_so(certified: Stage, at: Any) -> None:
    from hengjian.certificates.acts.revoke_certificate import revoke_certificate
    from hengjian.certificates.policies import REVOCATION_GROUNDS

    found = certificate_of(certified)
    at("2026-11-03T10:00")
    ground = REVOCATION_GROUNDS.on(found.issued_on)[0]
    revoke_certificate(certified.responsible, found, ground=ground, reason="经查属实。")
    sealer.seal()
    answer = text(ask(found.number, found.name))
    assert "证书已注销" in answer and "证书真实有效" not in answer and "经查属实" not in answer
    origin = re.search(r'hx-get="([^"]+)"', answer)
    assert origin is not None
    trail = text(Client().get(origin[1]))
    (revoked,) = Entry.objects.filter(act="certificates.revoke_certificate").order_by("id")
    (issued,) = Entry.objects.filter(act="certificates.issue_certificates").order_by("id")
    assert "2026-11-03 注销" in trail and f"/log/entries/{revoked.idx}/" in trail and "经查属实" not in trail
    assert f"/log/entries/{issued.idx}/receipt" in trail, "the receipt offered is still that of the issue"


def test_a_printed_check_says_when_and_where_it_was_asked(certified: Stage, at: Any) -> None:
    found = certificate_of(certified)
    for when, shown in (("2026-11-03T10:07", "2026-11-03 10:07"), ("2026-11-04T08:00", "2026-11-04 08:00")):
        at(when)
        answer = text(ask(found.number, found.name))
        printed = answer[answer.index('<div class="print-head">') : answer.index('<div class="stack">')]
        assert "核验时间" in printed and shown in printed and "/check/" in printed, when


def test_nothing_of_a_revoked_certificate_is_struck_through() -> None:
    """What it was stays readable; the mark says that it is void."""
    for name in ("hengjian.css", "pages.css"):
        rules = (STATIC / name).read_text(encoding="utf-8").split("}")
        struck = [rule for rule in rules if "line-through" in rule and ("certificate" in rule or "paper" in rule)]
        assert not struck, name


def test_a_certificate_not_yet_online_says_so() -> None:
    found = certificate_of(stage().certified(online=False))
    assert "数据尚未上网" in text(ask(found.number, found.name))


def test_a_check_costs_one_query_beside_what_restrains_it(certified: Stage) -> None:
    found = certificate_of(certified)
    ask(found.number, found.name)
    with CaptureQueriesContext(connection) as seen:
        answer = ask(found.number, found.name)
    statements = [query["sql"] for query in seen.captured_queries]
    assert len([text for text in statements if "kernel_restraintcount" not in text]) == 1
    assert len(statements) == 4 and not answer.cookies


def test_how_it_came_about_leads_into_the_log_and_opens_only_from_an_answer(certified: Stage) -> None:
    found = certificate_of(certified)
    origin = re.search(r'hx-get="([^"]+)"', text(ask(found.number, found.name)))
    assert origin is not None
    told = text(Client().get(origin[1]))
    assert "公示 5 个工作日" in told and "/log/entries/" in told and "复算" in told
    assert Client().get(re.sub(r"-[0-9a-f]+/$", f"-{'0' * 32}/", origin[1])).status_code == 404


def test_many_lines_are_checked_with_one_query_and_come_back_as_a_table(certified: Stage) -> None:
    found = certificate_of(certified)
    other = Certificate.objects.exclude(pk=found.pk).order_by("pk")[0]
    lines = f"{found.number} {found.name}\n{other.number},0000\nabc 王知行\n{found.number}"
    answer = text(Client().post("/check/batch/", {"lines": lines}))
    for result in ("真实有效", "没有查到", "编号写法不对", "缺少第二项"):
        assert result in answer
    with CaptureQueriesContext(connection) as few:
        Client().post("/check/batch/", {"lines": f"{found.number} {found.name}"})
    with CaptureQueriesContext(connection) as many:
        Client().post("/check/batch/", {"lines": "\n".join([f"{found.number} {found.name}"] * 500)})
    assert len(few) == len(many)


def test_a_table_is_handed_in_and_handed_back_with_a_result_column(certified: Stage) -> None:
    import io

    import openpyxl
    from django.core.files.uploadedfile import SimpleUploadedFile

    found = certificate_of(certified)
    book = openpyxl.Workbook()
    book.active.append(["序号", "姓名", "证书编号"])
    book.active.append([1, found.name, found.number])
    data = io.BytesIO()
    book.save(data)
    answer = Client().post(
        "/check/batch/", {"table": SimpleUploadedFile("名单.xlsx", data.getvalue()), "download": "xlsx"}
    )
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0] == ("序号", "姓名", "证书编号", "核验结果", "说明")
    assert rows[1][:4] == ("1", found.name, found.number, "真实有效")


@pytest.mark.parametrize("name", ["batch_title_row.xlsx", "batch_hidden_first_sheet.xlsx"])
def test_the_real_heading_and_the_visible_sheet_are_read(name: str) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    given = SimpleUploadedFile(name, shared(f"cases/{name}").read_bytes())
    answer = Client().post("/check/batch/", {"table": given})
    assert answer.status_code == 200
    assert "编号写法不对" not in text(answer) and "核验行数" in text(answer)


def test_too_many_lines_are_refused_with_the_limit() -> None:
    answer = Client().post("/check/batch/", {"lines": "\n".join(["Y000013000217263000001 王"] * 2001)})
    assert answer.status_code == 422 and "2000" in text(answer)


# --- notices and objections ---


def test_the_notice_shows_masked_rows_the_counted_days_and_the_root(on_notice: Stage, at: Any) -> None:
    at("2026-10-05T10:00")
    page = text(Client().get(f"/notices/{on_notice.sheet.pk}/"))
    for said in ("10/10", "调休", on_notice.sheet.notice_root, "异议核查中", "公示中", "/log/entries/"):
        assert said in page
    for name in on_notice.names:
        assert name not in page
    assert "燕北机械" in text(Client().get("/notices/"))


def test_a_notice_that_is_over_keeps_its_page_without_rows(certified: Stage) -> None:
    sheet = certified.sheet
    page = text(Client().get(f"/notices/{sheet.pk}/"))
    for said in ("公示已经期满", sheet.notice_root, "8 人", "公示期间没有收到异议", "/log/entries/"):
        assert said in page
    digests = Score.objects.filter(sheet=sheet, notice_place__isnull=False).order_by("pk")
    assert digests.exists() and not any(score.find_digest in page for score in digests) and "**" not in page
    for gone in ("list.json", "list.csv"):
        assert Client().get(f"/notices/{sheet.pk}/{gone}").status_code == 404
    assert Client().post(f"/notices/{sheet.pk}/find/", {"name": "王", "number": "1"}).status_code == 200
    assert f"/notices/{sheet.pk}/" in text(Client().get("/notices/?side=over"))
    assert f"/notices/{sheet.pk}/" not in text(Client().get("/notices/"))


def test_a_sheet_without_a_notice_has_no_public_page() -> None:
    made = stage().entered()
    for address in ("", "find/", "list.json", "list.csv", "receipt"):
        assert Client().get(f"/notices/{made.sheet.pk}/{address}").status_code == 404


def test_the_list_is_what_the_root_commits(on_notice: Stage) -> None:
    whole = json.loads(Client().get(f"/notices/{on_notice.sheet.pk}/list.json").content)
    assert notice.root(notice.NoticeRow(*row) for row in whole["rows"]) == whole["root"]


def test_the_receipt_of_the_notice_opens_to_its_root(on_notice: Stage) -> None:
    receipt = Client().get(f"/notices/{on_notice.sheet.pk}/receipt")
    assert receipt.status_code == 200 and not WHOLE_NUMBER.search(text(receipt))


@node
def test_the_browser_finds_the_own_row_and_nobody_elses(on_notice: Stage) -> None:
    whole = json.loads(Client().get(f"/notices/{on_notice.sheet.pk}/list.json").content)
    score = Score.objects.filter(sheet=on_notice.sheet, passed=True).order_by("candidate__row")[2]
    code = score.candidate.ticket_code or ""
    typed = f" {code[:4].lower()}－{code[4:8]} {code[8:]}"
    script = f"""
        import {{ findRow, digestOf, readCode, rootOf, CODE_LENGTH }} from {json.dumps(str(STATIC / "find.js"))};
        const list = JSON.parse(process.argv[1]), [typed, other] = JSON.parse(process.argv[2]);
        console.log(JSON.stringify([findRow(list.rows, typed)?.[0] ?? null, findRow(list.rows, other), digestOf(typed), readCode(typed), rootOf(list.rows), CODE_LENGTH]));
    """
    told = subprocess.run(
        ["node", "--input-type=module", "-e", script, "--", json.dumps(whole), json.dumps([typed, code[:-1]])],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    place, nobody, digest, read, root, length = json.loads(told.stdout)
    assert place == 3 and nobody is None and length == ticket_code.LENGTH
    assert read == code and digest == score.find_digest == notice.digest_of(typed)
    assert root == whole["root"]


def test_the_site_looks_up_name_and_number_within_limits(on_notice: Stage, at: Any) -> None:
    from django.core.cache import cache

    cache.clear()
    at("2026-10-05T10:00")
    score = Score.objects.filter(sheet=on_notice.sheet, passed=True).order_by("candidate__row")[2]
    address = f"/notices/{on_notice.sheet.pk}/find/"
    found = Client().post(address, {"name": score.candidate.name, "number": score.candidate.document_number})
    assert found.status_code == 200 and "您在名单第 3 行" in text(found)
    assert score.candidate.name not in text(found) and score.candidate.document_number not in text(found)
    another = Score.objects.filter(sheet=on_notice.sheet, passed=True).order_by("candidate__row")[3]
    wrong = {"name": score.candidate.name, "number": another.candidate.document_number}
    states = [Client().post(address, wrong).status_code for _ in range(20)]
    assert states == [404] * 19 + [429]
    cache.clear()


GIVEN = {"part": "practical", "happened_on": "2026-09-19", "text": "技能成绩少记一项，请核对评分表。", "contact": ""}


def objecting(made: Stage, place: int = 3) -> tuple[Score, str]:
    score = Score.objects.filter(sheet=made.sheet, passed=True).order_by("candidate__row")[place]
    return score, f"/notices/{made.sheet.pk}/rows/{score.pk}/objection/"


def test_anybody_objects_without_a_name_checks_the_answers_and_follows_by_the_code(on_notice: Stage, at: Any) -> None:
    at("2026-10-09T09:00")
    score, address = objecting(on_notice)
    key = re.search(r'name="key" value="([^"]+)"', text(Client().get(address)))
    assert key is not None
    given = GIVEN | {"key": key[1]}
    check = text(Client().post(address, given | {"step": "check"}))
    for said in ("还没有提交", "技能成绩", "技能成绩少记一项", "2026-09-19", "没有填写", "确认提交", "返回修改"):
        assert said in check
    assert not Objection.objects.filter(score=score).exists(), "nothing is handed in before it was checked"
    assert "技能成绩少记一项" in text(Client().post(address, given | {"step": "edit"}))
    first, second = (text(Client().post(address, given | {"step": "send"})) for _ in range(2))
    code = re.search(r"YY\w{12}", first)
    assert code is not None and code[0] in second
    assert Objection.objects.filter(score=score).count() == 1
    told = text(Client().post("/objection/", {"code": code[0].lower()}))
    assert "核对中" in told and "核对期限" in told and "技能成绩少记一项" not in told
    row = next(part for part in text(Client().get(f"/notices/{on_notice.sheet.pk}/")).split("<tr") if address in part)
    assert "核对中" in row


def test_every_fault_stands_at_its_field_and_what_was_written_stays(on_notice: Stage, at: Any) -> None:
    at("2026-10-09T09:00")
    _, address = objecting(on_notice)
    answer = Client().post(
        address, {"part": "", "happened_on": "2026-12-01", "text": "不公平", "contact": "示例", "step": "check"}
    )
    page = text(answer)
    assert answer.status_code == 422 and not Objection.objects.filter(contact="示例").exists()
    for said in ("请填写“异议的事项”", "不能晚于今天", "至少写 4 个字", "不公平", 'value="示例"'):
        assert said in page


def test_what_was_written_stays_when_the_objection_is_refused(on_notice: Stage, at: Any) -> None:
    at("2026-10-20T09:00")
    _, address = objecting(on_notice)
    for step in ("check", "send"):
        answer = Client().post(address, GIVEN | {"key": "k" * 32, "step": step})
        assert answer.status_code == 422 and "技能成绩少记一项" in text(answer) and "不在公示期内" in text(answer)


def test_when_the_notice_is_over_the_form_says_so_and_keeps_what_was_written(certified: Stage) -> None:
    _, address = objecting(certified)
    answer = Client().post(address, GIVEN | {"key": "k" * 32, "step": "send"})
    assert answer.status_code == 422 and "技能成绩少记一项" in text(answer) and "**" not in text(answer)


def test_who_is_missing_from_the_list_objects_too(on_notice: Stage, at: Any) -> None:
    at("2026-10-09T09:00")
    address = f"/notices/{on_notice.sheet.pk}/omission/"
    assert address in text(Client().get(f"/notices/{on_notice.sheet.pk}/"))
    given = {"name": "苏示例", "ticket": "26130200010001", "text": "两科都考了，名单中没有我。", "key": "m" * 32}
    assert "苏示例" in text(Client().post(address, given | {"step": "check"}))
    sent = text(Client().post(address, given | {"step": "send"}))
    assert re.search(r"YY\w{12}", sent)
    found = Objection.objects.get(score=None)
    assert (found.claimed_name, found.sheet_id) == ("苏示例", on_notice.sheet.pk)


def test_overdue_is_said_to_whoever_objected(on_notice: Stage, at: Any) -> None:
    from hengjian.kernel.clock_acts import perform_due

    told = {}
    for code, when in ((on_notice.objection_code, "2026-10-20T09:00"),):
        at(when)
        perform_due()
        told[code] = text(Client().post("/objection/", {"code": code}))
    (page,) = told.values()
    assert "答复逾期" in page and "已经逾期" in page and "唐山市职业技能鉴定中心督办" in page and "已逾期" in page


def test_a_refused_objection_shows_ground_and_explanation_to_its_code(at: Any) -> None:
    from hengjian.results.acts.triage_objection import refuse_objection
    from hengjian.results.policies import OBJECTION_REFUSAL_GROUNDS

    made = stage().objected(accepted=False)
    at("2026-09-30T11:00")
    objection = Objection.objects.get(code=made.objection_code)
    ground = OBJECTION_REFUSAL_GROUNDS.on(objection.received_on)[1]
    refuse_objection(made.reviewer, objection, ground=ground, note="所述为食堂就餐，与评分无关。")
    page = text(Client().post("/objection/", {"code": made.objection_code}))
    assert ground in page and "食堂就餐" in page and "不予受理" in page


def test_one_network_cannot_flood_the_objections(on_notice: Stage, at: Any) -> None:
    from django.core.cache import cache

    cache.clear()
    at("2026-10-09T09:00")
    _, address = objecting(on_notice)
    states = [
        Client().post(address, GIVEN | {"key": f"{number:032d}", "step": "send"}).status_code for number in range(11)
    ]
    assert states == [200] * 10 + [429]
    cache.clear()


def test_an_unknown_code_is_told_which_signs_it_has() -> None:
    answer = Client().post("/objection/", {"code": "YY000000000000"})
    assert answer.status_code == 422 and "没有这个查询码" in text(answer)


# --- draws ---


def test_a_sealed_draw_shows_its_digest_and_not_who(at: Any) -> None:
    made = stage().drawn()
    page = text(Client().get(f"/draws/public/{made.draw.code}/"))
    assert made.draw.digest in page and "结果尚未公开" in page
    for person in made.draw.manifest["staff"]:
        assert person["id"] not in page
    assert Client().get(f"/draws/public/{made.draw.code}/draw.json").status_code == 404


def test_a_published_draw_is_run_again_from_its_file(certified: Stage) -> None:
    from hengjian.kernel import draw as scheme

    code = certified.draw.code
    published = json.loads(Client().get(f"/draws/public/{code}/draw.json").content)
    assert scheme.verify(published) == []
    page = text(Client().get(f"/draws/public/{code}/"))
    assert "重新抽一遍" in page and "没有安全培训记录" in page and code in text(Client().get("/draws/public/"))


# --- all of them ---


@pytest.mark.parametrize("typed", ["a/b", "\x00", "../../log", "Y 0000 13", "<script>", "%2F"])
def test_whatever_is_typed_gets_an_answer_and_never_an_error(typed: str) -> None:
    client = Client()
    assert client.get("/", {"number": typed}).status_code in (200, 302)
    assert client.post("/check/", {"number": typed, "who": typed}).status_code == 422
    assert client.post("/objection/", {"code": typed}).status_code == 422
    assert client.post("/check/batch/", {"lines": f"{typed} {typed}"}).status_code in (200, 422)
    assert client.get("/notices/", {"q": typed}).status_code == 200
    assert client.get("/draws/public/%00/").status_code == 404
    assert client.get("/draws/public/%00/draw.json").status_code == 404
    answer = client.get("/api/no-such%00")
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (404, "application/json")
    shown = client.post("/check/", {"number": typed, "who": typed}).content.decode()
    assert "<script>" not in shown


def addresses(made: Stage) -> list[str]:
    fixed = ["/", "/check/", "/check/batch/", "/notices/", "/objection/", "/draws/public/", "/verify/", "/log/"]
    return [*fixed, *(f"/draws/public/{made.draw.code}/" for _ in range(1)), f"/check/{certificate_of(made).number}/"]


def test_every_public_page_opens_without_an_account_in_both_languages_and_sizes(certified: Stage) -> None:
    for address in addresses(certified):
        client = Client()
        assert client.get(address).status_code == 200, address
        client.cookies["hengjian_large"] = "1"
        assert 'class="large"' in text(client.get(address)), address
        assert 'lang="en"' in text(client.get(address, headers={"Accept-Language": "en"})), address


def test_no_public_page_holds_a_whole_identity_number_or_name(certified: Stage, at: Any) -> None:
    shown = stage().objected()
    at("2026-10-05T10:00")
    pages = [*addresses(certified), f"/notices/{shown.sheet.pk}/", f"/notices/{shown.sheet.pk}/list.json"]
    numbers = {found.document_number for found in Candidate.objects.order_by("pk")}
    for address in pages:
        page = text(Client().get(address))
        assert not any(number in page for number in numbers), address
        assert not WHOLE_NUMBER.search(page), address
        assert not any(name in page for name in shown.names), address


@pytest.mark.parametrize("address", ["/notices/", "/draws/public/"])
def test_lists_cost_the_same_with_one_and_with_many(address: str, at: Any) -> None:
    stage().on_notice()
    at("2026-10-05T10:00")
    Client().get(address)
    with CaptureQueriesContext(connection) as few:
        Client().get(address)
    for _ in range(3):
        stage().on_notice()
    with CaptureQueriesContext(connection) as many:
        Client().get(address)
    assert len(few) == len(many)


def test_a_notice_of_a_thousand_costs_as_many_queries_as_one_of_a_hundred(at: Any) -> None:
    few, many = stage(candidates=100).on_notice(), stage(candidates=1000).on_notice()
    at("2026-10-05T10:00")
    counts = []
    for made in (few, few, many):
        with CaptureQueriesContext(connection) as seen:
            assert Client().get(f"/notices/{made.sheet.pk}/").status_code == 200
        counts.append(len(seen))
    assert counts[1] == counts[2]


def test_what_is_computed_in_the_browser_waits_for_its_script() -> None:
    """Before the script runs, the form to find oneself would be sent away with name and number in its address."""
    from tests.shared import ROOT

    pages = ROOT / "src/hengjian/web/templates/public"
    for name, mark in (("notice.html", "data-whole-check"), ("draw.html", "data-draw-run")):
        text = (pages / name).read_text(encoding="utf-8")
        buttons = [tag for tag in text.split("<button")[1:] if mark in tag or "查找" in tag.split("</button>")[0]]
        assert buttons
        assert all("disabled data-when-ready" in tag.split(">")[0] for tag in buttons)
