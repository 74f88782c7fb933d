"""Materials of a filing: given one by one, replaced one by one; what is replaced stays as it was (R15)."""

from __future__ import annotations

from typing import Any

from hengjian.authorities.roles import Role
from hengjian.institutions import rules
from hengjian.institutions.facts import MaterialAdded, MaterialReplaced, MaterialReviewed, MaterialWithdrawn
from hengjian.institutions.models import Filing, Material
from hengjian.institutions.policies import APPLICATION_PAPERS, REQUIRED_PAPERS
from hengjian.institutions.states import FilingState, MaterialState
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.files_taken import EVIDENCE_KINDS, MEGABYTES_MAX, not_evidence
from hengjian.kernel.models import Upload
from hengjian.kernel.refusal import PRODUCT, Refused, refuse
from hengjian.kernel.stored_files import FileUnfit
from hengjian.kernel.uploads import contents
from hengjian.kernel.words import say

CLAUSE = "《技能等级认定试点企业监管服务措施研究》第 2.3 节：严格核实试点材料"
BY_INSTITUTION = [Role.CLERK.of_own_institution, Role.RESPONSIBLE_PERSON.of_own_institution]


@act(
    "institutions.add_material",
    Filing,
    by=BY_INSTITUTION,
    step=Step(FilingState.DRAFT, FilingState.RETURNED),
    cites=[APPLICATION_PAPERS, REQUIRED_PAPERS, EVIDENCE_KINDS, MEGABYTES_MAX],
    clause=CLAUSE,
)
def add_material(doing: Doing[Filing], *, kind: str, upload_id: int, title: str = "") -> MaterialAdded:
    """提交材料。"""
    filing = doing.subject
    if kind not in doing.policy(APPLICATION_PAPERS):
        raise refuse(
            "institutions.material_kind",
            say("“{kind}”不在备案申请材料之列。", kind=kind),
            field="kind",
            clause=APPLICATION_PAPERS.text.citation,
            policy=APPLICATION_PAPERS.key,
            remedy="请从申请材料目录中选择。",
        )
    if filing.state == FilingState.RETURNED and kind not in rules.papers_missing(doing):
        raise refuse(
            "institutions.only_returned_reopens",
            "退回补正期间只更换被退回的材料，不另行增加。",
            field="kind",
            clause=CLAUSE,
            remedy="请在被退回的材料上办理更换。",
        )
    upload = _upload(doing, upload_id)
    material = doing.create(
        Material,
        filing=filing,
        kind=kind,
        title=title.strip() or kind,
        file_name=upload.name,
        upload_id=upload.pk,
        sha256=upload.sha256,
    )
    return MaterialAdded(material.pk, kind, material.title, upload.sha256)


@act(
    "institutions.replace_material",
    Material,
    by=BY_INSTITUTION,
    step=Step(MaterialState.GIVEN, MaterialState.RETURNED, to=MaterialState.WITHDRAWN),
    requires=[rules.its_filing_is_with_the_institution, rules.only_what_was_returned_reopens],
    cites=[EVIDENCE_KINDS, MEGABYTES_MAX],
    clause=CLAUSE,
)
def replace_material(doing: Doing[Material], *, upload_id: int, title: str = "") -> MaterialReplaced:
    """更换材料。

    The old one keeps its file and the reason for which it was returned.
    """
    old = doing.subject
    upload = _upload(doing, upload_id)
    if upload.sha256 == old.sha256:
        raise refuse(
            "institutions.material_same",
            "新文件与原文件内容相同。",
            field="upload_id",
            remedy="请选择改正以后的文件。",
            clause=PRODUCT,
        )
    new = doing.create(
        Material,
        filing=old.filing,
        kind=old.kind,
        title=title.strip() or old.title,
        file_name=upload.name,
        upload_id=upload.pk,
        sha256=upload.sha256,
    )
    old.withdrawn_on = doing.today
    return MaterialReplaced(new.pk, old.kind, old.sha256, upload.sha256)


@act(
    "institutions.withdraw_material",
    Material,
    by=BY_INSTITUTION,
    step=Step(MaterialState.GIVEN, to=MaterialState.WITHDRAWN),
    requires=[rules.its_filing_is_a_draft],
    clause=CLAUSE,
)
def withdraw_material(doing: Doing[Material]) -> MaterialWithdrawn:
    """撤下材料。"""
    doing.subject.withdrawn_on = doing.today
    return MaterialWithdrawn(doing.subject.kind, doing.subject.sha256)


@act(
    "institutions.review_material",
    Material,
    by=Role.CENTRE_REVIEWER.of_responsible_office,
    step=Step(MaterialState.GIVEN, MaterialState.ACCEPTED),
    requires=[rules.its_filing_is_under_review],
    clause=CLAUSE,
)
def review_material(doing: Doing[Material], *, accepted: bool, reason: str = "") -> MaterialReviewed:
    """审查材料。"""
    material = doing.subject
    if not accepted and not reason.strip():
        raise refuse(
            "institutions.material_reason",
            "不予通过须写明原因。",
            field="reason",
            clause=CLAUSE,
            remedy="请写明哪里不符合、怎样补正。",
        )
    material.state = MaterialState.ACCEPTED if accepted else MaterialState.RETURNED
    material.reason, material.reviewed_on = reason.strip(), doing.today
    return MaterialReviewed(material.kind, material.sha256, accepted, material.reason)


def _upload(doing: Doing[Any], upload_id: int) -> Upload:
    """Only a file that this seat has handed in itself (a number guessed opens nobody else's file), and only one that is
    what it says and cannot act."""
    upload = Upload.objects.filter(pk=upload_id, owner=doing.actor.actor_id).first()
    try:
        data = contents(upload) if upload is not None else None
    except FileUnfit:
        data = None
    if upload is None or data is None:
        raise refuse(
            "institutions.upload_unknown",
            "没有找到上传的文件，请重新上传。",
            field="upload_id",
            remedy="请在本页重新选择文件上传，再办理一次。",
            clause=PRODUCT,
        )
    refusal = not_evidence(doing, upload.name, data)
    if refusal is not None:
        raise Refused(refusal)
    return upload
