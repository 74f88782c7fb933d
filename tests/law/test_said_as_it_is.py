"""What a value is said to be is what it is: applied or not yet, read by somebody or not, on every channel alike."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.test import Client

from hengjian.authorities.acts.enact_local_value import enact_local_value
from hengjian.authorities.roles import Role
from hengjian.cli import where
from hengjian.cli.index import lines
from hengjian.kernel import clock
from hengjian.kernel.instruments import CERTAINTY, basis_of, instrument_of, instruments
from hengjian.kernel.policy import PolicyText, catalogue, is_applied
from hengjian.kernel.refusal import PRODUCT, Refusal
from hengjian.rosters.checks import ALL
from hengjian.rosters.entry import entry_rows
from tests.house.source import ROOT, reviewed
from tests.world import TANGSHAN, Province, a_seat

NOT_YET = "尚未用于办理"
WAITING = frozenset(reviewed("catalogue_only.txt"))


def words_in(value: Any) -> Iterator[tuple[str, str]]:
    """Every certainty that is said inside a value, with what it is said of."""
    if isinstance(value, Mapping):
        if "certainty" in value:
            yield str(value.get("name", "")), value["certainty"]
        for part in value.values():
            yield from words_in(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from words_in(part)


def test_within_a_value_too_nothing_is_called_verified_that_nobody_has_read() -> None:
    for text in catalogue().values():
        said = [word for old in text.history for word in words_in(old.value)]
        assert text.certainty == "verified" or not [name for name, word in said if word == "verified"], text.key
    norms = instrument_of("《保育师国家职业标准》")
    assert norms is not None and not norms.read
    assert not [row.id for row in entry_rows() if row.certainty == "verified"], "no standard was read in the original"


IN_WORDS = re.compile(
    r"(?:至少|不少于|不得少于|不超过|最多|最长)[一二两三四五六七八九十]+ ?(?:个|名|人|位|年|日|天|工作日|月|分钟|次|份)"
)
# What is said of the scheme of a draw, not of a value of the law.
NO_VALUE = {"至少一名"}


def test_no_page_says_a_number_of_the_law_in_words_of_its_own() -> None:
    """A city may be stricter, and tomorrow the nation: a number is said by whoever reads it, never by a help text."""
    told = [path for kind in ("*.py", "*.html") for path in sorted((ROOT / "src/hengjian/web").rglob(kind))]
    found = [
        f"{path.relative_to(ROOT)}: {said}"
        for path in told
        if "specimens" not in path.parts
        for said in IN_WORDS.findall(path.read_text(encoding="utf-8"))
        if said not in NO_VALUE
    ]
    assert not found, found
    assert IN_WORDS.findall("评估人员至少两人") == ["至少两人"]


def test_a_check_of_what_no_roster_carries_applies_no_value() -> None:
    """A column that is nothing in every row never finds anything: the value its check reads is not applied by that."""
    source = (ROOT / "src/hengjian/rosters/checks/from_roster.py").read_text(encoding="utf-8")
    empty = set(re.findall(r'"(\w+)": \[0\] \* r\.size', source))
    assert "photo_on" in empty, "photos are kept now: say so, and take the value off the list"
    idle = {
        handle.key
        for module in ALL
        for handle in module.CHECK.cites
        if empty & set(re.findall(r"\bc\.(\w+)", inspect.getsource(module)))
    }
    assert idle == {"certificates.photo_max_age_months"}
    assert not [key for key in idle if is_applied(key)]


def test_a_paper_is_cited_as_a_paper_and_a_rule_of_ours_as_ours() -> None:
    assert basis_of("《技能等级认定试点企业监管服务措施研究》第 3.2 节") == "研究文献，已读原文"
    assert basis_of("《技能等级认定试点企业监管服务措施研究》第 3.2 节", "unverified") == "研究文献，原文未写明"
    assert basis_of(PRODUCT) == "本系统规则"
    assert basis_of("《职业技能等级认定工作规程（试行）》第八条") == "部门文件，未见原文"


A_DOCUMENT = re.compile(
    r"《[^》]+》?|^GB[ /]|(?:通知|指南|指引|规定|规则|公告|计划|公示|题库|条件|告知|细则|办法（鉴定时期|draw/1)$"
)


def test_an_instrument_is_matched_as_a_document_and_not_by_a_place_or_an_office() -> None:
    bare = [each.match for each in instruments() if not A_DOCUMENT.search(each.match)]
    assert not bare, f"write the name of the document: {bare}"
    assert not any(A_DOCUMENT.search(each) for each in ("深圳", "四川省", "市场监管总局", "职业资格证书"))


def test_only_an_act_of_law_is_called_one() -> None:
    """A notice or an opinion of the State Council, however high, is a document."""
    laws = [each.match for each in instruments() if each.kind == "law"]
    assert laws and not [each for each in laws if re.search("通知|意见|公告|指引", each)]
    assert basis_of("国务院办公厅年度节假日安排通知") == "规范性文件，未见原文"


def test_the_glossary_says_of_certainty_what_the_code_does() -> None:
    line = next(each for each in (ROOT / "docs/glossary.md").read_text().splitlines() if "| certainty |" in each)
    assert set(re.findall(r"`(\w+)`", line)) == set(CERTAINTY)
    assert "or a public reprint" not in line and "a reprint is not the original" in line


def test_a_refusal_names_the_instrument_on_every_channel() -> None:
    refusal = Refusal("x.y", "不能。", remedy="请改正。", policy="plans.theory_candidates_per_invigilator")
    text = catalogue()[refusal.policy]
    assert refusal.as_dict()["basis"] == basis_of(text.citation, text.certainty) != ""
    assert Refusal("x.y", "不能。", remedy="请改正。", clause=PRODUCT).as_dict()["basis"] == "本系统规则"
    from hengjian.api.answers import Refused

    assert Refused.model_validate(refusal.as_dict()).basis == refusal.basis


@pytest.mark.django_db
def test_the_list_says_of_each_value_whether_it_is_applied(province: Province) -> None:
    html = Client().get("/policies/").content.decode()
    rows = re.findall(r"<tr\b.*?</tr>", html, re.S)
    said = {key: NOT_YET in row for row in rows for key in re.findall(r"/policies/([a-z_.0-9]+)/", row)}
    assert set(said) == set(catalogue())
    assert {key for key, not_yet in said.items() if not_yet} == WAITING
    assert f"其中 {len(WAITING)} 条" in html


@pytest.mark.django_db
def test_its_own_page_says_it_too(province: Province) -> None:
    client = Client()
    domains = {key.split(".")[0]: key for key in sorted(WAITING)} | {f"+{k}": k for k in ("results.pass_mark",)}
    for key in domains.values():
        assert (NOT_YET in client.get(f"/policies/{key}/").content.decode()) == (key in WAITING), key


@pytest.mark.django_db
def test_the_api_and_the_command_line_say_it_too(province: Province) -> None:
    found = {line["key"]: line["applied"] for line in Client().get("/api/policies").json()}
    lines()
    assert {key for key, applied in found.items() if not applied} == WAITING & set(found)
    for key, text in catalogue().items():
        assert where._policy_data(text)["applied"] == (key not in WAITING), key
        assert any(NOT_YET in line for line in where._policy_lines(text)) == (key in WAITING), key


@pytest.mark.django_db
@pytest.mark.usefixtures("in_march")
def test_a_local_value_of_what_decides_nothing_makes_it_decide_nothing_more(province: Province) -> None:
    text = next(text for key, text in catalogue().items() if key in WAITING and stricter(text) is not None)
    enact_local_value(
        a_seat(Role.CENTRE_HEAD, at=TANGSHAN),
        key=text.key,
        value=stricter(text),
        since=clock.today().replace(day=20),
        law="唐人社演示〔2026〕1 号",
        reason="从严管理的需要。",
    )
    assert not is_applied(text.key)


def stricter(text: PolicyText) -> int | None:
    value = text.history[-1].value
    if type(value) is not int or text.bounds is None or text.stricter == "none":
        return None
    step = 1 if text.stricter == "more" else -1
    return value + step if text.bounds[0] <= value + step <= text.bounds[1] else None
