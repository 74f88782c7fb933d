"""Papers against the bare compiler: a sample's face made and set, beside typst alone compiling as many inputs made ready.

Ours builds the face from facts each time: seal, QR code, levels, texts in their language, attachments. Signing has a line of
its own, beside the bare compiler too; it is no part of the goal, which is about setting.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from bench._ground import in_turn, installed, line

ROUNDS, GOAL = 25, 1 / 0.7
MOMENT = 1_773_628_920
KIND = "institutions.filing_receipt"


def run() -> list[dict[str, Any]]:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
    installed(migrated=False)
    from hengjian.kernel import clock
    from hengjian.papers import faces, maker, signing
    from hengjian.papers.kinds import kinds

    kind = kinds()[KIND]
    face = faces.sample_face(kind)

    def another(turn: int) -> maker.Face:
        """Another paper each time: the compiler remembers what it has set."""
        return replace(faces.sample_face(kind), number=f"{face.number}{turn}", addressee=f"{face.addressee}{turn}")

    turns, others = count(), iter([maker.given(another(turn)) for turn in range(5000, 5000 + 4 * ROUNDS)])

    def bare() -> None:
        maker.compiled(face.kind, next(others), "pdf", pdf_standards=maker.STANDARDS, timestamp=MOMENT)

    def ours() -> None:
        maker.make(another(next(turns)))

    made = in_turn(ours, bare, ROUNDS)
    unsigned = maker.make(face)
    signed = in_turn(lambda: signing.signed(unsigned, at=clock.now(), reason="bench"), bare, ROUNDS)
    return [
        line(
            "a paper made, s, against bare typst",
            made.ours,
            made.bare,
            made.ratio,
            f"≤ {GOAL:.2f} ×",
            made.ratio <= GOAL,
        ),
        line("its signature, s, against bare typst", signed.ours, signed.bare, signed.ratio, "told", True),
    ]


if __name__ == "__main__":
    for result in run():
        print(result)
