"""The child process of `workbooks.read_xls`: bounds on memory and time first, then the reading, then JSON."""

import json
import resource
import sys

from hengjian.tables.limits import Limits, Unreadable
from hengjian.tables.workbooks import encoded, old_sheets


def main() -> int:
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    rows, columns, cells, child_bytes, seconds = json.loads(head)
    resource.setrlimit(resource.RLIMIT_AS, (child_bytes, child_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    try:
        sheets = old_sheets(data, Limits(rows=rows, columns=columns, cells=cells))
    except Unreadable as refused:
        sys.stdout.write(json.dumps(refused.sentence))
        return 0
    told = [
        (
            grid.name,
            [[encoded(cell) for cell in row] for row in grid.rows],
            grid.merges,
            grid.state,
            grid.facts.as_lists(),
            grid.from_1904,
        )
        for grid in sheets
    ]
    sys.stdout.write(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
