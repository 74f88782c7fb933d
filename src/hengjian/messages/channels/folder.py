"""A folder instead of the world: a demonstration shows every message it would have sent."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from hengjian.messages.channels import Letter, Undeliverable
from hengjian.messages.declared import Address


@dataclass(frozen=True)
class Folder:
    """One JSON file per message, `<channel>-<key>.json`, written beside and renamed, so that none is ever half."""

    channel: str
    folder: Path

    def reaches(self, address: Address) -> bool:
        return bool(address.mail if self.channel == "mail" else address.phone)

    def send(self, letter: Letter) -> str:
        to = letter.to.mail if self.channel == "mail" else letter.to.phone
        said = {"channel": self.channel, "to": to, "title": letter.title, "text": letter.text, "link": letter.link}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            beside = self.folder / f".{self.channel}-{letter.key}.{os.getpid()}"
            beside.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
            beside.rename(self.folder / f"{self.channel}-{letter.key}.json")
        except OSError as full:
            raise Undeliverable(type(full).__name__) from full
        return "file"
