"""Which component each template of `templates/components/` is given, under which name.

A house test reads the templates by this: a name that is not given, a field that the component does not have, a component
where its template wants another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hengjian.web.components.alert import Alert
from hengjian.web.components.broken import Broken
from hengjian.web.components.button import Button, Go
from hengjian.web.components.card import Card
from hengjian.web.components.cell import Cell
from hengjian.web.components.certificate import CertificateFace
from hengjian.web.components.chip import Chip
from hengjian.web.components.clause import Clause
from hengjian.web.components.column_choice import ColumnChoice
from hengjian.web.components.document import Document
from hengjian.web.components.empty import Empty
from hengjian.web.components.facts import Fact
from hengjian.web.components.field import Field, FieldError, Rows
from hengjian.web.components.figures import Figure, Share
from hengjian.web.components.filters import Filters
from hengjian.web.components.head import Head, PrintHead, Tab
from hengjian.web.components.lamp import Areas, Lamp
from hengjian.web.components.link import Link
from hengjian.web.components.pager import Pager
from hengjian.web.components.progress import Progress
from hengjian.web.components.proof import Proof, ProofLink
from hengjian.web.components.refused import Hindrance
from hengjian.web.components.shell import Shell
from hengjian.web.components.short_list import ShortList
from hengjian.web.components.steps import Step
from hengjian.web.components.strip import Strip
from hengjian.web.components.table import Table
from hengjian.web.components.timeline import Timeline
from hengjian.web.components.turn import Turn
from hengjian.web.components.upload import Drop

# `Any` is what Django itself gives: a form of its own, a message, the request.
FRAME: Mapping[str, Any] = {"shell": Shell, "csrf_token": str, "LANGUAGE_CODE": str, "request": Any}

SHOWN_BY: Mapping[str, Mapping[str, Any]] = {
    "act_bar": {"acts": Sequence[Button | Go], "csrf_token": str},
    "alert": {"alert": Alert},
    "areas": {"areas": Areas},
    "lamps": {"lamps": Sequence[Lamp]},
    "bound_field": {"field": Any, "plain_label": bool},
    "brand": {**FRAME, "brand_name": str, "brand_line": str},
    "card": {"card": Card},
    "card_head": {"head": Card},
    "cell": {"cell": Cell},
    "certificate": {"certificate": CertificateFace},
    "chip": {"chip": Chip},
    "clause_chip": {"clause": Clause},
    "column_choice": {"choice": ColumnChoice},
    "confirm": {},
    "deadline_strip": {"strip": Strip},
    "documents": {"documents": Sequence[Document]},
    "empty": {"empty": Empty},
    "export": {"exports": Sequence[Link], "before": str},
    "facts": {"facts": Sequence[Fact], "wide": bool},
    "field": {"field": Field},
    "field_mark": {"field": Field},
    "field_marks": {"field": Field, "id": str},
    "filters": {"filters": Filters},
    "form": {"form": Any, "plain_label": bool},
    "form_errors": {"errors": Sequence[FieldError] | None, "form": Any},
    "fragment_error": {"error": Broken},
    "head": {},
    "kpis": {"kpis": Sequence[Figure]},
    "keys": {},
    "language": FRAME,
    "messages": {"messages": Any},
    "number": {"number": str},
    "page_head": {"page": Head},
    "pager": {"pager": Pager},
    "print_header": {"print": PrintHead},
    "progress": {"progress": Progress},
    "proof": {"proof": Proof},
    "proof_link": {"proof": ProofLink},
    "question": {"field": Field | Rows | Drop},
    "refusal": {"refusal": Hindrance},
    "sends": {"acts": Sequence[Button]},
    "row_acts": {"acts": Sequence[Button], "csrf_token": str},
    "rows": {"field": Rows},
    "seat_menu": FRAME,
    "short_list": {"short": ShortList},
    "skeleton": {"lines": str},
    "stats": {"stats": Sequence[Share]},
    "steps": {"steps": Sequence[Step]},
    "table": {"table": Table},
    "tabs": {"tabs": Sequence[Tab]},
    "timeline": {"timeline": Timeline},
    "turn": {"turn": Turn},
    "upload": {"upload": Drop},
}
