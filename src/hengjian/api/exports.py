"""The rows of an export whose purpose is recorded: `POST /api/authorities/export_list`, then its lines, that day."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Schema
from ninja.params.functions import Path

from hengjian.api.app import api
from hengjian.api.listings import ANSWERS
from hengjian.authorities.exporting import lines_for
from hengjian.authorities.exports import Export
from hengjian.authorities.models import Seat
from hengjian.kernel.arguments import Key
from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import disclosed


class Exported(Schema):
    """A whole list in one answer, as its CSV has it: the heads of the columns, then the lines."""

    columns: list[str]
    lines: list[list[str]]


def register() -> None:
    """Make the operation."""

    @api.get(
        "/exports/{int:id}/lines",
        response={200: Exported, **ANSWERS},
        operation_id="read_export_lines",
        summary="导出清单的内容",
        description="先以 authorities.export_list 登记用途；登记的席位当天可以取，不多于登记的行数。",
        tags=["reading"],
    )
    def export_lines(request: HttpRequest, id: Annotated[Key, Path()]) -> Any:
        seat: Seat = request.auth  # type: ignore[attr-defined]
        export = disclosed(Export, seat).select_related("seat").filter(pk=id).first()
        if export is None:
            raise Http404
        columns, lines = lines_for(Asking(seat, None), export)
        return {"columns": columns, "lines": lines}
