"""The register of papers, for whoever may see their cases."""

from __future__ import annotations

from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.listing import Choice, Days, ListColumn, Listing
from hengjian.papers.kinds import kinds
from hengjian.papers.models import Paper
from hengjian.papers.queries import PaperRow, row
from hengjian.papers.states import PaperState


def _kinds() -> list[tuple[str, str]]:
    return [(kind.code, kind.title) for kind in kinds().values()]


PAPERS = Listing(
    "papers",
    "公文",
    PaperRow,
    rows=lambda asking: disclosed(Paper, asking.actor),
    row=lambda asking, found: row(found),
    key="id",
    columns=[
        ListColumn("文号", "number", "number"),
        ListColumn("主送", "addressee", "addressee"),
        ListColumn("出具单位", "issuer", "issuer"),
        ListColumn("签发日期", "issued_on", "issued_on"),
        ListColumn("状态", "state_label", "state"),
        ListColumn("文件", "file_sha256"),
    ],
    search=("number", "addressee", "title"),
    hint="文号、主送单位或标题",
    filters=[
        Choice("state", "状态", [(state.value, str(state.label)) for state in PaperState], "state"),
        Choice("kind", "文种", _kinds, "kind"),
        Days("issued", "签发日期", "issued_on"),
    ],
)
