"""`make review`: writes down what a reviewer then reads as a diff. A published fact is never rewritten, only joined."""

from __future__ import annotations

import os
import sys
from pathlib import Path

REVIEWED = Path(__file__).parent / "reviewed"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengjian.settings")
    import django

    django.setup()
    from django.urls import get_resolver

    from hengjian.api.routes import load
    from tests.house.test_addresses import open_addresses, open_operations
    from tests.house.test_law import FROZEN, fingerprint, read_frozen, uncited

    # `--anew` starts the list of facts over: only before anything has been published.
    kept = {} if "--anew" in sys.argv else read_frozen()
    whole = fingerprint() | kept
    FROZEN.write_text("".join(f"{key}  {fields}\n" for key, fields in sorted(whole.items())), encoding="utf-8")
    keys = REVIEWED / "catalogue_only.txt"
    said = keys.read_text(encoding="utf-8").splitlines()
    head = [line for line in said if line.startswith("#")]
    rooms = {line.split(" #", 1)[0]: line for line in said if line not in head}  # who is to apply it, written by hand
    keys.write_text(
        "".join(f"{line}\n" for line in [*head, *(rooms.get(key, key) for key in sorted(uncited()))]), "utf-8"
    )
    reached = open_addresses(get_resolver().url_patterns) | open_operations(load())
    head = "# What is reached without a seat: a line more here is a decision to show something to more people.\n"
    (REVIEWED / "public_addresses.txt").write_text(head + "".join(f"{line}\n" for line in sorted(reached)), "utf-8")
    _shrink_sizes()
    return 0


def _shrink_sizes() -> None:
    """What has become smaller is written down smaller; nothing is ever allowed to grow here."""
    from tests.house.source import modules
    from tests.house.test_sizes import ratchet, too_large

    found = {name: size for module in modules() for name, size in too_large(module).items()}
    kept = {name: min(size, found[name]) for name, size in ratchet().items() if name in found}
    head = "# Modules over 400 lines and acts over 80, with the size they may have at most. This list only shrinks.\n"
    (REVIEWED / "sizes.txt").write_text(head + "".join(f"{name} {size}\n" for name, size in kept.items()), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
