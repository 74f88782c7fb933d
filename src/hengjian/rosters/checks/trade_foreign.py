"""The trade written is not one of another occupation.

职业分类大典: each trade (工种) belongs to an occupation. The list of trades is not complete: an unknown one says nothing.
"""

from __future__ import annotations

import ibis

from hengjian.kernel.words import say
from hengjian.rosters.checks.cases import WELDER
from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import CATALOGUE
from hengjian.rosters.checks.tables import TRADE, Tables, text_key
from hengjian.rosters.checks.wording import occupation

CHECK = Check("rosters.trade_foreign", "工种所属职业", "trade", CATALOGUE, needs=("related",))


def rows(t: Tables) -> ibis.Table:
    c = t.candidates.filter(t.candidates.trade != 0).select("row", "occupation", "trade")
    r = t.related
    trades = r.filter(r.kind == TRADE).select("occupation", trade="key")
    known = c.semi_join(trades.select("trade"), ["trade"]).view()
    return known.anti_join(trades, ["occupation", "trade"]).select("row", "occupation")


def sentence(r: Reasons) -> Sentence:
    return Sentence(
        say("所填工种不属于职业 {occupation}。", occupation=occupation(r["occupation"])),
        "请按职业分类大典填写工种；没有工种的填“--”。",
    )


CASES = (
    case("no trade", {}),
    case("a trade of the occupation", {"trade": text_key("变电检修电工")}),
    case(
        "a trade of another occupation",
        {"trade": text_key("电焊工")},
        found=(1,),
        related=[{"kind": TRADE, "key": text_key("电焊工"), "occupation": WELDER}],
    ),
    case("a trade nobody has listed", {"trade": text_key("电焊工")}),
)
