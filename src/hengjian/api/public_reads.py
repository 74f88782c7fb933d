"""Reading without a seat: what stands on the public pages of notices, row by row the same."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Schema
from ninja.params.functions import Path

from hengjian.api.app import api
from hengjian.api.operations import ANSWERS
from hengjian.kernel.arguments import Key
from hengjian.results import public_queries
from hengjian.results.public_queries import Outcomes, PublicLine, PublicNotice


class NoticeShown(Schema):
    """A notice; `rows` while it runs, afterwards the list is gone and root, totals and outcomes remain."""

    notice: PublicNotice
    rows: list[PublicLine]
    outcomes: Outcomes


def register() -> None:
    """Make the operations."""

    @api.get("/notices", auth=None, response={200: list[PublicNotice]}, summary="公示中的结果", tags=["public"])
    def running_notices(request: HttpRequest) -> Any:
        return public_queries.public_notices()

    @api.get(
        "/notices/{id}",
        auth=None,
        response={200: NoticeShown, **ANSWERS},
        summary="一份公示",
        description="公示期内有名单（序号、遮盖后的姓名、准考证查询码的摘要、状态）；期满后名单撤下。",
        tags=["public"],
    )
    def one_notice(request: HttpRequest, id: Annotated[Key, Path()]) -> Any:
        found = public_queries.public_notice(id)
        if found is None:
            raise Http404
        return {"notice": found[0], "rows": list(found[1]), "outcomes": public_queries.outcomes(id)}
