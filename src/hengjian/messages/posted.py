"""What a demonstration would have sent, as it lies in its folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from hengjian.kernel.clock import ZONE
from hengjian.messages.channels.folder import Folder

MOST = 200


@dataclass(frozen=True)
class Posted:
    """One letter of the folder; `at` is when its file was written."""

    channel: str
    to: str
    title: str
    text: str
    at: datetime


def folder() -> Path | None:
    """Where letters lie instead of leaving; None where they leave."""
    kind = f"{Folder.__module__}.{Folder.__qualname__}"
    found = [said["folder"] for said in settings.MESSAGE_WAYS.values() if said["class"] == kind]
    return Path(found[0]) if found else None


def posted() -> list[Posted]:
    """The letters of the folder, the latest first."""
    place = folder()
    if place is None or not place.is_dir():
        return []
    files = sorted(place.glob("[!.]*.json"), key=lambda file: file.stat().st_mtime, reverse=True)[:MOST]
    return [_read(file) for file in files]


def _read(file: Path) -> Posted:
    said = json.loads(file.read_text(encoding="utf-8"))
    at = datetime.fromtimestamp(file.stat().st_mtime, ZONE)
    return Posted(said["channel"], said["to"], said["title"], said["text"], at)
