"""The child process of `workbooks.read_xls`: bounds on memory and time first, then the reading, then JSON."""

import json
import resource
import sys

from hengjian.rosters.reading.grid import Watch
from hengjian.rosters.reading.limits import Limits, Unreadable
from hengjian.rosters.reading.workbooks import _by_calamine, encoded


def main() -> int:
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    rows, columns, cells, child_bytes, seconds = json.loads(head)
    resource.setrlimit(resource.RLIMIT_AS, (child_bytes, child_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    try:
        grids = _by_calamine(data, Limits(rows=rows, columns=columns, cells=cells), Watch())
    except Unreadable as refused:
        sys.stdout.write(json.dumps(refused.sentence))
        return 0
    sheets = [
        (grid.name, [[encoded(cell) for cell in row] for row in grid.rows], grid.merges, grid.hidden) for grid in grids
    ]
    sys.stdout.write(json.dumps(sheets))
    return 0


if __name__ == "__main__":
    sys.exit(main())
