"""The user's own file back, in its own layout, with marked cells and one column of sentences (核查意见).

An .xlsx keeps its sheets, widths, merges, fonts and frames: only the marked cells and the added column are written into it. Other
kinds of file come back as .xlsx with the same sheets, rows and columns. What could act by itself is left out of the copy: macros,
formulas, links, embedded objects. Each marked cell carries a note, and a last sheet lists every finding. A copy whose parts are not
well formed is never handed out: it is laid out anew instead.
"""

from collections.abc import Iterable

from hengjian.tables.annotate_original import marked_original
from hengjian.tables.annotate_rebuilt import rebuilt
from hengjian.tables.collector import resting_collector
from hengjian.tables.findings import Finding
from hengjian.tables.kinds import FileKind
from hengjian.tables.marks import NotPatchable, marks_of
from hengjian.tables.sheets import Opened


def annotate(reading: Opened, findings: Iterable[Finding]) -> bytes:
    """An .xlsx; `findings` are those of the reading and of the checks together."""
    with resting_collector():
        told = list(findings)
        marks = marks_of(reading, told)
        if reading.kind is FileKind.XLSX:
            try:
                return marked_original(reading, marks, told)
            except NotPatchable:
                pass
        return rebuilt(reading, marks, told)
