"""Each candidate has a photo; it is printed on the certificate.

人社鉴发〔2021〕1号.
"""

from __future__ import annotations

import ibis

from hengjian.rosters.checks.check import Check, Reasons, Sentence, case
from hengjian.rosters.checks.clauses import CERTIFICATE_STYLE
from hengjian.rosters.checks.tables import Tables

CHECK = Check("rosters.photo_missing", "照片", "photo", CERTIFICATE_STYLE)


def rows(t: Tables) -> ibis.Table:
    c = t.candidates
    return c.filter(c.photo == 0).select("row")


def sentence(r: Reasons) -> Sentence:
    return Sentence("没有照片。", "请补交半年内一寸白底彩色照片。")


CASES = (
    case("with a photo", {}),
    case("without", {"photo": 0}, found=(1,)),
    case("photos are handed in later", {"photo": 2}),
)
