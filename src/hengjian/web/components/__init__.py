"""The parts of pages: typed, frozen values, one idea a module, each shown by its template (`shown_by.py`).

Templates, pages and the style page take instances of these; a field that does not exist is an error of mypy, in a template of
`tests/house/test_components.py`.
"""

from hengjian.web.components.alert import Alert
from hengjian.web.components.broken import Broken
from hengjian.web.components.button import Button, Go, Hidden
from hengjian.web.components.card import Card
from hengjian.web.components.cell import Cell, Shown, as_cell
from hengjian.web.components.certificate import CertificateFace
from hengjian.web.components.chip import Chip
from hengjian.web.components.clause import Clause
from hengjian.web.components.column_choice import ColumnChoice
from hengjian.web.components.component import Component, Tone
from hengjian.web.components.document import Document
from hengjian.web.components.empty import Empty
from hengjian.web.components.facts import Fact, facts
from hengjian.web.components.field import Field, FieldError, Rows
from hengjian.web.components.figures import Figure, Share
from hengjian.web.components.filters import FilterField, Filters
from hengjian.web.components.head import Crumb, Head, PrintHead, Tab, crumbs
from hengjian.web.components.lamp import AreaLights, Areas, Lamp
from hengjian.web.components.link import Link
from hengjian.web.components.option import Option
from hengjian.web.components.pager import PageLink, Pager
from hengjian.web.components.progress import Progress
from hengjian.web.components.proof import Checkpoint, Proof, ProofLink
from hengjian.web.components.refused import Hindrance
from hengjian.web.components.shell import MenuGroup, MenuLink, Outbox, SeatChoice, Shell
from hengjian.web.components.short_list import ShortItem, ShortList
from hengjian.web.components.steps import Place, Step, StepState, present_step
from hengjian.web.components.strip import Strip, StripDay
from hengjian.web.components.table import Column, Row, Table, columns
from hengjian.web.components.timeline import Entry, Timeline
from hengjian.web.components.turn import Turn
from hengjian.web.components.upload import Drop, Received

__all__ = [
    "Alert",
    "AreaLights",
    "Areas",
    "Broken",
    "Button",
    "Card",
    "Cell",
    "CertificateFace",
    "Checkpoint",
    "Chip",
    "Clause",
    "Column",
    "ColumnChoice",
    "Component",
    "Crumb",
    "Document",
    "Drop",
    "Empty",
    "Entry",
    "Fact",
    "Field",
    "FieldError",
    "Figure",
    "FilterField",
    "Filters",
    "Go",
    "Head",
    "Hidden",
    "Hindrance",
    "Lamp",
    "Link",
    "MenuGroup",
    "MenuLink",
    "Option",
    "Outbox",
    "PageLink",
    "Pager",
    "Place",
    "PrintHead",
    "Progress",
    "Proof",
    "ProofLink",
    "Received",
    "Row",
    "Rows",
    "SeatChoice",
    "Share",
    "Shell",
    "ShortItem",
    "ShortList",
    "Shown",
    "Step",
    "StepState",
    "Strip",
    "StripDay",
    "Tab",
    "Table",
    "Timeline",
    "Tone",
    "Turn",
    "as_cell",
    "columns",
    "crumbs",
    "facts",
    "present_step",
]
