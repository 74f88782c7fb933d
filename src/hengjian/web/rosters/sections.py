"""What stands about the roster on the page of a batch."""

from __future__ import annotations

from django.urls import reverse

from hengjian.kernel.words import say
from hengjian.plans.models import Batch
from hengjian.plans.states import BatchState
from hengjian.rosters.queries import roster
from hengjian.web.components import Card, Link, facts
from hengjian.web.pages import Desk


def roster_section(desk: Desk, batch: Batch) -> Card | None:
    """Figures of the roster with the way to it."""
    href = reverse("roster", kwargs={"pk": batch.pk})
    if batch.state == BatchState.OPEN:
        return Card(
            "名册",
            text=["下载本批次的模板，填好后上传核查；没有错误才能提交。"],
            link=Link("去交名册", href),
        )
    found = roster(desk.actor, batch.pk)
    if found is None:
        return None
    return Card(
        "名册",
        link=Link("看名册", href),
        facts=facts(
            ("人数", say("{rows} 人", rows=found.rows)),
            ("抽中核查", say("{sampled} 份", sampled=found.sampled)),
            ("准予参加", say("{admitted} 人", admitted=found.admitted)),
            ("不予参加", say("{excluded} 人", excluded=found.excluded)),
        ),
    )
