"""The seal image of an office.

A real office's seal is its own: its registered picture lies in the folder of the setting, named by the code of its area
(`1302.svg`). Without one a paper carries no seal. A demonstration draws a seal that says 演示专用 and bears the name that
stands under the paper, which in a demonstration begins with 演示 as well.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import typst
from django.conf import settings

from hengjian.papers import fonts

TEMPLATES = Path(__file__).parent / "templates"
DEMO_NAME, DEMO_FOOT = "演示·", "演示专用"  # not said: what stands on a seal
_BLEND = '<svg style="mix-blend-mode:multiply" '


def face_of(office: str, *, demo: bool) -> str:
    """The name as it stands under a paper and round its seal."""
    return f"{DEMO_NAME}{office}" if demo else office


def seal_of(office: str, area_code: str, *, demo: bool) -> str:
    """The seal as SVG, or nothing where the office has not laid one in. Raises FontsMissing for a drawn one."""
    if demo:
        return drawn(face_of(office, demo=True))
    path = Path(settings.SEALS_DIR) / f"{area_code}.svg"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


@lru_cache(maxsize=64)
def drawn(name: str) -> str:
    """A round red seal with this name on its rim; multiplied, so that what it lies on stays black."""
    compiler: typst.Compiler = typst.Compiler(
        str(TEMPLATES / "seal.typ"),
        root=TEMPLATES,
        font_paths=[str(path) for path in fonts.folders()],
        ignore_system_fonts=True,
    )
    made = compiler.compile(format="svg", sys_inputs={"name": name, "foot": DEMO_FOOT})
    assert isinstance(made, bytes)
    return made.decode().replace("<svg ", _BLEND, 1)
