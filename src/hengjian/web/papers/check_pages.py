"""Anybody who holds a paper checks it: by its code whether it is registered and holds, by its file whether it is that very one.

The file never leaves the browser: its digest is computed there and compared with the register's.
"""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext

from hengjian.kernel import codes
from hengjian.papers import queries
from hengjian.papers.states import PaperState
from hengjian.web.components import Cell, Head, facts
from hengjian.web.pages import Answer, Desk, Goto, Page, page
from hengjian.web.papers.parts import paper_chip
from hengjian.web.parts import day, moment
from hengjian.web.public.restrained import PAPERS

CODE_MOST = 24


@page("papers/", "paper_checks", access="public", asking=PAPERS)
def code_page(desk: Desk) -> Answer:
    """公文核验: asks for the code that stands on the paper."""
    head = Head(gettext("公文核验"), lead=gettext("凭公文下方的核验码，查它是不是登记在册、是否有效。"))
    code = codes.read(desk.asked("code")[:60])[:CODE_MOST]
    if not code:
        return Page("public/paper_code.html", head, {"code": "", "wrong": ""})
    if queries.check(code) is None:
        wrong = gettext("没有这个核验码，请对照公文逐位核对；不含数字 0、1 和字母 I、L、O、U。")
        return Page("public/paper_code.html", head, {"code": code, "wrong": wrong}, 422)
    return Goto(reverse("paper_check", kwargs={"code": code}))


@page("papers/<str:code>/", "paper_check", access="public", asking=PAPERS)
def paper_check_page(desk: Desk, code: str) -> Answer:
    """The address of the QR code on a paper."""
    found = queries.check(code[:60]) if len(code) <= CODE_MOST else None
    if found is None:
        raise Http404
    pairs = [
        (gettext("文号"), Cell(found.number, strong=True)),
        (gettext("公文"), Cell(gettext(found.title))),
        (gettext("出具单位"), Cell(found.issuer)),
        (gettext("签发时间"), Cell(moment(found.issued_at))),
    ]
    if found.ended_on is not None:
        pairs.append((gettext("失效日期"), Cell(day(found.ended_on))))
    if found.replaced_by:
        pairs.append((gettext("替代它的公文"), Cell(found.replaced_by)))
    values = {
        "chip": paper_chip(found.state),
        "verdict": _VERDICTS[PaperState(found.state)],
        "facts": facts(*pairs),
        "digest": found.file_sha256,
        "index": "" if found.index is None else str(found.index),
        "leaf": found.leaf,
        "receipt": reverse("log_receipt", kwargs={"index": found.index}) if found.index is not None else "",
        "entry": reverse("log_entry", kwargs={"index": found.index}) if found.index is not None else "",
    }
    return Page("public/paper_check.html", Head(gettext("公文核验")), values)


_VERDICTS = {
    PaperState.IN_FORCE: "这件公文登记在册，现在有效。",
    PaperState.REPLACED: "这件公文已被另一件替代，不再使用。",
    PaperState.REVOKED: "这件公文已经撤销，不再有效。",
}
