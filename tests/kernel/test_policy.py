"""A policy is a dated, cited value: what the handle answers, what it refuses, what is wrong with a file."""

from datetime import date
from pathlib import Path

import pytest

from hengjian.kernel import policy
from hengjian.kernel.policy import LocalValue, LocalValueRefused, NoValueYet, Policy, Table, UnknownPolicy
from hengjian.kernel.policy_files import VARIABLE, frozen, plain, read_directory

KEY = "results.notice_working_days"
DAY = date(2026, 5, 6)
TANGSHAN, LUBEI = "13/1302/", "13/1302/130203/"


def local(value, area=TANGSHAN, since=date(2026, 5, 1), key=KEY, **more):
    return LocalValue(key, area, value, since, **more)


@pytest.fixture
def notice():
    return Policy(KEY, int)


@pytest.fixture
def law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A directory of our own law, read in place of the house's."""

    def write(text: str, name: str = "own") -> Path:
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        read_directory.cache_clear()
        monkeypatch.setenv(VARIABLE, str(tmp_path))
        return tmp_path

    yield write
    read_directory.cache_clear()


GOOD = """
[days]
title = "期限"
unit = "工作日"
stricter = "more"
bounds = [3, 30]
source = "《办法》"
clause = "第十二条"
certainty = "verified"
verified = 2026-01-01
read = "公报"
[[days.values]]
since = 2021-01-01
value = 3
law = "《办法》第十二条"
[[days.values]]
since = 2026-01-01
value = 10
law = "《办法》第十二条（2025 年修订）"
"""


class TestTheHouse:
    def test_the_law_is_in_order(self):
        assert policy.problems() == []

    def test_a_value_nobody_has_seen_written_down_says_so_beside_it(self):
        unseen = [text for text in policy.catalogue().values() if text.certainty == "unverified"]
        assert unseen and all(text.note for text in unseen)

    def test_a_value_that_only_some_place_has_says_whose_it_is(self):
        for text in policy.catalogue().values():
            assert text.certainty != "local" or text.note, text.key

    def test_both_lengths_of_the_notice_are_there_and_the_default_meets_both(self):
        five, three = Policy(KEY, int).on(DAY), Policy("results.final_notice_working_days", int).on(DAY)
        assert (five, three) == (5, 3)


class TestHandle:
    def test_answers_the_value_of_the_day(self, notice):
        assert notice.on(DAY) == 5
        assert notice.text.history[0].since == date(2021, 1, 1)
        assert "3.3" in notice.text.citation

    def test_has_no_answer_before_the_law(self, notice):
        with pytest.raises(NoValueYet, match="2020-12-31 尚无规定"):
            notice.on(date(2020, 12, 31))

    def test_an_unknown_key_stops_the_start_and_names_the_near_one(self):
        with pytest.raises(UnknownPolicy, match=r"是否指 results\.notice_working_days"):
            Policy("results.notice_working_day", int)

    def test_a_value_of_another_type_stops_the_start(self):
        with pytest.raises(UnknownPolicy, match="是 int，代码要求 str"):
            Policy(KEY, str)
        with pytest.raises(UnknownPolicy, match="是 bool"):
            Policy("plans.panels_are_odd", int)

    def test_lists_and_tables_are_frozen_all_the_way_down(self):
        blocks = Policy[tuple[str, ...]]("plans.required_blocks", tuple).on(DAY)
        volumes = Policy("archives.volumes", Table).on(DAY)
        assert blocks[0] == "职业（工种）"
        assert isinstance(volumes["3"]["documents"], tuple)
        with pytest.raises(TypeError):
            volumes["3"] = ()
        with pytest.raises(AttributeError):
            notice_text = Policy(KEY, int).text
            notice_text.title = "x"
        assert frozen(plain(volumes)) == volumes and hash(frozen(plain(volumes))) == hash(volumes)


class TestPin:
    def test_reads_as_the_ledger_keeps_it(self, notice):
        assert str(notice.pin(DAY)) == "results.notice_working_days=5@2021-01-01"
        assert str(notice.pin(DAY, local(7))) == "results.notice_working_days=5@2021-01-01|13/1302/=7@2026-05-01"

    def test_lists_tables_and_words_stand_as_json_or_plain(self):
        assert str(Policy("personnel.assessor_recusal_relations", tuple, decides=False).pin(DAY)).endswith(
            '=["亲属","师徒","师生"]@2019-01-01'
        )
        assert str(Policy("personnel.rotation_share", Table).pin(DAY)).endswith('={"of":3,"part":1}@2019-01-01')
        assert str(Policy("certificates.empty_trade_text", str).pin(DAY)) == (
            "certificates.empty_trade_text=--@2021-01-01"
        )
        assert str(Policy("plans.panels_are_odd", bool).pin(DAY)).endswith("=true@2019-01-01")

    def test_holds_the_value_that_counts(self, notice):
        assert notice.pin(DAY).value == 5
        assert notice.pin(DAY, local(7)).value == 7
        assert notice.pin(DAY, local(7)).national == 5


class TestLocalValues:
    def test_the_strictest_of_the_areas_one_lies_in_counts(self, notice):
        values = [local(7), local(10, LUBEI), local(20, "13/1301/")]
        assert notice.resolve(DAY, values, LUBEI).value == 10
        assert notice.resolve(DAY, values, "13/1302/130202/").value == 7
        assert notice.resolve(DAY, values, "13/1303/130302/").value == 5

    def test_a_path_that_only_begins_alike_is_another_area(self, notice):
        assert notice.resolve(DAY, [local(7, "13/1302/13020/")], LUBEI).value == 5
        with pytest.raises(LocalValueRefused, match="斜线"):
            notice.resolve(DAY, [local(7, "13/1302")], LUBEI)

    def test_of_one_area_the_newest_counts_even_if_milder(self, notice):
        values = [local(10, since=date(2025, 1, 1)), local(7, since=date(2026, 5, 1))]
        assert notice.resolve(DAY, values, LUBEI).value == 7
        assert notice.resolve(date(2026, 4, 30), values, LUBEI).value == 10

    def test_a_value_not_yet_or_no_longer_in_force_does_not_count(self, notice):
        assert notice.resolve(DAY, [local(7, since=date(2026, 5, 7))]).value == 5
        assert notice.resolve(DAY, [local(7, until=date(2026, 5, 5))]).value == 5
        assert notice.resolve(DAY, [local(7, until=DAY)]).value == 7

    def test_values_of_other_keys_are_left_aside(self, notice):
        assert notice.resolve(DAY, [local(9, key="results.final_notice_working_days")]).value == 5

    @pytest.mark.parametrize(
        ("value", "sentence"),
        [(3, "不能"), (31, "5 与 30 之间"), ("7", "须为 int"), (True, "须为 int")],
    )
    def test_a_looser_value_one_out_of_bounds_or_of_another_kind_is_refused(self, notice, value, sentence):
        with pytest.raises(LocalValueRefused, match=sentence):
            notice.resolve(DAY, [local(value)])

    def test_a_looser_value_within_bounds_is_refused_and_the_clause_is_named(self, law):
        law(GOOD)
        with pytest.raises(LocalValueRefused, match=r"只能比 10 更严，不能放宽为 7（《办法》第十二条）"):
            Policy("own.days", int).admit(local(7, key="own.days"))

    def test_a_local_value_that_the_law_has_overtaken_gives_way(self, law):
        law(GOOD)
        days = Policy("own.days", int)
        set_in_2024 = local(7, key="own.days", since=date(2024, 1, 1))
        assert str(days.resolve(date(2025, 12, 31), [set_in_2024])) == "own.days=3@2021-01-01|13/1302/=7@2024-01-01"
        assert str(days.resolve(date(2026, 1, 1), [set_in_2024])) == "own.days=10@2026-01-01"

    def test_a_local_value_older_than_the_law_itself_is_refused(self, notice):
        with pytest.raises(LocalValueRefused, match="尚无规定。地方不能先行规定"):
            notice.resolve(DAY, [local(7, since=date(2020, 1, 1))])

    def test_a_pin_takes_no_local_value_that_does_not_hold_on_the_day(self, notice, law):
        for gone in (local(7, since=date(2026, 5, 7)), local(7, until=date(2026, 5, 5))):
            with pytest.raises(LocalValueRefused, match="2026-05-06 不适用"):
                notice.pin(DAY, gone)
        law(GOOD)
        with pytest.raises(LocalValueRefused, match="2026-05-06 不适用"):
            Policy("own.days", int).pin(DAY, local(7, key="own.days", since=date(2024, 1, 1)))

    def test_where_less_is_stricter_the_smaller_counts(self):
        review = Policy("results.city_review_working_days", int)
        values = [local(3, key=review.key), local(4, LUBEI, key=review.key)]
        assert review.resolve(DAY, values, LUBEI).value == 3
        with pytest.raises(LocalValueRefused, match="只能比 5 更严"):
            review.admit(local(6, key=review.key))

    def test_what_no_place_may_change_stays(self):
        coverage = Policy("supervision.coverage_percent", int)
        with pytest.raises(LocalValueRefused, match="不允许地方另行规定"):
            coverage.admit(local(100, key=coverage.key))


class TestFaultsOfAFile:
    def test_a_file_in_order_has_none(self, law):
        law(GOOD)
        assert policy.problems() == []

    @pytest.mark.parametrize(
        ("old", "new", "sentence"),
        [
            ('law = "《办法》第十二条"\n', "", "没有写明依据"),
            ('source = "《办法》"\n', "", "缺少 source"),
            ("since = 2026-01-01", "since = 2020-01-01", "先后排列"),
            ("since = 2026-01-01", "since = 2021-01-01", "先后排列"),
            ("value = 10", "value = 31", "超出 bounds"),
            ("value = 10", 'value = "十"', "类型不一致"),
            ("value = 10", "value = 10.5", "是小数"),
            ('certainty = "verified"', 'certainty = "sure"', "certainty 只能是"),
            ('certainty = "verified"', 'certainty = "unverified"', "须在 note 中说明"),
            ('stricter = "more"', 'stricter = "harder"', "stricter 只能是"),
            ("bounds = [3, 30]\n", "", "须写明 bounds"),
            ("bounds = [3, 30]", "bounds = [30, 3]", "下限在前"),
            ("verified = 2026-01-01", 'verified = "昨天"', "读到原文的须写明"),
            ('read = "公报"\n', "", "读到原文的须写明"),
            ('certainty = "verified"', 'certainty = "product"', "只属于读到原文"),
            ('certainty = "verified"\nverified = 2026-01-01\nread = "公报"', 'certainty = "local"', "最后查找的日期"),
            ('unit = "工作日"', 'unit = "工作日"\nspeed = 1', "不认识的项目 speed"),
        ],
    )
    def test_each_fault_is_a_sentence_that_begins_with_the_key(self, law, old, new, sentence):
        assert old in GOOD
        law(GOOD.replace(old, new, 1))
        assert any(fault.startswith("own.days：") and sentence in fault for fault in policy.problems())

    def test_a_section_without_values_and_an_empty_directory_are_told(self, law, tmp_path):
        law('[days]\ntitle = "期限"\n')
        assert "没有 [[days.values]]" in policy.problems()[0]
        law("")
        assert "没有读到任何规则文件" in policy.problems()[0]

    def test_cases_and_decision_tables_are_no_policies(self, law):
        law(GOOD + "\n[[rows]]\nlevel = 5\n")
        law('[[case]]\ntitle = "x"\n', name="own.cases")
        assert list(policy.catalogue()) == ["own.days"] and policy.problems() == []


class TestSearch:
    def test_a_word_of_the_page_finds_the_key(self):
        keys = [text.key for text in policy.search("公示")]
        assert KEY in keys[:4]

    def test_all_words_must_occur_and_titles_come_first(self):
        assert [text.key for text in policy.search("公示 最短期限 结果")][:2] == [
            "results.final_notice_working_days",
            KEY,
        ]
        assert policy.search("公示 不存在的词") == [] and policy.search("  ") == []

    def test_the_page_of_a_key_has_everything(self):
        page = policy.catalogue()[KEY].as_dict()
        assert page["history"] == [{"since": "2021-01-01", "value": 5, "law": policy.catalogue()[KEY].history[0].law}]
        assert page["bounds"] == [5, 30] and page["verified"] == "2026-11-24"
