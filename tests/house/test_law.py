"""Policies and citations answer each other: no dead rule, no phantom one; facts keep their fields."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

from hengjian.cli.index import applied, lines, policy_place
from hengjian.cli.pages_of_law import fields_of, published_facts
from hengjian.kernel.instruments import instrument_of
from hengjian.kernel.policy import catalogue, is_applied, problems
from hengjian.kernel.rule import RULES
from tests.house.source import ROOT, reviewed

NOT_YET_APPLIED = 110
FROZEN = Path(__file__).parent / "reviewed" / "facts.txt"


def uncited() -> set[str]:
    """Keys by which nothing in this installation decides; a handle that only looks at the value counts for nothing."""
    lines()
    import_module("hengjian.web.urls")
    return {key for key in catalogue() if not applied(key)}


def fingerprint() -> dict[str, str]:
    return {
        key: ", ".join(f"{name}: {kind}" for name, kind in fields_of(fact).items())
        for key, fact in published_facts().items()
    }


def differences(frozen: dict[str, str], now: dict[str, str]) -> list[str]:
    """What happened to published facts; a new one is welcome once it is written down."""
    found = [f"{key} has gone" for key in frozen if key not in now]
    found += [f"{key} is new: add it to the frozen list" for key in now if key not in frozen]
    found += [f"{key} changed: raise its version instead" for key in frozen if key in now and frozen[key] != now[key]]
    return found


def read_frozen() -> dict[str, str]:
    pairs = (line.split("  ", 1) for line in FROZEN.read_text(encoding="utf-8").splitlines() if line)
    return dict(pairs)


def test_policies_are_in_order() -> None:
    assert problems() == []


def test_every_policy_is_cited_or_reviewed_as_catalogue_only() -> None:
    listed = set(reviewed("catalogue_only.txt"))
    lines()
    assert not uncited() - listed, f"cited by nothing: {sorted(uncited() - listed)}"
    assert not listed - uncited(), f"no longer catalogue only, take off the list: {sorted(listed - uncited())}"


def test_every_policy_of_the_house_is_found_in_its_file() -> None:
    for text in catalogue().values():
        place = policy_place(text)
        line = (ROOT / place.path).read_text(encoding="utf-8").splitlines()[place.line - 1]
        assert line.strip() == f"[{text.key.split('.', 1)[1]}]"


def test_a_rule_speaks_chinese_and_says_its_clause_or_is_the_houses_own() -> None:
    lines()
    mute = [code for code, rule in RULES.items() if not re.search(r"[\u4e00-\u9fff]", rule.title)]
    assert not mute


def test_facts_are_frozen() -> None:
    found = differences(read_frozen(), fingerprint())
    assert not found, "\n".join([*found, "make review writes new ones down"])


def test_a_changed_fact_is_noticed() -> None:
    frozen = {"results.notice_opened/1": "place: str", "results.gone/1": "at: date"}
    now = {"results.notice_opened/1": "place: str, days: int", "results.fresh/1": "rows: int"}
    assert differences(frozen, now) == [
        "results.gone/1 has gone",
        "results.fresh/1 is new: add it to the frozen list",
        "results.notice_opened/1 changed: raise its version instead",
    ]


def test_the_number_of_policies_that_decide_nothing_only_falls() -> None:
    """Later rooms apply the rest. Whoever applies one lowers the number; nobody raises it."""
    assert len(uncited()) <= NOT_YET_APPLIED


def test_each_of_them_names_the_act_or_object_that_is_missing_and_who_builds_it() -> None:
    kept = (FROZEN.parent / "catalogue_only.txt").read_text(encoding="utf-8").splitlines()
    nobodys = [line for line in kept if not re.fullmatch(r"#.*|[a-z_.]+ # (9|1[0-5]): [a-z0-9 ,;()'-]{16,}", line)]
    assert not nobodys, f"say which act or object is missing and which work builds it: {nobodys}"


def test_a_policy_that_decides_nothing_says_so_wherever_it_is_shown() -> None:
    lines()
    import_module("hengjian.web.urls")
    for key in reviewed("catalogue_only.txt"):
        assert not is_applied(key), f"{key} has a handle in the code, yet stands on the list"
    for key in set(catalogue()) - set(reviewed("catalogue_only.txt")):
        assert is_applied(key), key


def test_every_citation_names_a_known_instrument() -> None:
    """The chip beside a refusal says what the document is and whether anybody has read it."""
    lines()
    cited = {text.citation for text in catalogue().values()} | {
        rule.clause for rule in RULES.values() if rule.clause and not rule.policy
    }
    cited |= {line.header.clause for line in lines() if line.header.clause}
    strange = sorted(citation for citation in cited if instrument_of(citation) is None)
    assert not strange, "add to policies/instruments.toml: " + "；".join(strange)


def test_only_what_somebody_has_read_is_called_verified() -> None:
    for text in catalogue().values():
        instrument = instrument_of(text.citation)
        assert instrument is not None, text.key
        if text.certainty == "verified":
            assert instrument.read, f"{text.key}: nobody has read {instrument.match}"
        assert (text.certainty == "product") == (instrument.kind == "product"), text.key
