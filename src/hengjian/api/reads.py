"""Reading: lists, single cases and what is open to everybody; disclosure is decided by the domains, in one place."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Schema
from ninja.files import UploadedFile
from ninja.params.functions import File
from pydantic import Field

from hengjian.api import case_reads, exports, listings, public_reads, searching
from hengjian.api.answers import Problem, Refused
from hengjian.api.app import api
from hengjian.api.operations import ANSWERS
from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.certificates import checking
from hengjian.certificates import queries as certificates
from hengjian.kernel import clock
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.policy import catalogue as policies
from hengjian.kernel.policy import is_applied
from hengjian.kernel.policy_files import written
from hengjian.kernel.restraint import restrain
from hengjian.kernel.words import in_words

READ_ANSWERS: dict[int, Any] = {
    400: Problem,
    413: Problem,
    401: Problem,
    403: Refused | Problem,
    404: Problem,
    422: Refused,
}
UPLOAD_LIMIT = 20 * 1_048_576
_registered = False


class Me(Schema):
    seat: int
    role: str
    role_label: str
    place: str
    area: str


class ActLine(Schema):
    code: str
    title: str
    shape: str
    by: list[str]
    clause: str


class PolicyLine(Schema):
    key: str
    title: str
    unit: str
    value: str
    since: str
    law: str
    certainty: str
    applied: bool


class Uploaded(Schema):
    id: int
    sha256: str
    size: int


class CheckAsked(Schema):
    """A certificate's number, and the holder's name or the last four characters of the document number."""

    number: Annotated[str, Field(max_length=40, examples=["Y000013000217263000059"])]
    name: Annotated[str, Field(max_length=60, examples=["王知行"])] = ""
    tail: Annotated[str, Field(max_length=8, examples=["4417"])] = ""


def register() -> None:
    """Make the reading operations."""
    global _registered
    if _registered:
        return
    _registered = True
    public_reads.register()
    listings.register()
    case_reads.register()
    searching.register()
    exports.register()

    @api.get("/me", response={200: Me, **READ_ANSWERS}, summary="当前席位", tags=["reading"])
    def me(request: HttpRequest) -> Any:
        seat: Seat = request.auth  # type: ignore[attr-defined]
        return {
            "seat": seat.pk,
            "role": seat.role,
            "role_label": str(Role(seat.role).label),
            "place": seat.place_name,
            "area": seat.area_path,
        }

    @api.get("/acts", auth=None, response={200: list[ActLine]}, summary="行为目录", tags=["public"])
    def acts(request: HttpRequest) -> Any:
        return [
            {
                "code": code,
                "title": in_words(act.header.title),
                "shape": act.header.shape,
                "by": [in_words(by.label) for by in act.header.by],
                "clause": act.header.clause,
            }
            for code, act in catalogue().items()
        ]

    @api.get("/policies", auth=None, response={200: list[PolicyLine]}, summary="规则与依据", tags=["public"])
    def policy_lines(request: HttpRequest) -> Any:
        day = clock.today()
        lines = []
        for key, text in policies().items():
            current = [old for old in text.history if old.since <= day]
            if current:
                old = current[-1]
                lines.append(
                    {
                        "key": key,
                        "title": in_words(text.title),
                        "unit": in_words(text.unit),
                        "value": written(old.value),
                        "since": old.since.isoformat(),
                        "law": old.law,
                        "certainty": text.certainty,
                        "applied": is_applied(key),
                    }
                )
        return lines

    @api.post(
        "/certificates/check",
        auth=None,
        response={200: certificates.CheckAnswer, **ANSWERS},
        summary="核验证书",
        description="证书编号，加姓名或证件号码后四位。任何一项不符都只答 404。",
        tags=["public"],
    )
    def check(request: HttpRequest, asked: CheckAsked) -> Any:
        restrain(checking.CHECK)
        found = checking.check(asked.number, name=asked.name, tail=asked.tail)
        if not isinstance(found, certificates.CheckAnswer):
            raise Http404
        return found

    @api.post(
        "/uploads",
        response={200: Uploaded, **ANSWERS},
        summary="上传文件",
        description="返回的编号用于各行为的 upload_id。",
        tags=["reading"],
    )
    def upload(request: HttpRequest, file: UploadedFile = File(...)) -> Any:  # noqa: B008 - ninja's own form
        from ninja.errors import HttpError

        from hengjian.kernel.uploads import keep_upload

        if (file.size or 0) > UPLOAD_LIMIT:
            raise HttpError(413, in_words("文件超过 20 MB，请压缩或拆分后上传。"))
        kept = keep_upload(file.name or "file", file.content_type or "", file.read(), request.auth)  # type: ignore[attr-defined]
        return {"id": kept.pk, "sha256": kept.sha256, "size": kept.size}
