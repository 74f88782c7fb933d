"""Supervisors and assessors of before this system are taken over from the office's own tables, each table by one act."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.institutions.models import Takeover
from hengjian.institutions.policies import TAKEOVER_UNDO_HOURS
from hengjian.institutions.taking import Line, Read, digest_of, opened_takeover, registered_meanwhile, table_of
from hengjian.kernel import marks
from hengjian.kernel.act import Doing, creates
from hengjian.kernel.arguments import UploadId
from hengjian.kernel.asking import Asking
from hengjian.kernel.identity import mask_resident_id
from hengjian.occupations.policies import ASSESSABLE_LEVELS
from hengjian.personnel.acts.appoint_supervisor import CLAUSE, next_codes
from hengjian.personnel.facts import AssessorsTakenOver, SupervisorsTakenOver
from hengjian.personnel.marking import named
from hengjian.personnel.models import Assessor, AssessorMark, Supervisor
from hengjian.personnel.policies import SUPERVISOR_CARD_YEARS
from hengjian.personnel.takeover_reading import read_assessors, read_supervisors

BY_OFFICE = [Role.CENTRE_REVIEWER.anywhere, Role.CENTRE_HEAD.anywhere]
BASE = "《技能等级认定试点企业监管服务措施研究》第 3.2.4 节：建立相应的考评人员信息库"


def read_supervisor_table(asking: Asking[None], *, upload_id: int) -> Read:
    """The upload as it would be taken over; raises `Refused` with the first error."""
    taking, files = table_of(asking, upload_id, read_supervisors)
    return Read(taking, files=files)


def read_assessor_table(asking: Asking[None], *, upload_id: int) -> Read:
    """As that of supervisors."""
    taking, files = table_of(asking, upload_id, read_assessors)
    return Read(taking, files=files)


@creates(
    "personnel.take_over_supervisors",
    Takeover,
    by=BY_OFFICE,
    cites=[SUPERVISOR_CARD_YEARS, TAKEOVER_UNDO_HOURS],
    before=read_supervisor_table,
    clause=CLAUSE,
)
def take_over_supervisors(doing: Doing[None], *, upload_id: UploadId) -> tuple[Takeover, SupervisorsTakenOver]:
    """承接质量督导员。

    They are appointed by the office that takes them over, each with the card brought along; a card that is known is left alone.
    """
    lines: list[Line] = doing.prepared.taking.fresh
    cards = [line.key for line in lines]
    if Supervisor.objects.filter(card_number__among=cards).exclude(state=Supervisor.State.WITHDRAWN).exists():
        raise registered_meanwhile("读取以后，表中有证卡编号已由他人登记，没有承接。")
    takeover = opened_takeover(doing, Takeover.Kind.SUPERVISORS, upload_id, doing.prepared.taking)
    codes = next_codes(doing, takeover.office, len(lines))
    rows = [
        Supervisor(
            office=takeover.office,
            area_path=takeover.area_path,
            takeover=takeover,
            code=code,
            name=line.value("name"),
            employer=line.value("employer"),
            phone=line.value("phone") or "",
            competence=line.made["competence"],
            card_number=line.key,
            card_valid_until=line.value("card_valid_until"),
            safety_trained_on=line.value("trained_on"),
        )
        for code, line in zip(codes, lines, strict=True)
    ]
    doing.bulk(Supervisor, rows)
    return takeover, SupervisorsTakenOver(len(rows), takeover.known, takeover.sha256, digest_of(cards))


@creates(
    "personnel.take_over_assessors",
    Takeover,
    by=BY_OFFICE,
    cites=[ASSESSABLE_LEVELS, TAKEOVER_UNDO_HOURS],
    before=read_assessor_table,
    clause=BASE,
)
def take_over_assessors(doing: Doing[None], *, upload_id: UploadId) -> tuple[Takeover, AssessorsTakenOver]:
    """承接考评人员。

    Into the information base of the office; who works for an institution of the register is shown to that institution as well.
    """
    lines: list[Line] = doing.prepared.taking.fresh
    cards = [line.key for line in lines]
    if Assessor.objects.filter(card_number__among=cards).exclude(state=Assessor.State.WITHDRAWN).exists():
        raise registered_meanwhile("读取以后，表中有证卡编号已由他人登记，没有承接。")
    takeover = opened_takeover(doing, Takeover.Kind.ASSESSORS, upload_id, doing.prepared.taking)
    rows = [_assessor(line, takeover) for line in lines]
    doing.bulk(Assessor, rows)
    marks.write(AssessorMark, [named(row) for row in rows])
    return takeover, AssessorsTakenOver(len(rows), takeover.known, takeover.sha256, digest_of(cards))


def _assessor(line: Line, takeover: Takeover) -> Assessor:
    number = line.made.get("document_number", "")
    return Assessor(
        office_id=takeover.office_id,
        area_path=takeover.area_path,
        institution_id=line.made["institution"],
        takeover=takeover,
        name=line.value("name"),
        employer=line.value("employer"),
        phone=line.value("phone") or "",
        document_number=number,
        masked_number=mask_resident_id(number) if number else "",
        grade=line.value("grade"),
        occupations=line.made["occupations"],
        levels="".join(str(line.value("level") or "").split("+")),
        card_number=line.key,
        card_valid_until=line.value("card_valid_until"),
        trained_on=line.value("trained_on"),
    )
