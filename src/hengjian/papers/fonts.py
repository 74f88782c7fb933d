"""The typefaces of papers: where they are, and what is missing.

仿宋 for the text, 黑体 for labels, 小标宋 for the title (Fandol), Liberation Serif for figures and Latin, Noto Serif CJK for
rare characters of names (ADR 0030). None is part of this repository: they come from Debian's packages at set-up. The
system's other fonts are never used, so that the same facts give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from hengjian.kernel.words import listed, say


@dataclass(frozen=True)
class Typeface:
    """One file and the Debian package that holds it."""

    file: str
    package: str


TYPEFACES = (
    Typeface("FandolFang-Regular.otf", "texlive-lang-chinese"),
    Typeface("FandolHei-Regular.otf", "texlive-lang-chinese"),
    Typeface("FandolSong-Bold.otf", "texlive-lang-chinese"),
    Typeface("LiberationSerif-Regular.ttf", "fonts-liberation"),
    Typeface("LiberationSerif-Bold.ttf", "fonts-liberation"),
    Typeface("NotoSerifCJK-Regular.ttc", "fonts-noto-cjk"),
    Typeface("NotoSerifCJK-Bold.ttc", "fonts-noto-cjk"),
)
_PLACES = (
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/opentype/noto",
)


class FontsMissing(LookupError):
    """Papers cannot be made on this machine; the sentence says what to install."""


def places() -> tuple[Path, ...]:
    """Where typefaces are looked for, the installation's own folder first."""
    return (Path(settings.FONTS_DIR), *(Path(place) for place in _PLACES))


@cache
def _found(folders: tuple[Path, ...]) -> tuple[tuple[Path, ...], tuple[Typeface, ...]]:
    files, missing = [], []
    for face in TYPEFACES:
        path = next((folder / face.file for folder in folders if (folder / face.file).is_file()), None)
        if path is None:
            missing.append(face)
        else:
            files.append(path)
    return tuple(files), tuple(missing)


def folders() -> tuple[Path, ...]:
    """The folders that hold all typefaces. Raises FontsMissing."""
    found, missing = _found(places())
    if missing:
        _found.cache_clear()  # they may be installed while the program runs
        raise FontsMissing(
            say(
                "缺少公文字体 {files}，公文只登记，暂不制作。请安装 Debian 软件包 {packages}，"
                "或把字体文件放进 {folder}。",
                files=listed(face.file for face in missing),
                packages=listed(dict.fromkeys(face.package for face in missing)),
                folder=settings.FONTS_DIR,
            )
        )
    return tuple(dict.fromkeys(path.parent for path in found))
