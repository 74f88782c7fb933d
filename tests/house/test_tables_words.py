"""Spreadsheets in and out know no word of the domain, neither in names nor in what they say: vocabularies are handed in."""

from __future__ import annotations

from tests.house.source import Module, modules
from tests.house.test_kernel_words import WORDS, words_of

# The file formats have sheets, and an Office of their own.
OF_THE_FORMATS = {"sheet", "office"}
CHINESE = (
    "名册",
    "考生",
    "申报",
    "认定",
    "备案",
    "证书",
    "机构",
    "考评",
    "督导",
    "准考",
    "职业",
    "工种",
    "等级",
    "成绩",
)


def spoken(module: Module) -> set[str]:
    return words_of(module) & (WORDS - OF_THE_FORMATS) | {word for word in CHINESE if word in module.text}


def test_tables_name_nothing_of_what_is_read() -> None:
    engine = [module for module in modules() if module.domain == "tables"]
    assert len(engine) > 20
    assert not {module.name: found for module in engine if (found := spoken(module))}


def test_a_word_of_the_domain_is_noticed() -> None:
    assert spoken(Module("tables/x.py", 'message = "请删除名册右侧的空白列。"')) == {"名册"}
    assert spoken(Module("tables/x.py", "def read(candidate: str) -> None: ...")) == {"candidate"}
    assert not spoken(Module("tables/x.py", "sheet = office = 1"))
