"""The kinds of tables that are taken over: what each reads, by which act, and what is said of it. Page and command read this list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.certificates.acts.take_over_certificates import take_over_certificates
from hengjian.certificates.takeover_columns import CERTIFICATES
from hengjian.certificates.takeover_reading import read_certificates
from hengjian.institutions.acts.take_over import take_over
from hengjian.institutions.models import Takeover
from hengjian.institutions.takeover_columns import COLUMNS, WORDS
from hengjian.institutions.takeover_reading import read_institutions
from hengjian.institutions.taking import Flat, Reading
from hengjian.kernel.act import Creating
from hengjian.kernel.actor import Actor
from hengjian.personnel.acts.take_over_people import take_over_assessors, take_over_supervisors
from hengjian.personnel.takeover_columns import ASSESSORS, SUPERVISORS
from hengjian.personnel.takeover_reading import read_assessors, read_supervisors
from hengjian.plans.acts.take_over_plans import take_over_plans
from hengjian.plans.takeover_columns import PLANS
from hengjian.plans.takeover_reading import read_plans
from hengjian.tables.columns import Column
from hengjian.tables.vocabulary import Vocabulary


@dataclass(frozen=True)
class TableKind:
    """`code` is the word of address and command, `parts` what comes with the rows (empty: nothing)."""

    code: str
    lead: str
    columns: Sequence[Column]
    words: Vocabulary
    read: Reading
    act: Creating[Takeover, ...]
    parts: str = ""

    @property
    def label(self) -> str:
        return str(Takeover.Kind(self.code).label)

    @property
    def title(self) -> str:
        return self.act.header.title

    def open_to(self, actor: Actor) -> bool:
        """Whether this seat's role may ever take over such a table."""
        return any(by.admits(actor, None) for by in self.act.header.by)


def _flat(code: str, lead: str, flat: Flat, read: Reading, act: Creating[Takeover, ...]) -> TableKind:
    return TableKind(code, lead, flat.columns, flat.words, read, act)


KINDS: tuple[TableKind, ...] = (
    TableKind(
        Takeover.Kind.INSTITUTIONS.value,
        "把此前已经备案的机构和备案范围从表格承接到平台；先核查，没有错误才能承接。",
        COLUMNS,
        WORDS,
        read_institutions,
        take_over,
        parts="备案范围",
    ),
    _flat(
        Takeover.Kind.SUPERVISORS.value,
        "把在聘的质量督导员从名单承接到人员库，证卡编号和有效期照旧；承接后即可参加抽取。",
        SUPERVISORS,
        read_supervisors,
        take_over_supervisors,
    ),
    _flat(
        Takeover.Kind.ASSESSORS.value,
        "把考评人员从名单承接到考评人员库；填写了机构信用代码的，该机构也能看到。",
        ASSESSORS,
        read_assessors,
        take_over_assessors,
    ),
    _flat(
        Takeover.Kind.PLANS.value,
        "把平台启用以前已经完成的认定计划承接为记录，供查询和统计；还没有开考的计划请在平台上编制、提交。",
        PLANS,
        read_plans,
        take_over_plans,
    ),
    _flat(
        Takeover.Kind.CERTIFICATES.value,
        "把此前已发的证书承接到平台，编号规则不限；公众随即可以核验，并注明由哪个机关承接。平台不为其发证经过作证。",
        CERTIFICATES,
        read_certificates,
        take_over_certificates,
    ),
)
BY_CODE = {kind.code: kind for kind in KINDS}
