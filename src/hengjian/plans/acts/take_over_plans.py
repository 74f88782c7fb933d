"""Plans carried out before this system are taken over from a table: records of what was, on which nothing can be built."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.institutions.models import Takeover
from hengjian.institutions.policies import TAKEOVER_UNDO_HOURS
from hengjian.institutions.taking import Line, Read, digest_of, opened_takeover, registered_meanwhile, table_of
from hengjian.kernel.act import Doing, creates
from hengjian.kernel.arguments import UploadId
from hengjian.kernel.asking import Asking
from hengjian.plans.facts import PlansTakenOver
from hengjian.plans.models import PastPlan
from hengjian.plans.takeover_reading import read_plans, standing

CLAUSE = "《技能等级认定试点企业监管服务措施研究》第 3.2 节：认定计划"


def read_table(asking: Asking[None], *, upload_id: int) -> Read:
    """The upload as it would be taken over; raises `Refused` with the first error."""
    taking, files = table_of(asking, upload_id, read_plans)
    return Read(taking, files=files)


@creates(
    "plans.take_over_plans",
    Takeover,
    by=[Role.CENTRE_REVIEWER.anywhere, Role.CENTRE_HEAD.anywhere],
    cites=[TAKEOVER_UNDO_HOURS],
    before=read_table,
    clause=CLAUSE,
)
def take_over_plans(doing: Doing[None], *, upload_id: UploadId) -> tuple[Takeover, PlansTakenOver]:
    """承接以往计划。

    They are listed and counted as past; no roster, exam or certificate follows from them.
    """
    lines: list[Line] = doing.prepared.taking.fresh
    if standing(lines):
        raise registered_meanwhile("读取以后，表中有计划已由他人承接，没有承接。")
    takeover = opened_takeover(doing, Takeover.Kind.PLANS, upload_id, doing.prepared.taking)
    rows = [_plan(line, takeover) for line in lines]
    doing.bulk(PastPlan, rows)
    digest = digest_of([[row.number, row.occupation_code, row.level] for row in rows])
    return takeover, PlansTakenOver(len(rows), takeover.known, takeover.sha256, digest)


def _plan(line: Line, takeover: Takeover) -> PastPlan:
    return PastPlan(
        takeover=takeover,
        office_id=takeover.office_id,
        area_path=takeover.area_path,
        institution=line.made["institution"],
        number=line.value("number"),
        title=line.value("title"),
        venue=line.value("venue") or "",
        occupation_code=line.value("occupation_code"),
        occupation_name=line.made["occupation_name"],
        level=line.value("level"),
        held_on=line.value("held_on"),
        ends_on=line.value("ends_on") or line.value("held_on"),
        headcount=line.value("headcount"),
        passed=line.value("passed"),
    )
