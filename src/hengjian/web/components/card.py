"""A surface with a title around other components, shown in the order of the fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.web.components.alert import Alert
from hengjian.web.components.chip import Chip
from hengjian.web.components.clause import Clause
from hengjian.web.components.component import Component
from hengjian.web.components.document import Document
from hengjian.web.components.empty import Empty
from hengjian.web.components.facts import Fact
from hengjian.web.components.figures import Share
from hengjian.web.components.link import Link
from hengjian.web.components.pager import Pager
from hengjian.web.components.progress import Progress
from hengjian.web.components.proof import ProofLink
from hengjian.web.components.short_list import ShortList
from hengjian.web.components.strip import Strip
from hengjian.web.components.table import Table
from hengjian.web.components.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Card(Component):
    """`hint` is a grey sentence under the title; `flush`: a table reaches to the edges; `id`: where links can point."""

    title: str = ""
    clause: Clause | None = None
    chips: Sequence[Chip] = ()
    hint: str = ""
    link: Link | None = None
    text: Sequence[str] = ()
    alert: Alert | None = None
    facts: Sequence[Fact] = ()
    table: Table | None = None
    pager: Pager | None = None
    strip: Strip | None = None
    stats: Sequence[Share] = ()
    progress: Progress | None = None
    timeline: Timeline | None = None
    documents: Sequence[Document] = ()
    short: ShortList | None = None
    proof_links: Sequence[ProofLink] = ()
    empty: Empty | None = None
    flush: bool = False
    id: str = ""
