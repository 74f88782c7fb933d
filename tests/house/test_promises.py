"""What the README promises is shown by a test: each sentence of the promises stands in this table with what shows it.

A sentence that is changed, added or dropped fails here until the table says again what shows it; so does a test that goes.
"""

from __future__ import annotations

import re

from tests.house.source import ROOT

ONLY_BY_ACTS = ["tests/house/test_writes.py::test_nothing_writes_a_case_table_by_hand"]
THE_HEADER_IS_THE_REGULATION = [
    "tests/house/test_acts.py::test_every_act_has_label_fact_test_and_law",
    "tests/house/test_acts.py::test_permission_matrix_is_as_reviewed",
    "tests/house/test_acts.py::test_every_step_names_states_of_its_subject",
]
ONE_REFUSAL = [
    "tests/pages/test_acts_on_pages.py::test_every_page_of_a_case_shows_what_the_kernel_says",
    "tests/law/test_the_chip_names_the_instrument.py::test_every_refusal_names_its_instrument_and_its_certainty",
    "tests/house/test_refusals.py::test_every_refusal_says_what_mends_it",
]
NUMBERS_ARE_DATA = [
    "tests/house/test_legal_numbers.py::test_no_legal_number_stands_outside_policies",
    "tests/law/test_every_value_decides.py::test_another_value_changes_the_outcome",
]
ONCE_AND_KEPT = [
    "tests/house/test_law.py::test_every_policy_of_the_house_is_found_in_its_file",
    "tests/kernel/test_asking.py::test_a_page_reads_the_value_the_act_will_use_for_every_act_and_value",
]
SAID_AS_IT_IS = ["tests/house/test_law.py::test_only_what_somebody_has_read_is_called_verified"]
CHECKED_BY_ANYBODY = [
    "tests/kernel/test_tlog_receipt.py::test_a_receipt_proves_with_and_without_its_details",
    "tests/acts/supervision/test_draws.py::test_a_published_draw_is_run_again_by_anybody",
    "tests/acts/certificates/test_certificates.py::test_the_receipt_of_a_certificate_is_verified_without_the_platform",
]
IN_THE_READERS_LANGUAGE = [
    "tests/pages/test_english_everywhere.py::test_nothing_is_chinese_but_names_and_data",
    "tests/pages/test_english_everywhere.py::test_no_export_is_chinese_but_names_and_data",
    "tests/rosters/test_template.py::test_the_english_template_is_english_and_read_like_the_chinese_one",
    "tests/cli/test_english.py::test_an_answer_is_english",
    "tests/house/test_messages.py::test_every_sentence_of_the_sources_has_its_english",
]

SHOWN_BY: dict[str, dict[str, list[str]]] = {
    "README.md": {
        "只有“行为”能改变任何事情": ONLY_BY_ACTS,
        "一个监管行为是一个有类型的函数；表头就是规定：谁、对什么、从哪个状态到哪个状态、依什么规则和数值": THE_HEADER_IS_THE_REGULATION,
        "按钮置灰、接口拒绝和命令行拒绝是同一句话，并写明依据和怎样才能办": ONE_REFUSAL,
        "法规里的每个数字都是有出处、有日期的数据": NUMBERS_ARE_DATA,
        "`policies/` 里一处一条；每个决定都留下当时所依的数值": ONCE_AND_KEPT,
        "不信的人可以自己查": CHECKED_BY_ANYBODY,
        "每个行为进入默克尔日志；每次公布的抽取人人可以重算；每张证书的签发有一份凭证，用独立的脚本不联网也能核对": CHECKED_BY_ANYBODY,
    },
    "README.en.md": {
        "Nothing changes except by an act": ONLY_BY_ACTS,
        "A regulatory act is one typed function; its header is the regulation: who, on what, from which state to which, "
        "under which rules and values": THE_HEADER_IS_THE_REGULATION,
        "Button, API and command line give one and the same refusal, with its source and with what would mend it": ONE_REFUSAL,
        "Every number of the law is dated, cited data, one place each, in `policies/`; every decision keeps the values it was "
        "made under": NUMBERS_ARE_DATA + ONCE_AND_KEPT,
        "Beside each citation stands what kind of document it is and whether anybody has read the original": SAID_AS_IT_IS,
        "Whoever doubts can check": CHECKED_BY_ANYBODY,
        "Every act enters a Merkle log; every published draw can be run again by anybody": CHECKED_BY_ANYBODY,
        "It speaks the language it is asked in": IN_THE_READERS_LANGUAGE,
        "On an English page, in an exported list and in a terminal under `LANG=en_US.UTF-8` nothing is Chinese but names, what "
        "somebody wrote, and the law": IN_THE_READERS_LANGUAGE,
    },
}


def promises(text: str) -> list[str]:
    """The sentences of the numbered promises at the head of a README, without their stress."""
    items = re.findall(r"(?ms)^\d\. (.*?)(?=^\d\. |^\s*$|\Z)", text.split("\n## ")[0])
    plain = (" ".join(item.replace("**", "").split()) for item in items)
    return [part.strip(" 。.") for item in plain for part in re.split(r"。|\. |\.$", item) if part.strip(" 。.")]


def missing_tests(named: list[str]) -> list[str]:
    found = []
    for each in named:
        file, _, function = each.partition("::")
        path = ROOT / file
        if not path.exists() or f"def {function}(" not in path.read_text(encoding="utf-8"):
            found.append(each)
    return found


def test_every_promise_of_the_readme_is_shown_by_a_test() -> None:
    for name, table in SHOWN_BY.items():
        said = promises((ROOT / name).read_text(encoding="utf-8"))
        assert said == list(table), f"{name}: say in SHOWN_BY what shows these sentences"


def test_every_test_that_shows_a_promise_is_there() -> None:
    named = [test for table in SHOWN_BY.values() for tests in table.values() for test in tests]
    assert named and not missing_tests(named)


def test_a_new_promise_and_a_lost_test_are_noticed() -> None:
    assert promises("# x\n\n1. **Nothing is lost.** Ever.\n2. **Free**\n\n## More\n\n1. no promise\n") == [
        "Nothing is lost",
        "Ever",
        "Free",
    ]
    assert missing_tests(["tests/house/test_promises.py::test_gone"]) == ["tests/house/test_promises.py::test_gone"]
