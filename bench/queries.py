"""SQL statements per page with thousands of rows against the same page at 100: a page that asks row by row shows here.

Every list, the long batch, its notice, the log, the register and two desks are asked through the whole stack.
"""

from __future__ import annotations

from typing import Any

from bench._ground import installed, line, size

FEW, MANY = 100, size(2_000, 10_000)


def run() -> list[dict[str, Any]]:
    installed()
    from bench._rows import copied, first_case, queries_of

    made = first_case()
    copied(made, 1, FEW)
    few = queries_of(made)
    copied(made, FEW, MANY)
    many = queries_of(made)
    return [
        line(
            f"{name}: SQL statements at {MANY:,} rows against at {FEW}",
            len(many[name]),
            len(few[name]),
            len(many[name]) / len(few[name]),
            "= 1",
            len(many[name]) == len(few[name]),
        )
        for name in few
    ]


if __name__ == "__main__":
    for result in run():
        print(result)
